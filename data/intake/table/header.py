"""The header of a table: its rows, merged cells counted for every column that they cover."""

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from data.intake.reading.cells import Place, Sheet, is_blank
from data.intake.table.header_texts import Header
from data.intake.table.qualifiers import is_qualifier
from data.units.matching import UnitNames

TALLEST_HEADER = 5
_LONGEST_HEADER = 300  # characters
_LONGEST_GROUP = 60  # characters; a longer text above a header is a title
_WIDEST_GROUP = 0.6  # share of the sheet's width; a wider text is a title
_YEARS = range(2000, 2100)
_WIDEST_GAP = 9  # between the numbers of two neighbouring columns
_NUMBERING = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?\s*(?:=.*)?")
_TITLE = re.compile(r"^(?:ubnd|ủy ban|cộng h[oò]|độc lập|phụ lục|biểu|mẫu|kèm theo|bảng|báo cáo|đơn vị báo cáo)", re.I)


def read_headers(sheet: Sheet, first: int, last: int, names: UnitNames) -> tuple[tuple[int, int], list[Header]]:
    """The first and the last row of a header, and the header of each column.

    Parameters
    ----------
    first, last : int
        Rows between which the names of inputs stand.
    """
    spans = _Spans(sheet, (first, last))
    rows = _widen(sheet, first, last, names, spans)
    spans.add_unmerged(sheet, rows)
    return rows, [Header(column, texts) for column, texts in _header_texts(sheet, *rows, spans)]


def is_numbering(row: list[Any]) -> bool:
    """Whether a row numbers the columns: “A, B, 1, 2, 3 …” or “(1), (2), (3) = (2)/(1)”."""
    texts = [
        str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        for value in row
        if not is_blank(value)
    ]
    numbers = []
    for text in texts:
        number = _NUMBERING.fullmatch(text.strip())
        if not number:
            return False
        if number[1].isdigit():
            numbers.append(int(number[1]))
    steps = [later - earlier for earlier, later in itertools.pairwise(numbers)]
    if len(numbers) < 2 or numbers[0] > 3:
        return False
    # Where columns were deleted numbers are lacking; letters or brackets say that they are no figures.
    marked = any(not text.strip().isdigit() for text in texts)
    return all(step == 1 for step in steps) or (marked and all(1 <= step <= _WIDEST_GAP for step in steps))


class _Spans:
    """Merged ranges near some rows of a sheet, asked cell by cell."""

    def __init__(self, sheet: Sheet, rows: Iterable[int]):
        near = range(min(rows) - TALLEST_HEADER, max(rows) + TALLEST_HEADER + 1)
        self._ranges = [(first, last) for first, last in sheet.merged if last[0] >= near.start and first[0] < near.stop]
        self._width = max(len(sheet.rows[0]) if sheet.rows else 1, 1)

    def find(self, row: int, column: int) -> tuple[Place, Place] | None:
        """The range that a cell is part of; None for a cell by itself or a title across the whole table."""
        for first, last in self._ranges:
            inside = first[0] <= row <= last[0] and first[1] <= column <= last[1]
            if inside and (last[1] - first[1] + 1) * 10 <= self._width * 8:
                return first, last
        return None

    def add_unmerged(self, sheet: Sheet, rows: tuple[int, int]) -> None:
        """Add the texts that stand over several columns without being merged: only what is below tells."""
        for row in range(*rows):
            above, below = sheet.rows[row], sheet.rows[row + 1]
            start = 0
            for column in range(len(above)):
                text = _text_of(below[column])
                tells = bool(text) and is_qualifier(text)
                if tells and is_blank(above[column]) and start < column and self.find(row, column) is None:
                    continue
                self._add_range(row, start, column - 1, above)
                start = column if tells and not is_blank(above[column]) else column + 1
            self._add_range(row, start, len(above) - 1, above)

    def _add_range(self, row: int, start: int, end: int, cells: list[Any]) -> None:
        if start < end and not is_blank(cells[start]) and self.find(row, start) is None:
            self._ranges.append(((row, start), (row, end)))

    def reaches(self, row: int, below: int) -> bool:
        """Whether a range goes from one row down to another."""
        return any(first[0] <= row and last[0] >= below for first, last in self._ranges)

    def groups(self, row: int) -> bool:
        """Whether a row has a text over several columns, but not over nearly all."""
        widest = max(2, self._width * _WIDEST_GROUP)
        return any(first[0] == row and 1 < last[1] - first[1] + 1 <= widest for first, last in self._ranges)


def _widen(sheet: Sheet, first: int, last: int, names: UnitNames, spans: _Spans) -> tuple[int, int]:
    """Widen the rows that name inputs by the group rows above and the sub-header rows below."""
    while first > 0 and last - first < TALLEST_HEADER - 1 and _is_group_row(sheet, first - 1, spans):
        first -= 1
    while last + 1 < len(sheet.rows) and last - first < TALLEST_HEADER - 1:
        if not _is_sub_header(sheet, last + 1, names, spans):
            break
        last += 1
    return first, last


def _is_group_row(sheet: Sheet, row: int, spans: _Spans) -> bool:
    """Whether a row above a header belongs to it."""
    texts = _texts_of(sheet.rows[row])
    if not texts or len(texts) != _count_filled(sheet.rows[row]):
        return False
    if spans.reaches(row, row + 1) or spans.groups(row):
        return True
    return len(texts) >= 2 and not any(len(text) > _LONGEST_GROUP or _TITLE.match(text.strip()) for text in texts)


def _is_sub_header(sheet: Sheet, row: int, names: UnitNames, spans: _Spans) -> bool:
    """Whether a row below a header belongs to it."""
    texts = _texts_of(sheet.rows[row])
    if len(texts) < 2 or len(texts) != _count_filled(sheet.rows[row]) or is_numbering(sheet.rows[row]):
        return False
    if all(is_qualifier(text) for text in texts):
        above = sheet.rows[row - 1]
        return any(_text_of(cell) and is_blank(over) for cell, over in zip(sheet.rows[row], above, strict=True))
    return (spans.groups(row - 1) or spans.reaches(row - 1, row)) and not _names_units(texts, names)


def _names_units(texts: list[str], names: UnitNames) -> bool:
    return any(
        names.match_exactly(text).how in ("name", "bare") or (text.isdigit() and names.match_code(text))
        for text in texts
    )


def _text_of(value: Any) -> str:
    """A cell of a header as text; a number is one only where it is a year."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return str(int(value)) if value in _YEARS else ""
    return value.strip() if isinstance(value, str) else ""


def _texts_of(cells: list[Any]) -> list[str]:
    return [text for text in map(_text_of, cells) if text]


def _count_filled(cells: list[Any]) -> int:
    return sum(not is_blank(value) for value in cells)


def _header_texts(
    sheet: Sheet, first: int, last: int, spans: _Spans
) -> Iterator[tuple[int, tuple[tuple[str, int], ...]]]:
    """Texts of each column's header from top to bottom, each with the number of columns that it spans."""
    for column in range(len(sheet.rows[first])):
        texts: list[tuple[str, int]] = []
        seen: set[Place] = set()
        for row in range(first, last + 1):
            span = spans.find(row, column)
            start = span[0] if span else (row, column)
            if start in seen or start[0] < first:
                continue
            seen.add(start)
            value = _text_of(sheet.rows[start[0]][start[1]])
            if value:
                width = span[1][1] - span[0][1] + 1 if span else 1
                texts.append((value[:_LONGEST_HEADER], width))
        if texts:
            yield column, tuple(texts)
