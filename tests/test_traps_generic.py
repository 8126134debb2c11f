"""Any other site's export: what is taken for what, which number of a date is the day, and what is left alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from making import laid
from making_tables import Told, table

from auditlib.errors import UnknownPlatform
from auditlib.exports import look
from auditlib.platforms import generic
from auditlib.reading import Answers
from auditlib.records import Conversation, Item, Quoted

SHARED = Path(__file__).resolve().parents[2] / "shared"


def told(folder: Path, name: str, data: Any, me: tuple[str, ...] = (), day_first: bool | None = None, **columns: str) -> Told:
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return Told(laid(folder, {name: data}) / name, answers=Answers(me, day_first, columns))


def dated(*dates: str) -> bytes:
    return table("body,date", *((f"words {n}", date) for n, date in enumerate(dates)))


def test_01_columns_are_guessed_from_their_names_and_the_guess_is_told(tmp_path):
    data = table("Thread,Posted,Body,URL,Poster", ("Bake sale", "2021-09-13 21:05", "words", "https://f.example/1", "wren"))
    found = told(tmp_path, "posts.csv", data)
    assert found.items == [
        Item(
            platform="generic",
            account=None,
            where="posts.csv#0",
            kind="post",
            key=found.items[0].key,
            id=None,
            at="2021-09-13T21:05:00",
            title="Bake sale",
            text="words",
            author="me",
            author_name="wren",
            url="https://f.example/1",
        )
    ]
    assert (
        "took \u201cBody\u201d for the words, \u201cPosted\u201d for the date, \u201cURL\u201d for the address"
        in found.warnings
    )


def test_02_columns_are_what_the_person_says(tmp_path):
    data = table("A,B,Body,When?", ("mine", "https://f.example/1", "somebody else's", "2021-09-13 21:05"))
    found = told(tmp_path, "posts.csv", data, text="A", date="When?", link="B", site="Mumsnet")
    assert [(i.text, i.at, i.url) for i in found.items] == [("mine", "2021-09-13T21:05:00", "https://f.example/1")]
    assert found.items[0].key.startswith("generic:mumsnet:") and "took" not in found.warnings


def test_03_json_is_mapped_by_dotted_paths_wherever_the_list_lies(tmp_path):
    element = {"payload": {"said": "words"}, "meta": {"when": "2021-09-13T21:05:00Z", "where": "https://f.example/1"}}
    choice = {"text": "payload.said", "date": "meta.when", "link": "meta.where"}
    for number, document in enumerate(([element], {"a": {"b": [element]}}, {"posts": [element], "other": 1}, element)):
        found = told(tmp_path / str(number), "x.json", document, **choice)
        assert [(i.text, i.at, i.url) for i in found.items] == [("words", "2021-09-13T21:05:00+00:00", "https://f.example/1")]


def test_04_json_keys_are_guessed_too(tmp_path):
    document = [{"postId": 7, "createdAt": "1614834367", "message": {"body": "words", "permalink": "https://f.example/1"}}]
    found = told(tmp_path, "x.json", document)
    assert [(i.id, i.text, i.at, i.url) for i in found.items] == [
        ("7", "words", "2021-03-04T05:06:07+00:00", "https://f.example/1")
    ]


def test_05_one_object_a_line_is_read_and_a_bad_line_costs_itself(tmp_path):
    data = b'{"text":"one","date":"2021-03-04"}\n{broken\n{"text":"two","date":"2021-03-05"}\n'
    for name in ("x.jsonl", "x.ndjson", "x.json"):
        found = told(tmp_path, name, data)
        assert (found.texts(), found.states[name]) == (["one", "two"], ("failed", 2))


PAGE = """<!DOCTYPE html><body><div class=post>
<a class=permalink href="https://f.example/1"><time datetime="2021-09-03T07:15:22+01:00">long ago</time></a>
<div class="body big">First<br>line <a href="https://o.example">o</a></div></div><div class=post>
<a class=permalink href="https://f.example/2"><time datetime="2021-09-04T07:15:22+01:00">x</time></a>
<div class="body big">Second</div></div><p>foot</p></body>"""


@pytest.mark.parametrize("choice", [{}, {"text": "body"}, {"text": ".big", "date": "time", "link": "permalink"}])
def test_06_blocks_of_a_web_page_are_told_by_class_or_tag(tmp_path, choice):
    found = told(tmp_path, "x.html", PAGE.encode(), **choice)
    assert [(i.text, i.at, i.url, i.links) for i in found.items] == [
        ("First\nline o", "2021-09-03T07:15:22+01:00", "https://f.example/1", ("https://o.example",)),
        ("Second", "2021-09-04T07:15:22+01:00", "https://f.example/2", ()),
    ]


@pytest.mark.parametrize("order", ["date before", "date behind"])
def test_07_what_stands_beside_a_block_belongs_to_it(tmp_path, order):
    one, two = '<p class="when">2021-03-0{}</p>', '<blockquote class="text">words {}</blockquote>'
    pair = one + two if order == "date before" else two + one
    page = "<html><body>" + "".join(pair.format(n, n) for n in (1, 2, 3)) + "</body></html>"
    found = told(tmp_path, "x.html", page.encode(), text="text", date="when")
    assert [(i.text, i.at) for i in found.items] == [(f"words {n}", f"2021-03-0{n}") for n in (1, 2, 3)]


def test_08_a_table_on_a_page_is_read_by_its_header(tmp_path):
    page = "<table><tr><th>Date<th>Subject<th>Message<tr><td>Fri Sep 03, 2021 7:15 pm<td>Bake sale<td>Any<br>nuts?</table>"
    found = told(tmp_path, "x.htm", page.encode())
    assert [(i.title, i.text, i.at) for i in found.items] == [("Bake sale", "Any\nnuts?", "2021-09-03T19:15:00")]


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (("13/09/2021", "03/10/2021"), ("2021-09-13", "2021-10-03")),  # a first number over 12
        (("09/13/2021", "10/03/2021"), ("2021-09-13", "2021-10-03")),  # a second number over 12
        (("03/09/2021", "04/09/2021", "01/10/2021"), ("2021-09-03", "2021-09-04", "2021-10-01")),  # never backwards
        (("09/03/2021", "09/04/2021", "10/01/2021"), ("2021-09-03", "2021-09-04", "2021-10-01")),
        (("01/10/2021", "04/09/2021", "03/09/2021"), ("2021-10-01", "2021-09-04", "2021-09-03")),  # newest first
        (("2021/09/03",), ("2021-09-03",)),
    ],
)
def test_09_the_order_of_day_and_month_is_settled_from_the_whole_file(tmp_path, dates, read):
    found = told(tmp_path, "x.csv", dated(*dates))
    assert (tuple(i.at for i in found.items), found.questions) == (read, [])


def test_10_where_nothing_settles_it_the_person_is_asked_and_their_answer_is_taken(tmp_path):
    found = told(tmp_path, "x.csv", dated("03/04/2021"))
    assert [i.at for i in found.items] == ["2021-04-03"]
    assert [(q.id, q.options) for q in found.questions] == [
        ("generic.day-order", (("day-first", "3 April"), ("month-first", "4 March")))
    ]
    assert "can be read in two ways" in found.warnings
    for day_first, at in ((True, "2021-04-03"), (False, "2021-03-04")):
        again = told(tmp_path, "x.csv", dated("03/04/2021"), day_first=day_first)
        assert ([i.at for i in again.items], again.questions) == ([at], [])


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2021-03-04T05:06:07Z", "2021-03-04T05:06:07+00:00"),
        ("2021-03-04 05:06:07", "2021-03-04T05:06:07"),
        ("2021-03-04 05:06:07 UTC", "2021-03-04T05:06:07+00:00"),
        ("Thu, 04 Mar 2021 05:06:07 +0000", "2021-03-04T05:06:07+00:00"),
        ("4th March 2021 at 5:06pm", "2021-03-04T17:06:00"),
        ("March 4, 2021, 12:06 a.m.", "2021-03-04T00:06:00"),
        ("04 Mar 2021", "2021-03-04"),
        ("04.03.21 05:06", "2021-03-04T05:06:00"),
        ("1614834367", "2021-03-04T05:06:07+00:00"),
        ("1614834367000", "2021-03-04T05:06:07+00:00"),
        ("yesterday", None),
        ("31/02/2021", None),
        ("99", None),
    ],
)
def test_11_dates_of_many_forms_and_none_for_what_is_none(tmp_path, said, at):
    found = told(tmp_path, "x.csv", dated(said), day_first=True)
    assert [i.at for i in found.items] == [at]
    assert ("in a form that this version does not know" in found.warnings) is (at is None)


def test_12_who_wrote_is_asked_where_several_did(tmp_path):
    data = table("body,date,author", ("a", "2021-03-04", "wren"), ("b", "2021-03-04", "kit"))
    unsaid = told(tmp_path, "x.csv", data)
    assert ([i.author for i in unsaid.items], [q.id for q in unsaid.questions]) == ([None, None], ["generic.owner"])
    assert [i.author for i in told(tmp_path, "x.csv", data, me=("Wren",)).items] == ["me", "other"]


def test_13_a_preamble_semicolons_and_a_repeated_post_are_no_trouble(tmp_path):
    data = "Export of my posts\r\n\r\nbody;date\r\na;2021-03-04\r\na;2021-03-04\r\n".encode("utf-16")
    found = told(tmp_path, "x.csv", data)
    assert found.texts() == ["a", "a"] and len({i.key for i in found.items}) == 2


def test_14_the_kind_is_what_the_file_says(tmp_path):
    data = table(
        "type,text,date,subject", ("Comment", "a", "", ""), ("private message", "b", "", "lift"), ("other", "c", "", "")
    )
    found = told(tmp_path, "x.csv", data)
    assert [(i.kind, i.audience) for i in found.items] == [("comment", "unknown"), ("message", "direct"), ("post", "unknown")]
    assert found.items[1].conversation == Conversation("lift", "lift", (), False)
    named = told(tmp_path, "y.csv", table("Review text,Date", ("chips", "2021-03-04")))
    assert [i.kind for i in named.items] == ["review"]


def test_15_html_in_a_cell_is_shown_as_words(tmp_path):
    found = told(tmp_path, "x.csv", table("body,date", ('<p>one <a href="https://o.example">two</a></p><p>3 &lt; 4</p>', "")))
    assert [(i.text, i.links) for i in found.items] == [("one two\n\n3 < 4", ("https://o.example",))]


@pytest.mark.parametrize(
    ("name", "data", "fits"),
    [
        ("a.csv", b"body,date\n", True),
        ("a.csv", b"Comment Text;Permalink\n", True),
        ("a.tsv", b"posted on\tmessage\n", True),
        ("a.csv", b"body,votes\n", False),
        ("a.csv", b"name,magnitude\nRigel,0.1\n", False),
        ("a.csv", b"date,amount\n", False),
        ("a.json", b'[{"text":"x","url":"y"}]', True),
        ("a.json", b'{"name":"x"}', False),
        ("a.txt", b"just a line of words about a date, a body and a link\n", False),
        ("a.html", b"<html><body><div class='post-body'>x</div><time>y</time></body>", True),
        ("a.html", b"<html><body><p>x</p></body></html>", False),
        ("a.xml", b"<?xml version='1.0'?><rss><body/><date/></rss>", False),
        ("a.csv", b"", False),
        ("a.csv", b"\xff\xfe\x00", False),
    ],
)
def test_16_only_a_confident_guess_makes_a_file_ours(name, data, fits):
    assert generic.fits(data, name) is fits


def test_17_a_file_that_cannot_be_guessed_is_not_taken_until_the_person_says_what_is_in_it(tmp_path):
    data = table("A,B", ("words", "2021-03-04"))
    with pytest.raises(UnknownPlatform):
        told(tmp_path, "x.csv", data)
    assert told(tmp_path, "x.csv", data, text="A", date="B").texts() == ["words"]
    nothing = told(tmp_path, "x.csv", data, text="Z")
    assert nothing.items == [] and "say which column" in nothing.warnings
    assert [(q.id, [v for v, _ in q.options]) for q in nothing.questions] == [("generic.column-text", ["A", "B"])]


def test_18_a_file_lying_in_a_folder_is_not_guessed_at(tmp_path):
    with pytest.raises(UnknownPlatform):
        Told(laid(tmp_path, {"posts.csv": dated("2021-03-04")}))


def test_19_a_platforms_own_file_stays_with_the_platform():
    file = SHARED / "fixtures" / "reddit" / "potluck_synth_posts_4rows.csv"
    if not file.is_file():
        pytest.skip("no ../shared beside this project")
    assert Told(file).platforms == ["reddit"]


PHPBB = """<!doctype html><html><head><title>View topic</title>{head}</head><body>
<div class="post bg2"><p class="author"><a href="./viewtopic.php?p=7#p7">#</a>
by <strong><a class="username">wren</a></strong> &raquo; <time datetime="2019-05-06T10:11:12+00:00">Mon May 06</time></p>
<div class="content"><blockquote><div><cite>kit wrote:</cite>Bring nuts?
<blockquote><div><cite>wren wrote:</cite>Bake sale</div></blockquote></div></blockquote>No <b>nuts</b>.<br>Ever.</div></div>
<div class="post bg1"><p class="author">by <strong><a class="username">kit</a></strong> &raquo;
<time datetime="2019-05-06T11:11:12+00:00">Mon May 06</time></p><div class="content">Fine</div></div></body></html>"""


def test_20_what_a_post_quotes_of_others_is_not_its_own_words(tmp_path):
    page = told(tmp_path, "x.html", PHPBB.format(head="").encode(), me=("wren",))
    assert [(i.text, i.author, i.author_name) for i in page.items] == [
        ("No nuts.\nEver.", "me", "wren"),
        ("Fine", "other", "kit"),
    ]
    assert page.items[0].quoted == Quoted(None, "kit", "Bring nuts?\n\nBake sale")
    cell = '[quote="kit"]Bring nuts?[/quote]\nNo nuts.'
    cells = told(tmp_path, "x.csv", table("body,date", (cell, "2021-03-04"), ("<blockquote>Hm</blockquote>", "2021-03-05")))
    assert [(i.text, i.quoted) for i in cells.items] == [
        ("No nuts.", Quoted(None, "kit", "Bring nuts?")),
        ("", Quoted(None, None, "Hm")),
    ]


def test_21_a_saved_page_that_says_its_address_has_whole_links(tmp_path):
    head = '<link rel="canonical" href="https://forum.example/board/viewtopic.php?t=1">'
    found = told(tmp_path, "x.html", PHPBB.format(head=head).encode(), me=("wren",), link="author")
    assert found.items[0].url == "https://forum.example/board/viewtopic.php?p=7#p7"
    assert told(tmp_path, "x.html", PHPBB.format(head="").encode(), me=("wren",), link="author").items[0].url is None


def test_22_several_files_are_one_account_and_each_has_its_own_names(tmp_path):
    first = table("body,date,author", ("a", "2021-03-04", "wren"), ("b", "2021-03-04", "kit"))
    second = table("body,date,author", ("c", "2021-03-04", "wren99"))
    third = table("body,date,author", ("d", "2021-03-04", "bob"), ("e", "2021-03-04", "w"))
    paths = []
    for name, data in (("one.csv", first), ("two.csv", second), ("three.csv", third)):
        (tmp_path / name).write_bytes(data)
        paths.append(tmp_path / name)
    with look(paths, Answers(me=("wren",))) as found:
        [export] = found.exports
        assert {r.text: r.author for r in export.records() if isinstance(r, Item)} == {
            "a": "me", "b": "other", "c": "me", "d": None, "e": None,
        }  # fmt: skip
        assert [[v for v, _ in q.options] for q in export.account.questions] == [["bob", "w"]]


def test_23_a_large_object_is_not_held_whole(tmp_path, monkeypatch):
    posts = [{"text": f"words {n}", "created_at": f"2021-03-0{n}"} for n in (1, 2)]
    document = {"me": {"name": "wren"}, "friends": [{"name": "kit"}, {"name": "bob"}], "posts": posts}
    small = told(tmp_path, "x.json", json.dumps(document).encode())
    monkeypatch.setattr(generic, "_HELD", 10)
    large = told(tmp_path, "x.json", json.dumps(document).encode())
    assert large.texts() == small.texts() == ["words 1", "words 2"]
    assert [i.key for i in large.items] == [i.key for i in small.items]
    assert "of the file hold no words" in large.warnings


def test_24_a_missing_date_is_asked_for_until_the_person_says_that_there_is_none(tmp_path):
    data = table("A,B,C", ("1", "words", "2021-03-04"))
    asked = told(tmp_path, "x.csv", data, text="B").questions
    assert [(q.id, [v for v, _ in q.options]) for q in asked] == [("generic.column-date", ["A", "B", "C", "-"])]
    assert told(tmp_path, "x.csv", data, text="B", date="C").items[0].at == "2021-03-04"
    none = told(tmp_path, "x.csv", data, text="B", date="-")
    assert (none.texts(), none.items[0].at, none.questions) == (["words"], None, [])


def test_25_in_a_folder_it_is_named_with_what_to_do(tmp_path):
    with pytest.raises(UnknownPlatform, match="choose this file by itself"):
        Told(laid(tmp_path, {"posts.csv": dated("2021-03-04")}))


def test_26_a_name_that_is_not_there_is_told(tmp_path):
    data = table("Ref,Body,Posted", ("1", "words", "2021-03-04"))
    wrong = told(tmp_path, "x.csv", data, text="body", date="Psted")
    assert (wrong.texts(), [i.at for i in wrong.items]) == (["words"], ["2021-03-04"])
    assert "Nothing here is called \u201cPsted\u201d, which you said holds the date" in wrong.warnings
    assert "Nothing here" not in told(tmp_path, "x.csv", data, text="body", date="POSTED").warnings


def test_27_a_block_quote_that_is_the_post_itself_is_no_quote(tmp_path):
    page = """<html><body><div class="post"><span class="date">2015-03-14</span><div class="content">
<blockquote class="postcontent restore"><div class="bbcode_quote">
<div class="bbcode_postedby">Originally Posted by <b>kit</b></div>
<div class="message">theirs</div></div>mine</blockquote></div></div></body></html>"""
    [item] = told(tmp_path, "x.html", page.encode()).items
    assert (item.text, item.quoted) == ("mine", Quoted(None, "kit", "theirs"))


def test_28_a_post_without_words_is_counted_and_makes_no_file_a_failed_one(tmp_path):
    found = told(tmp_path, "x.csv", table("body,date", ("words", "2021-03-04"), ("", "2021-03-05")))
    assert (found.texts(), found.states["x.csv"][0]) == (["words"], "read")
    assert "1 entry of the file holds no words" in found.warnings
