"""The legend of the colours that shares of points have."""

import streamlit as st

from pages.parts.headings import get_ink
from pages.parts.ready_charts import draw_once
from reports.charts.legend import draw_points_legend
from reports.charts.theme import finish_chart


def show_points_legend(alt: str) -> None:
    """All colours with the shares that they stand for, for the theme that the reader has chosen."""
    ink = get_ink()
    spec = draw_once(("legend of points", ink), lambda: finish_chart(draw_points_legend(), ink))
    st.vega_lite_chart(spec=spec, alt=alt)
