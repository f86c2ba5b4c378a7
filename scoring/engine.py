"""The engine: observations and a standard in, points and statuses out. Pure, vectorised and exact.

Every indicator is one comparison of integers: a quotient q = numerator × scale / denominator reaches the threshold
p/t exactly when numerator × scale × t ≥ p × denominator. No float takes part. Answers and counts have denominator 1.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import or_

import numpy as np
import pandas as pd

from scoring.limits import LARGEST_VALUE
from scoring.plan import Plan, make_plan
from scoring.refusal import Refusal
from scoring.standard import Standard

STATUSES = ("met", "not_met", "incomplete")

_UNITS_A_BLOCK = 2048

MISSING_BAND = -1
NOT_ARISEN_BAND = -2


class ObservationError(Refusal, ValueError):
    """Values that can't be scored: negative, an answer that is neither 0 nor 1, a part greater than its whole."""


@dataclass(frozen=True)
class Reason:
    """Why a unit is not recognised.

    `code`: `criterion_at_zero` (`subject` is the criterion), `total_short` (`points` are lacking), `inputs_missing`
    (`subject` is the indicator).
    """

    code: str
    subject: str = ""
    points: int = 0


@dataclass(frozen=True)
class Scores:
    """Points of units; arrays have a row a unit, in the order of `codes`.

    Attributes
    ----------
    points : int32, units × indicators
        Points won; 0 where `missing`.
    missing, not_arisen : bool, units × indicators
        An input is missing; the denominator is 0.
    band : int32, units × indicators
        Number of the band that holds; `MISSING_BAND`, `NOT_ARISEN_BAND`.
    criterion_points : int32, units × criteria
        Sum of the points won.
    criterion_missing : bool, units × criteria
        An indicator of the criterion is missing.
    total, minimum : int32, units
        Points won so far; the least that the unit's class needs.
    status : str, units
        `met`, `not_met` or `incomplete`. A unit with a missing indicator is incomplete, whatever else holds.
    """

    standard: Standard
    codes: pd.Index
    classes: pd.Series
    points: np.ndarray
    missing: np.ndarray
    not_arisen: np.ndarray
    band: np.ndarray
    criterion_points: np.ndarray
    criterion_missing: np.ndarray
    total: np.ndarray
    minimum: np.ndarray
    status: np.ndarray

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """Ids of the columns of `points`."""
        return tuple(one.id for one in self.standard.indicators)

    @property
    def criterion_ids(self) -> tuple[str, ...]:
        """Ids of the columns of `criterion_points`."""
        return tuple(one.id for one in self.standard.criteria)

    @property
    def max_points(self) -> np.ndarray:
        """int32, indicators: points possible."""
        return np.array([one.max_points for one in self.standard.indicators], dtype=np.int32)

    @cached_property
    def provisional(self) -> np.ndarray:
        """Bool, units × indicators: a figure that decided the points is not yet checked.

        The band that holds decides, and so does each band above it that was not reached.
        """
        decided = [
            list(accumulate((band.provenance == "provisional" for band in one.bands), or_))
            for one in self.standard.indicators
        ]
        columns = [np.array(flags)[np.maximum(self.band[:, place], 0)] for place, flags in enumerate(decided)]
        return np.column_stack(columns) & ~self.missing

    @property
    def zero_criteria(self) -> np.ndarray:
        """Bool, units × criteria: all indicators are known and give 0 points."""
        return (self.criterion_points == 0) & ~self.criterion_missing

    def frame(self) -> pd.DataFrame:
        """One row a unit.

        Returns
        -------
        DataFrame
            `code`, `unit_class`, `status`, `total`, `minimum`, a column a criterion, a column an indicator (Int64). A
            missing indicator is NA, and so is a criterion with a missing indicator; `total` sums the known points.
        """
        columns: dict[str, object] = {
            "code": self.codes.to_numpy(),
            "unit_class": self.classes.to_numpy(),
            "status": pd.array(self.status, dtype="str"),
            "total": self.total,
            "minimum": self.minimum,
        }
        for ids, points, missing in (
            (self.criterion_ids, self.criterion_points, self.criterion_missing),
            (self.indicator_ids, self.points, self.missing),
        ):
            for place, id_ in enumerate(ids):
                columns[id_] = pd.arrays.IntegerArray(points[:, place].copy(), missing[:, place].copy())
        return pd.DataFrame(columns)

    def reasons(self, code: str) -> tuple[Reason, ...]:
        """Why a unit is not recognised; empty when it is. Raises KeyError for an unknown code."""
        row = self.row_of(code)
        zeros = np.flatnonzero(self.zero_criteria[row])
        missing = np.flatnonzero(self.missing[row])
        short = int(self.minimum[row] - self.total[row])
        reasons = [Reason("criterion_at_zero", self.criterion_ids[place]) for place in zeros]
        if short > 0 and not missing.size:
            reasons.append(Reason("total_short", points=short))
        reasons += [Reason("inputs_missing", self.indicator_ids[place]) for place in missing]
        return tuple(reasons)

    def row_of(self, code: str) -> int:
        """Row of a unit; raises KeyError for an unknown code."""
        return int(self.codes.get_loc(code))


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
    Decision 06/QĐ-TTg: a unit is recognised when its total reaches the minimum of its class and no criterion has 0
    points. A denominator of 0 can't be failed: full points.
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
        some, some_known = values[:, block], known[:, block]
        _check(some, some_known, plan, units.index[block])
        missing[:, block] = ~(some_known[plan.numerator] & some_known[plan.denominator])
        not_arisen[:, block] = ~missing[:, block] & (some[plan.denominator] == 0)
        _give_points(some, mountainous[block], plan, points[:, block], band[:, block])
        _mark(points[:, block], band[:, block], not_arisen[:, block], plan.points_when_none[:, None], NOT_ARISEN_BAND)
        _mark(points[:, block], band[:, block], missing[:, block], 0, MISSING_BAND)
        for row, indicators in enumerate(plan.criteria):
            np.add.reduce(points[indicators, block], axis=0, out=criterion_points[row, block])
            np.logical_or.reduce(missing[indicators, block], axis=0, out=criterion_missing[row, block])
    total = criterion_points.sum(axis=0, dtype=np.int32)
    minimum = _minimum_totals(units["unit_class"], standard)
    at_zero = ((criterion_points == 0) & ~criterion_missing).any(axis=0)
    status = np.where(criterion_missing.any(axis=0), 2, np.where(at_zero | (total < minimum), 1, 0))
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


