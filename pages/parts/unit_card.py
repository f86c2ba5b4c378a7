"""A unit at a glance: result, total, why not, points by criterion."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.place import choose_unit, get_choices, link_to_profile
from pages.parts.rounds import get_store
from reports.facts.assessment import Assessment, explain_unit
from scoring.explain import UnitTrace
from scoring.words import (
    NO_DATA,
    STATUS_WORDS,
    format_number,
)

CRITERION_COLUMNS = {
    "number": st.column_config.NumberColumn("Số", width=40),
    "name": st.column_config.TextColumn("Tiêu chí", width=430),
    "points": st.column_config.TextColumn("Điểm", width="small"),
    "share": st.column_config.ProgressColumn("Tỷ lệ", format="%.0f %%", min_value=0, max_value=100, width="small"),
}


def get_trace(assessment: Assessment, code: str) -> UnitTrace:
    """The trace of a unit's points."""
    return explain_unit(get_store(), assessment, code)


def choose_unit_beside_map(
    assessment: Assessment, area: pd.DataFrame, hint: str
) -> tuple[DeltaGenerator, DeltaGenerator, str | None]:
    """A column for a map and one beside it, with a choice of unit and its card or, while none is chosen, the hint."""
    picture, card = st.columns([3, 2], gap="medium")
    with card:
        unit = choose_unit(area)
        if unit is None:
            st.info(hint)
        else:
            show_unit_card(assessment, unit)
    return picture, card, unit


def show_unit_card(assessment: Assessment, code: str) -> None:
    """A unit at a glance beside the map: result, total, why not, points by criterion, the way to its profile."""
    row = assessment.frame.loc[code]
    st.markdown(f"#### {row['name']}")
    st.caption(
        f"{row['district']} · mã {code} · {assessment.standard.recognition.minimum_total[row['unit_class']].label}"
    )
    with st.container(horizontal=True):
        st.metric("Kết quả", STATUS_WORDS[row["status"]])
        st.metric(
            assessment.total_heading, f"{format_number(int(row['total']))} / {format_number(int(row['minimum']))}"
        )
    trace = get_trace(assessment, code)
    for reason in trace.reasons[:5]:
        st.markdown(f"- {reason}")
    if len(trace.reasons) > 5:
        st.caption(f"và {len(trace.reasons) - 5} lý do khác trong hồ sơ")
    with st.container(horizontal=True):
        link_to_profile(row["name"])
        st.page_link(
            "pages/decide/gaps.py", query_params=get_choices(), label="Còn thiếu gì", icon=":material/checklist:"
        )
    st.dataframe(
        criterion_table(trace),
        hide_index=True,
        height=300,
        column_config=CRITERION_COLUMNS,
        alt=f"Điểm từng tiêu chí của {row['name']}",
    )


def criterion_table(trace: UnitTrace) -> pd.DataFrame:
    """Points won of possible, a row a criterion."""
    return pd.DataFrame(
        [
            {
                "number": criterion.number,
                "name": criterion.name,
                "points": NO_DATA if criterion.points is None else f"{criterion.points}/{criterion.max_points}",
                "share": None if criterion.points is None else criterion.points / criterion.max_points * 100,
            }
            for criterion in trace.criteria
        ]
    )
