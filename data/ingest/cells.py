"""The cell layer: the sheets of a workbook as plain values, with refusals instead of exceptions."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from data.ingest.findings import Finding, make_finding

LARGEST_FILE = 25 * 2**20
LARGEST_UNPACKED = 400 * 2**20
LARGEST_ROWS = 20_000
LARGEST_COLUMNS = 400


@dataclass(frozen=True)
class Sheet:
    """A sheet: `rows` are lists of values from cell A1 on (str, float, int, bool, date, or "" for an empty cell)."""

    name: str
    rows: list[list[Any]]


def read_sheets(content: bytes, file_name: str) -> tuple[list[Sheet], Finding | None]:
    """All sheets of a workbook, or the finding that says why it can't be read."""
    refusal = _refuse_size(content, file_name)
    if refusal is not None:
        return [], refusal
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > LARGEST_ROWS or sheet.total_width > LARGEST_COLUMNS:
                limit = f"trang “{name}” có {sheet.total_height} dòng, {sheet.total_width} cột"
                return [], make_finding("too_large", sheet=name, file=file_name, limit=limit)
            sheets.append(Sheet(name, sheet.to_python(skip_empty_area=False)))
        return _restore_errors(content, sheets), None
    except PasswordError:
        return [], make_finding("not_a_workbook", file=file_name, reason="tệp có mật khẩu")
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile):
        return [], make_finding("not_a_workbook", file=file_name, reason="tệp hỏng hoặc không phải dạng Excel")


def cell_name(row: int, column: int) -> str:
    """“H12” of 0-based row and column."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """“H” of a 0-based column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _restore_errors(content: bytes, sheets: list[Sheet]) -> list[Sheet]:
    """Put error values (#REF!, #DIV/0!) back in their cells: calamine reads them as empty, which would be silent."""
    if not _holds_errors(content):
        return sheets
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    for sheet in sheets:
        for row in book[sheet.name].iter_rows() if sheet.name in book.sheetnames else ():
            for cell in row:
                if getattr(cell, "data_type", None) == "e":
                    sheet.rows[cell.row - 1][cell.column - 1] = str(cell.value)
    book.close()
    return sheets


def _holds_errors(content: bytes) -> bool:
    if not zipfile.is_zipfile(BytesIO(content)):
        return False
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b't="e"' in archive.read(name) for name in sheets)


def _refuse_size(content: bytes, file_name: str) -> Finding | None:
    """A zip tells the size of what it holds before it is unpacked."""
    if len(content) > LARGEST_FILE:
        return make_finding("too_large", file=file_name, limit=f"{LARGEST_FILE // 2**20} MB")
    if not zipfile.is_zipfile(BytesIO(content)):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile:
        return make_finding("not_a_workbook", file=file_name, reason="tệp hỏng")
    if unpacked > LARGEST_UNPACKED:
        return make_finding("too_large", file=file_name, limit=f"{LARGEST_UNPACKED // 2**20} MB sau khi giải nén")
    return None
