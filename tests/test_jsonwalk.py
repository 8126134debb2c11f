"""Every list and value of a JSON object, wherever in it they lie, in bounded memory."""

import io
import json
from typing import Any

import pytest

from auditlib import jsonwalk
from auditlib.jsonstream import BadElement, Broken
from auditlib.jsonwalk import Nothing, Part, parts


@pytest.mark.parametrize("indent", [None, 1])
def test_lists_one_after_another_are_cut_where_they_end(indent):
    tricky = [{"a": '}, {"a": '}, {"a": "}]"}, {"a": [{"b": 1}, {"b": 2}]}, {}, 7, None, "x", [], {"a": "ü😂" * 50}]
    document = {"x": {"one": tricky * 400, "two": tricky * 3, "none": []}, "y": [tricky]}
    found: dict[tuple[str, ...], list[Any]] = {}
    for part in parts(io.BytesIO(json.dumps(document, indent=indent).encode())):
        assert isinstance(part, Part)
        found.setdefault(part.path, []).extend(part.values)
    assert found == {("x", "one"): tricky * 400, ("x", "two"): tricky * 3, ("x", "none"): [], ("y",): [tricky]}


def test_what_is_empty_or_no_list_is_given_too():
    data = b'{"a": {}, "b": [], "c": null, "d": {"e": "x"}, "f": {"g": 1}}'
    assert list(parts(io.BytesIO(data), whole=lambda path: path == ("f",))) == [
        Part(("a",), [], True),
        Part(("b",), [], True),
        Part(("c",), [None], False),
        Part(("d", "e"), ["x"], False),
        Part(("f",), [{"g": 1}], False),
    ]


def test_an_entry_of_another_kind_costs_itself_and_a_cut_what_follows():
    found = []
    with pytest.raises(Broken, match="cut off"):
        for part in parts(io.BytesIO(b'{"a": [{"x": 1}, 7, {"y": 2}], "b": [{"z": 1}, {"z"'), kind=lambda _: Nothing):
            found.append(part if isinstance(part, BadElement) else (part.path, len(part.values)))
    assert found == [(("a",), 1), BadElement(1, "ValidationError"), (("a",), 1), (("b",), 1)]


def test_a_list_of_texts_or_lists_is_not_searched_again_for_each(monkeypatch):
    searched = []
    cuts = jsonwalk._cuts
    monkeypatch.setattr(jsonwalk, "_cuts", lambda cursor: searched.append(1) or cuts(cursor))
    wanted = [["2024-01-01 10:00:00 UTC", "51.5, -0.1"], "x", 7] * 20_000
    found = [v for part in parts(io.BytesIO(json.dumps({"a": wanted}).encode())) for v in part.values]
    assert (found, len(searched)) == (wanted, jsonwalk.MAX_REFUSED)
