"""The figures of one table: every input column read for the rows of the units, with findings at their cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from data.intake.findings.catalogue import Finding, make_finding
from data.intake.reading.cells import show_value
from data.intake.table.layout import Table
from data.intake.table.rows import Rows, Subtotal
from data.intake.values.cells import MISSING, Column, read_answers, read_counts, would_count
from data.units.matching import UnitNames
from scoring.standard import Input, Standard
from scoring.words import format_number

_LABELS_SHOWN = 3
_PLACES_NAMED = 6
_MOST_ALIKE = 1000  # findings of a column, so that a file of nothing but errors stays bounded


@dataclass(frozen=True)
class Figures:
    """What a table says of its units.

    `codes` and `rows` (0-based row in the sheet) have one entry a unit; `values` and `wrong` one array of that length
    an input: int64 with MISSING, and whether the cell has an error.
    """

    table: Table
    codes: list[str]
    rows: np.ndarray
    values: dict[str, np.ndarray]
    wrong: dict[str, np.ndarray]

    def cell(self, position: int, input_id: str) -> str:
        """Name of the cell of a unit's input."""
        return self.table.sheet.name_cell(int(self.rows[position]), self.table.inputs[input_id])


def read_figures(table: Table, rows: Rows, standard: Standard) -> tuple[Figures, list[Finding]]:
    """Read the input columns of a table for its units."""
    numbers = np.array([row for row, _ in rows.units], dtype=np.int64)
    figures = Figures(table, [code for _, code in rows.units], numbers, {}, {})
    findings: list[Finding] = []
    columns: dict[str, Column] = {}
    for input_id, place in table.inputs.items():
        one = standard.inputs[input_id]
        columns[input_id] = column = _read_column(table, numbers.tolist(), place, one)
        figures.values[input_id] = column.values
        figures.wrong[input_id] = _positions(column, len(numbers))
    for input_id, column in columns.items():
        findings += _column_findings(figures, column, standard.inputs[input_id])
    findings += _hidden_data(figures)
    findings += _parts_too_large(figures, standard)
    findings += _missing(figures, standard)
    return figures, findings


def compare_subtotals(
    figures: Figures, subtotals: Iterable[Subtotal], everything: list[Figures], names: UnitNames, standard: Standard
) -> list[Finding]:
    """Differences between the sums that the file writes and the sums of its units.

    A row of sums agrees when it equals the sum of its group or of all rows above; the heading of a district without
    rows below it is compared with the units of the district in the whole file.
    """
    rows = list(subtotals)
    findings: list[Finding] = []
    for input_id, column in figures.table.inputs.items():
        if standard.inputs[input_id].kind != "count" or not rows:
            continue
        written = read_counts([figures.table.sheet.rows[one.row][column] for one in rows]).values.tolist()
        values = figures.values[input_id]
        known = values != MISSING
        sums = np.concatenate([[0], np.cumsum(np.where(known, values, 0))])
        counts = np.concatenate([[0], np.cumsum(known)])
        for subtotal, told in zip(rows, written, strict=True):
            if told == MISSING or len(findings) == _MOST_ALIKE:
                continue
            scopes = [(start, end) for start, end in subtotal.scopes if end > start]
            ours = [int(sums[end] - sums[start]) for start, end in scopes if counts[end] > counts[start]]
            if not scopes and subtotal.districts:
                ours = _sum_of_districts(everything, input_id, subtotal.districts, names)
            if ours and told not in ours:
                findings.append(_sum_differs(figures, subtotal, input_id, told, ours))
    return findings


def _sum_differs(figures: Figures, subtotal: Subtotal, input_id: str, written: int, ours: list[int]) -> Finding:
    nearest = min(ours, key=lambda one: abs(one - written))
    return make_finding(
        "sum_differs",
        sheet=figures.table.sheet.name,
        cell=figures.table.sheet.name_cell(subtotal.row, figures.table.inputs[input_id]),
        input=input_id,
        value=format_number(written),
        row=subtotal.label[:60],
        ours=format_number(nearest),
        difference=format_number(written - nearest, signed=True),
    )


def _sum_of_districts(
    everything: list[Figures], input_id: str, districts: frozenset[str], names: UnitNames
) -> list[int]:
    """The sum over the units of some districts in the whole file; empty when it has none of them."""
    found = [
        int(value)
        for figures in everything
        if input_id in figures.values
        for code, value in zip(figures.codes, figures.values[input_id], strict=True)
        if value != MISSING and names.district[code] in districts
    ]
    return [sum(found)] if found else []


def _read_column(table: Table, rows: list[int], place: int, one: Input) -> Column:
    cells = table.sheet.rows
    raws = [cells[row][place] for row in rows]
    if one.kind == "answer":
        column = read_answers(raws)
    else:
        shown: frozenset[int] = frozenset()
        if table.sheet.percent:
            shown = frozenset(position for position, row in enumerate(rows) if (row, place) in table.sheet.percent)
        column = read_counts(raws, shown)
    if table.sheet.unvalued:
        column.problems += [
            (position, "formula_without_value", {})
            for position, row in enumerate(rows)
            if (row, place) in table.sheet.unvalued
        ]
    return column


