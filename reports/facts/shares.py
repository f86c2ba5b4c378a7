"""What the profiles of units and of districts share: exact shares of points, the furthest rows, units that changed."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd

from data.units import lists as unit_lists
from reports.facts.assessment import Assessment
from scoring.standard import Criterion

STRENGTHS_AT_MOST = 5


def describe_criterion(criterion: Criterion) -> dict[str, object]:
    """The columns that every table of criteria begins with."""
    return {
        "criterion": criterion.id,
        "number": criterion.number,
        "name": criterion.name,
        "max_points": criterion.max_points,
    }


def list_points(assessment: Assessment, place: int) -> tuple[np.ndarray, np.ndarray]:
    """Points of a criterion, and whether they are known; a row a unit."""
    return assessment.scores.criterion_points[:, place], ~assessment.scores.criterion_missing[:, place]


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


def list_rearranged(codes: Iterable[str], before: str, now: str) -> list[str]:
    """Units of vintage `now` that are not, whole and under the same code, units of the earlier vintage."""
    vintages = list(unit_lists.list_vintages().index)
    steps = list(pairwise(vintages[vintages.index(before) : vintages.index(now) + 1]))
    crosswalk = unit_lists.load_crosswalk() if steps else pd.DataFrame()
    kept = set(codes)
    for old, new in steps:
        step = crosswalk[(crosswalk["from_vintage"] == old) & (crosswalk["to_vintage"] == new)]
        whole = step[(step["relation"] == "kept") & (step["from_code"] == step["to_code"])]
        kept &= set(whole["to_code"])
    return [code for code in codes if code not in kept]


def as_objects(
    rows: list[dict[str, object]], index: str, exact: tuple[str, ...], columns: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Rows as a frame whose columns of Fractions hold them and None as they are."""
    frame = pd.DataFrame(rows, columns=list(columns) or None).set_index(index)
    for column in exact:
        frame[column] = pd.Series([row[column] for row in rows], index=frame.index, dtype=object)
    return frame
