"""Where the tables of a workbook are, and which way they run."""

from collections.abc import Iterator, Mapping

from data.intake.form import OWN_SHEETS
from data.intake.parameters import Reading
from data.intake.reading.cells import Sheet, is_blank
from data.intake.table.beside import part_headers
from data.intake.table.blocks import Block, IsHeader, Seeds, find_blocks, find_more_seeds, find_seeds, holds_numbers
from data.intake.table.columns import is_header_text, match_columns
from data.intake.table.header import is_numbering, read_headers
from data.intake.table.header_texts import Header
from data.intake.table.likeness import rate_text
from data.intake.table.long import find_long_table
from data.intake.table.table import Table
from data.intake.table.unit_columns import counts_units, find_unit_columns
from scoring.standard import Standard

_CLOSE_HEADER = 60
_CLEAR_HEADER = 4  # inputs in one row that leave no doubt which way a table runs
_MOST_TURNED_ROWS = 500
_MOST_TABLES = 100  # of a sheet
_CLOSE_ROWS = 80  # rows that are searched for headers that are only close
_MOST_TITLE_ROWS = 15
_LONGEST_TITLE = 300  # characters
_SEARCHED_FIGURES = 60  # rows by which a column is told from an empty one


def find_tables(sheets: list[Sheet], reading: Reading) -> tuple[list[Table], list[Sheet]]:
    """The tables of a workbook, and the hidden sheets that hold one and were not read."""
    tables: list[Table] = []
    hidden: list[Sheet] = []
    for sheet in sheets:
        if sheet.name in OWN_SHEETS or not sheet.rows:
            continue
        found = list(_find_in_sheet(sheet, reading))
        if sheet.visible:
            tables += found
        elif found:
            hidden.append(sheet)
    return tables, hidden


def _find_in_sheet(sheet: Sheet, reading: Reading) -> Iterator[Table]:
    """The tables of a sheet: a long one, else those with exact headers, else with close ones."""
    long = find_long_table(sheet, reading)
    if long is not None:
        yield long
        return
    for is_header, rows in (
        (_exact_test(reading.standard, reading.choices.columns), len(sheet.rows)),
        (_close_test(reading.standard), _CLOSE_ROWS),
    ):
        richest: tuple[Sheet, Seeds] | None = None
        strength = 0
        # Of two ways of equal strength the upright one, which is tried first; a clear header needs no second way.
        for turned in (False, True):
            if turned and (strength >= _CLEAR_HEADER or len(sheet.rows) > _MOST_TURNED_ROWS):
                break
            candidate = sheet.turn() if turned else sheet
            seeds = {row: texts for row, texts in find_seeds(candidate, is_header).items() if row < rows or turned}
            most = max((len(set(texts.values())) for texts in seeds.values()), default=0)
            if most > strength:
                richest, strength = (candidate, seeds), most
        if richest is not None:
            found, exact = richest
            more = find_more_seeds(found, exact, _close_test(reading.standard))
            yield from _read_tables(found, find_blocks(found, more), reading)
            return


def _exact_test(standard: Standard, chosen: Mapping[str, str]) -> IsHeader:
    def test(text: str) -> bool:
        return is_header_text(text, standard) or Header(0, ((text, 1),)).key in chosen

    return test


def _close_test(standard: Standard) -> IsHeader:
    return lambda text: rate_text(text, standard) >= _CLOSE_HEADER


def _read_tables(sheet: Sheet, blocks: list[Block], reading: Reading) -> Iterator[Table]:
    """The tables under the headers of a sheet, each down to the next header."""
    outer: tuple[str, ...] = ()
    for number, block in enumerate(blocks[:_MOST_TABLES]):
        above = blocks[number - 1].last + 1 if number else 0
        below = blocks[number + 1].first if number + 1 < len(blocks) else len(sheet.rows)
        for table in _read_block(sheet, block, (above, below), outer, reading):
            yield table
            outer = outer or table.title


def _read_block(
    sheet: Sheet, block: Block, bounds: tuple[int, int], outer: tuple[str, ...], reading: Reading
) -> Iterator[Table]:
    (first, last), headers = read_headers(sheet, block.first, block.last, reading.names)
    start = _pass_numbering(sheet, last + 1)
    headers = _part_wide(sheet, headers, start)
    skipped: set[int] = set()
    for again in block.repeated:
        end = again.last + last - block.last
        skipped.update(range(again.first - (block.first - first), _pass_numbering(sheet, end + 1)))

    def holds_units(column: int) -> bool:
        return counts_units(sheet.rows[start : start + _SEARCHED_FIGURES], column, reading.names)

    named = match_columns(headers, reading.standard, reading.choices.columns, reading.year)
    inputs = {match.header.column for match in named if match.how in ("exact", "chosen")}
    for columns in part_headers(headers, len(sheet.rows[first]), inputs, holds_units):
        within = [header for header in headers if header.column in columns]
        matches = match_columns(within, reading.standard, reading.choices.columns, reading.year)
        matches = find_unit_columns(sheet, start, matches, reading.names, columns)
        left = min((one.header.column for one in matches if one.how in ("exact", "chosen", "close")), default=0)
        title = _read_title(sheet, first, bounds[0], left)
        yield Table(
            sheet, (first, last), start, tuple(matches), title, bounds[1], outer, columns.start, frozenset(skipped)
        )


def _pass_numbering(sheet: Sheet, row: int) -> int:
    """The first row from `row` on that does not number the columns."""
    while row < len(sheet.rows) and is_numbering(sheet.rows[row]):
        row += 1
    return row


def _part_wide(sheet: Sheet, headers: list[Header], start: int) -> list[Header]:
    """The headers, those over several columns of which one holds anything told to be of that one."""
    groups: dict[tuple[tuple[str, int], ...], list[Header]] = {}
    for header in headers:
        if header.texts[-1][1] > 1:
            groups.setdefault(header.texts, []).append(header)
    kept = {header.column: header for header in headers}
    rows = sheet.rows[start : start + _SEARCHED_FIGURES]
    for texts, group in groups.items():
        filled = [header for header in group if any(not is_blank(row[header.column]) for row in rows)]
        if len(filled) == 1:
            kept = {column: header for column, header in kept.items() if header not in group}
            column = filled[0].column
            kept[column] = Header(column, (*texts[:-1], (texts[-1][0], 1)))
    return [kept[column] for column in sorted(kept)]


def _read_title(sheet: Sheet, first: int, above: int, left: int) -> tuple[str, ...]:
    """The texts above a header, down from the last row of figures of the table before."""
    rows = sheet.rows[max(above, first - _MOST_TITLE_ROWS) : first]
    for number, row in enumerate(reversed(rows)):
        if above and holds_numbers(row):
            rows = rows[len(rows) - number :]
            break
    if sheet.turned:  # what stands above in the file stands to the left here
        rows = [*rows, *(row[:left] for row in sheet.rows)]
    texts = (value for row in rows for value in row if isinstance(value, str) and value.strip())
    return tuple(text.strip()[:_LONGEST_TITLE] for text in texts)
