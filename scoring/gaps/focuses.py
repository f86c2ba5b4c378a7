"""A few indicators to work on, and the units that this alone would recognise."""

from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations

import numpy as np
import pandas as pd

from scoring.gaps.plans import Plan, find_plans
from scoring.gaps.steps import Step, list_steps
from scoring.scores import Scores


@dataclass(frozen=True)
class Focus:
    """A few indicators, and the units that would be recognised by improving nothing else."""

    indicator_ids: tuple[str, ...]
    plans: dict[str, Plan]

    @property
    def cases(self) -> int:
        """What has to change in all of these units together."""
        return sum(plan.cases for plan in self.plans.values())


def find_focuses(
    scores: Scores, observations: pd.DataFrame, units: pd.DataFrame, size: int, most: int = 5
) -> tuple[Focus, ...]:
    """Find the sets of `size` indicators whose improvement alone recognises most units, the best first.

    Sets that recognise equally many are in the order of the standard; a set that recognises none is left out, and so is
    one that does no better than a part of it.
    """
    failing = [code for code, status in zip(scores.codes, scores.status, strict=True) if status == "not_met"]
    steps = {code: list_steps(code, scores, observations, units) for code in failing}
    reached = _list_reached(failing, steps, scores, size)
    order = {indicator.id: number for number, indicator in enumerate(scores.standard.indicators)}
    best = nsmallest(most, reached, key=lambda ids: (-len(reached[ids]), tuple(order[id_] for id_ in ids)))
    focuses = []
    for ids in best:
        plans = {code: find_plans(code, scores, observations, units, most=1, only=ids)[0] for code in reached[ids]}
        focuses.append(Focus(ids, plans))
    return tuple(focuses)


def _list_reached(
    failing: list[str], steps: dict[str, dict[str, tuple[Step, ...]]], scores: Scores, size: int
) -> dict[tuple[str, ...], list[str]]:
    """For each set of indicators the units that it recognises."""
    standard = scores.standard
    movable = {indicator_id for steps_of_unit in steps.values() for indicator_id in steps_of_unit}
    ids = [indicator.id for indicator in standard.indicators if indicator.id in movable]
    if not ids:
        return {}
    rows = [scores.row_of(code) for code in failing]
    gains = np.array([[_largest_gain(steps[code].get(id_, ())) for id_ in ids] for code in failing])
    short = scores.minimum[rows] - scores.total[rows]
    blocking = scores.blocking[rows]
    criterion_of = {id_: standard.criterion_of(id_).id for id_ in ids}
    member = np.array([[criterion_of[id_] == criterion.id for id_ in ids] for criterion in standard.criteria])

    def recognised(columns: tuple[int, ...]) -> np.ndarray:
        chosen = list(columns)
        lifted = (gains[:, None, chosen] * member[None, :, chosen]).any(axis=2)
        return (gains[:, chosen].sum(axis=1) >= short) & (lifted | ~blocking).all(axis=1)

    counted: dict[tuple[int, ...], np.ndarray] = {}
    for length in range(1, size + 1):
        for columns in combinations(range(len(ids)), length):
            counted[columns] = recognised(columns)
    reached = {}
    for columns in combinations(range(len(ids)), size):
        units = counted[columns]
        parts = (counted[part].sum() for part in combinations(columns, size - 1)) if size > 1 else iter((0,))
        if units.sum() > max(parts):
            reached[tuple(ids[column] for column in columns)] = [
                code for code, yes in zip(failing, units, strict=True) if yes
            ]
    return reached


def _largest_gain(steps: tuple[Step, ...]) -> int:
    return steps[-1].gain if steps else 0
