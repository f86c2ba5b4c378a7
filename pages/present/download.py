"""Tải về: the files of the province, a district or a unit, each built on click, or all in one zip."""

from datetime import date

import streamlit as st

from pages.parts.shared import (
    EVERYWHERE,
    choose_district,
    choose_unit,
    get_assessment,
    get_store,
    get_year_before,
    show_heading,
)
from reports.errors import ReportError
from reports.exports.package import GROUP_WORDS, Takeaway, build_package, list_takeaways, list_unit_files
from scoring.words import format_number

MIMES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "zip": "application/zip",
}

assessment = get_assessment()
show_heading(f"Tải về năm {assessment.round.year}", assessment)
with st.container(horizontal=True, vertical_alignment="bottom"):
    shown = choose_district(assessment)
    unit = choose_unit(shown)
    made_on = st.date_input("Ngày lập", date.today(), format="DD/MM/YYYY")
whole = st.session_state.get("huyen", EVERYWHERE) == EVERYWHERE
district = None if whole else str(shown["district_code"].iloc[0])
files = list_takeaways(get_store(), assessment, get_year_before(assessment.round.year), district, made_on)
if unit is not None:
    own = list_unit_files(get_store(), assessment, unit, made_on)
    files = own + [one for one in files if one.file_name not in {mine.file_name for mine in own}]

groups = [group for group in GROUP_WORDS if any(one.group == group for one in files)]
with st.container(horizontal=True, vertical_alignment="bottom"):
    group = st.selectbox("Loại tệp", groups, format_func=GROUP_WORDS.__getitem__, key="loai_tep", bind="query-params")
    listed = [one for one in files if one.group == group]
    chosen = st.selectbox("Tệp", listed, format_func=lambda one: one.title, width="stretch")
with st.container(horizontal=True):
    build_one = st.button("Tạo tệp này", icon=":material/draft:")
    build_all = st.button(
        f"Tạo một gói .zip cả {format_number(len(files))} tệp", icon=":material/folder_zip:", type="secondary"
    )


def build(wanted: list[Takeaway], file_name: str) -> None:
    """Build with a progress bar; the last file built stays ready until another one is."""
    bar = st.progress(0.0, "Đang tạo …")

    def tell(number: int, title: str) -> None:
        bar.progress(number / len(wanted), f"{format_number(number + 1)}/{format_number(len(wanted))}: {title}")

    try:
        if len(wanted) == 1:
            tell(0, wanted[0].title)
            content = wanted[0].build()
        else:
            content = build_package(wanted, tell)
    except ReportError as error:
        st.error(str(error), icon=":material/error:")
        return
    finally:
        bar.empty()
    st.session_state["tep_da_tao"] = (file_name, content)


if build_one and chosen is not None:
    build([chosen], chosen.file_name)
if build_all:
    place = "toan-tinh" if whole else district
    build(files, f"ho-so-{place}-{assessment.round.year}.zip")
ready = st.session_state.get("tep_da_tao")
if ready is not None:
    name, content = ready
    st.success(f"Đã tạo xong {name} ({format_number(len(content) / 1000)} KB).", icon=":material/check_circle:")
    st.download_button(
        f"Tải {name}",
        content,
        file_name=name,
        mime=MIMES[name.rsplit(".", 1)[1]],
        icon=":material/download:",
        on_click="ignore",
    )
st.caption(
    "Tệp Word theo thể thức Nghị định 30/2020/NĐ-CP, sửa được trong Word; bảng tính có công thức tính lại được trong "
    "Excel và LibreOffice. Mỗi tệp ghi rõ điểm tạm tính và số liệu minh họa nếu có."
)
