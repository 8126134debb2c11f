"""What WordPress's and Blogger's readers share: one entry at a time, whatever is wrong with the file."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making_blogs import atom, atom_entry, blog, wp_item, wxr

from auditlib.platforms import _feeds, _mending
from auditlib.platforms._bodies import of_html
from auditlib.platforms._wordpress_words import as_read

BROKEN = wxr(
    wp_item(1, "a ]]> b <br> c"),
    wp_item(2, "nested ]]]]><![CDATA[> end").replace("<title>T2", "<title>Q & A &eacute; <3 \x0b"),
    wp_item(3, "x" * 9000 + " caf\u00e9 \U0001f642"),
).encode()


class Drip(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self.size = size

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.size)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
def test_mending_gives_the_same_however_the_file_arrives(size):
    assert b"".join(_mending.Mended(Drip(BROKEN, size))) == b"".join(_mending.Mended(io.BytesIO(BROKEN)))


def test_mending_leaves_a_sound_file_as_it_is():
    sound = wxr(wp_item(1, "a & b <br>"), wp_item(2, "\u00e9 ]]]]><![CDATA[> x"))
    assert b"".join(_mending.Mended(io.BytesIO(sound.encode()))).decode() == sound[sound.index("<rss") :].replace(
        "<rss",
        '<rss xmlns:blogger="http://schemas.google.com/blogger/2018" xmlns:thr="http://purl.org/syndication/thread/1.0"'
        ' xmlns:app="http://purl.org/atom/app#"',
    )


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60)


@given(st.lists(TEXTS, max_size=5))
def test_every_entry_of_a_feed_comes_out_once_and_whole(texts):
    data = atom(*(atom_entry(n, _feeds._quoted(t)) for n, t in enumerate(texts))).encode()
    for read in (_feeds._strictly, _feeds._forgivingly):
        found = [n for n in read(io.BytesIO(data)) if n.tag == "entry"]
        assert [n.first("content").text for n in found] == texts


@given(TEXTS)
def test_turning_wordpress_writing_into_html_never_fails_and_keeps_plain_words(text):
    of_html(as_read(text))
    kept = "".join(c if c.isalnum() else " " for c in text)
    assert of_html(as_read(kept)).text.split() == kept.split()


@pytest.mark.parametrize("inside", ["<a>" * 5000 + "</a>" * 5000, "<a/>" * 600])
def test_an_entry_that_would_swell_is_refused_and_what_came_before_stays(tmp_path, monkeypatch, inside):
    monkeypatch.setattr(_feeds, "MAX_NODES", 500)
    found = blog(tmp_path, {"feed.atom": atom(atom_entry(1), atom_entry(2, more=f"<link>{inside}</link>"))})
    assert found.states == {"feed.atom": "failed"}


def test_an_entry_longer_than_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(_feeds, "MAX_ENTRY", 200_000)
    found = blog(tmp_path, {"feed.atom": atom(atom_entry(1), atom_entry(2, "x" * 500_000), atom_entry(3))})
    assert ([i.id for i in found.items], found.states) == (["1"], {"feed.atom": "failed"})


def test_content_that_was_not_escaped_is_read_as_the_page_it_is(tmp_path):
    entry = atom_entry(1).replace(">hi<", "><p>one<b>two</b></p><p>three</p><")
    assert blog(tmp_path, {"feed.atom": atom(entry, atom_entry(2))}).texts() == ["onetwo\n\nthree", "hi"]


def test_an_entry_that_never_ends_does_not_swallow_the_next(tmp_path):
    text = atom(atom_entry(1).replace("</entry>", ""), atom_entry(2), atom_entry(3))
    found = blog(tmp_path, {"feed.atom": text})
    assert [i.id for i in found.items][:2] == ["1", "2"]
