"""HR's register: declarations collected from files, each verified strictly, one row each, saved as a table.

    collect(files and folders) -> rows -> to_xlsx / to_csv / frame
"""

from auditlib.declaration.expected import Expected
from auditlib.register.collect import collect, rows
from auditlib.register.export import frame, neutral, restored, to_csv, to_xlsx
from auditlib.register.rows import COLUMNS, Row

__all__ = ["COLUMNS", "Expected", "Row", "collect", "frame", "neutral", "restored", "rows", "to_csv", "to_xlsx"]
