"""What each indicator of a unit could take, and what the engine says of the steps taken."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf
from typing import Literal

import pandas as pd

from scoring.engine import score
from scoring.scores import Scores
from scoring.standard import Indicator, Standard

StepKind = Literal["answer", "raise", "lower"]


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


def list_steps(
    code: str, scores: Scores, observations: pd.DataFrame, units: pd.DataFrame
) -> dict[str, tuple[Step, ...]]:
    """List the steps that each indicator of a unit could take, from the smallest; indicators without one are left out.

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
    bands = scores.band[scores.row_of(code)]
    values = observations.loc[code] if code in observations.index else pd.Series(dtype="Int64")
    known = {id_: int(value) for id_, value in values.items() if not pd.isna(value)}
    mountainous = bool(units.at[code, "mountainous"])
    uses = Counter(input_id for indicator in standard.indicators for input_id in indicator.inputs)
    steps_by_indicator = {}
    for indicator, band in zip(standard.indicators, bands, strict=True):
        if uses[indicator.numerator] > 1 or band <= 0:
            continue  # a figure that two indicators share can't be moved for one; missing, not arisen or best already
        steps = _steps_of(indicator, int(band), known, mountainous, standard)
        if steps:
            steps_by_indicator[indicator.id] = steps
    return steps_by_indicator


def apply_steps(observations: pd.DataFrame, code: str, steps: Collection[Step]) -> pd.DataFrame:
    """Take the steps of a unit; the observations given stay as they are."""
    changed = observations.copy()
    for step in steps:
        changed.loc[code, step.input_id] = step.target
    return changed


def is_enough(
    code: str, steps: Collection[Step], standard: Standard, observations: pd.DataFrame, units: pd.DataFrame
) -> bool:
    """Whether the engine recognises a unit with these steps taken."""
    changed = apply_steps(observations.loc[[code]], code, steps)
    return bool(score(changed, standard, units.loc[[code]]).status[0] == "met")


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
    whole = standard.inputs[input_id]
    parts = [known[part.id] for part in standard.inputs.values() if part.part_of == input_id and part.id in known]
    high: float = 1 if whole.kind == "answer" else inf
    return max(parts, default=0), min(high, known.get(whole.part_of or "", inf))
