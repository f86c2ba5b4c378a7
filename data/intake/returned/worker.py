"""Makes marked copies of untrusted workbooks in a process of its own: `python -m data.intake.returned.worker`.

`data.intake.returned.marked` asks it by a `data.processes` pool. A copy from the file itself keeps its layout; a copy
from values is written row by row, in little memory. Whatever goes wrong is a fault of the one request.
"""

import pickle
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.reader import excel as reading
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet._reader import WorksheetReader
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.merge import MergeCell
from openpyxl.worksheet.worksheet import Worksheet

from data.intake.form import FINDINGS_SHEET
from data.intake.returned.order import MEMORY_TO_MARK, MOST_STYLED_CELLS, CellMark, Order
from data.intake.returned.summary import FILLS, write_summary
from data.processes.worker import serve

_EDITED = "C6EFCE"
_EDITED_COMMENT = "Đã sửa trên màn hình."
_LONGEST_COMMENT = 2000
_LONGEST_TITLE = 31
_FORBIDDEN_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_FIRST_DATE = date(1900, 3, 1)  # earlier ones are numbers that Excel counts otherwise


def main() -> None:
    """Answer what `data.processes` asks: an order."""
    serve(mark, MEMORY_TO_MARK)


def mark(request: bytes) -> bytes:
    """The copy that an order asks for, as the content of an .xlsx file."""
    order: Order = pickle.loads(request)  # noqa: S301 - what the app itself wrote
    with _as_asked(order.folder):
        book = _mark_values(order) if order.content is None else _mark_file(order, order.content)
        buffer = BytesIO()
        book.save(buffer)
    return buffer.getvalue()


@contextmanager
def _as_asked(folder: str | None) -> Iterator[None]:
    """Let the library read sheets by `_SheetReader` and write on the way into a folder only."""
    before = tempfile.tempdir
    tempfile.tempdir = folder
    reading.WorksheetReader = _SheetReader
    try:
        yield
    finally:
        tempfile.tempdir = before
        reading.WorksheetReader = WorksheetReader


class _SheetReader(WorksheetReader):
    """Reads merged ranges and links as far as there are cells: the library makes an object of each cell in them."""

    def bind_merged_cells(self) -> None:
        merged = self.parser.merged_cells
        if merged:
            rows, columns, left = self.ws.max_row, self.ws.max_column, MOST_STYLED_CELLS
            kept = []
            for area in merged.mergeCell:
                last_row, last_column = min(area.max_row, rows), min(area.max_col, columns)
                if area.min_row > last_row or area.min_col > last_column:
                    continue
                clipped = CellRange(None, area.min_col, area.min_row, last_column, last_row)
                size = clipped.size["rows"] * clipped.size["columns"]
                left -= size
                if left >= 0 and size > 1 and not self._hides_values(clipped):
                    kept.append(MergeCell(clipped.coord))
            merged.mergeCell = kept
        super().bind_merged_cells()

    def bind_hyperlinks(self) -> None:
        links = self.parser.hyperlinks.hyperlink
        self.parser.hyperlinks.hyperlink = [link for link in links if ":" not in link.ref]
        super().bind_hyperlinks()

    def _hides_values(self, area: CellRange) -> bool:
        """Whether a merged range covers figures, which the library would drop; a reader reads them all the same."""
        cells = self.ws._cells
        first = (area.min_row, area.min_col)
        return any(
            place != first and place in cells and cells[place].value is not None
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
            for place in [(row, column)]
        )


