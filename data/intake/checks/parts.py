"""Parts above their whole."""

from collections.abc import Iterator

import numpy as np

from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding, make_finding
from data.intake.values.column import MISSING
from data.intake.values.figures import Figures
from scoring.standard import Standard
from scoring.words import format_number


def check_parts(extract: Extract, part: TableExtract) -> Iterator[Finding]:
    """Find figures above the whole that they are a part of; where the whole is missing, above the whole of that."""
    figures, standard = part.figures, extract.reading.standard
    for input_id, values in figures.values.items():
        open_units = (values != MISSING) & ~figures.wrong[input_id]
        whole_id = standard.inputs[input_id].part_of
        while whole_id is not None:
            if whole_id in figures.columns:
                wholes = figures.values[whole_id]
                known = open_units & (wholes != MISSING) & ~figures.wrong[whole_id]
                for position in np.flatnonzero(known & (values > wholes)).tolist():
                    yield _make_finding(figures, position, input_id, whole_id, standard)
                open_units &= ~known
            whole_id = standard.inputs[whole_id].part_of


def _make_finding(figures: Figures, position: int, input_id: str, whole_id: str, standard: Standard) -> Finding:
    return make_finding(
        "part_too_large",
        sheet=figures.table.sheet.name,
        cell=figures.cell(position, input_id),
        unit=figures.codes[position],
        input=input_id,
        value=format_number(int(figures.values[input_id][position])),
        whole=format_number(int(figures.values[whole_id][position])),
        whole_label=standard.inputs[whole_id].label,
        whole_cell=figures.cell(position, whole_id),
    )
