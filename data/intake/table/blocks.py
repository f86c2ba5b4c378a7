"""Which rows of a sheet are headers, and which of them begin a table, belong together or repeat one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from data.intake.reading.cells import Sheet
from data.intake.table.header import TALLEST_HEADER, is_numbering
from data.intake.table.qualifiers import find_years
from data.text.names import normalise_name

FEWEST_INPUTS = 2  # a row is a header when it names at least so many inputs
_SEARCHED_COLUMNS = 12  # of a table on its side
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


def find_seeds(sheet: Sheet, is_header: IsHeader) -> Seeds:
    """Rows that name at least two inputs, with the texts that do; of a table on its side, its first columns."""
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
        texts = frozenset((column, normalise_name(text)) for row in rows for column, text in seeds[row].items())
        block = Block(first, last, texts)
        before = blocks[-1] if blocks else None
        if before is not None and before.texts == texts and not _tells_year(sheet, before, first):
            blocks[-1] = Block(before.first, before.last, texts, (*before.repeated, block))
        else:
            blocks.append(block)
    return blocks


def _join_rows(sheet: Sheet, rows: list[int]) -> list[tuple[int, int]]:
    """Rows of one header joined: those near each other without figures between them."""
    joined: list[tuple[int, int]] = []
    for row in rows:
        if joined and row - joined[-1][0] < TALLEST_HEADER:
            between = sheet.rows[joined[-1][1] + 1 : row]
            if not any(_holds_numbers(cells) for cells in between):
                joined[-1] = (joined[-1][0], row)
                continue
        joined.append((row, row))
    return joined


def _holds_numbers(cells: list[object]) -> bool:
    numbers = [value for value in cells if isinstance(value, float | int) and value not in _YEARS]
    return bool(numbers) and not is_numbering(cells)


def _tells_year(sheet: Sheet, before: Block, row: int) -> bool:
    """Whether the rows right above a header speak of other years than those above the header before it."""
    return bool((years := _years_above(sheet, row)) and years != _years_above(sheet, before.first))


def _years_above(sheet: Sheet, row: int) -> set[int]:
    years: set[int] = set()
    for cells in reversed(sheet.rows[max(0, row - TALLEST_HEADER) : row]):
        if _holds_numbers(cells):
            break
        years.update(year for value in cells if isinstance(value, str) for year in find_years(value))
    return years
