"""Where the table is: its header row, which column holds which input, where the units begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from data.ingest.cells import Sheet, cell_name, column_letters
from data.ingest.findings import Finding, make_finding
from data.names import normalise_name
from data.template import FORM_SHEET, UNIT_HEADERS
from scoring.standard import Standard

_UNIT_COLUMNS = tuple(normalise_name(header) for header in UNIT_HEADERS)
_FEWEST_COLUMNS = 2  # a row is a header when it names at least so many inputs


@dataclass(frozen=True)
class Table:
    """A table of one row a unit: `columns` gives the column of each input, `code` and `name` those of the unit."""

    sheet: Sheet
    first_row: int
    code: int
    name: int | None
    columns: dict[str, int]


def find_tables(sheets: list[Sheet], standard: Standard) -> tuple[list[Table], list[Finding]]:
    """The tables of a workbook, found by their row of ids, else by their row of labels."""
    tables, findings = [], []
    for sheet in sheets:
        header = _find_header(sheet, standard)
        if header is None:
            continue
        table, found = _read_header(sheet, *header, standard)
        findings += found
        if table is not None:
            tables.append(table)
    if not tables and not findings:
        findings.append(make_finding("no_table"))
    return tables, findings


def read_form(sheets: list[Sheet]) -> dict[str, str]:
    """What the form says of itself on its hidden sheet: `standard`, `year`."""
    for sheet in sheets:
        if sheet.name == FORM_SHEET:
            return {str(row[0]): str(row[1]) for row in sheet.rows if len(row) > 1}
    return {}


@cache
def _labels(standard: Standard) -> dict[str, str]:
    """Input id by id and by label in normal form."""
    labels = {normalise_name(one.label): one.id for one in standard.inputs.values()}
    return labels | {normalise_name(input_id): input_id for input_id in standard.inputs}


def _match(value: Any, standard: Standard) -> str | None:
    return _labels(standard).get(normalise_name(value)) if isinstance(value, str) and value else None


def _find_header(sheet: Sheet, standard: Standard) -> tuple[int, int] | None:
    """First and last row of the header: all rows that name inputs, those of ids and those of labels."""
    named = [
        row
        for row, values in enumerate(sheet.rows)
        if sum(_match(value, standard) is not None for value in values) >= _FEWEST_COLUMNS
    ]
    return (named[0], named[-1]) if named else None


def _read_header(sheet: Sheet, first: int, last: int, standard: Standard) -> tuple[Table | None, list[Finding]]:
    findings: list[Finding] = []
    columns: dict[str, int] = {}
    units: dict[str, int] = {}
    for column, texts in _header_texts(sheet, first, last):
        matched = next((found for text in texts if (found := _match(text, standard))), None)
        unit_header = next((text for text in texts if normalise_name(text) in _UNIT_COLUMNS), None)
        place = {"sheet": sheet.name, "cell": cell_name(last, column)}
        if unit_header is not None:
            units.setdefault(normalise_name(unit_header), column)
        elif matched is None:
            findings.append(make_finding("column_unknown", **place, value=texts[-1]))
        elif matched in columns:
            label = standard.inputs[matched].label
            earlier, later = column_letters(columns[matched]), column_letters(column)
            findings.append(
                make_finding("column_repeated", **place, input=matched, label=label, first=earlier, second=later)
            )
        else:
            columns[matched] = column
    for input_id, one in standard.inputs.items():
        if input_id not in columns:
            findings.append(make_finding("column_absent", sheet=sheet.name, input=input_id, label=one.label))
    code, name = (units.get(header) for header in _UNIT_COLUMNS[:2])
    if code is None:
        findings.append(make_finding("column_absent", sheet=sheet.name, label=UNIT_HEADERS[0]))
        return None, findings
    return Table(sheet, last + 1, code, name, columns), findings


def _header_texts(sheet: Sheet, first: int, last: int) -> Iterator[tuple[int, list[str]]]:
    """Texts of each column's header, top to bottom; the row above is read too, for merged headers of the units."""
    rows = sheet.rows[max(0, first - 1) : last + 1]
    width = max(len(row) for row in rows)
    for column in range(width):
        own = [row[column] for row in rows if column < len(row)]
        group = isinstance(own[0], str) and normalise_name(own[0]) not in _UNIT_COLUMNS and first > 0
        texts = [text for text in (own[1:] if group else own) if isinstance(text, str) and text.strip()]
        if texts:
            yield column, texts
