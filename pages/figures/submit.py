"""Nộp số liệu: the template out, officers' files in; nothing is stored as data before the confirmation."""

import pandas as pd
import streamlit as st

from data.intake.door import Intake
from data.text.collation import vietnamese_key
from pages.figures.draft_acts import take_uploads
from pages.figures.waiting import show_drafts
from pages.parts import keys
from pages.parts.downloads import offer_download
from pages.parts.place import EVERYWHERE
from pages.parts.rounds import get_store, select_round
from pages.parts.uploads import LARGEST_WORKBOOK, LET_THROUGH
from pages.parts.user_text import as_text, quote
from reports.exports.contexts import FormContext
from reports.exports.registry import offer
from reports.facts.assessment import assessed_units
from scoring.moments import today
from scoring.words import format_date, format_number

store = get_store()
st.title("Nộp số liệu")

rounds = {planned.key: planned for planned in store.rounds.list_with_planned(today().year)}
planned = rounds[select_round("Năm của số liệu (01/01 – 31/12)", list(rounds.values()), keys.ROUND_OF_FIGURES)]
year = planned.year
units = assessed_units(store, planned)
intake = Intake(store, planned, units)


st.subheader("1. Tải biểu mẫu")
with st.container(horizontal=True, vertical_alignment="bottom"):
    districts = sorted(units["district"].unique(), key=vietnamese_key)
    scope = st.selectbox("Biểu mẫu cho", [EVERYWHERE, *districts])
    scoped = units if scope == EVERYWHERE else units[units["district"] == scope]
    district = None if scope == EVERYWHERE else str(scoped["district_code"].iloc[0])
    form = FormContext(intake.standard, scoped, year, today(), district)
    offer_download(f"Tải biểu mẫu {format_number(len(scoped))} đơn vị", offer("form", form))
st.caption(
    "Điền vào các ô màu trắng, lưu tệp, rồi nộp ở bước 2. Bảng tự làm cũng nộp được: phần mềm tìm bảng, đối chiếu cột "
    "và đơn vị, rồi hỏi lại những chỗ chưa chắc. Ô để trống được hiểu là chưa có số liệu, không phải 0."
)


st.subheader("2. Nộp tệp")
done = st.session_state.setdefault(keys.SUBMISSION, {"lan": 0, "loi_nhan": None, "tu_choi": []})
if done["loi_nhan"]:
    st.success(done["loi_nhan"], icon=":material/check_circle:")
    with st.container(horizontal=True):
        st.page_link("pages/explore/map.py", label="Xem bản đồ", icon=":material/map:")
        st.page_link("pages/explore/units.py", label="Xem danh sách", icon=":material/table_rows:")
for sentence in done["tu_choi"]:
    st.error(quote(sentence), icon=":material/error:")
uploads = st.file_uploader(
    f"Một hay nhiều bảng tính (.xlsx, .xls, .xlsm, .ods, .csv) hoặc gói .zip, mỗi tệp tối đa {LARGEST_WORKBOOK} MB: "
    "bấm nút Upload để chọn tệp, hoặc kéo tệp thả vào ô",
    accept_multiple_files=True,
    max_upload_size=LET_THROUGH,
    key=f"tep_{done['lan']}",
)
taken = tuple(upload.file_id for upload in uploads)
if taken != st.session_state.get(keys.TAKEN_UPLOADS, ()):
    if uploads:
        done |= {"loi_nhan": None, "tu_choi": []}
    st.session_state[keys.REFUSED_FILES] = take_uploads(uploads, intake, LARGEST_WORKBOOK) if uploads else []
    st.session_state[keys.TAKEN_UPLOADS] = taken
for sentence in st.session_state.get(keys.REFUSED_FILES, []):
    st.error(f"Tệp chưa nhận được, chưa có gì được lưu. {quote(sentence)}", icon=":material/error:")


show_drafts(intake)

submissions = store.submissions.list(planned)
if submissions:
    with st.expander(f"Các tệp đã nhận của năm {year} ({format_number(len(submissions))})"):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Tệp": as_text(file.file_name),
                        "Người nộp": as_text(file.submitted_by),
                        "Ngày": format_date(file.submitted_at),
                        "Số đơn vị": file.units,
                        "Mã SHA-256": file.file_hash,
                    }
                    for file in submissions
                ]
            ),
            hide_index=True,
            alt=f"Các tệp đã nhận của năm {year}",
        )
