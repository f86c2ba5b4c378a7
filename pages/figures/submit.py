"""Nộp số liệu: the template out, officers' files in; nothing is stored as data before the confirmation."""

import pandas as pd
import streamlit as st

from data.intake.door import Intake, find_overlaps
from data.intake.findings.finding import Finding
from data.intake.reading.archive import list_files
from data.intake.reading.cells import UnreadError
from data.intake.workbook import open_workbook
from data.store import DraftInfo
from data.text.collation import vietnamese_key
from pages.figures.draft import check_draft, count_severity, offer_marked_copy, show_findings
from pages.figures.draft_matching import show_columns, show_units
from pages.figures.draft_mending import show_explanations, show_fixes
from pages.figures.draft_preview import show_preview
from pages.parts import keys
from pages.parts.downloads import offer_download
from pages.parts.place import EVERYWHERE
from pages.parts.rounds import get_store, select_round
from pages.parts.uploads import LARGEST_WORKBOOK, LET_THROUGH, explain_untaken
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


def take_uploads(uploads: list) -> None:
    """Keep every readable file of an upload as a draft; what can't be read is said and not kept."""
    refused: list[str] = []
    files: list[tuple[str, bytes]] = []
    with st.status("Đang đọc tệp …", expanded=False) as progress:
        for upload in uploads:
            untaken = explain_untaken(upload, LARGEST_WORKBOOK)
            if untaken:
                refused.append(untaken)
                continue
            listed, findings = list_files(upload.name, upload.getvalue())
            files += listed
            refused += map(_describe, findings)
        bar = st.progress(0.0)
        last = None
        for number, (name, content) in enumerate(files, start=1):
            st.write(quote(name))
            try:
                workbook = open_workbook(content, name)
            except UnreadError as error:
                refused.append(str(error))
            else:
                if workbook.sheets:
                    last = store.drafts.save(planned, name, content)
                else:
                    refused += map(_describe, workbook.findings)
            bar.progress(number / len(files))
        label = f"Đã đọc {format_number(len(files))} tệp"
        progress.update(label=label, state="error" if refused else "complete")
    if last is not None:
        st.session_state[keys.DRAFT] = last
    st.session_state[keys.REFUSED_FILES] = refused


def _describe(finding: Finding) -> str:
    return f"{finding.message} {finding.mend}"


st.subheader("2. Nộp tệp")
done = st.session_state.setdefault(keys.SUBMISSION, {"lan": 0, "loi_nhan": None})
if done["loi_nhan"]:
    st.success(done["loi_nhan"], icon=":material/check_circle:")
    with st.container(horizontal=True):
        st.page_link("pages/explore/map.py", label="Xem bản đồ", icon=":material/map:")
        st.page_link("pages/explore/units.py", label="Xem danh sách", icon=":material/table_rows:")
uploads = st.file_uploader(
    f"Một hay nhiều bảng tính (.xlsx, .xls, .xlsm, .ods, .csv) hoặc gói .zip, mỗi tệp tối đa {LARGEST_WORKBOOK} MB: "
    "bấm nút Upload để chọn tệp, hoặc kéo tệp thả vào ô",
    accept_multiple_files=True,
    max_upload_size=LET_THROUGH,
    key=f"tep_{done['lan']}",
)
taken = tuple(upload.file_id for upload in uploads)
if taken != st.session_state.get(keys.TAKEN_UPLOADS, ()):
    st.session_state[keys.TAKEN_UPLOADS] = taken
    st.session_state[keys.REFUSED_FILES] = []
    if uploads:
        done["loi_nhan"] = None
        take_uploads(uploads)
for sentence in st.session_state.get(keys.REFUSED_FILES, []):
    st.error(f"Tệp chưa nhận được, chưa có gì được lưu. {quote(sentence)}", icon=":material/error:")


def finish_submission(sentence: str) -> None:
    st.session_state[keys.SUBMISSION] = {"lan": done["lan"] + 1, "loi_nhan": sentence}
    st.session_state[keys.TAKEN_UPLOADS] = ()
    st.session_state.pop(keys.DRAFT, None)
    st.rerun()


def confirm(chosen: list[DraftInfo], actor: str) -> None:
    """Store drafts without errors, each in a transaction of its own."""
    bar = st.progress(0.0, "Đang lưu …")
    stored = 0
    for number, draft in enumerate(chosen, start=1):
        ingest = check_draft(draft, intake, intake.version())
        content = store.drafts.get_content(draft.id)
        intake.accept(ingest, draft.file_name, content, actor.strip()[:100], draft.choices)
        stored += ingest.units
        bar.progress(number / len(chosen), f"Đã lưu “{quote(draft.file_name)}”")
    names = ", ".join(f"“{quote(draft.file_name)}”" for draft in chosen[:3]) + (" …" if len(chosen) > 3 else "")
    finish_submission(f"Đã lưu số liệu năm {year} của {format_number(stored)} đơn vị từ tệp {names}.")


