"""Bản đồ: every unit coloured by status, total or criterion; a click shows its card and leads to its profile."""

import streamlit as st

from pages.shared import (
    choose_district,
    choose_unit,
    get_assessment,
    get_layer,
    show_heading,
    show_unit_card,
    show_unit_table,
    take_clicked_unit,
)
from reports.charts import MAP_SELECTION, draw_map
from reports.classes import classify_criterion, classify_status, classify_total
from reports.summary import criterion_label
from scoring.words import format_number
from shapes.layers import View

VIEWS: dict[View, str] = {"boundaries": "Ranh giới", "hexagons": "Ô lục giác"}

assessment = get_assessment()
frame = assessment.frame
standard = assessment.standard
show_heading(f"Bản đồ năm {assessment.round.year}", assessment)

criteria = {criterion.id: criterion_label(standard, criterion.id) for criterion in standard.criteria}
measures = {"status": "Kết quả", "total": assessment.total_heading} | criteria
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = st.segmented_control(
        "Kiểu bản đồ",
        VIEWS,
        format_func=VIEWS.__getitem__,
        default="boundaries",
        key="kieu",
        bind="query-params",
        required=True,
    )
    measure = st.selectbox("Tô màu theo", measures, format_func=measures.__getitem__, key="mau", bind="query-params")
    shown = choose_district(assessment)

if measure == "status":
    classes = classify_status(shown)
elif measure == "total":
    classes = classify_total(shown, standard)
else:
    classes = classify_criterion(shown, standard, measure)

layer = get_layer(assessment.round.vintage, assessment.round.province_code, view)
picture, card = st.columns([3, 2], gap="medium")
with card:
    unit = choose_unit(shown)
    if unit is None:
        st.info("Bấm vào một đơn vị trên bản đồ, hoặc chọn tên ở ô trên, để xem phiếu điểm.")
    else:
        show_unit_card(assessment, unit)
with picture:
    st.vega_lite_chart(
        spec=draw_map(layer, shown, classes, unit, assessment.total_heading, height=560),
        key="ban_do",
        on_select=lambda: take_clicked_unit("ban_do", MAP_SELECTION),
        selection_mode=MAP_SELECTION,
        alt=f"Bản đồ {format_number(len(shown))} đơn vị tô màu theo {measures[measure].lower()}",
    )
    st.caption(layer.source)
    without_place = [code for code in layer.without_place if code in shown.index]
    if without_place and view == "boundaries":
        names = ", ".join(frame.loc[without_place, "name"].head(10))
        st.warning(f"{format_number(len(without_place))} đơn vị chưa có hình trên bản đồ (vẫn có trong bảng): {names}.")

st.subheader(f"{format_number(len(shown))} đơn vị")
show_unit_table(assessment, shown, key="bang_ban_do")
