"""Tables of a slide: as many rows as fit in a readable size, the rest counted."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from reports.errors import ReportError
from reports.exports.powerpoint.fit import LINE, clean_text, measure_text, shorten_text, wrap_text
from reports.exports.powerpoint.parts import describe
from scoring.words import format_number

TABLE_SIZES = (16, 14, 12)
_CELL_LINES = 3  # at most
_MARGIN_X, _MARGIN_Y = 0.07, 0.03  # of cells, in inches
_MEASURED_ROWS = 60
_EMU_AN_INCH = 914400
_NO_VALUE = "–"


def fill_tables(placeholders: Sequence[Any], table: pd.DataFrame, alt: str, noun: str = "đơn vị") -> int:
    """A table in one place or flowing through several; rows that don't fit are counted in the last row.

    Parameters
    ----------
    placeholders : sequence
        Table placeholders, equally wide; those that are not needed stay empty, for `Page.drop_rest`.
    table : DataFrame
        Texts, and whole numbers (aligned right, with Vietnamese separators); column names are the header.

    Returns
    -------
    int
        How many placeholders were used, from the first.

    Raises
    ------
    ReportError
        When the template's place is too low for a row.
    """
    cells = [[_cell_text(value) for value in row] for row in table.itertuples(index=False)]
    header = [clean_text(name) for name in table.columns]
    numeric = [pd.api.types.is_numeric_dtype(table.iloc[:, column]) for column in range(len(header))]
    grid, parts = _choose_grid(header, cells, placeholders)
    if len(cells) and not parts[0]:
        name = placeholders[0].part.slide.slide_layout.name
        raise ReportError(
            f"Mẫu trình chiếu có bố cục “{name}” với ô bảng quá thấp. Kéo cao ô bảng trong PowerPoint "
            "(Xem › Trang chiếu cái), hoặc xóa tệp mẫu để dùng mẫu có sẵn."
        )
    used = [part for part in parts if part] or [0]
    start = 0
    for number, part in enumerate(used):
        rest = len(cells) - sum(parts) if number == len(used) - 1 else 0
        more = f"và {format_number(rest)} {noun} khác" if rest else ""
        _write_table(placeholders[number], grid, range(start, start + part), numeric, more, alt)
        start += part
    return len(used)


def _choose_grid(header: list[str], cells: list[list[str]], places: Sequence[Any]) -> tuple["_Grid", list[int]]:
    """The largest type in which all rows fit uncut: over the whole width if that is large enough, else side by side."""
    heights = [placeholder.height.inches for placeholder in places]
    across = (places[-1].left + places[-1].width - places[0].left) / _EMU_AN_INCH
    narrow = min(placeholder.width.inches for placeholder in places)
    choices = [(across, size, heights[:1]) for size in TABLE_SIZES[:-1] if len(places) > 1]
    choices += [(narrow, size, heights) for size in TABLE_SIZES]
    for width, size, available in choices:
        grid = _Grid(header, cells, width, size)
        parts = grid.part(available)
        if sum(parts) == len(cells) and not grid.is_cut:
            break
    return grid, parts


class _Grid:
    """The cells of a table in one size of type: widths of columns, heights of rows."""

    def __init__(self, header: list[str], cells: list[list[str]], width: float, size: int) -> None:
        self.size = size
        self.widths = _share_width(header, cells[:_MEASURED_ROWS], width, size)
        self.header = self._shorten(header, bold=True)
        self.cells = cells
        self.header_height = self._height(self.header, bold=True)
        self.more_height = self._row_height(1)

    def row(self, number: int) -> list[str]:
        return self._shorten(self.cells[number])

    @property
    def is_cut(self) -> bool:
        """Whether a text is too long for its cell."""
        return any(self.row(number) != row for number, row in enumerate(self.cells[:_MEASURED_ROWS]))

    def row_height(self, number: int) -> float:
        return self._height(self.row(number))

    def part(self, heights: list[float]) -> list[int]:
        """How many rows go into places of these heights; the last keeps a line for what is left over."""
        parts, start = [], 0
        for number, height in enumerate(heights):
            last = number == len(heights) - 1
            taken = self._count(start, height - self.header_height)
            if last and start + taken < len(self.cells):
                taken = self._count(start, height - self.header_height - self.more_height)
            parts.append(taken)
            start += taken
        return parts

    def _count(self, start: int, height: float) -> int:
        taken = 0
        while start + taken < len(self.cells):
            height -= self.row_height(start + taken)
            if height < 0:
                break
            taken += 1
        return taken

    def _shorten(self, row: list[str], bold: bool = False) -> list[str]:
        return [
            shorten_text(text, width - 2 * _MARGIN_X, self.size, _CELL_LINES, bold)
            for text, width in zip(row, self.widths, strict=True)
        ]

    def _height(self, row: list[str], bold: bool = False) -> float:
        lines = [
            len(wrap_text(text, width - 2 * _MARGIN_X, self.size, bold))
            for text, width in zip(row, self.widths, strict=True)
        ]
        return self._row_height(max(lines))

    def _row_height(self, lines: int) -> float:
        return lines * self.size * LINE / 72 + 2 * _MARGIN_Y


def _share_width(header: list[str], cells: list[list[str]], width: float, size: int) -> list[float]:
    """Widths of columns: what their texts need; where that is too much, the widest give first."""
    needed, least = [], []
    for column, name in enumerate(header):
        texts = [row[column] for row in cells]
        words = [word for text in texts for word in text.split()]
        halved = measure_text(name, size, bold=True) / (_CELL_LINES - 1)  # headers are never cut
        head = max([halved, *(measure_text(word, size, bold=True) for word in name.split())])
        margins = 2 * _MARGIN_X + 0.04
        needed.append(max([head, *(measure_text(text, size) for text in texts)]) + margins)
        least.append(max([head, *(measure_text(word, size) for word in words)]) + margins)
    spare = sum(needed) - width
    if spare > 0:
        give = [full - low for full, low in zip(needed, least, strict=True)]
        share = min(1.0, spare / sum(give)) if sum(give) else 0
        needed = [full - share * part for full, part in zip(needed, give, strict=True)]
    return [part * width / sum(needed) for part in needed]


def _write_table(placeholder: Any, grid: _Grid, rows: range, numeric: list[bool], more: str, alt: str) -> None:
    top, left = placeholder.top, placeholder.left
    frame = placeholder.insert_table(rows=1 + len(rows) + bool(more), cols=len(grid.header))
    frame.left, frame.top = left, top
    describe(frame, alt)
    table = frame.table
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Inches(width)
    texts = [grid.header, *(grid.row(number) for number in rows)]
    heights = [grid.header_height, *(grid.row_height(number) for number in rows)]
    if more:
        texts.append([more] + [""] * (len(grid.header) - 1))
        heights.append(grid.more_height)
        table.cell(len(texts) - 1, 0).merge(table.cell(len(texts) - 1, len(grid.header) - 1))
    for number, (row, height) in enumerate(zip(texts, heights, strict=True)):
        table.rows[number].height = Inches(height)
        for column, text in enumerate(row):
            right = numeric[column] and not (more and number == len(texts) - 1)
            _write_cell(table.cell(number, column), text, grid.size, number == 0, right)
    frame.height = sum(row.height for row in table.rows)


def _write_cell(cell: Any, text: str, size: int, bold: bool, right: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_MARGIN_X)
    cell.margin_top = cell.margin_bottom = Inches(_MARGIN_Y)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    # An empty cell takes the size of its end mark: without it the row grows to 18 points.
    paragraph._p.get_or_add_endParaRPr().set("sz", str(size * 100))
    if text:
        run = paragraph.add_run()
        run.text = text
        run.font.size = Pt(size)
        run.font.bold = bold


def _cell_text(value: Any) -> str:
    if pd.isna(value):
        return _NO_VALUE
    if isinstance(value, str | bool) or not pd.api.types.is_number(value):
        return clean_text(value)
    return format_number(int(value) if float(value).is_integer() else float(value), 2)
