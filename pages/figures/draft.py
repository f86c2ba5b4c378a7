"""A draft on screen: what is wrong with it, and the officer's own file back."""

import pandas as pd
import streamlit as st

from data.intake.door import Intake
from data.intake.findings.finding import Finding
from data.intake.findings.kind import SEVERITY_WORDS
from data.intake.ingest import Ingest
from data.intake.returned.marked import build_marked_copy
from data.intake.workbook import open_workbook
from data.store import DraftInfo
from pages.parts.cached import cached
from pages.parts.downloads import offer_after_build
from pages.parts.rounds import get_store
from reports.exports.contexts import ReturnedContext
from reports.exports.registry import offer
from scoring.moments import today
from scoring.words import format_number

MOST_SHOWN = 1000


def check_draft(draft: DraftInfo, intake: Intake, version: tuple[object, ...]) -> Ingest:
    """The findings of a draft; read again when it was touched or facts changed, which `version` of the intake tells."""
    return _check((draft.id, draft.updated_at, version), intake, draft)


@cached(entries=64, spinner="Đang đọc tệp …", shared=True)
def _check(_intake: Intake, _draft: DraftInfo) -> Ingest:
    content = get_store().drafts.get_content(_draft.id)
    workbook = open_workbook(content, _draft.file_name)
    return _intake.check(workbook, content, _draft.choices, _draft.edits)


def show_findings(ingest: Ingest, intake: Intake) -> None:
    """Every finding of the file with its cell and how to mend it."""
    severities = st.segmented_control(
        "Hiện",
        list(SEVERITY_WORDS),
        selection_mode="multi",
        default=list(SEVERITY_WORDS),
        format_func=lambda severity: f"{SEVERITY_WORDS[severity]} ({count_severity(ingest, severity)})",
        key="muc_loi",
    )
    findings = [finding for finding in ingest.findings if finding.severity in severities]
    if not findings:
        st.caption("Không có mục nào.")
        return
    st.dataframe(
        pd.DataFrame([describe_finding(finding, intake) for finding in findings[:MOST_SHOWN]]),
        hide_index=True,
        row_height=106,
        height="content" if len(findings) <= 3 else 440,
        column_config={
            "severity": st.column_config.TextColumn("Mức", width=65),
            "unit": st.column_config.TextColumn("Đơn vị", width=130),
            "cell": st.column_config.TextColumn("Trang tính!Ô", width=100),
            "input": st.column_config.TextColumn("Chỉ tiêu", width=125),
            "message": st.column_config.TextColumn("Sai ở đâu", width=265),
            "mend": st.column_config.TextColumn("Cách sửa", width=215),
        },
        alt="Các lỗi, cảnh báo và ghi chú của tệp",
    )
    if len(findings) > MOST_SHOWN:
        st.caption(
            f"Chỉ hiện {format_number(MOST_SHOWN)} trên {format_number(len(findings))} mục; "
            "tệp Excel đã đánh dấu có đủ."
        )
    st.page_link("pages/figures/findings.py", label="Giải thích các lỗi và cách sửa", icon=":material/help:")


def count_severity(ingest: Ingest, severity: str) -> int:
    """How many findings of a severity."""
    return sum(finding.severity == severity for finding in ingest.findings)


def describe_finding(finding: Finding, intake: Intake) -> dict[str, str]:
    return {
        "severity": SEVERITY_WORDS[finding.severity],
        "unit": f"{intake.units['name'].get(finding.unit, '')} ({finding.unit})" if finding.unit else "Cả tệp",
        "cell": f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet or "",
        "input": intake.standard.inputs[finding.input].label if finding.input in intake.standard.inputs else "",
        "message": finding.message,
        "mend": finding.mend,
    }


def offer_marked_copy(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """The officer's own workbook back, with the wrong cells coloured and commented."""

    def mark() -> bytes:
        content = get_store().drafts.get_content(draft.id)
        sheets = open_workbook(content, draft.file_name).sheets
        names = intake.units["name"].to_dict()
        return build_marked_copy(content, sheets, ingest.findings, intake.standard, names, draft.edits)

    if not ingest.tables:
        st.caption("Tệp không có bảng số liệu nào đọc được nên không có bản Excel đánh dấu ô sai.")
        return
    context = ReturnedContext(draft.file_name, mark, draft.round.year, today())
    offer_after_build(
        "Lập tệp Excel đã đánh dấu ô sai",
        lambda: offer("returned", context),
        "Tải tệp Excel đã đánh dấu ô sai",
        icon=":material/table:",
    )
