"""The figures of a year, made by their rules; each depends on its unit, its input, the year and its whole."""

import numpy as np
import pandas as pd

from data.demo.draws import draw, draw_integers, draw_normal, draw_part
from data.demo.rules import (
    Between,
    Cases,
    Good,
    Incidents,
    PartOf,
    Poor,
    Rule,
    Size,
    YesNo,
    choose_rule,
)
from scoring.standard import Standard

_WEAK = 0.08  # share of the units that lag behind in most things
_IMPROVEMENT = 0.12  # how much of a gap closes each year
_LEAST_GOOD, _MOST_POOR = 0.05, 0.6


class World:
    """The units of a province in one year.

    Parameters
    ----------
    codes : Index of str
        Unit codes.
    year, first_year : int
        The year, and the one from which things grow and improve.
    """

    def __init__(self, codes: pd.Index, standard: Standard, year: int, first_year: int):
        self._codes, self._standard, self._year = list(codes), standard, year
        self._years = year - first_year
        self._progress = (1 - _IMPROVEMENT) ** self._years
        self._weak = draw(self._codes, "weak") < _WEAK
        self._values: dict[str, np.ndarray] = {}
        self._open: list[str] = []

    def get(self, input_id: str) -> np.ndarray:
        """The figures of an input, int64, one a unit; a part is never greater than its whole."""
        values, whole = self._get_made(input_id), self._standard.inputs[input_id].part_of
        return values if whole is None else np.minimum(values, self.get(whole))

    def _get_made(self, input_id: str) -> np.ndarray:
        if input_id not in self._values:
            self._open.append(input_id)
            self._values[input_id] = self._make(choose_rule(self._standard, input_id), input_id)
            self._open.pop()
        return self._values[input_id]

    def _make(self, rule: Rule, input_id: str) -> np.ndarray:
        match rule:
            case Size():
                return self._make_size(rule, input_id)
            case Between():
                return self._make_between(rule, input_id)
            case PartOf():
                return self._make_part(rule, input_id)
            case Good():
                return self._make_good(rule, input_id)
            case Poor():
                return self._make_poor(rule, input_id)
            case Cases():
                return self._make_cases(rule, input_id)
            case Incidents():
                return self._make_incidents(rule, input_id)
            case YesNo():
                return self._make_yes_no(rule, input_id)

    def _whole_of(self, input_id: str, other: str | None) -> np.ndarray:
        """What a share is of: the figure named, else what the input is a part of, else a hundred of something."""
        whole = other if other in self._standard.inputs else self._standard.inputs[input_id].part_of
        if whole is None or whole in self._open:  # two figures that are told in each other
            return np.full(len(self._codes), 100)
        return self._get_made(whole)

    def _make_size(self, rule: Size, input_id: str) -> np.ndarray:
        size = rule.middle * np.exp(rule.spread * draw_normal(self._codes, input_id))
        return (size.clip(rule.least, rule.most) * (1 + rule.growth * self._years)).astype(np.int64)

    def _make_between(self, rule: Between, input_id: str) -> np.ndarray:
        return draw_integers(self._codes, rule.least, rule.most, input_id, self._year if rule.yearly else "")

    def _make_part(self, rule: PartOf, input_id: str) -> np.ndarray:
        whole = self._whole_of(input_id, rule.of)
        swing = 1 + rule.swing * (2 * draw(self._codes, input_id, self._year, "swing") - 1)
        return (self._draw_part(input_id, whole, rule.share) * swing).astype(np.int64)

    def _make_good(self, rule: Good, input_id: str) -> np.ndarray:
        gap = (1 - rule.share) * self._progress * self._sway(input_id, 0.48) * np.where(self._weak, 3, 1)
        share = np.clip(1 - gap, _LEAST_GOOD, 1)
        return self._draw_part(input_id, self._whole_of(input_id, rule.of), share)

    def _make_poor(self, rule: Poor, input_id: str) -> np.ndarray:
        share = rule.share * self._progress * self._sway(input_id, 0.28) * np.where(self._weak, 1.6, 1)
        return self._draw_part(input_id, self._whole_of(input_id, rule.of), share.clip(0, _MOST_POOR))

    def _make_cases(self, rule: Cases, input_id: str) -> np.ndarray:
        cases = (draw(self._codes, input_id, self._year) < rule.chance * self._progress).astype(np.int64)
        if rule.at_least not in self._standard.inputs:
            return cases
        return np.maximum(cases, self._get_made(rule.at_least))

    def _make_incidents(self, rule: Incidents, input_id: str) -> np.ndarray:
        whole = self._whole_of(input_id, rule.of)
        usual = np.minimum(self._draw_part(input_id, whole, rule.usual), np.floor(whole * rule.most))
        peak = draw(self._codes, input_id, self._year, "peak") < rule.chance * self._progress
        return np.where(peak, np.ceil(whole * rule.peak), usual).astype(np.int64)

    def _make_yes_no(self, rule: YesNo, input_id: str) -> np.ndarray:
        chance = np.where(self._weak, rule.chance - 0.5, 1 - (1 - rule.chance) * self._progress)
        return (draw(self._codes, input_id, self._year) < chance).astype(np.int64)

    def _draw_part(self, input_id: str, whole: np.ndarray, share: np.ndarray | float) -> np.ndarray:
        return draw_part(self._codes, whole, share, input_id, self._year)

    def _sway(self, input_id: str, deviation: float) -> np.ndarray:
        """A factor of mean 1 that makes a unit's year better or worse."""
        return np.exp(deviation * draw_normal(self._codes, input_id, self._year, "sway") - deviation**2 / 2)
