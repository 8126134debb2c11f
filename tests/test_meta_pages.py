"""Meta's web pages: dates in words, entries by structure, and how much is held of a long page."""

import io
import tracemalloc

import pytest
from making import laid
from making_meta import ME, Read
from making_pages import block, page, pinned, said, table

from auditlib.jsonstream import Broken
from auditlib.platforms._meta_dates import from_page
from auditlib.platforms._meta_pages import Pages, front, headings, marked_headings, records
from auditlib.records import Connection, Coverage, Item, ProfileFact, Summary

CHAT = "your_facebook_activity/messages/inbox/{}/message_1.html"
STYLE = b"<style>" + b"._a6-g{background:#fff}" * 20_000 + b"</style>"  # Meta's own is some hundred KB


def blocks(html: bytes, dateless: bool = False):
    return list(records(Pages(io.BytesIO(html)), dateless))


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Nov 14, 2023 10:13:20 pm", "2023-11-14T22:13:20"),
        ("Dec 25, 2020 12:30:00 AM", "2020-12-25T00:30:00"),
        ("Jun 3, 2021, 12:05\u202fp.m.", "2021-06-03T12:05:00"),
        ("Wednesday, 1 January 2014 at 10:00 UTC+01", "2014-01-01T10:00:00+01:00"),
        ("5 May 2021", "2021-05-05"),
        ("May 5th, 2021 9:00 am", "2021-05-05T09:00:00"),
        ("14 nov. 2023 à 22:13", "2023-11-14T22:13:00"),
        ("14 de noviembre de 2023 22:13", "2023-11-14T22:13:00"),
        ("14 de out. de 2023 22:13", "2023-10-14T22:13:00"),
        ("14 gen 2023, 22:13", "2023-01-14T22:13:00"),
        ("14 paź 2023, 22:13", "2023-10-14T22:13:00"),
        ("5. juli 2024 kl. 14.49", "2024-07-05T14:49:00"),
        ("14 нояб. 2023 г., 22:13", "2023-11-14T22:13:00"),
        ("2024年7月5日 下午2:49", "2024-07-05T14:49:00"),
        ("2024년 7월 5일 오후 2:49", "2024-07-05T14:49:00"),
        ("05.01.2025, 10:04", "2025-01-05T10:04:00"),
        ("25/01/2025, 10:04", "2025-01-25T10:04:00"),
        ("1/25/2025, 10:04 PM", "2025-01-25T22:04:00"),
        ("2025-01-05 10:04:00", "2025-01-05T10:04:00"),
        ("2021-03-04T10:00:01+01:00", "2021-03-04T10:00:01+01:00"),
        ("03/04/2021, 10:00", None),
        ("Feb 30, 2021 10:00 am", None),
        ("see you on 5 May 2021", None),
        ("10:00", None),
        ("7", None),
        ("Nov 14, 0000 10:13 pm", None),
        ("", None),
    ],
)
def test_a_date_line_is_read_as_the_page_says_it_or_not_at_all(line, at):
    assert from_page(line) == at


def test_the_order_of_day_and_month_is_the_persons_to_say():
    assert from_page("03/04/2021, 10:00", True) == "2021-04-03T10:00:00"
    assert from_page("03/04/2021, 10:00", False) == "2021-03-04T10:00:00"


def test_entries_side_by_side_without_boxes_are_closed_by_their_dates():
    html = "<html><body><div>Participants: A, B</div>" + "".join(
        f"<p>A</p><p>words {n}</p><p>Nov {n}, 2023 10:13:20 pm</p>" for n in (1, 2, 3)
    )
    found = blocks(f"{html}</body></html>".encode())
    assert [([line.text for line in b.lines], b.heading, b.at) for b in found] == [
        ([f"words {n}"], "A", f"2023-11-0{n}T22:13:20") for n in (1, 2, 3)
    ]


def test_a_date_within_a_sentence_closes_nothing():
    html = page(*(block("A", f"born on <b>Nov {n}, 1990 10:00 am</b>, they say", f"Nov {n}, 2023 10:13 pm") for n in (1, 2)))
    found = blocks(html.replace(b"_a6-g", b"new").replace(b"_a72d", b"new"))
    assert [(b.text, b.at) for b in found] == [
        (f"born on Nov {n}, 1990 10:00 am, they say", f"2023-11-0{n}T22:13:00") for n in (1, 2)
    ]


@pytest.mark.parametrize("html", [b"", b"  \n", b"no page at all", b"\x00\x00"])
def test_what_is_no_page_says_so(html):
    with pytest.raises(Broken):
        blocks(html)


def test_nul_bytes_and_utf_16_do_not_end_a_page():
    html = page(block("A", pinned("one"), "Nov 1, 2023 10:00:00 am"), block("B", pinned("café"), "Nov 2, 2023 10:00:00 am"))
    for data in (html.replace(b"one", b"o\x00ne"), html.decode().encode("utf-16")):
        assert [b.text for b in blocks(data)] == ["one", "café"]


def test_a_page_nested_hundreds_deep_is_read():
    deep = "<div>" * 900 + "words" + "</div>" * 900
    assert [b.text for b in blocks(page(block("A", deep, "Nov 1, 2023 10:00:00 am")))] == ["words"]


