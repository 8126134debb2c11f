"""Repair is lossless and done once; entities are what X escapes and no more; times are aware, naive or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib import dates
from auditlib.text import clip, repair, unescape_basic


def mangle(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


@given(st.text())
def test_repair_undoes_the_double_encoding(text):
    try:
        mangled = mangle(text)
    except UnicodeEncodeError:  # lone surrogates cannot be in an export
        return
    assert repair(mangled) == text


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_ascii_is_untouched(text):
    assert repair(text) is text


@pytest.mark.parametrize(
    "text",
    ["it’s ‘curly’ already", "caf\u00e9 alone", "\u00c3 Latin capital A with tilde", "😀 \u00c3\u00a9 mixed", "\u00ff\u00fe"],
)
def test_text_that_is_no_double_encoding_stays(text):
    assert repair(text) == text


def test_repair_before_strip_keeps_letters_that_look_like_white_space():
    assert repair(mangle("voil\u00e0")) == "voilà"  # its last byte is A0
    assert repair(mangle("wait\u2026")) == "wait…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tom &amp; Jo &lt;3", "Tom & Jo <3"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("AT&T, R&D, &copy; &nbsp;", "AT&T, R&D, &copy; &nbsp;"),
        ("plain", "plain"),
    ],
)
def test_only_what_x_escapes_is_undone_and_only_once(text, shown):
    assert unescape_basic(text) == shown


def test_clip_gives_one_line():
    assert clip("a\n b   c") == "a b c" and clip("x" * 100, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("function", "value", "result"),
    [
        (dates.from_x, "Sat Feb 18 12:33:11 +0000 2023", "2023-02-18T12:33:11+00:00"),
        (dates.from_x, "Sat Feb 18 12:33:11 +0100 2023", None),
        (dates.from_x, "Sat Fev 18 12:33:11 +0000 2023", None),
        (dates.from_x, None, None),
        (dates.from_iso, "2022-01-27T15:58:52.744Z", "2022-01-27T15:58:52.744+00:00"),
        (dates.from_iso, "2019-05-06 07:08:09", "2019-05-06T07:08:09"),
        (dates.from_iso, "2019-05-06", "2019-05-06"),
        (dates.from_iso, "2019-13-06", None),
        (dates.from_iso, "yesterday", None),
        (dates.from_seconds, 1650000000, "2022-04-15T05:20:00+00:00"),
        (dates.from_seconds, "1650000000", "2022-04-15T05:20:00+00:00"),
        (dates.from_seconds, -1000, "1969-12-31T23:43:20+00:00"),
        (dates.from_seconds, 0, None),
        (dates.from_seconds, -62169958800, None),
        (dates.from_seconds, 10**15, None),
        (dates.from_seconds, float("nan"), None),
        (dates.from_seconds, float("inf"), None),
        (dates.from_seconds, True, None),
        (dates.from_seconds, None, None),
        (dates.from_millis, 1700000000123, "2023-11-14T22:13:20.123+00:00"),
        (dates.from_millis, "1700000000000", "2023-11-14T22:13:20+00:00"),
        (dates.from_millis, [], None),
        (dates.from_snowflake, "1500000000000000011", "2022-03-05T06:47:23.309+00:00"),
        (dates.from_snowflake, "20", None),
        (dates.from_snowflake, "x", None),
        (dates.year_of, "2022-03-05T06:24:21+00:00", 2022),
        (dates.year_of, None, None),
    ],
)
def test_times(function, value, result):
    assert function(value) == result
