"""A scenario in words: each change as one line against the law."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from scoring.scenario_model import (
    BandChange,
    Scenario,
    get_figure,
    minimum_total,
    possible_total,
    simplify_scenario,
    top_points,
)
from scoring.standard import Indicator, Input, Standard
from scoring.words import ANSWER_WORDS, MOUNTAINOUS_WORDS, NO_DATA, describe_unit, format_number


@dataclass(frozen=True)
class Change:
    """A change in words, and the scenario `without` it."""

    text: str
    without: Scenario


def describe_scenario(
    scenario: Scenario, standard: Standard, units: pd.DataFrame, observations: pd.DataFrame
) -> tuple[str, ...]:
    """Each change against the law as one Vietnamese line; arguments as of `scoring.scenario.apply_scenario`."""
    return tuple(change.text for change in list_changes(scenario, standard, units, observations))


def list_changes(
    scenario: Scenario, standard: Standard, units: pd.DataFrame, observations: pd.DataFrame
) -> tuple[Change, ...]:
    """Each change in words, in the order of the standard and of the units; of a scenario that is not refused."""
    scenario = simplify_scenario(scenario, standard, units, observations)
    return (
        *_list_bands(scenario, standard),
        *_list_weights(scenario, standard),
        *_list_minimums(scenario, standard, units),
        *_list_units(scenario, standard, units),
        *_list_figures(scenario, standard, units, observations),
    )


def _list_bands(scenario: Scenario, standard: Standard) -> Iterator[Change]:
    for indicator in standard.indicators:
        for number, change in sorted(scenario.bands.get(indicator.id, {}).items()):
            for field, text in _describe_band_change(indicator, number, change):
                left = change.model_copy(update={field: None})
                yield Change(text, scenario.with_band(indicator.id, number, left))


def _describe_band_change(indicator: Indicator, number: int, change: BandChange) -> Iterator[tuple[str, str]]:
    title = f"Chỉ tiêu {indicator.id} ({indicator.name}), mức {number + 1}"
    band = indicator.bands[number]
    if change.threshold is not None:
        yield "threshold", f"{title}: {_from_to(band.threshold(False), change.threshold, indicator)}"
    if change.mountainous is not None:
        where = MOUNTAINOUS_WORDS[True].lower()
        yield "mountainous", f"{title}, {where}: {_from_to(band.threshold(True), change.mountainous, indicator)}"
    if change.points is not None:
        yield "points", f"{title}: từ {format_number(band.points)} thành {format_number(change.points)} điểm"


def _from_to(law: Fraction | None, new: Fraction, indicator: Indicator) -> str:
    assert law is not None  # checked: the last band has no threshold to change
    unit = describe_unit(indicator) or "trường hợp"
    if law == new:  # the mountainous threshold stays while the plain one that it follows moves
        return f"giữ {format_number(law, 4)} {unit}"
    return f"từ {format_number(law, 4)} thành {format_number(new, 4)} {unit}"


def _list_weights(scenario: Scenario, standard: Standard) -> Iterator[Change]:
    for criterion in standard.criteria:
        if criterion.id in scenario.weights:
            name = f"tiêu chí {criterion.number} ({criterion.name})"
            before = sum(top_points(scenario, indicator) for indicator in criterion.indicators)
            text = f"Bỏ {name}, tối đa {format_number(before)} điểm"
            if scenario.weights[criterion.id] == 2:
                text = f"Gấp đôi điểm {name}: tối đa từ {format_number(before)} thành {format_number(2 * before)}"
            yield Change(text, scenario.with_(weights=_without(scenario.weights, criterion.id)))


def _list_minimums(scenario: Scenario, standard: Standard, units: pd.DataFrame) -> Iterator[Change]:
    used = set((units["unit_class"].to_dict() | scenario.classes).values())
    total = possible_total(scenario, standard)
    for class_id, law in standard.recognition.minimum_total.items():
        minimum = minimum_total(scenario, standard, class_id)
        change = f"từ {format_number(law.points)} thành {format_number(minimum)}"
        if class_id in scenario.minimums:
            left = scenario.with_(minimums=_without(scenario.minimums, class_id))
            yield Change(f"Điểm tối thiểu của loại “{law.label}”: {change}", left)
        elif minimum != law.points and class_id in used:
            because = f"theo tỷ lệ tổng điểm {format_number(total)} trên {format_number(standard.total_points)}"
            left = scenario.with_(minimum_rule="keep")
            yield Change(f"Điểm tối thiểu của loại “{law.label}”: {change}, {because}", left)


def _list_units(scenario: Scenario, standard: Standard, units: pd.DataFrame) -> Iterator[Change]:
    minimums = standard.recognition.minimum_total
    for code, class_id in scenario.classes.items():
        before, after = (minimums[side].label for side in (units.at[code, "unit_class"], class_id))
        text = f"{units.at[code, 'name']} ({code}): loại đơn vị từ “{before}” thành “{after}”"
        yield Change(text, scenario.with_(classes=_without(scenario.classes, code)))
    for code, mountainous in scenario.mountainous.items():
        before, after = (MOUNTAINOUS_WORDS[setting].lower() for setting in (not mountainous, mountainous))
        text = f"{units.at[code, 'name']} ({code}): từ {before} thành {after}"
        yield Change(text, scenario.with_(mountainous=_without(scenario.mountainous, code)))


def _list_figures(
    scenario: Scenario, standard: Standard, units: pd.DataFrame, observations: pd.DataFrame
) -> Iterator[Change]:
    for code, values in scenario.figures.items():
        for input_id, value in values.items():
            input_ = standard.inputs[input_id]
            before = _describe_figure(get_figure(observations, code, input_id), input_)
            text = (
                f"{units.at[code, 'name']} ({code}): {input_.label} từ {before} thành {_describe_figure(value, input_)}"
            )
            left = _without(scenario.figures, code) | {code: _without(values, input_id)}
            yield Change(text, scenario.with_(figures={key: kept for key, kept in left.items() if kept}))


def _describe_figure(value: int | None, input_: Input) -> str:
    if value is None:
        return NO_DATA.lower()
    return ANSWER_WORDS[value] if input_.kind == "answer" else format_number(value)


def _without(changes: dict[str, Any], key: str) -> dict[str, Any]:
    return {other: value for other, value in changes.items() if other != key}
