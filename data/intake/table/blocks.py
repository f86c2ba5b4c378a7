"""Which rows of a sheet are headers, and which of them begin a table, belong together or repeat one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.intake.reading.cells import Sheet
from data.intake.table.header import TALLEST_HEADER, is_numbering
from data.intake.table.qualifiers import find_title_years
from data.text.names import normalise_name

FEWEST_INPUTS = 2  # a row is a header when it names at least so many inputs
_SEARCHED_COLUMNS = 12  # of a table on its side
_NUMBER = re.compile(r"(?!20\d\d$)\d[\d., \u00a0\u202f]*")
_SHORTEST_HEADER = 8  # characters
_MOST_CANDIDATES = 200  # rows without any number, which are seldom anything but headers and titles
_YEARS = range(2000, 2100)

IsHeader = Callable[[str], bool]
Seeds = Mapping[int, dict[int, str]]  # texts that name inputs, by row and column


@dataclass(frozen=True)
class Block:
    """A header: the first and last row that name inputs; `repeated` are the blocks below that say the same again."""

    first: int
    last: int
    texts: frozenset[tuple[int, str]]
    repeated: tuple["Block", ...] = ()


def find_seeds(sheet: Sheet, is_header: IsHeader, rows: Sequence[list[Any]] | None = None) -> Seeds:
    """Rows that name at least two inputs, with the texts that do; of a table on its side, its first columns.

    Parameters
    ----------
    rows : sequence, optional
        The rows to be searched, the first ones of the sheet; a row that is left out is an empty list.
    """
    if rows is None:
        rows = sheet.rows[:_SEARCHED_COLUMNS] if sheet.turned else sheet.rows
    values: set[object] = set()
    for row in rows:
        values.update(row)  # much faster than a look at the type of each cell
    named = {value for value in values if type(value) is str and value and is_header(value)}
    if not named:
        return {}
    seeds = {}
    for number, row in enumerate(rows):
        if not named.isdisjoint(row):
            texts = {column: value for column, value in enumerate(row) if type(value) is str and value in named}
            if len(set(texts.values())) >= FEWEST_INPUTS:
                seeds[number] = texts
    return seeds


def find_blocks(sheet: Sheet, seeds: Seeds) -> list[Block]:
    """The headers of a sheet from top to bottom, those that repeat one under it."""
    blocks: list[Block] = []
    for first, last in _join_rows(sheet, sorted(seeds)):
        rows = [row for row in range(first, last + 1) if row in seeds]
        texts = frozenset(
            (column, normalise_name(text))
            for row in rows
            for column, text in enumerate(sheet.rows[row])
            if isinstance(text, str) and text
        )
        block = Block(first, last, texts)
        before = blocks[-1] if blocks else None
        if before is not None and before.texts == texts and not _tells_year(sheet, before, first):
            blocks[-1] = Block(before.first, before.last, texts, (*before.repeated, block))
        else:
            blocks.append(block)
    return blocks


def find_more_seeds(sheet: Sheet, seeds: Seeds, is_close: IsHeader) -> Seeds:
    """The rows that name inputs, and those far from them that could: texts only, of which two are near to an input.

    A table below another must not be read by the header of the one above it, however its own is written.
    """
    if sheet.turned:
        return seeds
    near = {row + step for row in seeds for step in range(1 - TALLEST_HEADER, TALLEST_HEADER)}
    candidates: list[list[Any]] = [
        cells
        if row not in near
        and sum(type(value) is str and len(value) >= _SHORTEST_HEADER for value in cells) > FEWEST_INPUTS
        and not any(map(_is_number, cells))
        else []
        for row, cells in enumerate(sheet.rows)
    ]
    if sum(map(bool, candidates)) > _MOST_CANDIDATES:
        return seeds
    return {**seeds, **find_seeds(sheet, is_close, candidates)}


def _join_rows(sheet: Sheet, rows: list[int]) -> list[tuple[int, int]]:
    """Rows of one header joined: those near each other without figures between them."""
    joined: list[tuple[int, int]] = []
    for row in rows:
        if joined and row - joined[-1][0] < TALLEST_HEADER:
            between = sheet.rows[joined[-1][1] + 1 : row]
            if not any(holds_numbers(cells) for cells in between):
                joined[-1] = (joined[-1][0], row)
                continue
        joined.append((row, row))
    return joined


def holds_numbers(cells: list[Any]) -> bool:
    """Whether a row holds figures, as numbers or as texts of a CSV: not years, not the numbers of columns."""
    return any(map(_is_number, cells)) and not is_numbering(cells)


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value) and bool(_NUMBER.fullmatch(value.strip()))
    return isinstance(value, float | int) and value not in _YEARS


def _tells_year(sheet: Sheet, before: Block, row: int) -> bool:
    """Whether the rows right above a header speak of other years than those above the header before it."""
    return bool((years := _years_above(sheet, row)) and years != _years_above(sheet, before.first))


def _years_above(sheet: Sheet, row: int) -> set[int]:
    years: set[int] = set()
    for cells in reversed(sheet.rows[max(0, row - TALLEST_HEADER) : row]):
        if holds_numbers(cells):
            break
        years.update(year for value in cells if isinstance(value, str) for year in find_title_years(value))
    return years
