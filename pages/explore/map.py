"""Bản đồ: every unit coloured by status, total or criterion; a click shows its card and leads to its profile."""

from typing import Any

import streamlit as st

from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.headings import show_heading
from pages.parts.layers import get_facts_version, get_layer
from pages.parts.maps import choose_map_view, show_unit_map
from pages.parts.place import choose_district, get_choices, go_to, show_way_back, take_clicked_district
from pages.parts.ready_charts import draw_ready_bars, make_ready
from pages.parts.rounds import get_assessment
from pages.parts.tables import show_unit_table
from pages.parts.unit_card import choose_unit_beside_map
from reports.charts.bars import BAR_SELECTION
from reports.charts.classes import classify, list_measures, name_measure
from reports.charts.maps.status import draw_map
from scoring.words import format_number
from shapes.layers.layers import View

assessment = get_assessment()
frame = assessment.frame
standard = assessment.standard
show_heading(f"Bản đồ năm {assessment.round.year}", assessment)
show_way_back(assessment)

measures = {measure: name_measure(standard, assessment.total_heading, measure) for measure in list_measures(standard)}
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choose_map_view()
    measure = st.selectbox(
        "Tô màu theo", measures, format_func=measures.__getitem__, key=keys.MEASURE, bind="query-params"
    )
    area = choose_district(assessment)

layer = get_layer(assessment.round.vintage, assessment.round.province_code, view)


@cached(entries=48)
def draw_measure(
    view: View,
    measure: str,
    codes: tuple[str, ...],
) -> dict[str, Any]:
    """The map without a chosen unit: a click only adds an outline to it."""
    frame = assessment.frame.loc[list(codes)]
    classes = classify(frame, standard, measure)
    shapes = get_layer(assessment.round.vintage, assessment.round.province_code, view)
    return make_ready(draw_map(shapes, frame, classes, assessment.total_heading, height=560))


def show_clicked_district() -> None:
    take_clicked_district(keys.MAP_BARS)


def show_district_bars() -> None:
    """The districts as bars beside the map: a click on one shows only its units."""
    st.vega_lite_chart(
        spec=draw_ready_bars(
            get_facts_version(assessment), assessment.round.key, tuple(area.index), furthest_first=False
        ),
        key=keys.MAP_BARS,
        on_select=show_clicked_district,
        selection_mode=BAR_SELECTION,
        alt=f"Số đơn vị đạt, không đạt, chưa đủ số liệu của {format_number(area['district'].nunique())} huyện",
    )
    st.caption("Bấm vào một cột để chỉ xem huyện đó.")
    if area["district"].nunique() == 1:
        st.page_link(
            "pages/profiles/district.py",
            query_params=get_choices(),
            label=f"Mở hồ sơ {area['district'].iloc[0]}",
            icon=":material/location_city:",
        )


picture, card, unit = choose_unit_beside_map(
    assessment, area, "Bấm vào một đơn vị trên bản đồ, hoặc chọn tên ở ô trên, để xem phiếu điểm."
)
with card:
    if unit is None:
        show_district_bars()
    else:
        district = str(frame.at[unit, "district"])
        if len(area) > (frame["district"] == district).sum():
            st.button(f"Chỉ xem {district}", icon=":material/zoom_in:", on_click=go_to, args=(district, unit))
with picture:
    spec = draw_measure(get_facts_version(assessment), view, measure, tuple(area.index))
    words = f"Bản đồ {format_number(len(area))} đơn vị tô màu theo {measures[measure].lower()}"
    show_unit_map(spec, layer, unit, "ban_do", words)
    st.caption(layer.source)
    without_place = [code for code in layer.without_place if code in area.index]
    if without_place and view == "boundaries":
        names = ", ".join(frame.loc[without_place, "name"].head(10))
        st.warning(f"{format_number(len(without_place))} đơn vị chưa có hình trên bản đồ (vẫn có trong bảng): {names}.")

st.subheader(f"{format_number(len(area))} đơn vị")
show_unit_table(assessment, area, key="bang_ban_do")
