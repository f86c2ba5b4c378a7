"""Where the tables of a workbook are, and which way they run."""

from collections.abc import Callable, Iterator, Mapping

from data.intake.form import OWN_SHEETS
from data.intake.parameters import Reading
from data.intake.reading.cells import Sheet
from data.intake.table.columns import Header, is_input_text, match_columns, rate_text
from data.intake.table.header import TALLEST_HEADER, is_numbering, read_headers
from data.intake.table.table import Table
from data.intake.table.unit_columns import find_unit_columns
from scoring.standard import Standard

_FEWEST_INPUTS = 2  # a row is a header when it names at least so many inputs
_SEARCHED_ROWS = 80
_SEARCHED_COLUMNS = 12  # of a table on its side
_CLOSE_HEADER = 60
_CLEAR_HEADER = 4  # inputs in one row that leave no doubt which way a table runs
_MOST_TURNED_ROWS = 500
_MOST_TITLE_ROWS = 15
_LONGEST_TITLE = 300  # characters

IsHeader = Callable[[str], bool]
Seeds = Mapping[int, set[str]]  # texts that name inputs, by row


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
    """The table of a sheet: by exact headers, else by close ones."""
    for is_header in (_exact_test(reading.standard, reading.choices.columns), _close_test(reading.standard)):
        richest: tuple[Sheet, Seeds] | None = None
        strength = 0
        # Of two ways of equal strength the upright one, which is tried first; a clear header needs no second way.
        for turned in (False, True):
            if turned and (strength >= _CLEAR_HEADER or len(sheet.rows) > _MOST_TURNED_ROWS):
                break
            candidate = sheet.turn() if turned else sheet
            seeds = _find_seeds(candidate, _SEARCHED_COLUMNS if turned else _SEARCHED_ROWS, is_header)
            most = max((len(texts) for texts in seeds.values()), default=0)
            if most > strength:
                richest, strength = (candidate, seeds), most
        if richest is not None:
            yield _read_table(*richest, reading)
            return


def _exact_test(standard: Standard, chosen: Mapping[str, str]) -> IsHeader:
    def test(text: str) -> bool:
        return is_input_text(text, standard) or Header(0, ((text, 1),)).key in chosen

    return test


def _close_test(standard: Standard) -> IsHeader:
    return lambda text: rate_text(text, standard) >= _CLOSE_HEADER


def _find_seeds(sheet: Sheet, depth: int, is_header: IsHeader) -> Seeds:
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
    return {row: texts for row, texts in seeds.items() if abs(row - richest) < TALLEST_HEADER}


def _read_table(sheet: Sheet, seeds: Seeds, reading: Reading) -> Table:
    (first, last), headers = read_headers(sheet, min(seeds), max(seeds), reading.names)
    matches = match_columns(headers, reading.standard, reading.choices.columns)
    start = last + 1
    while start < len(sheet.rows) and is_numbering(sheet.rows[start]):
        start += 1
    matches = find_unit_columns(sheet, start, matches, reading.names)
    above = sheet.rows[max(0, first - _MOST_TITLE_ROWS) : first]
    if sheet.turned:  # what stands above in the file stands to the left here
        inputs = (match.header.column for match in matches if match.how in ("exact", "chosen", "close"))
        left = min(inputs, default=0)
        above = [*above, *(row[:left] for row in sheet.rows)]
    texts = (value for row in above for value in row if isinstance(value, str) and value.strip())
    title = tuple(text.strip()[:_LONGEST_TITLE] for text in texts)
    return Table(sheet, (first, last), start, tuple(matches), title)
