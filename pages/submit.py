"""Nộp số liệu: the template out, the filled workbook in; nothing is stored before the confirmation."""

from datetime import date
from io import BytesIO

import pandas as pd
import streamlit as st

from data.ingest import Ingest, read_submission
from data.store import Round, hash_file, plan_round
from data.template import build_template
from pages.shared import EVERYWHERE, get_store
from reports.assessment import Assessment, assessed_units, find_assessment, preview_submission
from reports.summary import count_statuses
from scoring.standard import get_standard
from scoring.words import STATUS_WORDS, format_date, format_number, format_percent, vietnamese_key

SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}

store = get_store()
st.title("Nộp số liệu")

years = sorted({*store.list_years(), date.today().year}, reverse=True)
year = st.selectbox("Năm của số liệu (01/01 – 31/12)", years, key="nam_nop", bind="query-params")
planned: Round = store.find_year(year) or plan_round(year)
standard = get_standard(planned.standard_id)
units = assessed_units(store, planned)


def template_file(of_units: pd.DataFrame) -> bytes:
    buffer = BytesIO()
    build_template(buffer, standard, of_units, year)
    return buffer.getvalue()


@st.cache_data(show_spinner=False, max_entries=8)
def check(content: bytes, file_name: str, of_year: int) -> Ingest:
    return read_submission(content, file_name, standard, units, of_year)


st.subheader("1. Tải biểu mẫu")
with st.container(horizontal=True, vertical_alignment="bottom"):
    districts = sorted(units["district"].unique(), key=vietnamese_key)
    scope = st.selectbox("Biểu mẫu cho", [EVERYWHERE, *districts])
    scoped = units if scope == EVERYWHERE else units[units["district"] == scope]
    st.download_button(
        f"Tải biểu mẫu {format_number(len(scoped))} đơn vị",
        data=lambda: template_file(scoped),
        file_name=f"bieu-mau-{year}{'' if scope == EVERYWHERE else '-' + scoped['district_code'].iloc[0]}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
    )
st.caption(
    "Điền vào các ô màu trắng, lưu tệp, rồi nộp ở bước 2. Ô để trống được hiểu là chưa có số liệu, không phải 0."
)


def show_findings(ingest: Ingest) -> None:
    """Every finding of the file, grouped by unit, with its cell and how to mend it."""
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    table = pd.DataFrame(
        [
            {
                "order": order[one.severity],
                "unit": f"{units['name'].get(one.unit, '')} ({one.unit})" if one.unit else "Cả tệp",
                "severity": SEVERITIES[one.severity],
                "cell": f"{one.sheet}!{one.cell}" if one.cell else one.sheet or "",
                "input": standard.inputs[one.input].label if one.input in standard.inputs else "",
                "message": one.message,
                "mend": one.mend,
            }
            for one in ingest.findings
        ]
    ).sort_values(["order", "unit"], kind="stable")
    st.dataframe(
        table.drop(columns="order"),
        hide_index=True,
        row_height=84,
        column_config={
            "unit": st.column_config.TextColumn("Đơn vị", pinned=True, width=150),
            "severity": st.column_config.TextColumn("Mức", width=60),
            "cell": st.column_config.TextColumn("Trang tính!Ô", width=95),
            "input": st.column_config.TextColumn("Chỉ tiêu", width=145),
            "message": st.column_config.TextColumn("Sai ở đâu", width=215),
            "mend": st.column_config.TextColumn("Cách sửa", width=230),
        },
        alt="Các lỗi, cảnh báo và ghi chú của tệp theo đơn vị",
    )


def show_preview(before: Assessment | None, after: Assessment, codes: pd.Index) -> None:
    """What the file would make of the scores: counts by status, and each unit of the file."""
    target = planned.target_percent
    now = count_statuses(after.frame, target)
    then = count_statuses(before.frame, target) if before else None
    with st.container(horizontal=True):
        for status, word in STATUS_WORDS.items():
            st.metric(
                word,
                format_number(getattr(now, status)),
                delta=None if then is None else getattr(now, status) - getattr(then, status),
                delta_color="off",
                border=True,
            )
        st.metric("Tỷ lệ đạt", format_percent(now.met, now.units), border=True)
    listed = after.frame.loc[codes, ["name", "district", "status", "total"]].copy()
    listed["status"] = listed["status"].map(STATUS_WORDS)
    listed["before"] = "" if before is None else before.frame["status"].reindex(codes).map(STATUS_WORDS)
    st.dataframe(
        listed,
        hide_index=True,
        height=260,
        column_config={
            "name": "Đơn vị",
            "district": after.district_heading,
            "status": "Kết quả nếu xác nhận",
            "total": st.column_config.NumberColumn(after.total_heading, format="localized"),
            "before": "Kết quả hiện nay",
        },
        alt="Xem trước kết quả chấm điểm của tệp",
    )


