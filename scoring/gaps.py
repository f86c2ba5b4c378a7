"""What is missing to be recognised: the smallest sets of improvements, exact, in counts.

A step moves the numerator of one indicator to the least value that reaches a better band; denominators stay. A plan is
a set of steps that recognises the unit and of which no step can be left out or lowered: the total reaches the minimum
of the class, and each criterion that blocks recognition is improved (where the standard lets none be at zero).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import nsmallest
from itertools import combinations, product
from math import ceil, floor, inf
from typing import Literal

import numpy as np
import pandas as pd

from scoring.engine import score
from scoring.scores import Scores
from scoring.standard import Indicator, Standard

StepKind = Literal["answer", "raise", "lower"]
Fewest = Literal["steps", "cases"]


@dataclass(frozen=True)
class Step:
    """One indicator brought to a better band.

    Attributes
    ----------
    input_id : str
        The numerator that has to change, from `value` to `target`; `denominator` stays (None for answers and counts).
    kind : str
        `answer` (from no to yes), `raise`, or `lower` (of what should not happen: it can only be a goal for next year).
    band : int
        Number of the band that is reached.
    gain : int
        Points won by the step.
    """

    indicator_id: str
    input_id: str
    kind: StepKind
    value: int
    target: int
    denominator: int | None
    band: int
    gain: int

    @property
    def cases(self) -> int:
        """Children, cases or answers that have to change."""
        return abs(self.target - self.value)


@dataclass(frozen=True)
class Plan:
    """Steps in the order of the indicators, and the total that they lead to."""

    steps: tuple[Step, ...]
    total: int
    minimum: int

    @property
    def cases(self) -> int:
        """Children, cases and answers that have to change, all steps together."""
        return sum(one.cases for one in self.steps)


@dataclass(frozen=True)
class Focus:
    """A few indicators, and the units that would be recognised by improving nothing else."""

    indicator_ids: tuple[str, ...]
    plans: dict[str, Plan]

    @property
    def cases(self) -> int:
        """What has to change in all of these units together."""
        return sum(one.cases for one in self.plans.values())


@dataclass(frozen=True)
class _Choice:
    """Steps within one criterion. `slack`: the fewest points that giving up a part of them would lose."""

    steps: tuple[Step, ...]
    gain: int
    slack: float


def list_steps(
    code: str, scores: Scores, observations: pd.DataFrame, units: pd.DataFrame
) -> dict[str, tuple[Step, ...]]:
    """The steps that each indicator of a unit could take, from the smallest; indicators without a step are left out.

    Parameters
    ----------
    observations, units : DataFrame
        As scored (see `scoring.engine.score`).

    Raises
    ------
    KeyError
        For a unit that was not scored.
    """
    standard = scores.standard
    row = scores.row_of(code)
    values = observations.loc[code] if code in observations.index else pd.Series(dtype="Int64")
    known = {id_: int(value) for id_, value in values.items() if not pd.isna(value)}
    mountainous = bool(units.at[code, "mountainous"])
    used = Counter(id_ for one in standard.indicators for id_ in one.inputs)
    found = {}
    for place, indicator in enumerate(standard.indicators):
        if used[indicator.numerator] > 1 or scores.band[row, place] <= 0:
            continue  # a figure that two indicators share can't be moved for one; missing, not arisen or best already
        steps = _steps_of(indicator, int(scores.band[row, place]), known, mountainous, standard)
        if steps:
            found[indicator.id] = steps
    return found


def find_plans(
    code: str,
    scores: Scores,
    observations: pd.DataFrame,
    units: pd.DataFrame,
    most: int = 3,
    fewest: Fewest = "steps",
    only: Collection[str] | None = None,
) -> tuple[Plan, ...]:
    """The smallest plans that would recognise a unit, the smallest first.

    Parameters
    ----------
    fewest : str
        What makes a plan small: `steps` (fewest indicators, then fewest cases) or `cases` (the other way round).
    only : collection of str, optional
        Ids of the indicators that may change; all of them without it.

    Returns
    -------
    tuple of Plan
        At most `most`; empty for a unit that meets the standard, that lacks figures, or that these steps can't bring
        there.
    """
    row = scores.row_of(code)
    if scores.status[row] != "not_met":
        return ()
    steps = list_steps(code, scores, observations, units)
    if only is not None:
        steps = {id_: some for id_, some in steps.items() if id_ in only}
    standard, total, minimum = scores.standard, int(scores.total[row]), int(scores.minimum[row])
    groups = [
        list(_choices([steps.get(one.id, ()) for one in criterion.indicators], bool(scores.blocking[row, place])))
        for place, criterion in enumerate(standard.criteria)
    ]
    order = {one.id: place for place, one in enumerate(standard.indicators)}

    def size(steps: tuple[Step, ...]) -> tuple[int, int, tuple[int, ...]]:
        cases = sum(one.cases for one in steps)
        pair = (len(steps), cases) if fewest == "steps" else (cases, len(steps))
        return (*pair, tuple(order[one.indicator_id] for one in steps))

    found = _combine(groups, minimum - total, most, size)
    return tuple(Plan(one, total + sum(step.gain for step in one), minimum) for one in found)


def apply_steps(observations: pd.DataFrame, code: str, steps: Collection[Step]) -> pd.DataFrame:
    """The observations with the steps of a unit taken; the frame given stays as it is."""
    changed = observations.copy()
    for one in steps:
        changed.loc[code, one.input_id] = one.target
    return changed


def is_enough(
    code: str, steps: Collection[Step], standard: Standard, observations: pd.DataFrame, units: pd.DataFrame
) -> bool:
    """Whether the engine recognises a unit with these steps taken."""
    changed = apply_steps(observations.loc[[code]], code, steps)
    return bool(score(changed, standard, units.loc[[code]]).status[0] == "met")


def find_focuses(
    scores: Scores, observations: pd.DataFrame, units: pd.DataFrame, size: int, most: int = 5
) -> tuple[Focus, ...]:
    """The sets of `size` indicators whose improvement alone recognises most units, the best first.

    Sets that recognise equally many are in the order of the standard; a set that recognises none is left out, and so is
    one that does no better than a part of it.
    """
    failing = [code for code, status in zip(scores.codes, scores.status, strict=True) if status == "not_met"]
    steps = {code: list_steps(code, scores, observations, units) for code in failing}
    reached = _count_reached(failing, steps, scores, size)
    best = nsmallest(most, reached, key=lambda ids: (-len(reached[ids]), _places(scores.standard, ids)))
    focuses = []
    for ids in best:
        plans = {code: find_plans(code, scores, observations, units, most=1, only=ids)[0] for code in reached[ids]}
        focuses.append(Focus(ids, plans))
    return tuple(focuses)


def _count_reached(
    failing: list[str], steps: dict[str, dict[str, tuple[Step, ...]]], scores: Scores, size: int
) -> dict[tuple[str, ...], list[str]]:
    """For each set of indicators the units that it recognises."""
    standard = scores.standard
    ids = [one.id for one in standard.indicators if any(one.id in of_unit for of_unit in steps.values())]
    if not ids:
        return {}
    rows = [scores.row_of(code) for code in failing]
    gains = np.array([[_largest_gain(steps[code].get(id_, ())) for id_ in ids] for code in failing])
    short = scores.minimum[rows] - scores.total[rows]
    blocking = scores.blocking[rows]
    criterion_of = {id_: standard.criteria.index(standard.criterion_of(id_)) for id_ in ids}
    member = np.array([[criterion_of[id_] == place for id_ in ids] for place in range(len(standard.criteria))])

    def recognised(places: tuple[int, ...]) -> np.ndarray:
        chosen = list(places)
        lifted = (gains[:, None, chosen] * member[None, :, chosen]).any(axis=2)
        return (gains[:, chosen].sum(axis=1) >= short) & (lifted | ~blocking).all(axis=1)

    counted: dict[tuple[int, ...], np.ndarray] = {}
    for length in range(1, size + 1):
        for places in combinations(range(len(ids)), length):
            counted[places] = recognised(places)
    found = {}
    for places in combinations(range(len(ids)), size):
        units = counted[places]
        parts = (counted[part].sum() for part in combinations(places, size - 1)) if size > 1 else iter((0,))
        if units.sum() > max(parts):
            found[tuple(ids[one] for one in places)] = [code for code, yes in zip(failing, units, strict=True) if yes]
    return found


def _largest_gain(steps: tuple[Step, ...]) -> int:
    return steps[-1].gain if steps else 0


def _places(standard: Standard, ids: tuple[str, ...]) -> tuple[int, ...]:
    order = {one.id: place for place, one in enumerate(standard.indicators)}
    return tuple(order[id_] for id_ in ids)


def _steps_of(
    indicator: Indicator, band: int, known: dict[str, int], mountainous: bool, standard: Standard
) -> tuple[Step, ...]:
    value = known[indicator.numerator]
    denominator = known[indicator.denominator] if indicator.denominator else None
    low, high = _bounds(indicator.numerator, known, standard)
    by_target: dict[int, Step] = {}
    for number in range(band - 1, -1, -1):
        bound = indicator.bands[number].threshold(mountainous)
        gain = indicator.bands[number].points - indicator.bands[band].points
        if bound is None or gain <= 0:
            continue
        exact = bound * Fraction(1 if denominator is None else denominator, indicator.scale)
        target = ceil(exact) if indicator.higher_is_better else floor(exact)
        if not low <= target <= high:
            continue
        kind: StepKind = "answer" if indicator.kind == "answer" else "raise" if target > value else "lower"
        by_target[target] = Step(indicator.id, indicator.numerator, kind, value, target, denominator, number, gain)
    return tuple(by_target.values())


def _bounds(input_id: str, known: dict[str, int], standard: Standard) -> tuple[int, float]:
    """The least and the most that an input can be beside the figures that stay."""
    one = standard.inputs[input_id]
    parts = [known[part.id] for part in standard.inputs.values() if part.part_of == input_id and part.id in known]
    high: float = 1 if one.kind == "answer" else inf
    return max(parts, default=0), min(high, known.get(one.part_of or "", inf))


def _choices(options: list[tuple[Step, ...]], blocking: bool) -> Iterator[_Choice]:
    """Every way to improve one criterion; one that blocks recognition must be improved."""
    for places in product(*(range(-1, len(steps)) for steps in options)):
        steps = tuple(some[place] for some, place in zip(options, places, strict=True) if place >= 0)
        if blocking and not steps:
            continue
        drops = [
            some[place].gain - (some[place - 1].gain if place else 0)
            for some, place in zip(options, places, strict=True)
            if place > 0 or (place == 0 and not (blocking and len(steps) == 1))
        ]
        yield _Choice(steps, sum(one.gain for one in steps), min(drops, default=inf))


def _combine(
    groups: list[list[_Choice]], need: int, most: int, size: Callable[[tuple[Step, ...]], tuple]
) -> list[tuple[Step, ...]]:
    """The smallest ways to gain `need` points of which nothing can be given up.

    Partial plans are kept by what decides of them later: points gained and slack; of each the smallest few. Nothing can
    be given up where the surplus is below the slack.
    """
    partial: dict[tuple[int, float], list[tuple[Step, ...]]] = {(0, inf): [()]}
    for choices in groups:
        grown: dict[tuple[int, float], list[tuple[Step, ...]]] = {}
        for (gain, slack), plans in partial.items():
            for choice in choices:
                key = (gain + choice.gain, min(slack, choice.slack))
                if key[0] - need < key[1]:
                    grown.setdefault(key, []).extend(steps + choice.steps for steps in plans)
        partial = {key: nsmallest(most, plans, key=size) for key, plans in grown.items()}
    complete = [steps for (gain, _), plans in partial.items() if gain >= need for steps in plans]
    return nsmallest(most, complete, key=size)
