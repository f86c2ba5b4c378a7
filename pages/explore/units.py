"""Danh sách: all units with filters, in Vietnamese order, and the same table as an Excel file."""

import streamlit as st

from data.text.collation import vietnamese_key
from data.text.labels import DEMO_LABEL
from pages.parts.shared import choose_district, get_assessment, show_heading, show_unit_table
from reports.facts.counts import criterion_label
from reports.facts.tables import build_workbook, unit_table
from scoring.words import PROVISIONAL_LABEL, STATUS_WORDS, format_number

ANY = "any"
SORTS = {
    "name": "Tên đơn vị (a → y)",
    "district": "Huyện, rồi tên đơn vị",
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

if status != ANY:
    shown = shown[shown["status"] == status]
if zero != ANY:
    shown = shown[[zero in zeros.split() for zeros in shown["zeros"]]]
shown = shown[shown["total"].between(low, high)]
if sort.startswith("total"):
    shown = shown.sort_values("total", ascending=sort == "total_up", kind="stable")
else:
    keys = shown[["district", "name"] if sort == "district" else ["name", "district"]]
    order = sorted(range(len(shown)), key=lambda row: [vietnamese_key(text) for text in keys.iloc[row]])
    shown = shown.iloc[order]

st.markdown(f"**{format_number(len(shown))}** / {format_number(len(frame))} đơn vị")
show_unit_table(assessment, shown, key="bang_danh_sach")

notes = []
if assessment.demo:
    notes.append(f"{DEMO_LABEL}: không phải số liệu thật.")
if assessment.provisional:
    notes.append(f"Điểm {PROVISIONAL_LABEL}: có mức điểm chưa đối chiếu với văn bản.")
st.download_button(
    "Tải bảng này về Excel",
    data=lambda: build_workbook(
        unit_table(assessment, shown), f"Kết quả đánh giá năm {assessment.round.year}", [standard.title, *notes]
    ),
    file_name=f"danh-sach-{assessment.round.year}{'-so-lieu-minh-hoa' if assessment.demo else ''}.xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    icon=":material/download:",
)
