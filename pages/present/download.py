"""Tải về: the files of the province, a district or a unit, each built on click, or all in one zip."""

from functools import partial

import streamlit as st

from pages.parts import keys
from pages.parts.headings import show_heading
from pages.parts.place import EVERYWHERE, choose_district, choose_unit
from pages.parts.refusals import saying_refusals
from pages.parts.rounds import get_assessment, get_store, get_year_before
from reports.exports.contexts import AreaContext, UnitContext
from reports.exports.export import GROUP_WORDS, ZIP, Offer
from reports.exports.package import build_package
from reports.exports.registry import list_area_offers, list_offers
from reports.facts.assessment import explain_unit
from scoring.moments import today
from scoring.words import format_number

assessment = get_assessment()
show_heading(f"Tải về năm {assessment.round.year}", assessment)
with st.container(horizontal=True, vertical_alignment="bottom"):
    area = choose_district(assessment)
    unit = choose_unit(area)
    made_on = st.date_input("Ngày lập", today(), format="DD/MM/YYYY")
whole = st.session_state.get(keys.DISTRICT, EVERYWHERE) == EVERYWHERE
district = None if whole else str(area["district_code"].iloc[0])
explain = partial(explain_unit, get_store(), assessment)
before = get_year_before(assessment)
files = list_area_offers(AreaContext(assessment, made_on, before, district), explain)
if unit is not None:
    chosen_unit = list_offers(UnitContext(assessment, made_on, unit, explain))
    names = {offered.file_name for offered in chosen_unit}
    files = chosen_unit + [offered for offered in files if offered.file_name not in names]

groups = [group for group in GROUP_WORDS if any(file.group == group for file in files)]
with st.container(horizontal=True, vertical_alignment="bottom"):
    group = st.selectbox(
        "Loại tệp", groups, format_func=GROUP_WORDS.__getitem__, key=keys.FILE_GROUP, bind="query-params"
    )
    listed = [file for file in files if file.group == group]
    chosen = st.selectbox("Tệp", listed, format_func=lambda file: file.title, width="stretch")
with st.container(horizontal=True):
    build_one = st.button("Tạo tệp này", icon=":material/draft:")
    build_all = st.button(
        f"Tạo một gói .zip cả {format_number(len(files))} tệp", icon=":material/folder_zip:", type="secondary"
    )


def build(wanted: list[Offer], file_name: str, mime: str) -> None:
    """Build with a progress bar; the last file built stays ready until another one is."""
    bar = st.progress(0.0, "Đang tạo …")

    def tell(number: int, title: str) -> None:
        bar.progress(number / len(wanted), f"{format_number(number + 1)}/{format_number(len(wanted))}: {title}")

    with saying_refusals():
        try:
            if len(wanted) == 1:
                tell(0, wanted[0].title)
                content = wanted[0].build()
            else:
                content = build_package(wanted, tell)
            st.session_state[keys.BUILT_FILE] = (file_name, mime, content)
        finally:
            bar.empty()


if build_one and chosen is not None:
    build([chosen], chosen.file_name, chosen.mime)
if build_all:
    build(files, f"ho-so-{district or 'toan-tinh'}-{assessment.round.year}.zip", ZIP.mime)
ready = st.session_state.get(keys.BUILT_FILE)
if ready is not None:
    name, mime, content = ready
    st.success(f"Đã tạo xong {name} ({format_number(len(content) / 1000)} KB).", icon=":material/check_circle:")
    st.download_button(f"Tải {name}", content, name, mime, icon=":material/download:", on_click="ignore")
st.caption(
    "Tệp Word theo thể thức Nghị định 30/2020/NĐ-CP, sửa được trong Word; bảng tính có công thức tính lại được trong "
    "Excel và LibreOffice. Mỗi tệp ghi rõ điểm tạm tính và số liệu minh họa nếu có."
)
