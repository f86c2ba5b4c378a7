"""What a scenario may not be: the refusals, each one Vietnamese sentence that names the thing to mend."""

from itertools import pairwise

import pandas as pd

from scoring.limits import LARGEST_COUNT
from scoring.scenario_model import (
    BandChange,
    Scenario,
    ScenarioError,
    change_band,
    get_figure,
    minimum_total,
    possible_total,
)
from scoring.standard import PERCENT, Indicator, Standard
from scoring.words import MOUNTAINOUS_WORDS, describe_unit, format_number

LARGEST_POINTS = 10_000
_LARGEST_THRESHOLD = 10_000
THRESHOLD_DECIMALS = 4


def check_scenario(scenario: Scenario, standard: Standard, units: pd.DataFrame, observations: pd.DataFrame) -> None:
    """Refuse what breaks a standard or a figure.

    Raises
    ------
    ScenarioError
        For an unknown id, thresholds out of order or negative, a ratio over 100 %, points that don't descend, nothing
        left to win, a minimum total out of reach, an answer other than 0 and 1, a part greater than its whole.
    """
    _check_ids(scenario, standard, units)
    for indicator in standard.indicators:
        if indicator.id in scenario.bands:
            _check_bands(scenario, indicator)
    _check_totals(scenario, standard, set((units["unit_class"].to_dict() | scenario.classes).values()))
    for code in scenario.figures:
        _check_figures(scenario.figures[code], code, str(units.at[code, "name"]), standard, observations)


def largest_threshold(indicator: Indicator) -> int:
    """The largest threshold that a band may be given: a ratio has no more than 100 %."""
    return PERCENT.per if indicator.unit == PERCENT else max(_LARGEST_THRESHOLD, indicator.scale)


def _check_ids(scenario: Scenario, standard: Standard, units: pd.DataFrame) -> None:
    minimums = standard.recognition.minimum_total
    inputs = [input_id for values in scenario.figures.values() for input_id in values]
    for what, ids, known in (
        ("chỉ tiêu", scenario.bands, {indicator.id for indicator in standard.indicators}),
        ("tiêu chí", scenario.weights, {criterion.id for criterion in standard.criteria}),
        ("loại đơn vị", (*scenario.minimums, *scenario.classes.values()), minimums),
        ("đơn vị", (*scenario.classes, *scenario.mountainous, *scenario.figures), set(units.index)),
        ("số liệu", inputs, standard.inputs),
    ):
        unknown = next((id_ for id_ in ids if id_ not in known), None)
        if unknown is not None:
            raise ScenarioError(f"Năm này không có {what} “{unknown}”.")


def _check_bands(scenario: Scenario, indicator: Indicator) -> None:
    changes = scenario.bands[indicator.id]
    for number, change in changes.items():
        _check_band(change, indicator, number)
    bands = [change_band(band, scenario.get_band(indicator.id, number)) for number, band in enumerate(indicator.bands)]
    for number, (upper, lower) in enumerate(pairwise(bands), start=1):
        if upper.points <= lower.points:
            raise ScenarioError(
                f"Chỉ tiêu {indicator.id}: mức {number + 1} ({format_number(lower.points)} điểm) phải ít điểm hơn "
                f"mức {number} ({format_number(upper.points)} điểm)."
            )
    for mountainous in (False, True):
        thresholds = [bound for band in bands if (bound := band.threshold(mountainous)) is not None]
        for number, (upper_one, lower_one) in enumerate(pairwise(thresholds), start=1):
            in_order = upper_one > lower_one if indicator.higher_is_better else upper_one < lower_one
            if not in_order:
                side = "thấp" if indicator.higher_is_better else "cao"
                where = f", {MOUNTAINOUS_WORDS[True].lower()}" if mountainous else ""
                raise ScenarioError(
                    f"Chỉ tiêu {indicator.id}{where}: ngưỡng mức {number + 1} ({format_number(lower_one, 4)}) "
                    f"phải {side} hơn ngưỡng mức {number} ({format_number(upper_one, 4)})."
                )


def _check_band(change: BandChange, indicator: Indicator, number: int) -> None:
    where = f"Chỉ tiêu {indicator.id}, mức {number + 1}"
    if not 0 <= number < len(indicator.bands):
        raise ScenarioError(f"Chỉ tiêu {indicator.id} không có mức {number + 1}.")
    if change.points is not None and not 0 <= change.points <= LARGEST_POINTS:
        raise ScenarioError(f"{where}: điểm phải từ 0 đến {format_number(LARGEST_POINTS)}.")
    most = largest_threshold(indicator)
    for bound in (change.threshold, change.mountainous):
        if bound is None:
            continue
        if indicator.kind == "answer" or number == len(indicator.bands) - 1:
            raise ScenarioError(f"{where} không có ngưỡng để đổi.")
        if not 0 <= bound <= most:
            limit = f"{format_number(most)} {describe_unit(indicator)}".rstrip()
            raise ScenarioError(f"{where}: ngưỡng phải từ 0 đến {limit}.")
        if 10**THRESHOLD_DECIMALS % bound.denominator:
            raise ScenarioError(f"{where}: ngưỡng chỉ được có tối đa {THRESHOLD_DECIMALS} chữ số thập phân.")


def _check_totals(scenario: Scenario, standard: Standard, used_classes: set[str]) -> None:
    total = possible_total(scenario, standard)
    if not total:
        raise ScenarioError("Bỏ hết các tiêu chí thì không còn gì để chấm.")
    for class_id, law in standard.recognition.minimum_total.items():
        minimum = minimum_total(scenario, standard, class_id)
        if minimum < 0:
            raise ScenarioError(f"Điểm tối thiểu của loại “{law.label}” không được âm.")
        if minimum > total and class_id in used_classes:
            raise ScenarioError(
                f"Điểm tối thiểu {format_number(minimum)} của loại “{law.label}” cao hơn tổng điểm có thể đạt "
                f"({format_number(total)})."
            )


def _check_figures(
    values: dict[str, int], code: str, name: str, standard: Standard, observations: pd.DataFrame
) -> None:
    inputs = standard.inputs
    for input_id, value in values.items():
        input_ = inputs[input_id]
        if input_.kind == "answer" and value not in (0, 1):
            raise ScenarioError(f"{name}: “{input_.label}” chỉ trả lời Có (1) hoặc Không (0).")
        if not 0 <= value <= LARGEST_COUNT:
            raise ScenarioError(f"{name}: “{input_.label}” phải từ 0 đến {format_number(LARGEST_COUNT)}.")
    for part in inputs:
        whole = inputs[part].part_of
        while whole is not None:
            if part in values or whole in values:
                part_value, whole_value = (
                    values.get(id_, get_figure(observations, code, id_)) for id_ in (part, whole)
                )
                if part_value is not None and whole_value is not None and part_value > whole_value:
                    raise ScenarioError(
                        f"{name}: “{inputs[part].label}” ({format_number(part_value)}) lớn hơn "
                        f"“{inputs[whole].label}” ({format_number(whole_value)})."
                    )
            whole = inputs[whole].part_of
