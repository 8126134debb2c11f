"""CSV tables as exports write them and as spreadsheets leave them: columns by name, nothing glued, nothing dropped."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.csvtable import NO_COLUMNS, lines, plain, table
from auditlib.jsonstream import Broken


def read(data: bytes | str, *wanted: str, header: tuple[str, ...] = (), bare: bool = False) -> list[object]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return [row for _, batch in table(stream, wanted, header, bare) for row in batch]


def test_columns_are_taken_by_name_in_the_order_asked_for():
    assert read("Body,ID,Date\nhello,1,x\n", "id", "body", "link") == [("1", "hello", "")]


def test_names_are_compared_without_case_spaces_underscores_and_colons():
    assert plain("\ufeff Comment_Create  Timestamp: ") == "comment create timestamp"
    assert read("COMMENT_ID , Text:\n1,a\n", "comment id", "text") == [("1", "a")]


def test_either_of_two_names_a_second_of_one_name_and_a_position_can_be_asked_for():
    data = "Distance,Nom du fichier,Distance\n1,a,1000\n"
    assert read(data, "distance", "distance#2", "filename|@1", "no|distance") == [("1", "1000", "a", "1")]


def test_one_column_and_all_columns_can_be_asked_for():
    assert read("a,b\n1,2\n", "b") == [("2",)]
    assert read("a,b,a\n1,2,3\n") == [{"a": "1", "b": "2", "a#2": "3"}]


def test_a_preamble_is_passed_over():
    data = 'Notes:\n"One sentence, quoted."\n\nFirst Name,Connected On\nJo,1 May 2024\n'
    assert read(data, "connected on", "first name", header=("first name", "connected on")) == [("1 May 2024", "Jo")]


def test_a_file_without_a_header_is_read_by_position():
    assert read("jo@a.example\nsam@b.example\n", "@0", bare=True) == [("jo@a.example",), ("sam@b.example",)]


def test_quotes_commas_and_line_breaks_stay_in_their_cell():
    assert read('a,b\n1,"x ""y"", z\nnext\r\nlast"\n2,c\n', "a", "b") == [("1", 'x "y", z\nnext\r\nlast'), ("2", "c")]


def test_blank_rows_at_the_end_and_rows_that_are_too_short_cost_nothing():
    assert read("a,b,c\n1,2,3\n4\n\n \n\n", "a", "c") == [("1", "3"), ("4", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_a_spreadsheet_saves_is_read(encoding, delimiter, end):
    data = end.join(delimiter.join(row) for row in (("name", "text"), ("José", "café é"), ("Zoë", "tea"))) + end
    assert read(data.encode(encoding), "name", "text") == [("José", "café é"), ("Zoë", "tea")]


@pytest.mark.parametrize(
    ("data", "before", "detail"),
    [
        ('a,b\n1,2\n3,"open', [("1", "2")], "cut off"),
        ('a,b\n1,2\n3,"open\nand on\n', [("1", "2")], "cut off"),
        ('a,b\n1,"open', [], "cut off"),
        ("", [], "empty"),
        ("\n\n", [], "empty"),
        ("x,y\n1,2\n", [], NO_COLUMNS),
    ],
)
def test_a_damaged_file_gives_what_comes_before_and_says_so(data, before, detail):
    seen: list[object] = []
    with pytest.raises(Broken) as broken:
        for _, batch in table(io.BytesIO(data.encode()), ("a", "b")):
            seen += batch
    assert (seen, broken.value.detail) == (before, detail)


def test_a_stray_quote_is_no_cut():
    assert read('a,b\n1,5" pipe\n', "a", "b") == [("1", '5" pipe')]


def test_a_line_without_end_is_never_held():
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"x" * size

    with pytest.raises(Broken, match="limit"):
        list(table(Endless(), ("a",)))  # type: ignore[arg-type]


cells = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r"), max_size=30)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=1200))
def test_any_table_comes_back_as_it_was_written(wanted):
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(("first column", "second", "third"))
    writer.writerows(wanted)
    assert read(out.getvalue(), "first column", "second", "third") == [row for row in wanted if any(row)]


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\n"), max_size=80), max_size=300))
def test_lines_are_cut_at_line_feeds_only(wanted):
    text = "a" + "\n".join(wanted)
    assert "".join(lines(io.BytesIO(text.encode()))) == text
    assert all(line.count("\n") <= 1 for line in lines(io.BytesIO(text.encode())))
