"""A standard as arrays, ready for the engine."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import lcm

import numpy as np

from scoring.standard import Band, Indicator, Standard


@dataclass(frozen=True)
class Level:
    """The n-th thresholds of all indicators that have so many, as arrays.

    A threshold p/t is not reached where numerator × `numerator_times` < denominator × `denominator_times`, which are
    scale × t and p, negative where lower is better.
    """

    indicators: np.ndarray
    numerator: np.ndarray  # row of the input
    denominator: np.ndarray
    numerator_times: np.ndarray
    denominator_times: np.ndarray
    differs: np.ndarray  # thresholds that are others for mountainous units
    mountainous_times: np.ndarray  # their `denominator_times`
    drop: np.ndarray  # points lost when the threshold is not reached

    @property
    def factors(self) -> tuple[np.ndarray, ...]:
        """Everything that a value may be multiplied by."""
        return tuple(
            times for times in (self.numerator_times, self.denominator_times, self.mountainous_times) if times.size
        )


@dataclass(frozen=True)
class ScoringPlan:
    """A standard as arrays: a row an input, an indicator or a criterion."""

    input_ids: tuple[str, ...]
    numerator: np.ndarray  # of each indicator: row of the input
    denominator: np.ndarray  # the row after the last input holds 1 for every unit
    points: np.ndarray  # of each indicator's first band
    points_when_none: np.ndarray
    levels: tuple[Level, ...]
    criteria: tuple[slice, ...]  # indicators of each criterion
    part: np.ndarray
    whole: np.ndarray
    answers: np.ndarray
    largest_factor: int


@lru_cache(maxsize=64)  # each scenario that is tried out is a standard of its own
def make_plan(standard: Standard) -> ScoringPlan:
    """The arrays of a standard, made once."""
    row_of = {input_id: row for row, input_id in enumerate(standard.inputs)}
    indicators = standard.indicators
    numerator = _rows([row_of[indicator.numerator] for indicator in indicators])
    denominator = _rows(
        [row_of[indicator.denominator] if indicator.denominator else len(row_of) for indicator in indicators]
    )
    ends = list(accumulate(len(criterion.indicators) for criterion in standard.criteria))
    parts = [input_ for input_ in standard.inputs.values() if input_.part_of is not None]
    levels = tuple(
        _level(indicators, number, numerator, denominator)
        for number in range(max(len(indicator.bands) for indicator in indicators) - 1)
    )
    return ScoringPlan(
        input_ids=tuple(standard.inputs),
        numerator=numerator,
        denominator=denominator,
        points=np.array([indicator.max_points for indicator in indicators], dtype=np.int32),
        points_when_none=np.array([_points_when_none(indicator) for indicator in indicators], dtype=np.int32),
        levels=levels,
        criteria=tuple(slice(start, end) for start, end in pairwise([0, *ends])),
        part=_rows([row_of[part.id] for part in parts]),
        whole=_rows([row_of[part.part_of] for part in parts if part.part_of]),
        answers=_rows([row_of[input_.id] for input_ in standard.inputs.values() if input_.kind == "answer"]),
        largest_factor=max(int(np.abs(times).max()) for level in levels for times in level.factors),
    )


def _level(indicators: tuple[Indicator, ...], number: int, numerator: np.ndarray, denominator: np.ndarray) -> Level:
    rows = _rows([row for row, indicator in enumerate(indicators) if len(indicator.bands) - 1 > number])
    bands = [indicators[row].bands for row in rows]
    times = np.array([_times(indicators[row], indicators[row].bands[number]) for row in rows], dtype=np.int64)
    differs = np.flatnonzero(times[:, 1] != times[:, 2])
    return Level(
        indicators=rows,
        numerator=numerator[rows],
        denominator=denominator[rows],
        numerator_times=times[:, 0, None],
        denominator_times=times[:, 1, None],
        differs=differs,
        mountainous_times=times[differs, 2, None],
        drop=np.array([[steps[number].points - steps[number + 1].points] for steps in bands], dtype=np.int32),
    )


def _times(indicator: Indicator, band: Band) -> tuple[int, int, int]:
    """Factors of the numerator and of the denominator, plain and mountainous."""
    bounds = [band.threshold(mountainous) for mountainous in (False, True)]
    plain, mountainous = (bound for bound in bounds if bound is not None)
    common = lcm(plain.denominator, mountainous.denominator)
    sign = 1 if indicator.higher_is_better else -1
    return sign * indicator.scale * common, int(sign * plain * common), int(sign * mountainous * common)


def _rows(places: list[int]) -> np.ndarray:
    return np.array(places, dtype=np.intp)


def _points_when_none(indicator: Indicator) -> int:
    return indicator.max_points if indicator.when_none == "full" else indicator.bands[-1].points
