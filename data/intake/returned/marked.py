"""The officer's own workbook back: wrong cells coloured and commented, with a summary sheet in front."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from data.intake.findings.finding import Finding
from data.intake.findings.kind import SEVERITY_WORDS, Severity
from data.intake.form import FINDINGS_SHEET
from data.intake.reading.cells import Sheet
from scoring.standard import Standard

_FILLS = {"error": "FFC7CE", "warning": "FFEB9C", "note": "DDEBF7"}
_EDITED = "C6EFCE"
_HEADERS = ("Mức", "Trang tính", "Ô", "Đơn vị", "Chỉ tiêu", "Sai ở đâu", "Cách sửa")
_WIDTHS = (10, 18, 9, 30, 36, 60, 60)
_ORDER: tuple[Severity, ...] = ("error", "warning", "note")
_MOST_STYLED_CELLS = 150_000  # openpyxl keeps about 1 KB a cell in memory; a larger file is written from its values


def build_marked_copy(
    content: bytes,
    sheets: Sequence[Sheet],
    findings: Sequence[Finding],
    standard: Standard,
    unit_names: Mapping[str, str],
    edits: Mapping[tuple[str, str], Any],
) -> bytes:
    """An .xlsx of the officer's file with what was found in it.

    The layout of an .xlsx file stays; of other formats only the values. Formulas are replaced by their values: a file
    that was sent in is never handed on with live formulas.

    Parameters
    ----------
    content, sheets
        The file, and its sheets as `open_workbook` read them.
    unit_names : mapping
        Name of each unit, by code.
    edits : mapping
        Values corrected on screen, by sheet and cell; they are written into the copy.
    """
    book = _open_copy(content, sheets)
    by_place: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet in book.sheetnames and finding.cell:
            by_place[finding.sheet or "", finding.cell.split(":")[0]].append(finding)
    for (name, place), value in edits.items():
        if name in book.sheetnames:
            cell = _cell(book[name], place)
            _write(cell, value)
            cell.fill = PatternFill("solid", fgColor=_EDITED)
            cell.comment = _comment("Đã sửa trên màn hình.")
    for (name, place), found in by_place.items():
        _mark(_cell(book[name], place), found)
    _write_summary(book, findings, standard, unit_names)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _open_copy(content: bytes, sheets: Sequence[Sheet]) -> Book:
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows)
    if content.startswith(b"PK") and cells <= _MOST_STYLED_CELLS:
        try:
            book = openpyxl.load_workbook(BytesIO(content), data_only=True)
        except Exception:  # openpyxl raises anything on what Excel and calamine forgive; the values remain
            return _copy_values(sheets)
        for sheet in list(book.worksheets):
            sheet.protection.disable()
        if FINDINGS_SHEET in book.sheetnames:
            del book[FINDINGS_SHEET]
        return book
    return _copy_values(sheets)


def _copy_values(sheets: Sequence[Sheet]) -> Book:
    book = Book()
    book.remove(book.active)
    for sheet in sheets:
        copy = book.create_sheet(sheet.name)
        for row, values in enumerate(sheet.rows, start=1):
            for column, value in enumerate(values, start=1):
                if value != "":
                    _write(copy.cell(row, column), value)
    return book


def _write(cell: Cell, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # text stays text, though it may begin like a formula


def _cell(sheet: Worksheet, place: str) -> Cell:
    """The cell at a place; of a merged range the one that shows."""
    cell = sheet[place]
    if isinstance(cell, MergedCell):
        merged = next(one for one in sheet.merged_cells.ranges if place in one)
        cell = sheet.cell(merged.min_row, merged.min_col)
    return cell


def _mark(cell: Cell, found: list[Finding]) -> None:
    worst = min(found, key=lambda one: _ORDER.index(one.severity)).severity
    cell.fill = PatternFill("solid", fgColor=_FILLS[worst])
    told = [f"{SEVERITY_WORDS[one.severity]}: {one.message}\nCách sửa: {one.mend}" for one in found]
    earlier = [cell.comment.text] if cell.comment else []
    cell.comment = _comment("\n\n".join([*told, *earlier]))


def _comment(text: str) -> Comment:
    comment = Comment(text[:2000], "Phần mềm")
    comment.width, comment.height = 360, 180
    return comment


def _write_summary(book: Book, findings: Sequence[Finding], standard: Standard, unit_names: Mapping[str, str]) -> None:
    sheet = book.create_sheet(FINDINGS_SHEET, 0)
    book.active = 0
    counted = ", ".join(
        f"{sum(one.severity == severity for one in findings)} {SEVERITY_WORDS[severity].lower()}" for severity in _ORDER
    )
    _write(sheet.cell(1, 1), "Kết quả kiểm tra tệp")
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    _write(
        sheet.cell(2, 1),
        f"{counted}. Ô đỏ: lỗi phải sửa; ô vàng: cảnh báo; ô xanh lam: ghi chú; ô xanh lá: đã sửa trên màn hình.",
    )
    _write(sheet.cell(3, 1), "Sửa trong các trang sau rồi nộp lại tệp này. Công thức đã được thay bằng giá trị.")
    for column, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(5, column)
        _write(cell, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DCE6F1")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(findings, start=6):
        unit = f"{unit_names.get(one.unit, '')} ({one.unit})" if one.unit else ""
        label = standard.inputs[one.input].label if one.input in standard.inputs else ""
        texts = (SEVERITY_WORDS[one.severity], one.sheet, one.cell, unit, label, one.message, one.mend)
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(row, column)
            _write(cell, text or "")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_FILLS[one.severity])
        if one.cell and one.sheet in book.sheetnames:
            name = str(one.sheet).replace("'", "''")
            place = sheet.cell(row, 3)
            place.hyperlink = Hyperlink(ref=place.coordinate, location=f"'{name}'!{one.cell}")
            sheet.cell(row, 3).font = Font(underline="single", color="0563C1")
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