def _positions(column: Column, length: int) -> np.ndarray:
    wrong = np.zeros(length, dtype=bool)
    wrong[[position for position, _, _ in column.problems]] = True
    return wrong


def _column_findings(figures: Figures, column: Column, one: Input) -> list[Finding]:
    sheet, place = figures.table.sheet, figures.table.inputs[one.id]
    findings = []
    for position, code, words in column.problems[:_MOST_ALIKE]:
        raw = sheet.rows[int(figures.rows[position])][place]
        told = dict(words)
        if code == "percent_given":
            told = _percent_words(figures, position, one, raw, words)
        findings.append(
            make_finding(
                code,
                sheet=sheet.name,
                cell=figures.cell(position, one.id),
                unit=figures.codes[position],
                input=one.id,
                **({"value": show_value(raw)} | told),
            )
        )
    if len(column.problems) > _MOST_ALIKE:
        more = format_number(len(column.problems) - _MOST_ALIKE)
        findings.append(make_finding("more_alike", sheet.name, input=one.id, count=more))
    if column.repaired:
        first = column.repaired[0]
        raw = sheet.rows[int(figures.rows[first])][place]
        words = {"count": len(column.repaired), "read": format_number(int(column.values[first]))}
        cell = figures.cell(first, one.id)
        findings.append(make_finding("number_repaired", sheet.name, cell, input=one.id, value=show_value(raw), **words))
    if column.marks_only:
        cell = sheet.name_cell(figures.table.header[1], place)
        words = {"label": one.label, "count": column.marks_only}
        findings.append(make_finding("marks_only", sheet.name, cell, input=one.id, **words))
    return findings


def _percent_words(figures: Figures, position: int, one: Input, raw: Any, words: dict[str, Any]) -> dict[str, Any]:
    """The share as written, and the count that it would be where the whole is known."""
    share: Fraction | None = words.get("share")
    if share is None:
        return {"would": ""}
    written = show_value(raw) if isinstance(raw, str) else f"{format_number(share * 100, 2)} %"
    values = figures.values.get(one.part_of or "")
    whole = MISSING if values is None else int(values[position])
    if whole == MISSING:
        return {"value": written, "would": ""}
    return {"value": written, "would": f" {written} của {format_number(whole)} là {would_count(share, whole)}."}


def _hidden_data(figures: Figures) -> list[Finding]:
    sheet = figures.table.sheet
    rows = sorted({int(row) for row in figures.rows} & sheet.hidden_rows)
    columns = sorted(set(figures.table.inputs.values()) & sheet.hidden_columns)
    named = [[sheet.name_row(row) for row in rows], [sheet.name_column(column) for column in columns]]
    findings = []
    for places in filter(None, named):
        more = f" và {len(places) - _PLACES_NAMED} nơi khác" if len(places) > _PLACES_NAMED else ""
        findings.append(make_finding("hidden_data", sheet.name, what=", ".join(places[:_PLACES_NAMED]) + more))
    return findings


def _parts_too_large(figures: Figures, standard: Standard) -> list[Finding]:
    """Parts above their whole; where the whole is missing, above the whole of that."""
    findings = []
    for input_id, values in figures.values.items():
        open_units = (values != MISSING) & ~figures.wrong[input_id]
        whole_id = standard.inputs[input_id].part_of
        while whole_id is not None:
            wholes, wrong = figures.values.get(whole_id), figures.wrong.get(whole_id)
            if wholes is not None and wrong is not None:
                known = open_units & (wholes != MISSING) & ~wrong
                for position in np.flatnonzero(known & (values > wholes)).tolist():
                    findings.append(
                        make_finding(
                            "part_too_large",
                            sheet=figures.table.sheet.name,
                            cell=figures.cell(position, input_id),
                            unit=figures.codes[position],
                            input=input_id,
                            value=format_number(int(values[position])),
                            whole=format_number(int(wholes[position])),
                            whole_label=standard.inputs[whole_id].label,
                            whole_cell=figures.cell(position, whole_id),
                        )
                    )
                open_units &= ~known
            whole_id = standard.inputs[whole_id].part_of
    return findings


def _missing(figures: Figures, standard: Standard) -> list[Finding]:
    if not figures.values:
        return []
    ids = list(figures.values)
    absent = np.column_stack([(figures.values[one] == MISSING) & ~figures.wrong[one] for one in ids])
    findings = []
    for position in np.flatnonzero(absent.any(axis=1)).tolist():
        labels = [standard.inputs[one].label for one, lacks in zip(ids, absent[position], strict=True) if lacks]
        more = f" và {len(labels) - _LABELS_SHOWN} ô khác" if len(labels) > _LABELS_SHOWN else ""
        findings.append(
            make_finding(
                "values_missing",
                sheet=figures.table.sheet.name,
                cell=figures.table.sheet.name_cell(int(figures.rows[position]), _unit_column(figures.table)),
                unit=figures.codes[position],
                count=len(labels),
                labels=", ".join(labels[:_LABELS_SHOWN]) + more,
            )
        )
    return findings


def _unit_column(table: Table) -> int:
    columns = [table.role("code"), table.role("name"), min(table.inputs.values(), default=0)]
    return next(one for one in columns if one is not None)
