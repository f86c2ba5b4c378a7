"""Danh sách: all units with filters, in Vietnamese order, and the same table as an Excel file."""

import streamlit as st

from pages.parts import keys
from pages.parts.choices import choose_or_any
from pages.parts.downloads import offer_download
from pages.parts.headings import show_heading
from pages.parts.place import choose_district
from pages.parts.rounds import get_assessment
from pages.parts.tables import show_unit_table
from reports.exports.contexts import TableContext
from reports.exports.registry import offer
from reports.facts.criteria import criterion_label
from reports.facts.listing import filter_units, sort_units
from scoring.moments import today
from scoring.words import STATUS_WORDS, format_number

LIST_SORTS = {
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
    area = choose_district(assessment)
    status = choose_or_any("Kết quả", STATUS_WORDS, keys.STATUS)
    labels = {criterion.id: criterion_label(standard, criterion.id) for criterion in standard.criteria}
    zero = choose_or_any("Tiêu chí 0 điểm", labels, keys.CRITERION_AT_ZERO, any_word="Không lọc")
    sort = st.selectbox(
        "Sắp xếp theo", LIST_SORTS, format_func=LIST_SORTS.__getitem__, key=keys.LIST_SORT, bind="query-params"
    )
low, high = st.slider(
    "Khoảng điểm",
    0,
    standard.total_points,
    (0, standard.total_points),
    step=10,
    format="localized",
    key=keys.TOTALS,
    bind="query-params",
)

listed = filter_units(area, status, zero, (int(low), int(high)))
listed = sort_units(listed, sort)

st.markdown(f"**{format_number(len(listed))}** / {format_number(len(frame))} đơn vị")
show_unit_table(assessment, listed, key="bang_danh_sach")

offer_download("Tải bảng này về Excel", offer("unit_table", TableContext(assessment, today(), listed)))
