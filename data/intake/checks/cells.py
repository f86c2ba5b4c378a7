"""Cells that can't be used, and those that were repaired."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding, make_finding
from data.intake.reading.cells import show_value
from data.intake.values.column import MISSING, Column
from data.intake.values.counts import would_count
from data.intake.values.figures import Figures
from scoring.standard import Input
from scoring.words import format_number

_MOST_ALIKE = 1000  # findings of a column, so that a file of nothing but errors stays bounded


def check_cells(extract: Extract, part: TableExtract) -> Iterator[Finding]:
    """Find the wrong cells of each column of inputs, and say what was read otherwise than written."""
    for input_id, column in part.figures.columns.items():
        yield from _check_column(part.figures, column, extract.reading.standard.inputs[input_id])


def _check_column(figures: Figures, column: Column, wanted: Input) -> Iterator[Finding]:
    sheet, number = figures.table.sheet, figures.table.inputs[wanted.id]

    def raw_at(position: int) -> Any:
        return sheet.rows[int(figures.rows[position])][number]

    for position, code, words in column.problems[:_MOST_ALIKE]:
        raw = raw_at(position)
        said = {"value": show_value(raw)} | words
        if code == "percent_given":
            said |= _describe_percent(figures, position, wanted, raw, words)
        cell = figures.cell(position, wanted.id)
        yield make_finding(code, sheet.name, cell, figures.codes[position], wanted.id, **said)
    if len(column.problems) > _MOST_ALIKE:
        more = format_number(len(column.problems) - _MOST_ALIKE)
        yield make_finding("more_alike", sheet.name, input=wanted.id, count=more)
    if column.repaired:
        first = column.repaired[0]
        words = {"count": len(column.repaired), "read": format_number(int(column.values[first]))}
        value, cell = show_value(raw_at(first)), figures.cell(first, wanted.id)
        yield make_finding("number_repaired", sheet.name, cell, input=wanted.id, value=value, **words)
    if column.rewritten:
        first, row = column.rewritten[0], int(figures.rows[column.rewritten[0]])
        words = {"count": len(column.rewritten), "read": show_value(raw_at(first))}
        written = show_value(sheet.written[row, number])
        yield make_finding(
            "marks_left_out", sheet.name, figures.cell(first, wanted.id), input=wanted.id, value=written, **words
        )
    if column.marks_only:
        cell = sheet.name_cell(figures.table.header[1], number)
        words = {"label": wanted.label, "count": column.marks_only}
        yield make_finding("marks_only", sheet.name, cell, input=wanted.id, **words)


def _describe_percent(
    figures: Figures, position: int, wanted: Input, raw: Any, words: dict[str, Any]
) -> dict[str, Any]:
    """The share as written, and the count that it would be where the whole is known."""
    share: Fraction | None = words.get("share")
    if share is None:
        return {"would": ""}
    written = show_value(raw) if isinstance(raw, str) else f"{format_number(share * 100, 2)} %"
    values = figures.values.get(wanted.part_of or "")
    whole = MISSING if values is None else int(values[position])
    if whole == MISSING:
        return {"value": written, "would": ""}
    return {"value": written, "would": f" {written} của {format_number(whole)} là {would_count(share, whole)}."}
