"""Units whose figures are all 0, though no other unit's are."""

from collections.abc import Iterator

import numpy as np

from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding, make_finding

_FEWEST = 3  # columns, and other units, that tell
_MOST = 200  # findings of a table


def check_zeros(extract: Extract, part: TableExtract) -> Iterator[Finding]:
    """Find units with nothing but 0 where all others have figures: formulas that were prepared for a report to come."""
    figures, inputs = part.figures, extract.reading.standard.inputs
    counts = [input_id for input_id in figures.columns if inputs[input_id].kind == "count"]
    if len(counts) < _FEWEST or len(figures.codes) <= _FEWEST:
        return
    values = np.column_stack([figures.values[input_id] for input_id in counts])
    zero = (values == 0).all(axis=1)
    others = values[~zero]
    if len(others) < _FEWEST or ((others > 0).all(axis=0)).sum() < _FEWEST:
        return
    for position in np.flatnonzero(zero)[:_MOST].tolist():
        code = figures.codes[position]
        cell = figures.cell(position, counts[0])
        name = extract.reading.names.describe(code)
        yield make_finding("unit_all_zero", figures.table.sheet.name, cell, code, name=name)
