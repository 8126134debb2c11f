"""The stream cutter equals a whole-file decode, whatever the spacing, and one bad record costs only itself."""

import io
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib import jsonstream
from auditlib.jsonstream import BadElement, Broken, batches, header


class Small(msgspec.Struct):
    n: int
    tags: list[dict[str, Any]] = []


def read(data: bytes, kind: Any = Any, under: tuple[str, ...] | None = None) -> tuple[list[Any], list[int], str]:
    """Every element, the positions of the bad ones, and how the stream broke ("" when it did not)."""
    out: list[Any] = []
    bad: list[int] = []
    try:
        for batch in batches(io.BytesIO(data), kind, under):
            if isinstance(batch, BadElement):
                bad.append(batch.position)
            else:
                assert batch[0] == len(out) + len(bad)
                out.extend(batch[1])
    except Broken as broken:
        return out, bad, broken.detail
    return out, bad, ""


leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=30)
values = st.recursive(
    leaves, lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text(max_size=6), v, max_size=4), max_leaves=15
)
elements = st.lists(st.dictionaries(st.sampled_from(["tweet", "a", "},{", 'x"y']), values, min_size=1, max_size=3), max_size=12)
STYLES: list[dict[str, Any]] = [
    {"indent": 2}, {"indent": 4}, {"indent": 0}, {"separators": (",", ":")}, {},
    {"indent": 1, "ensure_ascii": False}, {"indent": "\t", "separators": (" ,", " : ")},
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(elements, st.sampled_from(STYLES), st.integers(1, 80), st.booleans())
def test_any_array_in_any_spacing_and_chunk_size_equals_the_whole_decode(array, style, chunk, script):
    text = json.dumps(array, **style)
    data = ("window.YTD.thing.part0 = " * script + text).encode()
    before, jsonstream.CHUNK = jsonstream.CHUNK, chunk
    try:
        assert read(data) == (array, [], "")
        wrapped = json.dumps({"title": {"x": [1]}, "things_v2": array, "last": "é"}, **style).encode()
        assert read(wrapped, under=("things", "things_v2")) == (array, [], "")
        assert header(io.BytesIO(wrapped), ("things_v2",)) == {"title": {"x": [1]}, "last": "é"}
    finally:
        jsonstream.CHUNK = before


def test_the_old_one_line_opening_of_x_is_cut_cheaply():
    data = b"""window.YTD.tweet.part0 = [ {
  "n" : 1,
  "tags" : [ {
    "a" : 2
  }, {
    "a" : 3
  } ]
}, {
  "n" : 2
} ]"""
    assert read(data, Small) == ([Small(1, [{"a": 2}, {"a": 3}]), Small(2)], [], "")


def test_a_record_of_the_wrong_shape_costs_only_itself():
    data = json.dumps([{"n": 1}, {"n": "two"}, {"n": 3}], indent=1).encode()
    assert read(data, Small) == ([Small(1), Small(3)], [1], "")


def test_a_record_that_is_not_json_costs_only_itself():
    data = b'[\n {"n": 1},\n {"n": oops},\n {"n": 3}\n]'
    assert read(data, Small) == ([Small(1), Small(3)], [1], "")


@pytest.mark.parametrize("end", [1, 20, 60, 99])
def test_a_stream_cut_off_gives_what_came_before_and_says_so(end):
    data = json.dumps([{"n": i} for i in range(40)], indent=1).encode()
    found, bad, how = read(data[: len(data) * end // 100], Small)
    assert found == [Small(i) for i in range(len(found))] and not bad and how == "cut off"


@pytest.mark.parametrize(
    ("data", "how"),
    [
        (b"", "empty"), (b"  \n", "empty"), (b"\xef\xbb\xbf", "empty"), (b"[object Object]", "not valid JSON"),
        (b"not json at all", "not valid JSON"), (b"[1, 2", "cut off"), (b"[{}] {}", "more follows after the end of the data"),
        (b"null", "not valid JSON"), (b"window.YTD.x.part0 = ", "empty"), (b'"text"', "not valid JSON"),
    ],
)  # fmt: skip
def test_what_is_no_array_says_how(data, how):
    assert read(data)[2] == how


def test_a_bare_object_instead_of_a_list_is_one_element():
    assert read(b'\xef\xbb\xbf{"n": 7}', Small) == ([Small(7)], [], "")
    assert read(b'{"things": {"n": 7}}', Small, ("things",)) == ([Small(7)], [], "")
    assert read(b'{"n": 7}', Small, ("things",)) == ([Small(7)], [], "")


def test_every_array_under_a_star_is_read():
    assert read(b'{"a_v2": [{"n":1}], "b": [{"n":2},{"n":3}], "c": 5}', Small, ("*",)) == (
        [Small(1), Small(2), Small(3)],
        [],
        "",
    )


def test_nesting_and_size_have_limits(monkeypatch):
    assert read(b"[" + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"]")[2] == "nested too deeply"
    monkeypatch.setattr(jsonstream, "MAX_ELEMENT", 1000)
    assert read(b'[{"n": 1, "x": "' + b"y" * 200000 + b'"}]')[2] == "one element is larger than the limit"


@pytest.mark.parametrize("between", [(",", ":"), (", ", ": "), (" , ", " : "), (",\n", ":")])
def test_a_list_on_one_line_is_cut_cheaply_however_its_elements_are_parted(between, monkeypatch):
    wanted = [{"a": n, "b": "}, {", "c": {"a": [1]}} for n in range(3000)]
    data = json.dumps(wanted, separators=between).encode()
    scanned = []
    value = jsonstream.Cursor.value
    monkeypatch.setattr(jsonstream.Cursor, "value", lambda self: scanned.append(1) or value(self))
    assert [e for _, batch in jsonstream.batches(io.BytesIO(data), Any) for e in batch] == wanted
    assert len(scanned) < 20


def test_elements_larger_than_what_is_searched_are_read():
    wanted = [{"a": "x" * (jsonstream.MAX_SEARCHED * 2)} for _ in range(4)]
    assert [e for _, batch in jsonstream.batches(io.BytesIO(json.dumps(wanted).encode()), Any) for e in batch] == wanted