def _read(observations: pd.DataFrame, plan: Plan, codes: pd.Index) -> tuple[np.ndarray, np.ndarray]:
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


def _check(values: np.ndarray, known: np.ndarray, plan: Plan, codes: pd.Index) -> None:
    if values.size and (values.min() < 0 or values.max() > LARGEST_VALUE):
        wrong = (values < 0) | (values > LARGEST_VALUE)
        _refuse(wrong[:-1], "âm hoặc quá lớn", np.arange(len(plan.input_ids)), plan, codes)
    _refuse(values[plan.answers] > 1, "không phải Có (1) hay Không (0)", plan.answers, plan, codes)
    too_large = (values[plan.part] > values[plan.whole]) & known[plan.whole]
    _refuse(too_large, "lớn hơn số mà nó là một phần", plan.part, plan, codes)


def _narrow(values: np.ndarray, plan: Plan) -> np.ndarray:
    """The values in 32 bits where no product can overflow them: twice as fast, equally exact."""
    if not values.size:
        return values
    largest = max(abs(int(values.max())), abs(int(values.min())))
    fits = largest * plan.largest_factor <= np.iinfo(np.int32).max
    return values.astype(np.int32) if fits else values


def _refuse(wrong: np.ndarray, reason: str, rows: np.ndarray, plan: Plan, codes: pd.Index) -> None:
    if wrong.any():
        row, unit = (int(place[0]) for place in np.nonzero(wrong))
        raise ObservationError(f"Đơn vị {codes[unit]}, {plan.input_ids[rows[row]]}: giá trị {reason}")


def _give_points(values: np.ndarray, mountainous: np.ndarray, plan: Plan, points: np.ndarray, band: np.ndarray) -> None:
    """Points and number of the band, as if nothing were missing: each threshold that is not reached costs its drop."""
    points[:] = plan.points[:, None]
    band[:] = 0
    for level in plan.levels:
        denominator = values[level.denominator]
        needed = denominator * level.denominator_times.astype(values.dtype)
        if level.differs.size:
            own = denominator[level.differs] * level.mountainous_times.astype(values.dtype)
            needed[level.differs] = np.where(mountainous, own, needed[level.differs])
        short = values[level.numerator] * level.numerator_times.astype(values.dtype) < needed
        band[level.indicators] += short
        points[level.indicators] -= short * level.drop


def _mark(points: np.ndarray, band: np.ndarray, where: np.ndarray, worth: np.ndarray | int, number: int) -> None:
    np.copyto(points, worth, where=where)
    np.copyto(band, number, where=where)


def _minimum_totals(classes: pd.Series, standard: Standard) -> np.ndarray:
    codes, found = pd.factorize(classes)
    minimum = standard.recognition.minimum_total
    return np.array([minimum[one].points for one in found], dtype=np.int32)[codes]
