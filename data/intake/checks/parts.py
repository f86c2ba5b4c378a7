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
    """Find figures above the whole that they are a part of; where the whole is missing, above the whole of that.

    A whole that the table of the part lacks is looked for in the other tables of the file.
    """
    figures, standard = part.figures, extract.reading.standard
    for input_id, values in figures.values.items():
        open_units = (values != MISSING) & ~figures.wrong[input_id]
        whole_id = standard.inputs[input_id].part_of
        while whole_id is not None:
            wholes = (
                [(figures, np.arange(len(values)))]
                if whole_id in figures.columns
                else _find_wholes(extract, part, whole_id)
            )
            for source, positions in wholes:
                whole_values = np.where(positions >= 0, source.values[whole_id][positions], MISSING)
                sound = (positions >= 0) & ~source.wrong[whole_id][positions]
                known = open_units & (whole_values != MISSING) & sound
                for position in np.flatnonzero(known & (values > whole_values)).tolist():
                    yield _make_finding(
                        figures, position, input_id, (source, int(positions[position])), whole_id, standard
                    )
                open_units &= ~known
            whole_id = standard.inputs[whole_id].part_of


def _find_wholes(extract: Extract, part: TableExtract, whole_id: str) -> Iterator[tuple[Figures, np.ndarray]]:
    """Other tables with an input, and the position in them of each unit of a table; -1 where they lack it."""
    for other in extract.tables:
        if other is not part and whole_id in other.figures.columns and other.figures.codes:
            position_of = {code: position for position, code in enumerate(other.figures.codes)}
            yield other.figures, np.array([position_of.get(code, -1) for code in part.figures.codes], dtype=np.int64)


def _make_finding(
    figures: Figures, position: int, input_id: str, whole: tuple[Figures, int], whole_id: str, standard: Standard
) -> Finding:
    source, at = whole
    cell = source.cell(at, whole_id)
    return make_finding(
        "part_too_large",
        sheet=figures.table.sheet.name,
        cell=figures.cell(position, input_id),
        unit=figures.codes[position],
        input=input_id,
        value=format_number(int(figures.values[input_id][position])),
        whole=format_number(int(source.values[whole_id][at])),
        whole_label=standard.inputs[whole_id].label,
        whole_cell=cell if source is figures else f"{cell} của trang “{source.table.sheet.name}”",
    )
