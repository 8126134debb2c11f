"""The register as a spreadsheet or a .csv, safe to open: no cell can act as a formula.

A text that begins with = + - @, a tab or a carriage return gets one apostrophe in front; a text that already has
apostrophes before such a character gets one more. `restored` takes it off again, so nothing is lost, and names (with
hyphens or apostrophes inside, or 't Hart) stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditlib.declaration import write_new
from auditlib.errors import RegisterError
from auditlib.register.rows import COLUMNS, DATE_COLUMNS, Row

if TYPE_CHECKING:
    import pandas

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the full-width forms act alike in some programs
_WIDTHS = {
    "surname": 20, "forenames": 20, "role": 28, "check_type": 36, "status": 44, "received_by": 20, "policy_version": 14,
    "kcsie_edition": 14, "declaration_id": 32, "sha256_short": 16, "notes": 70,
}  # fmt: skip
_OTHER_WIDTH = 15


def neutral(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return "'" + text if text.lstrip("'").startswith(_RISKY) else text


def restored(text: str) -> str:
    """Return what `neutral` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_RISKY) else text


def to_csv(rows: Iterable[Row], path: Path) -> Path:
    """Return the path of the .csv that was written: UTF-8 with a byte-order mark (so that Excel reads names rightly).

    An existing file is left alone; the new one then gets a number. Raises `RegisterError` when it can't be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(cell) for cell in row.cells()] for row in rows)
    return _write(path, text.getvalue().encode("utf-8-sig"))


def to_xlsx(rows: Iterable[Row], path: Path) -> Path:
    """Return the path of the .xlsx that was written: real dates, a header that stays in view, filters on every column.

    An existing file is left alone; the new one then gets a number. Raises `RegisterError` when it can't be written.
    """
    from openpyxl import Workbook  # takes a while: loaded when a table is saved
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator, book.properties.title = "self-audit", "Register of self-audit declarations"
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = "Register"
    sheet.append(list(COLUMNS))
    for row in rows:
        sheet.append([_cell(column, value) for column, value in zip(COLUMNS, row.cells(), strict=True)])
    for number, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, _OTHER_WIDTH)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}1"].fill = PatternFill("solid", fgColor="E9EEF4")
        for cell in sheet[letter][1:]:
            cell.alignment = Alignment(vertical="top", wrap_text=column in ("notes", "status"))
            if column in DATE_COLUMNS:
                cell.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    return _write(path, made.getvalue())


def frame(rows: Iterable[Row]) -> pandas.DataFrame:
    """Return the rows as a table to show, in the columns of the register, all of them text."""
    import pandas  # loaded only where a table is shown

    return pandas.DataFrame([row.cells() for row in rows], columns=list(COLUMNS), dtype="str")


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML, and so a spreadsheet, has no form for; it can stand in the name of a file."""


def _cell(column: str, value: str) -> str | date | None:
    if not value:
        return None
    if column in DATE_COLUMNS:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return neutral(_UNWRITABLE.sub("\ufffd", value))


def _write(path: Path, data: bytes) -> Path:
    closed = f"{path.name} cannot be saved there. Choose a folder you may write to."
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:  # also when it is a file
        raise RegisterError(closed) from None
    for number in range(1, 1000):
        free = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            write_new(free, data)
        except FileExistsError:
            continue
        except OSError:
            raise RegisterError(closed) from None
        return free
    raise RegisterError(f"There are already very many tables named {path.stem}. Choose another folder.")
