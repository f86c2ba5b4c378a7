"""What each kind of condition of recognition asks; the engine, the reasons, the plans and the traces read it here.

A new kind is a model in `scoring.standard.model`, a rule in `RULES` here, its words in `scoring.words`, and its formula
in the workbook with formulas.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from scoring.standard import Standard


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
class Tally:
    """The points that conditions judge; arrays with a row a unit, as in `scoring.scores.Scores`."""

    criterion_points: np.ndarray
    criterion_missing: np.ndarray
    total: np.ndarray
    minimum: np.ndarray

    @property
    def zero_criteria(self) -> np.ndarray:
        """Bool, units × criteria: all indicators are known and give 0 points."""
        return (self.criterion_points == 0) & ~self.criterion_missing


class Rule(Protocol):
    """What a kind of condition asks."""

    def find_broken(self, tally: Tally) -> np.ndarray:
        """Bool, units: the condition does not hold by the points won so far."""

    def find_blocking(self, tally: Tally) -> np.ndarray:
        """Bool, units × criteria: the condition can't hold before the criterion gives more points."""

    def list_reasons(self, tally: Tally, row: int, standard: Standard) -> list[Reason]:
        """Why the condition does not hold for the unit of a row."""


class _NoCriterionAtZero:
    def find_broken(self, tally: Tally) -> np.ndarray:
        return np.asarray(tally.zero_criteria.any(axis=1))

    def find_blocking(self, tally: Tally) -> np.ndarray:
        return tally.zero_criteria

    def list_reasons(self, tally: Tally, row: int, standard: Standard) -> list[Reason]:
        zeros = np.flatnonzero(tally.zero_criteria[row])
        return [Reason("criterion_at_zero", standard.criteria[position].id) for position in zeros]


class _MinimumTotal:
    def find_broken(self, tally: Tally) -> np.ndarray:
        return tally.total < tally.minimum

    def find_blocking(self, tally: Tally) -> np.ndarray:
        return np.zeros(tally.criterion_points.shape, dtype=bool)

    def list_reasons(self, tally: Tally, row: int, standard: Standard) -> list[Reason]:  # noqa: ARG002 - as the others
        short = int(tally.minimum[row] - tally.total[row])
        # A total that lacks figures may still grow: it is no reason yet.
        return [Reason("total_short", points=short)] if short > 0 and not tally.criterion_missing[row].any() else []


RULES: dict[str, Rule] = {"no_criterion_at_zero": _NoCriterionAtZero(), "minimum_total": _MinimumTotal()}


def find_broken(tally: Tally, standard: Standard) -> np.ndarray:
    """Bool, units: some condition of the standard does not hold by the points won so far."""
    return np.logical_or.reduce([rule.find_broken(tally) for rule in _rules(standard)])


def find_blocking(tally: Tally, standard: Standard) -> np.ndarray:
    """Bool, units × criteria: the unit can't be recognised before the criterion gives more points."""
    return np.logical_or.reduce([rule.find_blocking(tally) for rule in _rules(standard)])


def list_reasons(tally: Tally, row: int, standard: Standard) -> list[Reason]:
    """Why the unit of a row is not recognised, in the order of the conditions; missing figures apart."""
    return [reason for rule in _rules(standard) for reason in rule.list_reasons(tally, row, standard)]


def _rules(standard: Standard) -> list[Rule]:
    return [RULES[condition.kind] for condition in standard.recognition.conditions]
