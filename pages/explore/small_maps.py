"""Bản đồ từng tiêu chí: a small map a criterion on one page; a click opens the unit on that criterion's big map."""

from typing import Any

import streamlit as st

from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.headings import show_heading
from pages.parts.layers import get_facts_version, get_layer
from pages.parts.legend import show_points_legend
from pages.parts.maps import choose_map_view
from pages.parts.place import NO_PARAMETERS, choose_district
from pages.parts.ready_charts import make_ready
from pages.parts.rounds import get_assessment
from reports.charts.maps.base import MAP_SELECTION
from reports.charts.maps.small import draw_each_small_map
from reports.facts.counts import count_by_criterion
from reports.facts.sentences import describe_criterion_counts
from scoring.words import format_number
from shapes.layers.coarse import coarse_layer
from shapes.layers.layers import View

SMALL_MAP_SORTS = {"number": "Theo số tiêu chí", "zeros": "Nhiều đơn vị 0 điểm trước"}
VERTICES = 20_000  # of the whole page
IN_A_ROW = 4

assessment = get_assessment()
standard = assessment.standard
show_heading(f"Bản đồ từng tiêu chí năm {assessment.round.year}", assessment)


controls, legend = st.columns([5, 2], gap="medium")
with controls, st.container(horizontal=True, vertical_alignment="bottom"):
    area = choose_district(assessment)
    sort = st.selectbox(
        "Sắp xếp",
        SMALL_MAP_SORTS,
        format_func=SMALL_MAP_SORTS.__getitem__,
        key=keys.SMALL_MAP_SORT,
        bind="query-params",
    )
    view = choose_map_view(keys.SMALL_MAP_VIEW, default="hexagons")
with legend:
    show_points_legend("Chú giải màu của các bản đồ nhỏ")


@cached(entries=24, spinner="Đang vẽ bản đồ …")
def draw_small_maps(
    view: View,
    codes: tuple[str, ...],
) -> tuple[dict[str, dict[str, Any]], str]:
    """The small maps of all criteria, and where their shapes come from."""
    layer = get_layer(assessment.round.vintage, assessment.round.province_code, view)
    if view == "boundaries":
        layer = coarse_layer(layer, VERTICES // len(standard.criteria))
    maps = draw_each_small_map(layer, assessment.frame.loc[list(codes)], standard)
    return {criterion: make_ready(spec) for criterion, spec in maps.items()}, layer.source


def open_big_map(criterion: str, unit: str | None = None) -> None:
    """Open the big map of a criterion, with a unit or as it was left."""
    st.session_state[keys.MEASURE] = criterion
    if unit is not None:
        st.session_state[keys.UNIT] = unit
    st.switch_page("pages/explore/map.py", query_params=NO_PARAMETERS)


def open_clicked_unit(chart: str, criterion: str) -> None:
    """Open the unit that was clicked on a small map."""
    picked = st.session_state[chart].selection.get(MAP_SELECTION) or []
    if picked and "code" in picked[0]:
        open_big_map(criterion, picked[0]["code"])


maps, source = draw_small_maps(get_facts_version(assessment), view, tuple(area.index))
counts = count_by_criterion(area, standard, by=sort)
st.caption(
    f"{format_number(len(area))} đơn vị. Bấm vào một đơn vị để mở phiếu điểm của nó trên bản đồ lớn của tiêu chí ấy."
)
for start in range(0, len(counts), IN_A_ROW):
    columns = st.columns(IN_A_ROW, vertical_alignment="bottom")
    for column, (criterion, row) in zip(columns, counts.iloc[start : start + IN_A_ROW].iterrows(), strict=False):
        with column:
            st.markdown(f"**{row['number']}. {row['name']}**")
            below = describe_criterion_counts(row["zeros"], row["missing"])
            st.caption(below)
            st.vega_lite_chart(
                spec=maps[criterion],
                key=f"nho_{criterion}",
                on_select=lambda clicked=criterion: open_clicked_unit(f"nho_{clicked}", clicked),
                selection_mode=MAP_SELECTION,
                alt=f"Bản đồ nhỏ tiêu chí {row['number']}: {row['name']}, {below}",
            )
            st.button(
                "Bản đồ lớn",
                key=f"lon_{criterion}",
                type="tertiary",
                icon=":material/open_in_full:",
                on_click=open_big_map,
                args=(criterion,),
            )
st.caption(source)