def test_a_long_page_is_read_in_bounded_memory():
    one = block("Wren Ashdown updated her status.", pinned("words " * 40), "Nov 1, 2023 10:00:00 am")
    html = page(*[one] * 4000)
    assert len(html) > 1_900_000
    tracemalloc.start()
    assert sum(1 for _ in records(Pages(io.BytesIO(html)))) == 4000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_line_of_those_who_take_part_may_have_a_block_of_its_own_and_an_and():
    html = page(block("Participants: Kit Penn, Maud Pike and Wren Ashdown", "", ""), said("Kit Penn", "all"))
    assert front(html).people == ("Kit Penn", "Maud Pike", "Wren Ashdown")
    assert [b.heading for b in blocks(html)] == ["Kit Penn"]


def test_a_sentence_that_there_is_nothing_is_no_person(tmp_path):
    files = {
        f"connections/friends/{name}.html": page(f"<div>{line}</div>")
        for name, line in (
            ("your_friends", "You have no data in this section"),
            ("rejected_friend_requests", "Du hast keine Daten in diesem Abschnitt"),
        )
    }
    assert [r for r in Read(laid(tmp_path, files)).records if isinstance(r, Connection)] == []


def test_who_the_person_is_is_found_behind_a_long_style_sheet(tmp_path):
    chats = {
        CHAT.format(f"{who.lower()}_10000{n}"): page(said(who, "hi"), said(ME, "ho"), title=who).replace(
            b"<title>", STYLE + b"<title>"
        )
        for n, who in enumerate(("Kit", "Maud"))
    }
    found = Read(laid(tmp_path, chats))
    assert [(i.author_name, i.author) for i in found.items] == [("Kit", "other"), (ME, "me"), ("Maud", "other"), (ME, "me")]


def test_where_one_chat_is_all_there_is_the_person_is_asked(tmp_path):
    found = Read(laid(tmp_path, {CHAT.format("kit_100001"): page(said("Kit", "hi"), said(ME, "ho"), title="Kit")}))
    [question] = [q for r in found.records if isinstance(r, Summary) for q in r.questions]
    assert (question.id, [value for value, _ in question.options]) == ("facebook.owner", ["Kit", ME])


@pytest.mark.parametrize("space", [0, 1_048_576 - 5, 1_048_576, 3_000_000])
def test_headings_by_their_bytes_are_those_of_the_page(space):
    html = page(*(said(f"Kit &amp; Co {n % 3}", f"class=\"_a6-h\" {n} &lt;h2 class='_a6-h'&gt;x&lt;/") for n in range(4000)))
    html = html.replace(b"<title>", b"<style>" + b"x" * space + b"</style><title>")
    slow = list(dict.fromkeys(headings(Pages(io.BytesIO(html)))))
    assert marked_headings(io.BytesIO(html)) == slow == ["Kit & Co 0", "Kit & Co 1", "Kit & Co 2"]


@pytest.mark.parametrize(
    "html",
    [
        page(block("", "words", "Nov 1, 2023 10:00:00 am"), block("", "words", "Nov 1, 2023 10:00:00 am")),
        page(said("<b>Kit</b>", "hi"), said("<b>Maud</b>", "ho")),
        page(said("Kit", "hi")).decode().encode("utf-16"),
        b"",
    ],
)
def test_headings_that_are_not_plain_are_left_to_the_parser(html):
    assert marked_headings(io.BytesIO(html)) is None


def test_a_pictures_words_that_are_the_posts_stand_once(tmp_path):
    body = pinned(
        "Year 4 trip", '<img src="posts/media/1.jpg"><div>Year 4 trip</div>', '<img src="posts/media/2.jpg"><div>Owls</div>'
    )
    html = page(block("Wren Ashdown added 2 new photos.", body, "Mar 04, 2022 8:15 am"))
    found = Read(laid(tmp_path, {"your_facebook_activity/posts/your_posts_1.html": html}))
    assert [(i.text, i.at, len(i.media)) for i in found.items] == [("Year 4 trip\nOwls", "2022-03-04T08:15:00", 2)]


def test_a_voice_message_is_sound_whatever_its_ending(tmp_path):
    body = '<audio controls="1"><source src="messages/inbox/kit_100001/audio/9.mp4"></audio>'
    found = Read(laid(tmp_path, {CHAT.format("kit_100001"): page(said("Kit", body), said(ME, "ho"))}))
    assert [[m.type for m in i.media] for i in found.items if isinstance(i, Item)] == [["audio"], []]


def test_a_page_of_unknown_form_that_is_too_large_to_be_held_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("auditlib.platforms._meta_pages._WHOLE", 1 << 20)
    html = page(said("Kit", "words " * 400_000)).replace(b"_a6-g", b"new")
    found = Read(laid(tmp_path, {"your_facebook_activity/posts/your_posts_1.html": html}))
    [one] = [r for r in found.records if isinstance(r, Coverage) and r.state != "read"]
    assert (one.state, one.reason) == (
        "unknown",
        "a web page of a form this version does not know: ask for the archive again in JSON",
    )


def test_of_a_job_only_the_employer_is_a_fact(tmp_path):
    job = table(("Employer", "Marsh Lane Primary"), ("Title", "Teacher"), ("Started", "1 Sep 2015"))
    html = page(block("Profile", table(("Name", ME), ("Work", job), wide=True), ""))
    found = Read(laid(tmp_path, {"personal_information/profile_information/profile_information.html": html}))
    assert [(r.fact, r.value) for r in found.records if isinstance(r, ProfileFact)] == [
        ("name", ME),
        ("employer", "Marsh Lane Primary"),
    ]
