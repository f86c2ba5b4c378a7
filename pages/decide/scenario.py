"""Thử phương án: move a threshold, a criterion, a class, a figure, and see who changes status; nothing is stored."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.decide.scenario_bands import show_band_controls
from pages.decide.scenario_controls import show_class_controls, show_criterion_controls, show_figure_controls
from pages.decide.scenario_saved import show_saved
from pages.decide.scenario_state import get_scenario, put_scenario, save_link
from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.downloads import offer_after_build, offer_download
from pages.parts.headings import show_heading
from pages.parts.layers import get_facts_version, get_layer
from pages.parts.maps import choose_map_view, show_unit_map
from pages.parts.place import choose_unit, link_to_profile
from pages.parts.ready_charts import make_ready
from pages.parts.rounds import get_assessment
from pages.parts.tables import unit_button
from pages.parts.user_text import quote
from reports.charts.maps.what_if import draw_what_if_map
from reports.exports.contexts import WhatIfContext
from reports.exports.registry import offer
from reports.facts.assessment import Assessment
from reports.facts.sentences import describe_what_if
from reports.facts.tables import status_change_table
from reports.facts.what_if import assess_scenario, compare_with_law, count_scenario, list_scenario_changes
from scoring.moments import today
from scoring.scenario_model import LAW, Scenario, ScenarioError, as_link
from scoring.scenario_words import Change
from scoring.words import PROVISIONAL_LABEL, SCENARIO_LABEL, STATUS_WORDS, format_number
from shapes.layers.layers import View

GROUPS = {
    "nguong": "Ngưỡng và điểm",
    "tieu_chi": "Tiêu chí",
    "loai": "Điểm tối thiểu, loại đơn vị",
    "so_lieu": "Số liệu của đơn vị",
}
CONTROLS = {
    "nguong": show_band_controls,
    "tieu_chi": show_criterion_controls,
    "loai": show_class_controls,
    "so_lieu": show_figure_controls,
}

assessment = get_assessment()
year = assessment.round.year
scenario = get_scenario(assessment.round.key)
show_heading(f"Thử phương án năm {year}", assessment)
if not save_link(scenario):
    st.warning("Phương án này dài: lưu lại để không mất khi tải lại trang.", icon=":material/save:")


@cached(entries=24)
def draw_difference(
    view: View,
    heading: str,
    _compared: pd.DataFrame,  # follows from the scenario
) -> dict[str, Any]:
    """The difference map without a chosen unit."""
    layer = get_layer(assessment.round.vintage, assessment.round.province_code, view)
    return make_ready(draw_what_if_map(layer, _compared, heading, height=480))


def show_scenario_changes(changes: tuple[Change, ...]) -> None:
    """Each change in words, with a button that takes it back."""
    st.subheader(f"{format_number(len(changes))} thay đổi so với luật")
    if not changes:
        st.caption("Chưa đổi gì: đang theo đúng luật.")
        return
    with st.container(border=True, gap="xsmall", height=300 if len(changes) > 6 else "content"):
        for number, change in enumerate(changes):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(quote(change.text), width="stretch")
                st.button(
                    "Bỏ",
                    type="tertiary",
                    icon=":material/undo:",
                    key=f"bo_{number}",
                    on_click=put_scenario,
                    args=(assessment, change.without),
                )


def show_counts(compared: pd.DataFrame) -> None:
    counts = count_scenario(compared)
    with st.container(horizontal=True):
        st.metric(f"Đạt theo luật / {format_number(counts.units)}", format_number(counts.met_by_law))
        difference = counts.met - counts.met_by_law
        st.metric("Đạt theo phương án", format_number(counts.met), format_number(difference, signed=True))
        st.metric("Đạt thêm", format_number(counts.gained))
        st.metric("Mất kết quả đạt", format_number(counts.lost))
        if counts.completed:
            st.metric("Đủ số liệu, không đạt", format_number(counts.completed))


def show_scenario_map(changed: Assessment, compared: pd.DataFrame) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = choose_map_view()
        # Beside the figures of a unit, it is chosen there.
        unit = st.session_state.get(keys.UNIT) if group == "so_lieu" else choose_unit(compared)
    layer = get_layer(assessment.round.vintage, assessment.round.province_code, view)
    spec = draw_difference((get_facts_version(assessment), as_link(scenario)), view, changed.total_heading, compared)
    words = f"Bản đồ thay đổi so với luật. {describe_what_if(count_scenario(compared))}"
    show_unit_map(spec, layer, unit, "ban_do_phuong_an", words)
    st.caption(layer.source)
    if unit is not None:
        show_unit_by_scenario(compared.loc[unit])


def show_unit_by_scenario(row: pd.Series) -> None:
    """The chosen unit by the law and by the scenario."""
    law, new = (
        f"{STATUS_WORDS[row[f'status{which}']]}, {format_number(int(row[f'total{which}']))}/"
        f"{format_number(int(row[f'minimum{which}']))} điểm"
        for which in ("_law", "")
    )
    st.markdown(f"**{row['name']}**: theo luật {law}; theo phương án {new}.")
    link_to_profile(row["name"])


def show_status_changes(compared: pd.DataFrame) -> None:
    table = status_change_table(compared, assessment.district_heading).drop(columns="Thay đổi")
    st.subheader(f"{format_number(len(table))} đơn vị đổi kết quả")
    if table.empty:
        st.caption("Không có đơn vị nào đổi kết quả so với luật.")
        return
    codes = list(table.index)
    table.insert(0, "open", "Hồ sơ")
    points = [heading for heading in table.columns if heading.startswith(("Điểm", "Tối thiểu"))]
    st.dataframe(
        table,
        hide_index=True,
        height=420 if len(table) > 10 else "content",
        column_config={
            "open": unit_button("mo_doi_ket_qua", codes, width=65),
            "Đơn vị": st.column_config.TextColumn(pinned=True, width=135),
            assessment.district_heading: st.column_config.TextColumn(width=145),
            **{heading: st.column_config.TextColumn(width=80) for heading in ("Theo luật", "Phương án")},
            **{
                heading: st.column_config.NumberColumn(
                    format="localized", width=105 if heading.startswith("Tối") else 92
                )
                for heading in points
            },
        },
        alt=f"{len(table)} đơn vị đổi kết quả so với luật",
    )
    doubts = f", điểm {PROVISIONAL_LABEL}" if assessment.provisional else ""
    st.caption(f"{SCENARIO_LABEL}{doubts}. “Luật”: theo {assessment.standard.title}; “thử”: theo phương án.")


def offer_files(changed: Assessment, compared: pd.DataFrame, changes: tuple[Change, ...]) -> None:
    view: View = st.session_state[keys.MAP_VIEW]
    name = st.session_state.get(keys.SCENARIO_NAME, "")
    context = WhatIfContext(changed, today(), compared, changes, name, view)
    with st.container(horizontal=True):
        offer_download("Tải hình (PNG)", offer("what_if_map", context))
        offer_download("Tải danh sách (Excel)", offer("what_if_list", context))
        offer_after_build("Tạo trang chiếu (PowerPoint)", lambda: offer("what_if_slides", context), "Tải trang chiếu")


def assess(scenario: Scenario) -> Assessment | None:
    """The year by the scenario; where it can't be, the page says why."""
    try:
        return assess_scenario(assessment, scenario)
    except ScenarioError as error:
        st.error(f"{error} Chưa tính được phương án; sửa lại hoặc bấm “Về đúng luật”.", icon=":material/error:")
        return None


