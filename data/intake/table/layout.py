"""Where the tables are: which way they run, the rows of their header, what each column holds."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.intake.form import OWN_SHEETS
from data.intake.reading.cells import Sheet, is_blank
from data.intake.table.columns import (
    CODE,
    DISTRICT,
    NAME,
    SKIP,
    ColumnMatch,
    Header,
    is_input_text,
    match_columns,
    rate_text,
)
from data.units.matching import UnitNames, restore_code
from scoring.standard import Standard

_FEWEST_INPUTS = 2  # a row is a header when it names at least so many inputs
_SEARCHED_ROWS = 80
_SEARCHED_COLUMNS = 12  # of a table on its side
_CLOSE_HEADER = 60
_CLEAR_HEADER = 4  # inputs in one row that leave no doubt which way a table runs
_MOST_TURNED_ROWS = 500
_TALLEST_HEADER = 5
_SAMPLE = 200  # rows that are looked at to find the columns of units
_NUMBERING = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?\s*(?:=.*)?")
_MOST_TITLE_ROWS = 15
_LONGEST_HEADER = 300  # characters


@dataclass(frozen=True)
class Table:
    """A table with units running down.

    `matches` says what each column holds, `first_row` is the first row below the header, `header` its first and last
    row, `title` the texts above it.
    """

    sheet: Sheet
    header: tuple[int, int]
    first_row: int
    matches: tuple[ColumnMatch, ...]
    title: tuple[str, ...]

    @cached_property
    def inputs(self) -> dict[str, int]:
        """Column of each input; of two columns for one input the first."""
        columns: dict[str, int] = {}
        for one in self.matches:
            if one.how in ("exact", "chosen", "close") and one.target not in (CODE, NAME, DISTRICT, SKIP):
                columns.setdefault(one.target, one.header.column)
        return columns

    def role(self, role: str) -> int | None:
        """Column of the unit's code, its name or its district."""
        columns = (one.header.column for one in self.matches if one.target == role and one.how in ("unit", "chosen"))
        return next(columns, None)


def find_tables(
    sheets: list[Sheet], standard: Standard, names: UnitNames, chosen: Mapping[str, str]
) -> tuple[list[Table], list[Sheet]]:
    """The tables of a workbook, and the hidden sheets that hold one and were not read.

    Parameters
    ----------
    chosen : mapping
        What the officer confirmed: target by header key.
    """
    tables, hidden = [], []
    for sheet in sheets:
        if sheet.name in OWN_SHEETS or not sheet.rows:
            continue
        table = _find_table(sheet, standard, names, chosen)
        if table is None:
            continue
        if sheet.visible:
            tables.append(table)
        else:
            hidden.append(sheet)
    return tables, hidden


def _find_table(sheet: Sheet, standard: Standard, names: UnitNames, chosen: Mapping[str, str]) -> Table | None:
    for is_header in (_exact_test(standard, chosen), _close_test(standard)):
        found: tuple[Sheet, dict[int, set[str]]] | None = None
        strength = 0
        # Of two ways of equal strength the upright one, which is tried first; a clear header needs no second way.
        for turned in (False, True):
            if turned and (strength >= _CLEAR_HEADER or len(sheet.rows) > _MOST_TURNED_ROWS):
                break
            candidate = sheet.turn() if turned else sheet
            seeds = _header_seeds(candidate, _SEARCHED_COLUMNS if turned else _SEARCHED_ROWS, is_header)
            richest = max((len(inputs) for inputs in seeds.values()), default=0)
            if richest > strength:
                found, strength = (candidate, seeds), richest
        if found is not None:
            return _read_table(*found, standard, names, chosen)
    return None


def _exact_test(standard: Standard, chosen: Mapping[str, str]) -> Any:
    def test(text: str) -> bool:
        return is_input_text(text, standard) or Header(0, ((text, 1),)).key in chosen

    return test


def _close_test(standard: Standard) -> Any:
    return lambda text: rate_text(text, standard) >= _CLOSE_HEADER


def _header_seeds(sheet: Sheet, depth: int, is_header: Any) -> dict[int, set[str]]:
    """Rows that name inputs, with the texts that do; only those near the richest one."""
    known: dict[str, bool] = {}
    seeds: dict[int, set[str]] = {}
    for row, cells in enumerate(sheet.rows[:depth]):
        texts = {value for value in cells if isinstance(value, str) and value}
        for text in texts - known.keys():
            known[text] = is_header(text)
        named = {text for text in texts if known[text]}
        if len(named) >= _FEWEST_INPUTS:
            seeds[row] = named
    if not seeds:
        return {}
    richest = max(seeds, key=lambda row: (len(seeds[row]), -row))
    return {row: texts for row, texts in seeds.items() if abs(row - richest) < _TALLEST_HEADER}


