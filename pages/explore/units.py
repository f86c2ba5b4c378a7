"""Danh sách: all units with filters, in Vietnamese order, and the same table as an Excel file."""

import streamlit as st

from pages.parts.downloads import offer_download
from pages.parts.shared import choose_district, get_assessment, show_heading, show_unit_table
from reports.exports.contexts import TableContext
from reports.exports.registry import offer
from reports.facts.criteria import criterion_label
from reports.facts.listing import filter_units, sort_units
from scoring.moments import today
from scoring.words import STATUS_WORDS, format_number

ANY = "any"
SORTS = {
    "name": "Tên đơn vị (a → y)",
    "district_name": "Huyện, rồi tên đơn vị",
    "total_down": "Tổng điểm, cao đến thấp",
    "total_up": "Tổng điểm, thấp đến cao",
}

assessment = get_assessment()
frame = assessment.frame
standard = assessment.standard
show_heading(f"Danh sách năm {assessment.round.year}", assessment)

with st.container(horizontal=True, vertical_alignment="bottom"):
    shown = choose_district(assessment)
    status = st.selectbox(
        "Kết quả",
        [ANY, *STATUS_WORDS],
        format_func=lambda one: "Tất cả" if one == ANY else STATUS_WORDS[one],
        key="ket_qua",
        bind="query-params",
    )
    zero = st.selectbox(
        "Tiêu chí 0 điểm",
        [ANY, *(criterion.id for criterion in standard.criteria)],
        format_func=lambda one: "Không lọc" if one == ANY else criterion_label(standard, one),
        key="diem_0",
        bind="query-params",
    )
    sort = st.selectbox("Sắp xếp theo", SORTS, format_func=SORTS.__getitem__, key="sap_xep", bind="query-params")
low, high = st.slider(
    "Khoảng điểm",
    0,
    standard.total_points,
    (0, standard.total_points),
    step=10,
    format="localized",
    key="diem",
    bind="query-params",
)

shown = filter_units(shown, None if status == ANY else status, None if zero == ANY else zero, (int(low), int(high)))
shown = sort_units(shown, sort)

st.markdown(f"**{format_number(len(shown))}** / {format_number(len(frame))} đơn vị")
show_unit_table(assessment, shown, key="bang_danh_sach")

offer_download("Tải bảng này về Excel", offer("unit_table", TableContext(assessment, today(), shown)))
