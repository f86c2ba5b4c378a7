"""A draft on screen: what is wrong with it, and the officer's own file back."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from data.intake.door import Intake
from data.intake.findings.finding import Finding
from data.intake.findings.kind import SEVERITY_WORDS
from data.intake.ingest import Ingest
from data.intake.kept_checks import Grounds, Summary, find_grounds, read_summary, summarise
from data.intake.returned.marked import build_marked_copy
from data.intake.workbook import open_workbook
from data.store import DraftInfo, RoundKey
from pages.parts.cached import cached
from pages.parts.downloads import offer_after_build
from pages.parts.rounds import get_store
from reports.exports.contexts import ReturnedContext
from reports.exports.registry import offer
from scoring.moments import today
from scoring.words import format_number

MOST_SHOWN = 1000


def get_grounds(intake: Intake) -> Grounds:
    """What the checks of a round's files depend on now."""
    planned = intake.planned
    return find_grounds(intake, _find_newest(intake.store.rounds.facts_version(planned), planned.key))


@cached(entries=4)
def _find_newest(key: RoundKey) -> dict[str, int]:
    return get_store().submissions.newest_of_units(key)


def summarise_draft(draft: DraftInfo, intake: Intake, grounds: Grounds) -> Summary:
    """The findings of a draft in short, as kept with it; read again, and kept, when what they depend on has changed."""
    kept = read_summary(draft, grounds)
    if kept is not None:
        return kept
    ingest = _read_draft(draft, intake)
    summary = summarise(ingest, draft, grounds)
    _keep_check((draft.id, summary.stamp), lambda: ingest)
    intake.store.drafts.keep_summary(draft, summary.as_json())
    return summary


def check_draft(draft: DraftInfo, intake: Intake, summary: Summary) -> Ingest:
    """The findings of a draft in full, of the check that its summary is of."""
    return _keep_check((draft.id, summary.stamp), lambda: _read_draft(draft, intake))


@cached(entries=16, shared=True)
def _keep_check(_check: Callable[[], Ingest]) -> Ingest:
    return _check()


def _read_draft(draft: DraftInfo, intake: Intake) -> Ingest:
    content = intake.store.drafts.get_content(draft)
    workbook = open_workbook(content, draft.file_name)
    return intake.check(workbook, content, draft.choices, draft.edits)


def name_draft(draft: DraftInfo) -> str:
    """A draft in a list: files of different people often bear one name."""
    return f"{draft.file_name} (bản nháp {draft.id})"


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
        content = get_store().drafts.get_content(draft)
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
