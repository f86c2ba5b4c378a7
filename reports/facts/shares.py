"""Exact shares of points: what the facts of units and of districts are computed with."""

from fractions import Fraction

import numpy as np
import pandas as pd

from reports.facts.assessment import Assessment
from scoring.standard import Criterion

STRENGTHS_AT_MOST = 5


def begin_row(criterion: Criterion) -> dict[str, object]:
    """The columns that every table of criteria begins with: `criterion`, `number`, `name`, `max_points`."""
    return {
        "criterion": criterion.id,
        "number": criterion.number,
        "name": criterion.name,
        "max_points": criterion.max_points,
    }


def list_criterion_points(assessment: Assessment, column: int) -> tuple[np.ndarray, np.ndarray]:
    """Points of the criterion in a column of the scores, and whether they are known; a row a unit."""
    return assessment.scores.criterion_points[:, column], ~assessment.scores.criterion_missing[:, column]


def mean_share(points: np.ndarray, most: int) -> Fraction | None:
    """Exact mean, as a share of `most`; None of nothing."""
    return Fraction(int(points.sum(dtype=np.int64)), most * points.size) if points.size else None


def median_share(points: np.ndarray, most: int) -> Fraction | None:
    """Exact median, as a share of `most`; None of nothing."""
    if not points.size:
        return None
    middle = np.sort(points)[(points.size - 1) // 2 : points.size // 2 + 1]
    return Fraction(int(middle.sum(dtype=np.int64)), most * middle.size)


def take_extremes(frame: pd.DataFrame, column: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows furthest above 0 and furthest below it; sorting is stable, so ties keep the order of the standard."""
    above, below = frame[(frame[column] > 0).astype(bool)], frame[(frame[column] < 0).astype(bool)]
    return (
        above.sort_values(column, ascending=False, kind="stable").head(STRENGTHS_AT_MOST),
        below.sort_values(column, kind="stable").head(STRENGTHS_AT_MOST),
    )


def as_objects(
    rows: list[dict[str, object]], index: str, exact: tuple[str, ...], columns: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Rows as a frame with the index column `index`, whose columns `exact` hold Fractions and None as they are."""
    frame = pd.DataFrame(rows, columns=list(columns) or None).set_index(index)
    for column in exact:
        frame[column] = pd.Series([row[column] for row in rows], index=frame.index, dtype=object)
    return frame
