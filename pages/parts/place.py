"""Where the reader is: the district and the unit in the URL and in the session, and the ways to others."""

import pandas as pd
import streamlit as st

from data.text.collation import vietnamese_key
from pages.menu import Screen
from pages.parts import keys
from pages.parts.rounds import get_assessment_of, name_round
from pages.parts.unit_labels import label_unit, label_units
from reports.charts.bars import BAR_SELECTION
from reports.facts.assessment import Assessment

EVERYWHERE = "Toàn tỉnh"
# For st.switch_page: with None it refuses to leave a page whose choices stand in the URL, with their keys to set them.
# The choices themselves go along in the session.
NO_PARAMETERS: dict[str, str] = {}


def choose_district(assessment: Assessment) -> pd.DataFrame:
    """A selection of district, kept in the URL; returns the units of it."""
    frame = assessment.frame
    districts = sorted(frame["district"].dropna().unique(), key=vietnamese_key)
    if st.session_state.get(keys.DISTRICT) not in (EVERYWHERE, *districts):
        st.session_state.pop(keys.DISTRICT, None)  # of a year with other districts
    chosen = st.selectbox(assessment.district_heading, [EVERYWHERE, *districts], key=keys.DISTRICT, bind="query-params")
    return frame if chosen == EVERYWHERE else frame[frame["district"] == chosen]


def choose_unit(frame: pd.DataFrame) -> str | None:
    """A selection of unit, kept in the URL; None when none is chosen."""
    labels = label_units(frame)
    if st.session_state.get(keys.UNIT) not in frame.index:
        st.session_state.pop(keys.UNIT, None)
    return st.selectbox(
        "Đơn vị",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder="Chọn đơn vị",
        key=keys.UNIT,
        bind="query-params",
    )


def get_choices() -> dict[str, str]:
    """The chosen round, district and unit as parameters of a link.

    They are the labels that the bound choices put into the URL.
    """
    chosen, district, unit = (st.session_state.get(key) for key in (keys.ROUND, keys.DISTRICT, keys.UNIT))
    if chosen is None:
        return {}
    parameters = {keys.ROUND: name_round(chosen)}
    if district not in (None, EVERYWHERE):
        parameters[keys.DISTRICT] = district
    if unit is not None:
        frame = get_assessment_of(chosen).frame
        if unit in frame.index:
            parameters[keys.UNIT] = label_unit(unit, *frame.loc[unit, ["name", "district"]])
    return parameters


def link_to_profile(name: str) -> None:
    """A link to the profile of the chosen unit, whose name it says."""
    st.page_link(
        "pages/profiles/unit.py",
        query_params=get_choices(),
        label=f"Mở hồ sơ {name}",
        icon=":material/assignment:",
    )


def start_presentation(screen: Screen) -> dict[str, str]:
    """Parameters of a link to the presentation: the year, and the page or the district that it starts from."""
    chosen, district = st.session_state.get(keys.ROUND), st.session_state.get(keys.DISTRICT, EVERYWHERE)
    start = screen.path
    if chosen is not None and district != EVERYWHERE and screen.of_a_district:
        frame = get_assessment_of(chosen).frame
        start = next(iter(frame.loc[frame["district"] == district, "district_code"]), start)
    return {keys.PRESENTED_FROM: start} | ({} if chosen is None else {keys.ROUND: name_round(chosen)})


def take_clicked_unit(chart: str, selection: str) -> None:
    """Make the unit that was clicked on a chart the chosen one."""
    picked = st.session_state[chart].selection.get(selection) or []
    if picked and "code" in picked[0]:
        st.session_state[keys.UNIT] = picked[0]["code"]


def take_clicked_district(chart: str) -> bool:
    """Make the district whose bar was clicked the chosen one; False for a click beside the bars: the whole province."""
    picked = st.session_state[chart].selection.get(BAR_SELECTION) or []
    go_to(picked[0]["district"] if picked else EVERYWHERE)
    return bool(picked)


def go_to(district: str, unit: str | None = None) -> None:
    """Choose a district, or the whole province, and a unit of it or none."""
    st.session_state[keys.DISTRICT] = district
    st.session_state[keys.UNIT] = unit


def show_way_back(assessment: Assessment) -> None:
    """Where the reader is (province, district, unit), each part a way back to it."""
    frame, unit = assessment.frame, st.session_state.get(keys.UNIT)
    district = st.session_state.get(keys.DISTRICT, EVERYWHERE)
    if unit in frame.index:
        district = frame.at[unit, "district"]
    if district == EVERYWHERE:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(EVERYWHERE, type="tertiary", icon=":material/home:", on_click=go_to, args=(EVERYWHERE,))
        st.button(district, type="tertiary", icon=":material/chevron_right:", on_click=go_to, args=(district,))
        if unit in frame.index:
            st.button(
                str(frame.at[unit, "name"]),
                type="tertiary",
                icon=":material/chevron_right:",
                on_click=go_to,
                args=(district, unit),
            )
