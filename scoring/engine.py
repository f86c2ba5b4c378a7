"""The engine: observations and a standard in, points and statuses out. Pure, vectorised and exact.

Every indicator is one comparison of integers: a quotient q = numerator × scale / denominator reaches the threshold
p/t exactly when numerator × scale × t ≥ p × denominator. No float takes part. Answers and counts have denominator 1.
"""

import numpy as np
import pandas as pd

from scoring.conditions import Tally, find_broken
from scoring.limits import LARGEST_VALUE
from scoring.plan import ScoringPlan, make_plan
from scoring.refusal import Refusal
from scoring.scores import MISSING_BAND, NOT_ARISEN_BAND, STATUSES, Scores
from scoring.standard import Standard

_UNITS_A_BLOCK = 2048


class ObservationError(Refusal, ValueError):
    """Values that can't be scored: negative, an answer that is neither 0 nor 1, a part greater than its whole."""


def score(observations: pd.DataFrame, standard: Standard, units: pd.DataFrame) -> Scores:
    """Score units by a standard.

    Parameters
    ----------
    observations : DataFrame
        Index unit code, a column an input (answers 1/0), nullable integers or floats with whole values, NA = missing.
        Units and inputs that are absent are missing.
    standard : Standard
    units : DataFrame
        Index unit code, columns `unit_class` (a class of the standard) and `mountainous` (bool).

    Raises
    ------
    ObservationError
        For values that can't be: negative, not whole, an answer other than 0 and 1, a part greater than its whole.
    KeyError
        For a unit class that the standard does not know.

    Notes
    -----
    A unit is recognised when every condition of the standard holds; by Decision 06/QĐ-TTg when its total reaches the
    minimum of its class and no criterion has 0 points. A denominator of 0 gives what the standard says: there the best
    band, because what has not arisen can't be failed.
    """
    plan = make_plan(standard)
    values, known = _read(observations, plan, units.index)
    values = _narrow(values, plan)
    mountainous = units["mountainous"].to_numpy(dtype=bool)
    count = len(units)
    points, band = (np.empty((len(plan.numerator), count), dtype=np.int32) for _ in range(2))
    missing, not_arisen = (np.empty((len(plan.numerator), count), dtype=bool) for _ in range(2))
    criterion_points = np.empty((len(standard.criteria), count), dtype=np.int32)
    criterion_missing = np.empty((len(standard.criteria), count), dtype=bool)
    for start in range(0, count, _UNITS_A_BLOCK):  # blocks that stay in the processor's cache
        block = slice(start, start + _UNITS_A_BLOCK)
        part, part_known = values[:, block], known[:, block]
        _check(part, part_known, plan, units.index[block])
        missing[:, block] = ~(part_known[plan.numerator] & part_known[plan.denominator])
        not_arisen[:, block] = ~missing[:, block] & (part[plan.denominator] == 0)
        _give_points(part, mountainous[block], plan, points[:, block], band[:, block])
        _mark(points[:, block], band[:, block], not_arisen[:, block], plan.points_when_none[:, None], NOT_ARISEN_BAND)
        _mark(points[:, block], band[:, block], missing[:, block], 0, MISSING_BAND)
        for row, indicators in enumerate(plan.criteria):
            np.add.reduce(points[indicators, block], axis=0, out=criterion_points[row, block])
            np.logical_or.reduce(missing[indicators, block], axis=0, out=criterion_missing[row, block])
    total = criterion_points.sum(axis=0, dtype=np.int32)
    minimum = _minimum_totals(units["unit_class"], standard)
    broken = find_broken(Tally(criterion_points.T, criterion_missing.T, total, minimum), standard)
    status = np.where(criterion_missing.any(axis=0), 2, np.where(broken, 1, 0))
    return Scores(
        standard=standard,
        codes=units.index,
        classes=units["unit_class"],
        points=points.T,
        missing=missing.T,
        not_arisen=not_arisen.T,
        band=band.T,
        criterion_points=criterion_points.T,
        criterion_missing=criterion_missing.T,
        total=total,
        minimum=minimum,
        status=np.array(STATUSES, dtype=object)[status],
    )


