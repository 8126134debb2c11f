"""Meta's web pages: dates in words, entries by structure, and how much is held of a long page."""

import io
import tracemalloc

import pytest
from making_pages import block, page, pinned

from auditlib.jsonstream import Broken
from auditlib.platforms._meta_dates import from_page
from auditlib.platforms._meta_pages import Pages, records


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