def _read_table(
    sheet: Sheet, seeds: Mapping[int, object], standard: Standard, names: UnitNames, chosen: Mapping[str, str]
) -> Table:
    spans = _Spans(sheet, seeds)
    first, last = _header_rows(sheet, min(seeds), max(seeds), names, spans)
    headers = [Header(column, texts) for column, texts in _header_texts(sheet, first, last, spans)]
    matches = match_columns(headers, standard, chosen)
    start = last + 1
    while start < len(sheet.rows) and _is_numbering(sheet.rows[start]):
        start += 1
    matches = _find_unit_columns(sheet, start, matches, names)
    above = sheet.rows[max(0, first - _MOST_TITLE_ROWS) : first]
    if sheet.turned:  # what stands above in the file stands to the left here
        left = min((one.header.column for one in matches if one.how in ("exact", "chosen", "close")), default=0)
        above = [*above, *(row[:left] for row in sheet.rows)]
    title = tuple(
        value.strip()[:_LONGEST_HEADER] for row in above for value in row if isinstance(value, str) and value.strip()
    )
    return Table(sheet, (first, last), start, tuple(matches), title)


class _Spans:
    """Merged ranges near some rows of a sheet, asked cell by cell."""

    def __init__(self, sheet: Sheet, rows: Iterable[int]):
        near = range(min(rows) - _TALLEST_HEADER, max(rows) + _TALLEST_HEADER + 1)
        self._ranges = [one for one in sheet.merged if one[1][0] >= near.start and one[0][0] < near.stop]
        self._width = max(len(sheet.rows[0]) if sheet.rows else 1, 1)

    def find(self, row: int, column: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """The range that a cell is part of; None for a cell by itself or a title across the whole table."""
        for first, last in self._ranges:
            inside = first[0] <= row <= last[0] and first[1] <= column <= last[1]
            if inside and (last[1] - first[1] + 1) * 10 <= self._width * 8:
                return first, last
        return None

    def reaches(self, row: int, below: int) -> bool:
        """Whether a range goes from one row down to another."""
        return any(first[0] <= row and last[0] >= below for first, last in self._ranges)

    def groups(self, row: int) -> bool:
        """Whether a row has a text over several columns, but not over nearly all."""
        return any(
            first[0] == row and 1 < last[1] - first[1] + 1 <= max(2, self._width * 0.6) for first, last in self._ranges
        )


def _header_rows(sheet: Sheet, first: int, last: int, names: UnitNames, spans: _Spans) -> tuple[int, int]:
    """Widen the rows that name inputs by the group rows above and the sub-header rows below."""
    while first > 0 and last - first < _TALLEST_HEADER - 1:
        above = sheet.rows[first - 1]
        texts = [value for value in above if isinstance(value, str) and value.strip()]
        if len(texts) != sum(not is_blank(value) for value in above) or not texts:
            break
        joined = spans.reaches(first - 1, first) or spans.groups(first - 1)
        titles = any(len(text) > 60 or _is_title(text) for text in texts)
        if not joined and (len(texts) < 2 or titles):
            break
        first -= 1
    while last + 1 < len(sheet.rows) and last - first < _TALLEST_HEADER - 1:
        below = sheet.rows[last + 1]
        texts = [value for value in below if isinstance(value, str) and value.strip()]
        numbers = sum(not is_blank(value) for value in below) - len(texts)
        if numbers or len(texts) < 2 or _is_numbering(below):
            break
        if not (spans.groups(last) or spans.reaches(last, last + 1)) or _looks_like_data(texts, names):
            break
        last += 1
    return first, last


_TITLE = re.compile(r"^(?:ubnd|ủy ban|cộng h[oò]|độc lập|phụ lục|biểu|mẫu|kèm theo|bảng|báo cáo|đơn vị báo cáo)", re.I)


def _is_title(text: str) -> bool:
    return bool(_TITLE.match(text.strip()))


def _looks_like_data(texts: list[str], names: UnitNames) -> bool:
    return any(
        names.match_exactly(text).how in ("name", "bare") or (text.isdigit() and names.match_code(text))
        for text in texts
    )


def _is_numbering(row: list[Any]) -> bool:
    """A row “A, B, 1, 2, 3 …” or “(1), (2), (3) = (2)/(1)” below the header."""
    told = [
        str(int(one)) if isinstance(one, float) and one.is_integer() else str(one) for one in row if not is_blank(one)
    ]
    numbers = []
    for text in told:
        found = _NUMBERING.fullmatch(text.strip())
        if not found:
            return False
        if found[1].isdigit():
            numbers.append(int(found[1]))
    steps = [later - earlier for earlier, later in itertools.pairwise(numbers)]
    return len(numbers) >= 2 and all(step == 1 for step in steps) and numbers[0] <= 3


def _header_texts(
    sheet: Sheet, first: int, last: int, spans: _Spans
) -> Iterator[tuple[int, tuple[tuple[str, int], ...]]]:
    """Texts of each column's header from top to bottom, merged cells counted for every column that they cover."""
    for column in range(len(sheet.rows[first])):
        texts: list[tuple[str, int]] = []
        seen: set[object] = set()
        for row in range(first, last + 1):
            span = spans.find(row, column)
            place = span[0] if span else (row, column)
            if place in seen or place[0] < first:
                continue
            seen.add(place)
            value = sheet.rows[place[0]][place[1]]
            if isinstance(value, str) and value.strip():
                width = span[1][1] - span[0][1] + 1 if span else 1
                texts.append((value[:_LONGEST_HEADER], width))
        if texts:
            yield column, tuple(texts)


def _find_unit_columns(sheet: Sheet, start: int, matches: list[ColumnMatch], names: UnitNames) -> list[ColumnMatch]:
    """Which column holds unit codes and which unit names, told by what stands in it where the header does not tell."""
    sample = sheet.rows[start : start + _SAMPLE]
    by_column = {one.header.column: one for one in matches}
    kept = {one.target for one in matches if one.how == "chosen"}
    found = {one.target for one in matches if one.how == "unit"} | kept
    free = [
        column
        for column in range(len(sheet.rows[start]) if start < len(sheet.rows) else 0)
        if column not in by_column or by_column[column].how in ("unknown", "side", "unit")
    ]
    if NAME not in found or (NAME not in kept and not _count_names(sample, _column_of(matches, NAME), names)):
        districts = {one.header.column for one in matches if one.target == DISTRICT}
        counts = {column: _count_names(sample, column, names) for column in free if column not in districts}
        _take_best(free, by_column, NAME, counts)
    if CODE not in found:
        side = {one.header.column for one in matches if one.how == "side"}
        counts = {column: _count_codes(sample, column, names) for column in free if column not in side}
        _take_best(free, by_column, CODE, counts)
    if DISTRICT not in found:
        _take_best(free, by_column, DISTRICT, {column: _count_districts(sample, column, names) for column in free})
    return [by_column[column] for column in sorted(by_column)]


def _column_of(matches: list[ColumnMatch], role: str) -> int:
    return next((one.header.column for one in matches if one.target == role), -1)


def _take_best(free: list[int], by_column: dict[int, ColumnMatch], role: str, counts: dict[int, int]) -> None:
    column = max(counts, key=lambda one: counts[one], default=None)
    if column is None or not counts[column]:
        return
    for other, match in by_column.items():
        if match.target == role:
            by_column[other] = ColumnMatch(match.header, "unknown", SKIP, 0)
    header = by_column[column].header if column in by_column else Header(column, ())
    by_column[column] = ColumnMatch(header, "unit", role)
    free.remove(column)


def _texts(sample: list[list[Any]], column: int) -> list[str]:
    return (
        [row[column] for row in sample if isinstance(row[column], str) and row[column].strip()] if column >= 0 else []
    )


def _count_names(sample: list[list[Any]], column: int, names: UnitNames) -> int:
    """Distinct texts that name a unit; former names are asked for only where there is no other."""
    texts = set(_texts(sample, column))
    exact = sum(names.match_exactly(text).how != "unknown" for text in texts)
    return exact or sum(names.match_name(text).how in ("former", "merged") for text in texts)


def _count_codes(sample: list[list[Any]], column: int, names: UnitNames) -> int:
    values = {row[column] for row in sample if isinstance(row[column], str | float | int) and not is_blank(row[column])}
    codes = {code_text(value) for value in values}
    matched = sum(names.match_code(text) is not None for text in codes if len(restore_code(text)) == 5)
    return matched if matched * 2 >= len(values) else 0


def _count_districts(sample: list[list[Any]], column: int, names: UnitNames) -> int:
    texts = _texts(sample, column)
    matched = sum(bool(names.match_district(text)) for text in texts)
    return matched if matched * 2 > len(sample) else 0


def code_text(raw: Any) -> str:
    """A cell of codes as text: 5971.0 is “5971”."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()