st.subheader("2. Nộp tệp đã điền")
done = st.session_state.setdefault("nop_xong", {"lan": 0, "loi_nhan": None})
if done["loi_nhan"]:
    st.success(done["loi_nhan"], icon=":material/check_circle:")
    with st.container(horizontal=True):
        st.page_link("pages/map.py", label="Xem bản đồ", icon=":material/map:")
        st.page_link("pages/units.py", label="Xem danh sách", icon=":material/table_rows:")
upload = st.file_uploader(
    "Tệp Excel (.xlsx) đã điền, tối đa 25 MB: bấm nút Upload để chọn tệp, hoặc kéo tệp thả vào ô",
    key=f"tep_{done['lan']}",
)

if upload is not None:
    content = upload.getvalue()
    with st.status("Đang kiểm tra tệp …", expanded=False) as progress:
        st.write("Đọc các trang tính và từng ô")
        ingest = check(content, upload.name, year)
        st.write(f"Đã đọc {format_number(ingest.rows)} dòng; đối chiếu mã đơn vị, số liệu, câu trả lời")
        counted = {severity: sum(one.severity == severity for one in ingest.findings) for severity in SEVERITIES}
        said = ", ".join(
            f"{format_number(number)} {SEVERITIES[severity].lower()}" for severity, number in counted.items()
        )
        progress.update(label=f"Đã kiểm tra xong: {said}", state="complete" if ingest.accepted else "error")
    if not ingest.accepted:
        st.error(
            f"Tệp chưa nhận được vì còn {format_number(counted['error'])} lỗi. "
            "Sửa các ô dưới đây trong Excel rồi nộp lại; chưa có gì được lưu.",
            icon=":material/error:",
        )
    if ingest.findings:
        show_findings(ingest)
    if ingest.accepted:
        same = next((one for one in store.list_submissions(year) if one.file_hash == hash_file(content)), None)
        if same:
            st.warning(
                f"Tệp này đã nộp ngày {format_date(same.submitted_at)}. Xác nhận lại cũng không làm đổi số liệu."
            )
        st.subheader("3. Xem trước kết quả rồi xác nhận")
        st.caption(
            f"Tệp có số liệu của {format_number(ingest.units)} đơn vị. "
            "Xác nhận sẽ thay số liệu hiện có của các đơn vị này; số liệu cũ vẫn giữ trong lịch sử."
        )
        incoming = ingest.wide()
        show_preview(find_assessment(store, year), preview_submission(store, planned, incoming), incoming.index)
        name = st.text_input("Người nộp", placeholder="Họ tên, đơn vị công tác", max_chars=100)
        if st.button("Xác nhận và lưu", type="primary", icon=":material/save:", disabled=not name.strip()):
            store.save_submission(planned, ingest.observations, upload.name, content, name.strip()[:100])
            st.session_state["nop_xong"] = {
                "lan": done["lan"] + 1,
                "loi_nhan": f"Đã lưu số liệu năm {year} của {format_number(ingest.units)} đơn vị "
                f"từ tệp “{upload.name}”.",
            }
            st.rerun()

submissions = store.list_submissions(year)
if submissions:
    with st.expander(f"Các tệp đã nhận của năm {year} ({format_number(len(submissions))})"):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Tệp": one.file_name,
                        "Người nộp": one.submitted_by,
                        "Ngày": format_date(one.submitted_at),
                        "Số đơn vị": one.units,
                        "Mã SHA-256": one.file_hash,
                    }
                    for one in submissions
                ]
            ),
            hide_index=True,
            alt=f"Các tệp đã nhận của năm {year}",
        )
