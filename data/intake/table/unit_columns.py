"""Which columns of a table hold the codes, the names and the districts of units."""

import re
from typing import Any

from data.intake.reading.cells import Sheet, is_blank
from data.intake.table.columns import CODE, DISTRICT, NAME, SKIP, ColumnMatch, Header
from data.text.names import fold
from data.units.matching import UnitMatch, UnitNames
from data.units.spelling import restore_code
from data.units.written import match_written

_SAMPLE = 200  # rows that are looked at
_SHORTEST_NAME = 4  # characters; shorter texts number a list
_LONGEST_LIST_NUMBER = 3  # digits
_CODE_HEADER = re.compile(r"^ma|\bma\b|\bcode\b|\bid\b")
_WHOLE_CODE = re.compile(r"\d{5}")


def find_unit_columns(
    sheet: Sheet, start: int, matches: list[ColumnMatch], names: UnitNames, columns: range
) -> list[ColumnMatch]:
    """Matches of all columns, those of units told by what stands in them where the header does not tell.

    Numbers never make a column of codes by themselves: a population can be the code of some unit.

    Parameters
    ----------
    start : int
        The first row below the header.
    matches : list of ColumnMatch
        What the headers say.
    columns : range
        The columns of the table.
    """
    sample = sheet.rows[start : start + _SAMPLE]
    by_column = {match.header.column: match for match in matches}
    kept = {match.target for match in matches if match.how == "chosen"}
    known = {match.target for match in matches if match.how == "unit"} | kept
    width = min(columns.stop, len(sheet.rows[start])) if start < len(sheet.rows) else 0
    free = [
        column
        for column in range(columns.start, width)
        if column not in by_column or by_column[column].how in ("unknown", "side", "unit")
    ]
    if NAME not in known or (NAME not in kept and not _count_names(sample, _column_of(matches, NAME), names)):
        districts = {match.header.column for match in matches if match.target == DISTRICT}
        counts = {column: _count_names(sample, column, names) for column in free if column not in districts}
        _take_best(free, by_column, NAME, counts)
    name = _column_of(list(by_column.values()), NAME)
    if CODE in known - kept and name >= 0:
        column = _column_of(matches, CODE)
        long = any(len(code_text(row[column])) > _LONGEST_LIST_NUMBER for row in sample)
        if not long and not _count_codes(sample, column, names) and _count_names(sample, name, names):
            by_column[column] = ColumnMatch(by_column[column].header, "side")
    if CODE not in known:
        side = {match.header.column for match in matches if match.how == "side"}
        counts = {
            column: _count_codes(sample, column, names)
            for column in free
            if column not in side and _may_hold_codes(sample, by_column.get(column), column, name, names)
        }
        _take_best(free, by_column, CODE, counts)
    if DISTRICT not in known:
        _take_best(free, by_column, DISTRICT, {column: _count_districts(sample, column, names) for column in free})
    return [by_column[column] for column in sorted(by_column)]


def counts_units(sample: list[list[Any]], column: int, names: UnitNames) -> bool:
    """Whether names or codes of units stand in a column of some rows."""
    return bool(_count_names(sample, column, names) or _count_codes(sample, column, names))


def _may_hold_codes(
    sample: list[list[Any]], match: ColumnMatch | None, column: int, name: int, names: UnitNames
) -> bool:
    """Whether a column whose header is no known one can be of codes.

    Its header says so, or it has codes written out as text and no other texts; and the names beside agree.
    """
    header = fold(match.header.key) if match is not None else ""
    values = [row[column] for row in sample if not is_blank(row[column])]
    if not _CODE_HEADER.search(header) and not all(
        isinstance(value, str) and _WHOLE_CODE.fullmatch(value.strip()) for value in values
    ):
        return False
    told = not header or bool(_CODE_HEADER.search(header))
    if name < 0:
        return told
    both = [
        (code, named)
        for row in sample
        if isinstance(row[name], str)
        and (code := names.match_code(code_text(row[column])))
        and (named := _match_name(row[name], names)).how != "unknown"
    ]
    agreeing = sum(named.code == code or code in dict(named.candidates) for code, named in both)
    return agreeing * 2 >= len(both) and (told or agreeing > 0)


def _match_name(text: str, names: UnitNames) -> UnitMatch:
    match = names.match_exactly(text)
    return match if match.how != "unknown" else match_written(text, names)


def code_text(raw: Any) -> str:
    """A cell of codes as text: 5971.0 is “5971”."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()


def _column_of(matches: list[ColumnMatch], role: str) -> int:
    return next((match.header.column for match in matches if match.target == role), -1)


def _take_best(free: list[int], by_column: dict[int, ColumnMatch], role: str, counts: dict[int, int]) -> None:
    best = max(counts, key=lambda column: counts[column], default=None)
    if best is None or not counts[best]:
        return
    for column, match in by_column.items():
        if match.target == role:
            by_column[column] = ColumnMatch(match.header, "unknown", SKIP, 0)
    header = by_column[best].header if best in by_column else Header(best, ())
    by_column[best] = ColumnMatch(header, "unit", role)
    free.remove(best)


def _texts(sample: list[list[Any]], column: int) -> list[str]:
    if column < 0:
        return []
    return [row[column] for row in sample if isinstance(row[column], str) and row[column].strip()]


def _count_names(sample: list[list[Any]], column: int, names: UnitNames) -> int:
    """Distinct texts that name a unit; former names are asked for only where there is no other."""
    texts = set(_texts(sample, column))
    exact = sum(names.match_exactly(text).how != "unknown" for text in texts)
    exact = exact or sum(match_written(text, names).how != "unknown" for text in texts if len(text) > _SHORTEST_NAME)
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
