"""Controls of the page “Thử phương án” for criteria, minimum totals, classes and figures."""

from typing import get_args

import streamlit as st

from data.text.collation import vietnamese_key
from pages.decide.scenario_bands import choose_indicator
from pages.decide.scenario_state import control_key, keep_scenario, put_scenario
from pages.parts.place import choose_unit
from reports.facts.assessment import Assessment
from reports.facts.criteria import criterion_label
from scoring.limits import LARGEST_COUNT
from scoring.scenario_model import (
    MinimumRule,
    Scenario,
    get_figure,
    minimum_total,
)
from scoring.words import (
    ANSWER_WORDS,
    MOUNTAINOUS_WORDS,
    NO_DATA,
    format_number,
)

_RULES: dict[MinimumRule, str] = {"keep": "Giữ như luật", "proportional": "Theo tỷ lệ tổng điểm mới"}
_KEEP = "Giữ nguyên"


def show_criterion_controls(assessment: Assessment, scenario: Scenario) -> None:
    """Criteria to drop or to double, and what that means for the minimum total."""
    standard = assessment.standard
    labels = {criterion.id: criterion_label(standard, criterion.id) for criterion in standard.criteria}
    widgets = {0: control_key("bo"), 2: control_key("gap_doi")}

    def change() -> None:
        weights = {criterion_id: weight for weight, key in widgets.items() for criterion_id in st.session_state[key]}
        keep_scenario(assessment, scenario.with_(weights=weights))

    for weight, label in ((0, "Bỏ tiêu chí"), (2, "Gấp đôi điểm của tiêu chí")):
        st.multiselect(
            label,
            [criterion_id for criterion_id in labels if scenario.weights.get(criterion_id, weight) == weight],
            default=[criterion_id for criterion_id, factor in scenario.weights.items() if factor == weight],
            format_func=labels.__getitem__,
            placeholder="Chọn tiêu chí",
            key=widgets[weight],
            on_change=change,
        )
    key = control_key("quy_tac")
    st.radio(
        "Điểm tối thiểu khi tổng điểm thay đổi",
        get_args(MinimumRule),
        index=get_args(MinimumRule).index(scenario.minimum_rule),
        format_func=_RULES.__getitem__,
        key=key,
        on_change=lambda: keep_scenario(assessment, scenario.with_(minimum_rule=st.session_state[key])),
    )
    zero = " và không còn bị loại vì 0 điểm" if standard.recognition.zero_knocks_out else ""
    st.caption(f"Tiêu chí đã bỏ không tính điểm{zero}.")


def show_class_controls(assessment: Assessment, scenario: Scenario) -> None:
    """Minimum totals of the classes, and the class and place of units."""
    standard, units = assessment.standard, assessment.units
    minimums = standard.recognition.minimum_total
    used = {*units["unit_class"], *scenario.classes.values()}
    for class_id in (class_id for class_id in minimums if class_id in used):
        _show_minimum(assessment, scenario, class_id)
    order = sorted(units.index, key=lambda code: vietnamese_key(units.at[code, "name"]))
    codes = st.multiselect(
        "Đổi loại của các đơn vị",
        order,
        format_func=lambda code: f"{units.at[code, 'name']} – {units.at[code, 'district']}",
        placeholder="Chọn đơn vị",
        key=control_key("cac_don_vi"),
    )
    labels = {"": _KEEP} | {class_id: minimum.label for class_id, minimum in minimums.items()}
    class_id = st.selectbox("Loại mới", labels, format_func=labels.__getitem__, key=control_key("loai"))
    places = {None: _KEEP} | MOUNTAINOUS_WORDS
    terrain = st.selectbox("Địa bàn", places, format_func=places.__getitem__, key=control_key("mien_nui"))

    def change() -> None:
        classes = dict.fromkeys(codes, class_id) if class_id else {}
        mountainous = {} if terrain is None else dict.fromkeys(codes, terrain)
        new = scenario.with_(classes=scenario.classes | classes, mountainous=scenario.mountainous | mountainous)
        put_scenario(assessment, new)

    ready = bool(codes) and (bool(class_id) or terrain is not None)
    st.button("Đổi các đơn vị đã chọn", disabled=not ready, on_click=change, icon=":material/swap_horiz:")


def show_figure_controls(assessment: Assessment, scenario: Scenario) -> None:
    """The figures of one unit for one indicator."""
    code = choose_unit(assessment.frame)
    indicator = choose_indicator(assessment)
    if code is None:
        st.caption("Chọn đơn vị ở ô trên, hoặc bấm vào bản đồ.")
        return
    for input_id in indicator.inputs:
        _show_figure(assessment, scenario, code, input_id)


def _show_minimum(assessment: Assessment, scenario: Scenario, class_id: str) -> None:
    law = assessment.standard.recognition.minimum_total[class_id]
    key = control_key("toi_thieu", class_id)
    # While it follows the total, another rule or weight must bring another number.
    minimum = minimum_total(scenario, assessment.standard, class_id)
    st.number_input(
        f"Điểm tối thiểu: {law.label}",
        min_value=0,
        value=minimum,
        step=10,
        key=key if class_id in scenario.minimums else f"{key}_{minimum}",
        help=f"Theo luật: {format_number(law.points)} điểm",
        on_change=lambda: _put_minimum(assessment, scenario, class_id, key, minimum),
    )


def _put_minimum(assessment: Assessment, scenario: Scenario, class_id: str, key: str, minimum: int) -> None:
    typed = st.session_state[key if class_id in scenario.minimums else f"{key}_{minimum}"]
    put_scenario(assessment, scenario.with_(minimums=scenario.minimums | {class_id: typed}))


def _show_figure(assessment: Assessment, scenario: Scenario, code: str, input_id: str) -> None:
    figure = assessment.standard.inputs[input_id]
    law = get_figure(assessment.observations, code, input_id)
    value = scenario.figures.get(code, {}).get(input_id, law)
    key = control_key("so_lieu", code, input_id)

    def change() -> None:
        typed = st.session_state[key]
        values = {id_: kept for id_, kept in scenario.figures.get(code, {}).items() if id_ != input_id}
        if typed is not None:
            values[input_id] = int(typed)
        others = {other: kept for other, kept in scenario.figures.items() if other != code}
        new = scenario.with_(figures=others | ({code: values} if values else {}))
        # An emptied control goes back to what was handed in, and shows it.
        (put_scenario if typed is None else keep_scenario)(assessment, new)

    known = NO_DATA.lower() if law is None else ANSWER_WORDS[law] if figure.kind == "answer" else format_number(law)
    label = f"{figure.label} (đã nộp: {known})"
    if figure.kind == "answer":
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
