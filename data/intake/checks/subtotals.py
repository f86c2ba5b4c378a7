"""Whether the sums that the file writes are the sums of its units."""

from collections.abc import Iterator

import numpy as np

from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding, make_finding
from data.intake.table.groups import Subtotal
from data.intake.values.column import MISSING
from data.intake.values.counts import read_counts
from data.intake.values.figures import Figures
from scoring.words import format_number

_MOST_OF_A_TABLE = 1000  # findings, so that a file of nothing but wrong sums stays bounded


def check_subtotals(extract: Extract) -> Iterator[Finding]:
    """Find rows of sums that differ from the sums of the units.

    A row of sums agrees when it equals the sum of its group or of all rows above; the heading of a district without
    rows below it is compared with the units of the district in the whole file.
    """
    for part in extract.tables:
        count = 0
        for input_id in part.table.inputs:
            if extract.reading.standard.inputs[input_id].kind != "count" or not part.rows.subtotals:
                continue
            for finding in _compare_column(extract, part, input_id):
                if count == _MOST_OF_A_TABLE:
                    break
                count += 1
                yield finding


def _compare_column(extract: Extract, part: TableExtract, input_id: str) -> Iterator[Finding]:
    figures, subtotals = part.figures, part.rows.subtotals
    column = part.table.inputs[input_id]
    written = read_counts([part.table.sheet.rows[subtotal.row][column] for subtotal in subtotals]).values.tolist()
    values = figures.values[input_id]
    known = values != MISSING
    sums = np.concatenate([[0], np.cumsum(np.where(known, values, 0))])
    counts = np.concatenate([[0], np.cumsum(known)])
    for subtotal, value in zip(subtotals, written, strict=True):
        if value == MISSING:
            continue
        scopes = [(start, end) for start, end in subtotal.scopes if end > start]
        computed = [int(sums[end] - sums[start]) for start, end in scopes if counts[end] > counts[start]]
        if not scopes and subtotal.districts:
            computed = _sum_districts(extract, input_id, subtotal.districts)
        if computed and value not in computed:
            yield _make_finding(figures, subtotal, input_id, value, computed)


def _sum_districts(extract: Extract, input_id: str, districts: frozenset[str]) -> list[int]:
    """The sum over the units of some districts in the whole file; empty when it has none of them."""
    district_of = extract.reading.names.district
    values = [
        int(value)
        for figures in (part.figures for part in extract.tables)
        if input_id in figures.columns
        for code, value in zip(figures.codes, figures.values[input_id], strict=True)
        if value != MISSING and district_of[code] in districts
    ]
    return [sum(values)] if values else []


def _make_finding(figures: Figures, subtotal: Subtotal, input_id: str, written: int, computed: list[int]) -> Finding:
    nearest = min(computed, key=lambda total: abs(total - written))
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