def _read(observations: pd.DataFrame, plan: ScoringPlan, codes: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """Values and whether they are known, inputs × units; a last row of ones is the denominator of counts."""
    if not observations.index.equals(codes):
        observations = observations.reindex(codes)
    shape = (len(plan.input_ids) + 1, len(codes))
    values, known = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=bool)
    values[-1], known[-1] = 1, True
    columns = set(observations.columns)
    for row, input_id in enumerate(plan.input_ids):
        if input_id not in columns:
            values[row], known[row] = 0, False
            continue
        column = observations[input_id].array
        if isinstance(column, pd.arrays.IntegerArray):
            np.logical_not(column.isna(), out=known[row])
            values[row] = column.to_numpy(dtype=np.int64, na_value=0)
        else:
            _read_floats(observations[input_id], values[row], known[row])
    return values, known


def _read_floats(column: pd.Series, values: np.ndarray, known: np.ndarray) -> None:
    numbers = pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)
    np.isfinite(numbers, out=known)
    whole = np.where(known, numbers, 0.0)
    if (whole != np.trunc(whole)).any() or (np.abs(whole) > LARGEST_VALUE).any():
        raise ObservationError(f"{column.name}: có giá trị không phải số nguyên hoặc quá lớn")
    values[:] = whole


def _check(values: np.ndarray, known: np.ndarray, plan: ScoringPlan, codes: pd.Index) -> None:
    if values.size and (values.min() < 0 or values.max() > LARGEST_VALUE):
        wrong = (values < 0) | (values > LARGEST_VALUE)
        _refuse(wrong[:-1], "âm hoặc quá lớn", np.arange(len(plan.input_ids)), plan, codes)
    _refuse(values[plan.answers] > 1, "không phải Có (1) hay Không (0)", plan.answers, plan, codes)
    too_large = (values[plan.part] > values[plan.whole]) & known[plan.whole]
    _refuse(too_large, "lớn hơn số mà nó là một phần", plan.part, plan, codes)


def _narrow(values: np.ndarray, plan: ScoringPlan) -> np.ndarray:
    """The values as the smallest integers that no product can overflow: 32 bits are twice as fast, all are exact."""
    if not values.size:
        return values
    largest = max(abs(int(values.max())), abs(int(values.min()))) * plan.largest_factor
    if largest <= np.iinfo(np.int32).max:
        return values.astype(np.int32)
    return values if largest <= np.iinfo(np.int64).max else values.astype(object)


def _refuse(wrong: np.ndarray, reason: str, rows: np.ndarray, plan: ScoringPlan, codes: pd.Index) -> None:
    if wrong.any():
        row, unit = (int(axis[0]) for axis in np.nonzero(wrong))
        raise ObservationError(f"Đơn vị {codes[unit]}, {plan.input_ids[rows[row]]}: giá trị {reason}")


def _give_points(
    values: np.ndarray, mountainous: np.ndarray, plan: ScoringPlan, points: np.ndarray, band: np.ndarray
) -> None:
    """Points and number of the band, as if nothing were missing: each threshold that is not reached costs its drop."""
    points[:] = plan.points[:, None]
    band[:] = 0
    for level in plan.levels:
        denominator = values[level.denominator]
        needed = denominator * level.denominator_times.astype(values.dtype)
        if level.differs.size:
            mountainous_needed = denominator[level.differs] * level.mountainous_times.astype(values.dtype)
            needed[level.differs] = np.where(mountainous, mountainous_needed, needed[level.differs])
        short = values[level.numerator] * level.numerator_times.astype(values.dtype) < needed
        band[level.indicators] += short
        points[level.indicators] -= short * level.drop


def _mark(points: np.ndarray, band: np.ndarray, where: np.ndarray, worth: np.ndarray | int, number: int) -> None:
    np.copyto(points, worth, where=where)
    np.copyto(band, number, where=where)


def _minimum_totals(classes: pd.Series, standard: Standard) -> np.ndarray:
    codes, class_ids = pd.factorize(classes)
    minimum = standard.recognition.minimum_total
    return np.array([minimum[class_id].points for class_id in class_ids], dtype=np.int32)[codes]
