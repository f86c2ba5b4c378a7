"""What stands at the top of a page: its title, the labels of doubt, the share that met the standard."""

import streamlit as st

from data.text.labels import DEMO_LABEL
from reports.charts.theme import INK, INK_ON_DARK
from reports.facts.assessment import Assessment
from reports.facts.counts import Counts
from reports.facts.sentences import describe_shortfall
from scoring.words import (
    PROVISIONAL_LABEL,
    format_number,
    format_percent,
)


def get_ink() -> str:
    """The colour of text in charts, for the theme that the reader has chosen."""
    return INK_ON_DARK if st.context.theme.type == "dark" else INK


def show_heading(title: str, assessment: Assessment) -> None:
    """The page's title with the year, and what the reader must know before trusting a figure."""
    st.title(title)
    if assessment.demo:
        units = len(assessment.demo_units)
        st.warning(
            f"**{DEMO_LABEL}**: {format_number(units)} đơn vị của năm {assessment.round.year} đang dùng số liệu tự tạo "
            "để minh họa, không phải số liệu thật.",
            icon=":material/science:",
        )
    if assessment.provisional:
        st.caption(
            f"Điểm ghi “{PROVISIONAL_LABEL}”: có mức điểm trong bộ tiêu chí chưa đối chiếu với văn bản; "
            "xem trang **Bộ tiêu chí**."
        )


def show_share_metric(counts: Counts) -> None:
    """The share of units that met the standard, against the target."""
    st.metric(
        f"Tỷ lệ đạt / mục tiêu {counts.target_percent} %",
        format_percent(counts.met, counts.units),
        delta=describe_shortfall(counts),
        delta_color="normal" if counts.reaches_target else "inverse",
        delta_arrow="off",
        border=True,
        height="stretch",
    )
