"""What the columns were taken for: to confirm, accepted, unused, repeated, absent."""

from collections.abc import Iterator
from typing import Any

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding
from data.intake.parameters import Reading
from data.intake.table.columns import ColumnMatch
from data.intake.table.table import Table
from data.intake.values.answers import is_figure
from data.text.names import normalise_name

_LONGEST_TEXT = 120
_LABELS_NAMED = 2


def check_columns(extract: Extract) -> Iterator[Finding]:
    """Find columns that are not certain, not used, there twice or not there."""
    reading, tables = extract.reading, [part.table for part in extract.tables]
    for table in tables:
        for match in table.matches:
            yield from _check_column(table, match, reading)
    if reading.choices.by and any(match.how == "chosen" for table in tables for match in table.matches):
        yield make_finding("mapping_remembered", by=reading.choices.by)
    if tables:
        yield from _find_absent(tables, reading)


def _check_column(table: Table, match: ColumnMatch, reading: Reading) -> Iterator[Finding]:
    column, text, inputs = match.header.column, match.header.text[:_LONGEST_TEXT], reading.standard.inputs
    at: dict[str, Any] = {"sheet": table.sheet.name, "cell": table.sheet.name_cell(table.header[1], column)}
    if match.how == "close":
        code = "column_accepted" if reading.accept and match.clear else "column_to_confirm"
        if code == "column_to_confirm" and normalise_name(match.header.text) == normalise_name(
            inputs[match.target].label
        ):
            code = "column_of_several"
        words: dict[str, Any] = {"label": inputs[match.target].label, "confidence": match.confidence}
        yield make_finding(code, **at, input=match.target, value=text, **words)
    elif match.how == "unknown" and text and _holds_figures(table, column):
        yield make_finding("column_unknown", **at, value=text)
    elif match.how == "other_year" and _holds_figures(table, column):
        yield make_finding("column_of_other_year", **at, value=text, expected=reading.year)
    elif match.how == "part" and _holds_figures(table, column):
        yield make_finding("column_of_part", **at, value=text)
    elif match.how in ("exact", "chosen"):
        first = table.inputs.get(match.target, column)
        if first != column:
            name = table.sheet.name_column
            words = {"label": inputs[match.target].label, "first": name(first), "second": name(column)}
            yield make_finding("column_repeated", **at, input=match.target, **words)


def _find_absent(tables: list[Table], reading: Reading) -> Iterator[Finding]:
    present = {input_id for table in tables for input_id in table.inputs}
    absent = [wanted for wanted in reading.standard.inputs.values() if wanted.id not in present]
    if not absent:
        return
    labels = "”, “".join(wanted.label for wanted in absent[:_LABELS_NAMED])
    more = f" và {len(absent) - _LABELS_NAMED} chỉ tiêu khác" if len(absent) > _LABELS_NAMED else ""
    only = absent[0].id if len(absent) == 1 else None
    yield make_finding("column_absent", input=only, count=len(absent), labels=f"“{labels}”{more}")


def _holds_figures(table: Table, column: int) -> bool:
    return any(row[column] != "" and is_figure(row[column]) for row in table.sheet.rows[table.first_row : table.stop])