def _mark_file(order: Order, content: bytes) -> Book:
    book = load_workbook(BytesIO(content), data_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.protection.disable()
    if FINDINGS_SHEET in book.sheetnames:
        del book[FINDINGS_SHEET]
    titles = {name: name for name in book.sheetnames}
    for (name, place), value in order.edits.items():
        if name in titles:
            cell = _find_cell(book[name], place)
            _write(cell, value)
            _paint(cell, _EDITED, _EDITED_COMMENT)
    for (name, place), found in order.marks.items():
        if name in titles:
            cell = _find_cell(book[name], place)
            earlier = [cell.comment.text] if cell.comment else []
            _paint(cell, FILLS[found.severity], "\n\n".join([found.comment, *earlier]))
    write_summary(book.create_sheet(FINDINGS_SHEET, 0), order.counted, order.summary, titles, _make_cell)
    book.active = 0
    return book


def _mark_values(order: Order) -> Book:
    book = Book(write_only=True)
    sheets = [(name, rows) for name, rows in order.sheets if name != FINDINGS_SHEET]  # that is of an earlier copy
    titles = _name_sheets([name for name, _ in sheets])
    write_summary(book.create_sheet(FINDINGS_SHEET), order.counted, order.summary, titles, _make_cell)
    for name, rows in sheets:
        sheet = book.create_sheet(titles[name])
        edits = {_position(place): value for (of, place), value in order.edits.items() if of == name}
        marks = {_position(place): found for (of, place), found in order.marks.items() if of == name}
        width = max((column for _, column in (*edits, *marks)), default=0)
        height = max((row for row, _ in (*edits, *marks)), default=0)
        rows_of = {row for row, _ in (*edits, *marks)}
        for number in range(1, max(len(rows), height) + 1):
            values = [_as_written(sheet, value) for value in (rows[number - 1] if number <= len(rows) else [])]
            if number in rows_of:
                values += [None] * (width - len(values))
                _mark_row(sheet, number, values, edits, marks)
            sheet.append(values)
    return book


def _mark_row(
    sheet: Worksheet,
    row: int,
    values: list[Any],
    edits: dict[tuple[int, int], Any],
    marks: dict[tuple[int, int], CellMark],
) -> None:
    """Put cells with colour and comment in place of the values of a row."""
    for column in range(1, len(values) + 1):
        place = (row, column)
        if place not in edits and place not in marks:
            continue
        before = values[column - 1]
        cell = before if isinstance(before, Cell) else _make_cell(sheet, before)
        comments = []
        if place in edits:
            cell = _make_cell(sheet, edits[place])
            _paint(cell, _EDITED, _EDITED_COMMENT)
            comments = [_EDITED_COMMENT]
        if place in marks:
            _paint(cell, FILLS[marks[place].severity], "\n\n".join([marks[place].comment, *comments]))
        values[column - 1] = cell


def _name_sheets(names: Sequence[str]) -> dict[str, str]:
    """Titles that a workbook may have, each once, by the names that the file gives."""
    titles: dict[str, str] = {}
    taken = {FINDINGS_SHEET.casefold()}
    for name in names:
        stem = _FORBIDDEN_IN_TITLES.sub("_", _clean(name)).strip("'")[:_LONGEST_TITLE] or "Trang"
        title, number = stem, 1
        while title.casefold() in taken:
            number += 1
            title = f"{stem[: _LONGEST_TITLE - 1 - len(str(number))]} {number}"
        taken.add(title.casefold())
        titles[name] = title
    return titles


def _position(place: str) -> tuple[int, int]:
    letters, row = coordinate_from_string(place)
    return row, column_index_from_string(letters)


def _find_cell(sheet: Worksheet, place: str) -> Cell:
    """The cell at a place; of a merged range the one that shows."""
    cell = sheet[place]
    if isinstance(cell, MergedCell):
        merged = next(area for area in sheet.merged_cells.ranges if place in area)
        cell = sheet.cell(merged.min_row, merged.min_col)
    return cell


def _paint(cell: Cell, colour: str, text: str) -> None:
    cell.fill = PatternFill("solid", fgColor=colour)
    cell.comment = Comment(_clean(text)[:_LONGEST_COMMENT], "Phần mềm")
    cell.comment.width, cell.comment.height = 360, 180


def _make_cell(sheet: Worksheet, value: Any) -> Cell:
    cell = Cell(sheet, row=1, column=1)
    _write(cell, value)
    return cell


def _write(cell: Cell, value: Any) -> None:
    plain = _plain(value)
    cell.value = plain
    if isinstance(plain, str):
        cell.data_type = "s"  # text stays text, though it may begin like a formula


def _as_written(sheet: Worksheet, value: Any) -> Any:
    """A value as a row takes it: a cell where the library would make a formula or an error of a text."""
    plain = _plain(value)
    return _make_cell(sheet, plain) if isinstance(plain, str) and plain[:1] in ("=", "#") else plain


def _plain(value: Any) -> Any:
    """A value that a workbook can hold; None for an empty one."""
    if isinstance(value, str):
        return _clean(value) or None
    if isinstance(value, date) and (value.year, value.month, value.day) < _FIRST_DATE.timetuple()[:3]:
        return value.isoformat()
    if isinstance(value, float) and not abs(value) < float("inf"):
        return str(value)
    return value


def _clean(text: str) -> str:
    return _SURROGATES.sub("", ILLEGAL_CHARACTERS_RE.sub("", text))


if __name__ == "__main__":
    main()