drafts = store.drafts.list(planned)
if drafts:
    st.subheader("3. Kiểm tra và xác nhận")
    version = intake.version()
    checked = {draft.id: check_draft(draft, intake, version) for draft in drafts}
    in_turn = sorted(drafts, key=lambda draft: draft.id)
    overlaps = find_overlaps([(draft.file_name, checked[draft.id]) for draft in in_turn], units)
    if len(drafts) > 1:
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Tệp": as_text(draft.file_name),
                        "Tình trạng": "Xác nhận được" if ingest.accepted else "Còn lỗi",
                        "Đơn vị": ingest.units,
                        "Lỗi": count_severity(ingest, "error"),
                        "Cảnh báo": count_severity(ingest, "warning"),
                        "Sửa lần cuối": format_date(draft.updated_at),
                    }
                    for draft, ingest in ((draft, checked[draft.id]) for draft in drafts)
                ]
            ),
            hide_index=True,
            alt=f"Kết quả kiểm tra {len(drafts)} tệp đang chờ xác nhận",
        )
        for draft, findings in zip(in_turn, overlaps, strict=True):
            if not findings:
                continue
            more = f" Còn {len(findings) - 1} đơn vị khác cũng vậy." if len(findings) > 1 else ""
            st.warning(f"{quote(draft.file_name)}: {quote(findings[0].message)}{more}")
        ready = [draft for draft in in_turn if checked[draft.id].accepted]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(
                "Người nộp các tệp", placeholder="Họ tên, đơn vị công tác", max_chars=100, key="nguoi_nop_het"
            )
            if st.button(
                f"Xác nhận cả {format_number(len(ready))} tệp không có lỗi",
                disabled=not ready or not name.strip(),
                icon=":material/done_all:",
            ):
                confirm(ready, name)
    by_id = {draft.id: draft for draft in drafts}
    if st.session_state.get(keys.DRAFT) not in by_id:
        st.session_state[keys.DRAFT] = drafts[0].id
    chosen_id = st.selectbox(
        "Tệp đang xem",
        list(by_id),
        format_func=lambda draft_id: f"{by_id[draft_id].file_name} (bản nháp {draft_id})",
        key=keys.DRAFT,
    )
    draft, ingest = by_id[chosen_id], checked[chosen_id]
    errors = count_severity(ingest, "error")
    summary = (
        f"{format_number(ingest.rows)} dòng, {format_number(ingest.units)} đơn vị, {format_number(errors)} lỗi, "
        f"{format_number(count_severity(ingest, 'warning'))} cảnh báo, "
        f"{format_number(count_severity(ingest, 'note'))} ghi chú"
    )
    if ingest.accepted:
        st.success(f"“{quote(draft.file_name)}” không có lỗi: {summary}.", icon=":material/check_circle:")
    else:
        st.error(
            f"Tệp chưa nhận được vì còn {format_number(errors)} lỗi: {summary}. Sửa ngay ở dưới, hoặc sửa trong Excel "
            "rồi nộp lại; chưa có gì được lưu vào số liệu.",
            icon=":material/error:",
        )
    with st.container(horizontal=True):
        offer_marked_copy(ingest, intake, draft)
        if st.button("Bỏ tệp này", icon=":material/delete:", key=f"bo_{draft.id}"):
            store.drafts.drop(draft.id)
            st.rerun()
    show_columns(ingest, intake, draft)
    show_units(ingest, intake, draft)
    show_fixes(ingest, intake, draft)
    if ingest.findings:
        show_findings(ingest, intake)
    show_explanations(ingest, intake, draft)
    if ingest.accepted:
        st.subheader("4. Xem trước kết quả rồi xác nhận")
        show_preview(ingest, intake)
        name = st.text_input("Người nộp", placeholder="Họ tên, đơn vị công tác", max_chars=100, key="nguoi_nop")
        if st.button("Xác nhận và lưu", icon=":material/save:", disabled=not name.strip()):
            confirm([draft], name)

submissions = store.submissions.list(planned)
if submissions:
    with st.expander(f"Các tệp đã nhận của năm {year} ({format_number(len(submissions))})"):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Tệp": as_text(submission.file_name),
                        "Người nộp": as_text(submission.submitted_by),
                        "Ngày": format_date(submission.submitted_at),
                        "Số đơn vị": submission.units,
                        "Mã SHA-256": submission.file_hash,
                    }
                    for submission in submissions
                ]
            ),
            hide_index=True,
            alt=f"Các tệp đã nhận của năm {year}",
        )
