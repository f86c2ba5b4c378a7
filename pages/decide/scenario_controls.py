"""The scenario on screen of “Thử phương án”, and the controls that change it."""

from fractions import Fraction
from typing import Any, get_args

import streamlit as st

from data.store import RoundKey
from data.text.collation import vietnamese_key
from pages.parts.shared import choose_unit
from reports.facts.assessment import Assessment
from reports.facts.criteria import criterion_label
from scoring.limits import LARGEST_COUNT
from scoring.scenario_checks import LARGEST_POINTS, THRESHOLD_DECIMALS, largest_threshold
from scoring.scenario_model import (
    LAW,
    MinimumRule,
    Scenario,
    ScenarioError,
    as_link,
    from_link,
    get_figure,
    minimum_total,
    simplify_scenario,
)
from scoring.standard import Band, Indicator
from scoring.words import (
    ANSWER_WORDS,
    MOUNTAINOUS_WORDS,
    NO_DATA,
    describe_band,
    describe_unit,
    format_number,
)

LONGEST_LINK = 6000  # characters that every browser takes in an address
_STATE, _ROUND, _PARAMETER = "phuong_an_dang_thu", "phuong_an_lan", "phuong_an"
_RULES: dict[MinimumRule, str] = {"keep": "Giữ như luật", "proportional": "Theo tỷ lệ tổng điểm mới"}
_KEEP = "Giữ nguyên"


def get_scenario(round: RoundKey) -> Scenario:
    """The scenario of a round that is on screen: at first what the address holds, else the law."""
    if _STATE not in st.session_state:
        try:
            first = from_link(st.query_params.get(_PARAMETER, ""))
        except ScenarioError as error:
            st.warning(f"{error} Đang theo đúng luật.", icon=":material/link_off:")
            first = LAW
        st.session_state[_STATE] = {round: first}
    scenario: Scenario = st.session_state[_STATE].get(round, LAW)
    return scenario


def put_scenario(assessment: Assessment, scenario: Scenario) -> None:
    """Show another scenario, with controls that start from it."""
    _keep(assessment, scenario)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def save_link(scenario: Scenario) -> bool:
    """Put the scenario into the address, so that it survives a refresh; False where it is too long for that."""
    link = as_link(scenario)
    if link and len(link) <= LONGEST_LINK:
        st.query_params[_PARAMETER] = link
    else:
        st.query_params.pop(_PARAMETER, None)
    return len(link) <= LONGEST_LINK


def show_band_controls(assessment: Assessment, scenario: Scenario) -> None:
    """Thresholds and points of the bands of one indicator."""
    indicator = _choose_indicator(assessment)
    separate = any(one.mountainous is not None for one in indicator.bands)
    if indicator.kind != "answer" and not separate:
        changed = any(one.mountainous is not None for one in scenario.bands.get(indicator.id, {}).values())
        key = _key(indicator.id, "rieng")
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
                    own = plain if band.mountainous is None else band.mountainous
                    own = own if change.mountainous is None else change.mountainous
                    _show_threshold(assessment, scenario, indicator, number, "mountainous", "Ngưỡng miền núi", own)
            _show_points(assessment, scenario, indicator, number, band)


def show_criterion_controls(assessment: Assessment, scenario: Scenario) -> None:
    """Criteria to drop or to double, and what that means for the minimum total."""
    standard = assessment.standard
    labels = {one.id: criterion_label(standard, one.id) for one in standard.criteria}
    keys = {0: _key("bo"), 2: _key("gap_doi")}

    def change() -> None:
        weights = {one: weight for weight, key in keys.items() for one in st.session_state[key]}
        _keep(assessment, scenario.with_(weights=weights))

    for weight, label in ((0, "Bỏ tiêu chí"), (2, "Gấp đôi điểm của tiêu chí")):
        st.multiselect(
            label,
            [one for one in labels if scenario.weights.get(one, weight) == weight],
            default=[one for one, own in scenario.weights.items() if own == weight],
            format_func=labels.__getitem__,
            placeholder="Chọn tiêu chí",
            key=keys[weight],
            on_change=change,
        )
    key = _key("quy_tac")
    st.radio(
        "Điểm tối thiểu khi tổng điểm thay đổi",
        get_args(MinimumRule),
        index=get_args(MinimumRule).index(scenario.minimum_rule),
        format_func=_RULES.__getitem__,
        key=key,
        on_change=lambda: _keep(assessment, scenario.with_(minimum_rule=st.session_state[key])),
    )
    zero = " và không còn bị loại vì 0 điểm" if standard.recognition.zero_knocks_out else ""
    st.caption(f"Tiêu chí đã bỏ không tính điểm{zero}.")


