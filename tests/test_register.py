"""HR's register: one row per declaration, the latest counts, nothing skipped in silence, tables that are safe to open."""

from __future__ import annotations

import csv
import sqlite3
import sys
from datetime import date, datetime
from pathlib import Path

import declaring
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib import register
from auditlib.declaration import new_code, sign_declaration, verify
from auditlib.declaration.fields import name_key
from auditlib.errors import RegisterError
from auditlib.register import COLUMNS, Expected, Row, neutral, restored
from auditlib.register.rows import split_name

TODAY = date(2026, 11, 24)


class Office:
    """HR's folder and register."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.book = folder / "inbox", folder / "register.sqlite"
        self.folder.mkdir()

    def put(self, name: str, data: bytes) -> Path:
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def collect(self, **more: object) -> list[Row]:
        return register.collect(
            [self.folder], register=self.book, received_by="A. Clerk", today=TODAY, **more  # type: ignore[arg-type]
        )  # fmt: skip

    def rows(self) -> list[Row]:
        return register.rows(self.book)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_valid_declaration_becomes_one_whole_row(office: Office) -> None:
    path = office.put("declaration.docx", declaring.signed())
    payload = verify(path).payload
    assert payload is not None
    expected = Row(
        surname="Ellery-O’Marsh",
        forenames="Rowan",
        role="Teaching assistant, Year 3/4",
        start_date="2027-01-05",
        check_type="Social media self-audit declaration",
        required="Y",
        status="complete",
        date_signed="2026-11-22",
        date_received="2026-11-24",
        received_by="A. Clerk",
        verified="Y",
        policy_version="2018",
        kcsie_edition="2026",
        declaration_id=declaring.ID,
        sha256_short=payload.integrity[:12],
        discussion_requested="N",
        file="declaration.docx",
        arrival="new",
    )
    assert office.collect() == [expected]
    assert office.rows() == [expected]


def test_columns_are_those_of_the_tracker() -> None:
    assert COLUMNS == (
        "surname", "forenames", "role", "start_date", "check_type", "required", "status", "date_signed",
        "date_received", "received_by", "verified", "policy_version", "kcsie_edition", "declaration_id",
        "sha256_short", "discussion_requested", "discussion_closed_date", "review_date", "notes",
    )  # fmt: skip


def test_file_that_is_known_is_known_and_a_copy_is_a_duplicate(office: Office) -> None:
    document = declaring.signed()
    office.put("a.docx", document)
    office.collect()
    office.put("b.docx", document)
    first, second = office.collect()
    assert (first.arrival, first.notes) == ("known", "")
    assert (second.arrival, second.file) == ("duplicate", "b.docx")
    assert second.notes == "The same document as a.docx, which is in the register already."
    assert [row.arrival for row in office.collect()] == ["known", "duplicate"]
    assert [row.file for row in office.rows()] == ["a.docx"]


def test_edited_core_properties_do_not_make_another_declaration(office: Office) -> None:
    document = declaring.signed()
    office.put("a.docx", document)
    office.put("b.docx", declaring.changed(document, "docProps/core.xml", lambda d: d.replace(b"Social", b"Another")))
    assert [row.arrival for row in office.collect()] == ["new", "duplicate"]
    assert len(office.rows()) == 1


LATER = "2026-11-23T08:00:00+01:00"


@pytest.mark.parametrize("order", [("a.docx", "b.docx"), ("b.docx", "a.docx")])
def test_latest_signed_supersedes_whichever_arrives_first(office: Office, order: tuple[str, str]) -> None:
    old, new = order
    office.put(old, declaring.signed())
    office.put(new, declaring.signed(signed_at=LATER))
    office.collect()
    rows = {row.file: row for row in office.rows()}
    assert {file: row.status for file, row in rows.items()} == {old: "superseded", new: "complete"}
    told = [row.notes for row in rows.values() if row.notes]
    assert told == [
        "Another declaration is in the same name, role and start date, and no invitation ties them: the latest counts. "
        "See whether it is the same person."
    ]


def test_earlier_hour_in_another_time_zone_is_earlier(office: Office) -> None:
    office.put("a.docx", declaring.signed(signed_at="2026-11-22T10:00:00+02:00"))
    office.put("b.docx", declaring.signed(signed_at="2026-11-22T09:00:00+00:00"))
    office.collect()
    assert {row.file: row.status for row in office.rows()} == {"a.docx": "superseded", "b.docx": "complete"}


def test_same_invitation_supersedes_without_a_question(office: Office) -> None:
    code, invitation = new_code(), "c" * 26
    for name, moment in (("a.docx", declaring.SIGNED_AT), ("b.docx", LATER)):
        payload = declaring.payload(invitation_id=invitation, signed_at=moment, role="Teacher")
        office.put(name, sign_declaration(payload, code=code))
    office.collect(codes={invitation: code})
    assert [(row.file, row.status, row.notes) for row in office.rows()] == [
        ("a.docx", "superseded", ""),
        ("b.docx", "complete", ""),
    ]


def test_invitation_answered_by_someone_else_is_refused(office: Office) -> None:
    code, invitation = new_code(), "c" * 26
    office.put("a.docx", sign_declaration(declaring.payload(invitation_id=invitation), code=code))
    other = declaring.payload(invitation_id=invitation, full_name="Sam Other", former_names=(), typed_name="Sam Other")
    office.put("b.docx", sign_declaration(other, code=code))
    first, second = office.collect()
    assert (first.status, second.status, second.verified) == ("complete", "could not be verified", "N")
    assert second.problem.startswith("This invitation was already answered by someone of another name.")


def test_changed_name_under_the_same_invitation_is_the_same_person(office: Office) -> None:
    code, invitation = new_code(), "c" * 26
    office.put("a.docx", sign_declaration(declaring.payload(invitation_id=invitation), code=code))
    payload = declaring.payload(
        invitation_id=invitation, full_name="Rowan Newname", typed_name="Rowan Newname", signed_at=LATER,
        former_names=("Rowan Ellery-O'Marsh",),
    )  # fmt: skip
    office.put("b.docx", sign_declaration(payload, code=code))
    assert [row.status for row in office.collect()] == ["complete", "complete"]
    assert {row.file: row.status for row in office.rows()} == {"a.docx": "superseded", "b.docx": "complete"}


def test_wrong_code_could_not_be_verified(office: Office) -> None:
    invitation = "c" * 26
    office.put("a.docx", sign_declaration(declaring.payload(invitation_id=invitation), code=new_code()))
    [row] = office.collect(codes={invitation: new_code()})
    assert (row.status, row.declaration_id) == ("could not be verified", "")


def test_same_name_in_another_post_is_left_for_a_person_to_resolve(office: Office) -> None:
    office.put("a.docx", declaring.signed())
    office.put("b.docx", declaring.signed(role="Caretaker", signed_at=LATER))
    office.collect()
    assert [(row.file, row.status, row.notes) for row in office.rows()] == [
        ("a.docx", "complete", ""),
        (
            "b.docx",
            "complete",
            "Another declaration is in the same name, with another role or start date: see whether it is the same person.",
        ),
    ]


def test_every_file_that_is_no_valid_declaration_gets_a_row_and_advice(office: Office) -> None:
    document = declaring.signed()
    office.put("1-tampered.docx", declaring.changed(document, "word/document.xml", lambda d: d.replace(b"Yes", b"Yse")))
    office.put("2-unsigned.docx", declaring.opc.write_package(declaring.unsigned_parts(document)))
    office.put("3-scan.docx", b"%PDF-1.7")
    office.put("4-empty.docx", b"")
    office.put("5-photo.jpg", b"\xff\xd8\xff")
    office.put("~$claration.docx", b"\x05lock")
    (office.folder / "6-gone.docx").symlink_to(office.folder / "nowhere.docx")
    (office.folder / "deeper").mkdir()
    office.put("deeper/7.docx", b"PK\x03\x04")
    rows = {row.file: row for row in office.collect()}
    assert {row.status for row in rows.values()} == {"could not be verified"}
    assert sorted(rows) == [
        "1-tampered.docx", "2-unsigned.docx", "3-scan.docx", "4-empty.docx", "5-photo.jpg", "6-gone.docx", "7.docx",
        "~$claration.docx",
    ]  # fmt: skip
    assert rows["3-scan.docx"].problem == (
        "This is a PDF, not the .docx that self-audit makes. Ask for the .docx that self-audit made. A signed print is "
        "filed as paper route."
    )
    assert rows["~$claration.docx"].problem.startswith("Word leaves this file while a document is open.")
    assert "signed: Ask" not in rows["2-unsigned.docx"].problem
    assert rows["2-unsigned.docx"].problem.startswith("It is not signed. Ask the person to make the declaration again")
    assert rows["6-gone.docx"].problem == "There is no such file. Check the name and collect again."
    assert all(row.notes == f"{row.file}: {row.problem}" and row.verified == "N" for row in rows.values())
    assert {row.file for row in office.rows()} == set(rows)


def test_mended_or_removed_file_leaves_the_register_but_not_its_history(office: Office) -> None:
    office.put("a.docx", b"spoiled")
    office.put("b.docx", b"spoiled too")
    assert len(office.collect()) == 2
    office.put("a.docx", declaring.signed())
    (office.folder / "b.docx").unlink()
    office.collect()
    assert [(row.file, row.status) for row in office.rows()] == [("a.docx", "complete")]
    with sqlite3.connect(office.book) as database:
        history = database.execute("select what, file from history order by seq").fetchall()
    assert history == [
        ("could not be verified", "a.docx"),
        ("could not be verified", "b.docx"),
        ("received", "a.docx"),
    ]


def test_register_and_system_files_in_the_folder_are_left_aside(office: Office) -> None:
    office.book = office.folder / "hr.sqlite"
    office.put("declaration.docx", declaring.signed())
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "README.md", "register-2.xlsx", "Register.csv"):
        office.put(name, b"x")
    assert [row.file for row in office.collect()] == ["declaration.docx"]
    assert [row.file for row in office.collect()] == ["declaration.docx"]


def test_no_path_and_nothing_a_declaration_says_beyond_the_row_is_in_the_register(office: Office) -> None:
    payload = declaring.payload(former_names=(), could_not_read=("damaged-file",), referral="union-first")
    office.put("a.docx", sign_declaration(payload))
    office.collect()
    held = office.book.read_bytes()
    secrets = (str(office.folder), "union", "instagram", "damaged", "log-ins")
    assert not [word for word in secrets if word.encode() in held]


def test_what_the_school_expects_is_held_against_each_declaration(office: Office) -> None:
    office.put("a.docx", declaring.signed(wording={"doubts": "I may do as I please."}, not_asked=("log-ins",)))
    [row] = office.collect(expected=Expected(school_names=("Other School",), policy_version="2019"))
    assert (row.status, row.verified) == ("complete", "Y")
    assert row.notes == (
        "It is addressed to another school. It is about another version of the policy. Read the document: the wording "
        "is not the school’s own for doubts. Read the document: the statements are not the ones that the school asks for."
    )


def test_school_with_its_own_words_has_nothing_to_read(office: Office) -> None:
    office.put("a.docx", declaring.signed(wording={"doubts": "I will ask."}))
    expected = Expected(school_names=("EXAMPLE HILL SCHOOL",), wording={"doubts": "I will ask."})
    assert [row.notes for row in office.collect(expected=expected)] == [""]


def test_signature_from_the_future_is_reported(office: Office) -> None:
    office.put("a.docx", declaring.signed(signed_at="2027-11-22T16:05:09+00:00"))
    [row] = office.collect()
    assert row.notes == "The date of signing lies in the future: the person’s clock may be wrong."


def test_error_in_the_middle_leaves_the_register_as_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("a.docx", declaring.signed())
    office.collect()
    before = office.rows()
    office.put("b.docx", declaring.signed(full_name="Sam Other", typed_name="Sam Other"))
    monkeypatch.setattr(sys.modules["auditlib.register.collect"], "differences", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.collect()
    assert office.rows() == before


@pytest.mark.parametrize("content", [b"not a database at all, only some text that is long enough" * 20])
def test_other_file_in_place_of_the_register_is_left_alone(office: Office, content: bytes) -> None:
    office.book.write_bytes(content)
    with pytest.raises(RegisterError, match="is not a register of self-audit"):
        office.rows()
    assert office.book.read_bytes() == content


def test_database_of_another_program_is_left_alone(office: Office) -> None:
    with sqlite3.connect(office.book) as other:
        other.execute("create table theirs (x)")
    with pytest.raises(RegisterError, match="is not a register of self-audit"):
        office.rows()


def test_register_of_a_newer_version_is_left_alone(office: Office) -> None:
    with sqlite3.connect(office.book) as newer:
        newer.execute("pragma user_version = 99")
    with pytest.raises(RegisterError, match="newer version"):
        office.rows()


def test_declaration_without_invitation_does_not_replace_an_invited_one(office: Office) -> None:
    code, invitation = new_code(), "c" * 26
    office.put("a.docx", sign_declaration(declaring.payload(invitation_id=invitation), code=code))
    office.put("b.docx", declaring.signed(signed_at=LATER))
    office.collect(codes={invitation: code})
    assert [(row.file, row.status, row.notes) for row in office.rows()] == [
        ("a.docx", "complete", ""),
        (
            "b.docx",
            "complete",
            "Another declaration is in the same name, and only one of the two answers an invitation: neither replaces "
            "the other. See whether it is the same person.",
        ),
    ]


def test_mistyped_path_is_told_and_leaves_no_row_behind(office: Office) -> None:
    office.put("a.docx", declaring.signed())
    with pytest.raises(RegisterError, match=r"^There is no such file or folder\. Check the name and try again\.$"):
        register.collect([office.folder.with_name("inbx")], register=office.book)
    both = register.collect([office.folder, office.folder.with_name("inbx")], register=office.book)
    assert [(row.file, row.status) for row in both] == [("a.docx", "complete"), ("inbx", "could not be verified")]
    assert [row.file for row in office.rows()] == ["a.docx"]


def test_emptied_folder_leaves_nothing_waiting(office: Office) -> None:
    (office.folder / "deeper").mkdir()
    for name in ("a.docx", "deeper/b.docx"):
        office.put(name, b"spoiled")
    assert len(office.collect()) == 2
    for name in ("a.docx", "deeper/b.docx"):
        (office.folder / name).unlink()
    assert (office.collect(), office.rows()) == ([], [])


def test_link_to_a_folder_is_not_followed_and_not_left_out(office: Office) -> None:
    elsewhere = office.folder.with_name("elsewhere")
    elsewhere.mkdir()
    (elsewhere / "x.docx").write_bytes(declaring.signed())
    try:
        (office.folder / "linked").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this computer does not let this user make links")
    [row] = office.collect()
    assert (row.file, row.status) == ("linked", "could not be verified")
    assert "if it is a link to one, give that folder itself" in row.problem


def test_register_is_not_held_while_files_are_verified(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("a.docx", declaring.signed())

    def meanwhile(path: Path, **more: object) -> object:
        assert office.rows() == []  # another run can use the register now
        return verify(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sys.modules["auditlib.register.collect"], "verify", meanwhile)
    assert [row.arrival for row in office.collect()] == ["new"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are always text on this system")
def test_file_with_a_name_that_is_no_text_gets_its_row(office: Office, tmp_path: Path) -> None:
    (office.folder / "a\udcff\x07.docx").write_bytes(b"spoiled")
    [row] = office.collect()
    assert row.file == "a\\udcff\x07.docx"
    sheet = openpyxl.load_workbook(register.to_xlsx([row], tmp_path / "r.xlsx"))["Register"]
    assert sheet["S2"].value == "a\\udcff\ufffd.docx: " + row.problem
    register.to_csv([row], tmp_path / "r.csv")


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("full", "split"),
    [
        ("Rowan Ellery-O’Marsh", ("Ellery-O’Marsh", "Rowan")),
        ("Ana Maria de la Vega", ("de la Vega", "Ana Maria")),
        ("Vega, Ana", ("Vega", "Ana")),
        ("Prince", ("Prince", "")),
        ("小林さくら", ("小林さくら", "")),
        ("Van Morrison", ("Morrison", "Van")),
    ],
)
def test_surname_is_told_from_forenames(full: str, split: tuple[str, str]) -> None:
    assert split_name(full) == split


# --- tables ---------------------------------------------------------------------------------------------------------

FORMULAS = ["=1+1", "+44", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1+1", "'=1+1", "''@x"]


def _row(**cells: str) -> Row:
    return Row(**({"status": "complete", "verified": "Y", "start_date": "2027-01-05"} | cells))  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_looks_like_a_formula_is_neutralised(cell: str) -> None:
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize("name", ["Ellery-O'Marsh", "'t Hart", "O’Brien", "Ann=Marie", "x@y", "", "1+1", "Ng"])
def test_names_are_not_touched(name: str) -> None:
    assert neutral(name) == name


@given(st.text(alphabet="'=+-@\t\rab ＝", max_size=6))
def test_neutralising_can_be_taken_back(text: str) -> None:
    assert restored(neutral(text)) == text


def test_csv_opens_in_a_spreadsheet_with_names_whole(tmp_path: Path) -> None:
    rows = [_row(surname="Ōkubo-O’Neill", forenames="=cmd", notes="a,b \"c\"")]
    path = register.to_csv(rows, tmp_path / "register.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, line = list(csv.reader(file))
    assert tuple(header) == COLUMNS
    assert dict(zip(header, line, strict=True))["surname"] == "Ōkubo-O’Neill"
    assert dict(zip(header, line, strict=True))["forenames"] == "'=cmd"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_spreadsheet_has_real_dates_a_fixed_header_and_filters(tmp_path: Path) -> None:
    rows = [_row(surname="Ōkubo", forenames="=1+1", date_received="2026-11-24", discussion_requested="N")]
    book = openpyxl.load_workbook(register.to_xlsx(rows, tmp_path / "register.xlsx"))
    sheet = book["Register"]
    header = [cell.value for cell in sheet[1]]
    cells = dict(zip(header, sheet[2], strict=True))
    assert tuple(header) == COLUMNS
    assert (cells["start_date"].value, cells["start_date"].number_format) == (datetime(2027, 1, 5), "dd/mm/yyyy")
    assert cells["date_received"].is_date
    assert (cells["forenames"].value, cells["forenames"].data_type) == ("'=1+1", "s")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:S2")
    assert (book.properties.creator, cells["review_date"].value) == ("self-audit", None)


def test_no_cell_of_a_saved_table_is_a_formula(tmp_path: Path) -> None:
    rows = [_row(surname=cell, notes=cell, role=cell) for cell in FORMULAS if cell.isprintable()]
    sheet = openpyxl.load_workbook(register.to_xlsx(rows, tmp_path / "r.xlsx"))["Register"]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "d", "n"}


def test_saved_tables_never_overwrite(tmp_path: Path) -> None:
    rows = [_row(surname="Ng")]
    names = [register.to_csv(rows, tmp_path / "register.csv").name for _ in range(3)]
    assert names == ["register.csv", "register-2.csv", "register-3.csv"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(names)


def test_table_that_cannot_be_saved_gives_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(RegisterError, match=r"register.xlsx cannot be saved there"):
            register.to_xlsx([], folder / "register.xlsx")


def test_frame_shows_the_columns_of_the_register() -> None:
    table = register.frame([_row(surname="Ng")])
    assert tuple(table.columns) == COLUMNS
    assert table.iloc[0]["surname"] == "Ng"
    assert tuple(register.frame([]).columns) == COLUMNS


def test_name_keys_ignore_case_and_kinds_of_apostrophe() -> None:
    assert name_key("O’BRIEN  Seán") == name_key("o'brien Seán")
