"""The smallest plans that would recognise one unit."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import product
from math import inf
from typing import Literal

import pandas as pd

from scoring.gaps.steps import Step, list_steps
from scoring.scores import Scores

Fewest = Literal["steps", "cases"]


@dataclass(frozen=True)
class Plan:
    """Steps in the order of the indicators, and the total that they lead to."""

    steps: tuple[Step, ...]
    total: int
    minimum: int

    @property
    def cases(self) -> int:
        """Children, cases and answers that have to change, all steps together."""
        return sum(step.cases for step in self.steps)


@dataclass(frozen=True)
class _Choice:
    """Steps within one criterion. `slack`: the fewest points that giving up a part of them would lose."""

    steps: tuple[Step, ...]
    gain: int
    slack: float


def find_plans(
    code: str,
    scores: Scores,
    observations: pd.DataFrame,
    units: pd.DataFrame,
    most: int = 3,
    fewest: Fewest = "steps",
    only: Collection[str] | None = None,
) -> tuple[Plan, ...]:
    """Find the smallest plans that would recognise a unit, the smallest first.

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
        steps = {indicator_id: steps[indicator_id] for indicator_id in steps if indicator_id in only}
    standard, total, minimum = scores.standard, int(scores.total[row]), int(scores.minimum[row])
    groups = [
        list(_choices([steps.get(indicator.id, ()) for indicator in criterion.indicators], bool(blocking)))
        for criterion, blocking in zip(standard.criteria, scores.blocking[row], strict=True)
    ]
    order = {indicator.id: number for number, indicator in enumerate(standard.indicators)}

    def size(steps: tuple[Step, ...]) -> tuple[int, int, tuple[int, ...]]:
        cases = sum(step.cases for step in steps)
        pair = (len(steps), cases) if fewest == "steps" else (cases, len(steps))
        return (*pair, tuple(order[step.indicator_id] for step in steps))

    smallest = _combine(groups, minimum - total, most, size)
    return tuple(Plan(steps, total + sum(step.gain for step in steps), minimum) for steps in smallest)


def _choices(options: list[tuple[Step, ...]], blocking: bool) -> Iterator[_Choice]:
    """Every way to improve one criterion; one that blocks recognition must be improved.

    `options`: the steps of each of its indicators, from the smallest; of each at most one is taken.
    """
    for picks in product(*(range(-1, len(steps)) for steps in options)):
        taken = [(steps, pick) for steps, pick in zip(options, picks, strict=True) if pick >= 0]
        if blocking and not taken:
            continue
        drops = [
            steps[pick].gain - (steps[pick - 1].gain if pick else 0)
            for steps, pick in taken
            if pick > 0 or not (blocking and len(taken) == 1)
        ]
        chosen = tuple(steps[pick] for steps, pick in taken)
        yield _Choice(chosen, sum(step.gain for step in chosen), min(drops, default=inf))


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