def show_class_controls(assessment: Assessment, scenario: Scenario) -> None:
    """Minimum totals of the classes, and the class and place of units."""
    standard, units = assessment.standard, assessment.units
    minimums = standard.recognition.minimum_total
    used = {*units["unit_class"], *scenario.classes.values()}
    for class_id in (one for one in minimums if one in used):
        _show_minimum(assessment, scenario, class_id)
    order = sorted(units.index, key=lambda code: vietnamese_key(units.at[code, "name"]))
    codes = st.multiselect(
        "Đổi loại của các đơn vị",
        order,
        format_func=lambda code: f"{units.at[code, 'name']} – {units.at[code, 'district']}",
        placeholder="Chọn đơn vị",
        key=_key("don_vi"),
    )
    labels = {"": _KEEP} | {class_id: one.label for class_id, one in minimums.items()}
    class_id = st.selectbox("Loại mới", labels, format_func=labels.__getitem__, key=_key("loai"))
    places = {None: _KEEP} | MOUNTAINOUS_WORDS
    place = st.selectbox("Địa bàn", places, format_func=places.__getitem__, key=_key("mien_nui"))

    def change() -> None:
        classes = dict.fromkeys(codes, class_id) if class_id else {}
        mountainous = {} if place is None else dict.fromkeys(codes, place)
        new = scenario.with_(classes=scenario.classes | classes, mountainous=scenario.mountainous | mountainous)
        put_scenario(assessment, new)

    ready = bool(codes) and (bool(class_id) or place is not None)
    st.button("Đổi các đơn vị đã chọn", disabled=not ready, on_click=change, icon=":material/swap_horiz:")


def show_figure_controls(assessment: Assessment, scenario: Scenario) -> None:
    """The figures of one unit for one indicator."""
    code = choose_unit(assessment.frame)
    indicator = _choose_indicator(assessment)
    if code is None:
        st.caption("Chọn đơn vị ở ô trên, hoặc bấm vào bản đồ.")
        return
    for input_id in indicator.inputs:
        _show_figure(assessment, scenario, code, input_id)


def _choose_indicator(assessment: Assessment) -> Indicator:
    names = {one.id: f"{one.id}. {one.name}" for one in assessment.standard.indicators}
    id_ = st.selectbox("Chỉ tiêu", names, format_func=names.__getitem__, key="chi_tieu", bind="query-params")
    return next(one for one in assessment.standard.indicators if one.id == id_)


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
    key = _key(indicator.id, number, field)

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
    key = _key(indicator.id, number, "points")
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
    _keep(assessment, scenario.with_band(indicator_id, number, change))


def _drop_mountainous(assessment: Assessment, scenario: Scenario, indicator: Indicator, separate: bool) -> None:
    if not separate:
        for number in range(len(indicator.bands)):
            change = scenario.get_band(indicator.id, number).model_copy(update={"mountainous": None})
            scenario = scenario.with_band(indicator.id, number, change)
        _keep(assessment, scenario)


def _show_minimum(assessment: Assessment, scenario: Scenario, class_id: str) -> None:
    law = assessment.standard.recognition.minimum_total[class_id]
    key = _key("toi_thieu", class_id)
    # While it follows the total, another rule or weight must bring another number.
    shown = minimum_total(scenario, assessment.standard, class_id)
    st.number_input(
        f"Điểm tối thiểu: {law.label}",
        min_value=0,
        value=shown,
        step=10,
        key=key if class_id in scenario.minimums else f"{key}_{shown}",
        help=f"Theo luật: {format_number(law.points)} điểm",
        on_change=lambda: _put_minimum(assessment, scenario, class_id, key, shown),
    )


def _put_minimum(assessment: Assessment, scenario: Scenario, class_id: str, key: str, shown: int) -> None:
    typed = st.session_state[key if class_id in scenario.minimums else f"{key}_{shown}"]
    put_scenario(assessment, scenario.with_(minimums=scenario.minimums | {class_id: typed}))


def _show_figure(assessment: Assessment, scenario: Scenario, code: str, input_id: str) -> None:
    one = assessment.standard.inputs[input_id]
    law = get_figure(assessment.observations, code, input_id)
    value = scenario.figures.get(code, {}).get(input_id, law)
    key = _key("so_lieu", code, input_id)

    def change() -> None:
        typed = st.session_state[key]
        values = {id_: kept for id_, kept in scenario.figures.get(code, {}).items() if id_ != input_id}
        if typed is not None:
            values[input_id] = int(typed)
        others = {other: kept for other, kept in scenario.figures.items() if other != code}
        new = scenario.with_(figures=others | ({code: values} if values else {}))
        # An emptied control goes back to what was handed in, and shows it.
        (put_scenario if typed is None else _keep)(assessment, new)

    known = NO_DATA.lower() if law is None else ANSWER_WORDS[law] if one.kind == "answer" else format_number(law)
    label = f"{one.label} (đã nộp: {known})"
    if one.kind == "answer":
        st.segmented_control(
            label, ANSWER_WORDS, format_func=ANSWER_WORDS.__getitem__, default=value, key=key, on_change=change
        )
    else:
        st.number_input(
            label,
            min_value=0,
            max_value=LARGEST_COUNT,
            value=value,
            step=1,
            placeholder=NO_DATA,
            key=key,
            on_change=change,
        )


def _keep(assessment: Assessment, scenario: Scenario) -> None:
    """Keep the scenario that a control made; the control itself shows it already."""
    simple = simplify_scenario(scenario, assessment.standard, assessment.units, assessment.observations)
    st.session_state.setdefault(_STATE, {})[assessment.round.key] = simple


def _key(*parts: object) -> str:
    """Key of a control; others after `put_scenario`, so that the controls start from what was put."""
    return "_".join(["pa", str(st.session_state.get(_ROUND, 0)), *map(str, parts)])
