"""“What if”: changes against the law that a leader tries out. Only the changes are kept, never a figure of a round."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, Literal, Self

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StrictBool, StrictInt, ValidationError

from scoring.refusal import Refusal
from scoring.standard import Band, Indicator, Standard, Threshold

ExactThreshold = Annotated[Threshold, PlainSerializer(str)]
MinimumRule = Literal["keep", "proportional"]


_LONGEST_LINK = 200_000  # bytes unpacked: a link from elsewhere must not fill the memory


class ScenarioError(Refusal):
    """A scenario that can't be; the message is a Vietnamese sentence for the user."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class BandChange(_Model):
    """What becomes of a band; None leaves it to the law.

    `threshold` is the plain one, `mountainous` the one for mountainous units, `points` those before any doubling.
    """

    threshold: ExactThreshold | None = None
    mountainous: ExactThreshold | None = None
    points: StrictInt | None = None


class Scenario(_Model):
    """Changes against the law; the empty one is the law.

    Attributes
    ----------
    bands : dict
        Indicator id → number of the band, from 0 → what becomes of it.
    weights : dict
        Criterion id → 0 (dropped: no points, not part of the no-zero rule) or 2 (the points of each band doubled).
    minimum_rule : str
        What other totals that are possible mean for the minimum totals: `keep` the law's, or `proportional`
        (minimum × new possible total / old, rounded up).
    minimums : dict
        Class → minimum total, whatever the rule.
    classes, mountainous : dict
        Unit code → class, whether it is mountainous.
    figures : dict
        Unit code → input id → value (answers 1/0).
    """

    bands: dict[str, dict[int, BandChange]] = Field(default_factory=dict)
    weights: dict[str, Literal[0, 2]] = Field(default_factory=dict)
    minimum_rule: MinimumRule = "keep"
    minimums: dict[str, StrictInt] = Field(default_factory=dict)
    classes: dict[str, str] = Field(default_factory=dict)
    mountainous: dict[str, StrictBool] = Field(default_factory=dict)
    figures: dict[str, dict[str, StrictInt]] = Field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed; the rule of the minimum alone changes nothing."""
        return self.with_(minimum_rule="keep") == LAW

    def with_(self, **fields: Any) -> Self:
        """The scenario with some fields replaced."""
        return self.model_copy(update=fields)

    def with_band(self, indicator_id: str, number: int, change: BandChange) -> Self:
        """The scenario with another change of a band."""
        bands = {other: kept for other, kept in self.bands.get(indicator_id, {}).items() if other != number}
        if change != BandChange():
            bands[number] = change
        others = {other_id: changes for other_id, changes in self.bands.items() if other_id != indicator_id}
        return self.with_(bands=others | ({indicator_id: bands} if bands else {}))

    def get_band(self, indicator_id: str, number: int) -> BandChange:
        """What becomes of a band."""
        return self.bands.get(indicator_id, {}).get(number, BandChange())


LAW = Scenario()


def as_json(scenario: Scenario) -> dict[str, Any]:
    """The changes as JSON; thresholds as exact text (“195/2”). Read back by `from_json`."""
    return scenario.model_dump(mode="json", exclude_defaults=True)


def from_json(content: Any) -> Scenario:
    """A scenario of `as_json`; raises ScenarioError for anything else."""
    try:
        return Scenario.model_validate(content)
    except (ValidationError, ZeroDivisionError):
        raise ScenarioError("Phương án đã lưu không đọc được.") from None


def as_link(scenario: Scenario) -> str:
    """The changes as a short text for a URL; empty for the empty scenario. Read back by `from_link`."""
    if scenario == LAW:
        return ""
    packed = zlib.compress(json.dumps(as_json(scenario), separators=(",", ":")).encode(), 9)
    return urlsafe_b64encode(packed).decode().rstrip("=")


def from_link(text: str) -> Scenario:
    """A scenario of `as_link`; raises ScenarioError for anything else."""
    if not text:
        return LAW
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return from_json(json.loads(zlib.decompressobj().decompress(packed, _LONGEST_LINK)))
    except (ValueError, zlib.error, ScenarioError, RecursionError):
        raise ScenarioError("Liên kết phương án không đọc được.") from None


def simplify_scenario(
    scenario: Scenario, standard: Standard, units: pd.DataFrame, observations: pd.DataFrame
) -> Scenario:
    """The scenario without the changes that leave a thing as the law and the round have it."""
    bands = {id_: changes for id_, changes in scenario.bands.items() if changes}
    for indicator in standard.indicators:
        changes = {
            number: kept
            for number, change in scenario.bands.get(indicator.id, {}).items()
            if (kept := _simplify_band(change, indicator, number)) != BandChange()
        }
        bands.pop(indicator.id, None)
        if changes:
            bands[indicator.id] = changes
    law = {id_: minimum.points for id_, minimum in standard.recognition.minimum_total.items()}
    figures = {
        code: changed
        for code, values in scenario.figures.items()
        if (changed := {id_: value for id_, value in values.items() if value != get_figure(observations, code, id_)})
    }
    return scenario.with_(
        bands=bands,
        minimums={id_: points for id_, points in scenario.minimums.items() if points != law.get(id_)},
        classes=_differing(scenario.classes, units["unit_class"]),
        mountainous=_differing(scenario.mountainous, units["mountainous"]),
        figures=figures,
    )


def get_figure(observations: pd.DataFrame, code: str, input_id: str) -> int | None:
    """A value of a round; None when it is missing."""
    if code not in observations.index or input_id not in observations.columns:
        return None
    value = observations.at[code, input_id]
    return None if pd.isna(value) else int(value)


def change_band(band: Band, change: BandChange, weight: int = 1) -> Band:
    """A band as the scenario has it."""
    side = "at_least" if band.at_least is not None else "at_most"
    updates: dict[str, Any] = {"points": (band.points if change.points is None else change.points) * weight}
    if change.threshold is not None:
        updates[side] = change.threshold
    if change.mountainous is not None:
        updates["mountainous"] = change.mountainous
    return band.model_copy(update=updates)


def possible_total(scenario: Scenario, standard: Standard) -> int:
    """Points that a unit can win at most."""
    return sum(
        scenario.weights.get(criterion.id, 1) * top_points(scenario, indicator)
        for criterion in standard.criteria
        for indicator in criterion.indicators
    )


def top_points(scenario: Scenario, indicator: Indicator) -> int:
    """Points of an indicator's first band, before any doubling."""
    changed = scenario.get_band(indicator.id, 0).points
    return indicator.max_points if changed is None else changed


def minimum_total(scenario: Scenario, standard: Standard, class_id: str) -> int:
    """The minimum total of a class."""
    law = standard.recognition.minimum_total[class_id].points
    if class_id in scenario.minimums:
        return scenario.minimums[class_id]
    if scenario.minimum_rule == "keep":
        return law
    return -(-law * possible_total(scenario, standard) // standard.total_points)


def _simplify_band(change: BandChange, indicator: Indicator, number: int) -> BandChange:
    if not 0 <= number < len(indicator.bands):
        return change
    band = indicator.bands[number]
    threshold = change.threshold if change.threshold is not None else band.threshold(False)
    # Without one of its own, the mountainous threshold follows the plain one.
    mountainous_law = band.mountainous if band.mountainous is not None else threshold
    return BandChange(
        threshold=None if change.threshold == band.threshold(False) else change.threshold,
        mountainous=None if change.mountainous == mountainous_law else change.mountainous,
        points=None if change.points == band.points else change.points,
    )


def _differing(changes: dict[str, Any], law: pd.Series) -> dict[str, Any]:
    return {code: value for code, value in changes.items() if code not in law.index or law[code] != value}
