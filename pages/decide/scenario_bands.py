"""Controls of the page “Thử phương án” for thresholds and points of bands."""

from fractions import Fraction
from typing import Any

import streamlit as st

from pages.decide.scenario_state import control_key, keep_scenario
from pages.parts import keys
from reports.facts.assessment import Assessment
from scoring.scenario_checks import LARGEST_POINTS, THRESHOLD_DECIMALS, largest_threshold
from scoring.scenario_model import (
    Scenario,
)
from scoring.standard import Band, Indicator
from scoring.words import (
    describe_band,
    describe_unit,
    format_number,
)


def show_band_controls(assessment: Assessment, scenario: Scenario) -> None:
    """Thresholds and points of the bands of one indicator."""
    indicator = choose_indicator(assessment)
    separate = any(band.mountainous is not None for band in indicator.bands)
    if indicator.kind != "answer" and not separate:
        changed = any(change.mountainous is not None for change in scenario.bands.get(indicator.id, {}).values())
        key = control_key(indicator.id, "rieng")
        separate = st.toggle(
            "Ngưỡng riêng cho miền núi",
            value=changed,
            key=key,
            on_change=lambda: _drop_mountainous(assessment, scenario, indicator, st.session_state[key]),
        )
    for number, band in enumerate(indicator.bands):
        law = describe_band(indicator, number, False)
        if band.mountainous is not None:
            law += f" (miền núi {describe_band(indicator, number, True)})"
        st.caption(f"**Mức {number + 1}**, theo luật: {law}, {format_number(band.points)} điểm")
        with st.container(horizontal=True):
            if indicator.kind != "answer" and band.threshold(False) is not None:
                change = scenario.get_band(indicator.id, number)
                plain = band.threshold(False) if change.threshold is None else change.threshold
                _show_threshold(assessment, scenario, indicator, number, "threshold", "Ngưỡng", plain)
                if separate:
                    mountainous = plain if band.mountainous is None else band.mountainous
                    mountainous = mountainous if change.mountainous is None else change.mountainous
                    _show_threshold(
                        assessment, scenario, indicator, number, "mountainous", "Ngưỡng miền núi", mountainous
                    )
            _show_points(assessment, scenario, indicator, number, band)


def _show_threshold(
    assessment: Assessment,
    scenario: Scenario,
    indicator: Indicator,
    number: int,
    field: str,
    label: str,
    value: Fraction | None,
) -> None:
    assert value is not None  # the last band has no threshold and is not shown
    key = control_key(indicator.id, number, field)

    def change() -> None:
        # The text of a float is the shortest that names it: 97.5 is 195/2.
        typed = Fraction(str(round(st.session_state[key], THRESHOLD_DECIMALS)))
        _put_band(assessment, scenario, indicator.id, number, {field: typed})

    unit = describe_unit(indicator)
    st.number_input(
        f"{label} ({unit})" if unit else label,
        min_value=0.0,
        max_value=float(largest_threshold(indicator)),
        value=float(value),
        step=1.0,
        format="%g",
        key=key,
        on_change=change,
        width=170,
    )


def _show_points(assessment: Assessment, scenario: Scenario, indicator: Indicator, number: int, band: Band) -> None:
    key = control_key(indicator.id, number, "points")
    changed = scenario.get_band(indicator.id, number).points
    st.number_input(
        "Điểm",
        min_value=0,
        max_value=LARGEST_POINTS,
        value=band.points if changed is None else changed,
        step=5,
        key=key,
        on_change=lambda: _put_band(assessment, scenario, indicator.id, number, {"points": st.session_state[key]}),
        width=130,
    )


def _put_band(
    assessment: Assessment, scenario: Scenario, indicator_id: str, number: int, fields: dict[str, Any]
) -> None:
    change = scenario.get_band(indicator_id, number).model_copy(update=fields)
    keep_scenario(assessment, scenario.with_band(indicator_id, number, change))


def _drop_mountainous(assessment: Assessment, scenario: Scenario, indicator: Indicator, separate: bool) -> None:
    if not separate:
        for number in range(len(indicator.bands)):
            change = scenario.get_band(indicator.id, number).model_copy(update={"mountainous": None})
            scenario = scenario.with_band(indicator.id, number, change)
        keep_scenario(assessment, scenario)


def choose_indicator(assessment: Assessment) -> Indicator:
    names = {indicator.id: f"{indicator.id}. {indicator.name}" for indicator in assessment.standard.indicators}
    id_ = st.selectbox("Chỉ tiêu", names, format_func=names.__getitem__, key=keys.INDICATOR, bind="query-params")
    return next(indicator for indicator in assessment.standard.indicators if indicator.id == id_)