controls, result = st.columns([2, 3], gap="medium")
with controls:
    group = st.pills(
        "Thử đổi",
        GROUPS,
        format_func=GROUPS.__getitem__,
        default="nguong",
        key=keys.SCENARIO_GROUP,
        bind="query-params",
        required=True,
        wrap=True,
    )
    CONTROLS[group](assessment, scenario)
    st.button(
        "Về đúng luật",
        icon=":material/restart_alt:",
        disabled=scenario == LAW,
        on_click=put_scenario,
        args=(assessment, LAW),
    )
with result:
    if scenario.is_empty:
        st.caption(
            "Đổi một ngưỡng, tiêu chí, loại hay số liệu thì thấy ngay ai đổi kết quả; không gì được ghi vào số liệu."
        )
    else:
        st.badge(SCENARIO_LABEL, icon=":material/tune:", color="orange")
    changed = assess(scenario)
    if changed is not None:
        compared = compare_with_law(assessment, changed)
        show_counts(compared)
        show_scenario_map(changed, compared)
changes = () if changed is None else list_scenario_changes(assessment, scenario)
if changed is not None:
    show_scenario_changes(changes)
    show_status_changes(compared)
    if changes:
        offer_files(changed, compared, changes)
show_saved(assessment, scenario, sound=changed is not None)
