"""Cells that are still empty."""

from collections.abc import Iterator

import numpy as np

from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding, make_finding
from data.intake.table.columns import CODE, NAME
from data.intake.table.table import Table
from data.intake.values.column import MISSING

_LABELS_NAMED = 3


def check_missing(extract: Extract, part: TableExtract) -> Iterator[Finding]:
    """Find units with empty cells."""
    figures, inputs = part.figures, extract.reading.standard.inputs
    if not figures.columns:
        return
    ids = list(figures.columns)
    absent = np.column_stack([(figures.values[input_id] == MISSING) & ~figures.wrong[input_id] for input_id in ids])
    for position in np.flatnonzero(absent.any(axis=1)).tolist():
        labels = [inputs[input_id].label for input_id, lacks in zip(ids, absent[position], strict=True) if lacks]
        more = f" và {len(labels) - _LABELS_NAMED} ô khác" if len(labels) > _LABELS_NAMED else ""
        yield make_finding(
            "values_missing",
            sheet=part.table.sheet.name,
            cell=part.table.sheet.name_cell(int(figures.rows[position]), _unit_column(part.table)),
            unit=figures.codes[position],
            count=len(labels),
            labels=", ".join(labels[:_LABELS_NAMED]) + more,
        )


def _unit_column(table: Table) -> int:
    columns = [table.role(CODE), table.role(NAME), min(table.inputs.values(), default=0)]
    return next(column for column in columns if column is not None)
