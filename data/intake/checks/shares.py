"""Columns of counts that look like percentages typed as whole numbers."""

from collections.abc import Iterator

import numpy as np

from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding, make_finding
from data.intake.values.column import MISSING
from scoring.words import format_number

_FEWEST = 4  # units that tell
_WHOLE = 100
_HIGH = 60  # the median from which a column may be made of shares
_STEADY, _STEADIER = 3, 5  # so many times as much the whole varies
_LOOSE = 0.5  # correlation with the whole below which a part that is steady does not follow it


def check_shares(extract: Extract, part: TableExtract) -> Iterator[Finding]:
    """Find parts that stay near 100, never above, whatever their whole is: shares where counts are asked.

    A count follows its whole; where all of a whole is reached the two are equal.
    """
    figures, inputs = part.figures, extract.reading.standard.inputs
    for input_id, values in figures.values.items():
        whole_id = inputs[input_id].part_of
        if whole_id is None or whole_id not in figures.values:
            continue
        wholes = figures.values[whole_id]
        known = (values != MISSING) & (wholes != MISSING) & ~figures.wrong[input_id] & ~figures.wrong[whole_id]
        if _look_like_shares(values[known], wholes[known]):
            sheet = figures.table.sheet
            yield make_finding(
                "column_of_shares",
                sheet.name,
                figures.cell(int(np.flatnonzero(known)[0]), input_id),
                input=input_id,
                label=inputs[input_id].label,
                whole_label=inputs[whole_id].label,
                count=int(known.sum()),
                least=format_number(int(values[known].min())),
                most=format_number(int(values[known].max())),
                whole_least=format_number(int(wholes[known].min())),
                whole_most=format_number(int(wholes[known].max())),
            )


def _look_like_shares(parts: np.ndarray, wholes: np.ndarray) -> bool:
    if len(parts) < _FEWEST or parts.max() > _WHOLE or np.median(parts) < _HIGH or (parts == wholes).any():
        return False
    if wholes.min() <= 0 or wholes.std() == 0:
        return False
    steadiness = (wholes.std() / wholes.mean()) / max(parts.std() / parts.mean(), 1e-9)
    if steadiness >= _STEADIER:
        return True
    return bool(steadiness >= _STEADY and np.corrcoef(parts, wholes)[0, 1] < _LOOSE)
