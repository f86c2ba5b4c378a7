"""What a draft would change, value by value, and what it would make of the scores."""

import pandas as pd
import streamlit as st

from data.intake.door import Intake
from data.intake.ingest import Ingest
from data.store.changes import CHANGES, count_changes
from pages.figures.draft import MOST_SHOWN
from pages.parts.rounds import get_store
from reports.facts.assessment import find_assessment, preview_submission
from reports.facts.comparison import compare
from reports.facts.counts import count_statuses
from scoring.words import NO_DATA, STATUS_WORDS, format_number, format_percent

CHANGE_LABELS = {"added": "Thêm", "changed": "Đổi", "gone": "Mất", "unchanged": "Giữ nguyên"}


def show_preview(ingest: Ingest, intake: Intake) -> None:
    """What the file would change, value by value, and what it would make of the scores."""
    changes = intake.compare(ingest)
    counted = count_changes(changes)
    st.caption(
        f"Tệp có số liệu của {format_number(ingest.units)} đơn vị. Xác nhận sẽ thay số liệu hiện có của các đơn vị này "
        "ở các chỉ tiêu có trong tệp; số liệu cũ vẫn giữ trong lịch sử."
    )
    with st.container(horizontal=True):
        for change in CHANGES:
            st.metric(f"Giá trị {CHANGE_LABELS[change].lower()}", format_number(counted[change]), border=True)
    with st.expander("Xem từng giá trị thay đổi", icon=":material/difference:"):
        _show_changes(changes, intake)
    _show_scores(ingest, intake)


def _show_changes(changes: pd.DataFrame, intake: Intake) -> None:
    wanted = st.segmented_control(
        "Loại thay đổi",
        list(CHANGES),
        selection_mode="multi",
        default=[change for change in CHANGES if change != "unchanged"],
        format_func=lambda change: CHANGE_LABELS[change],
        key="loai_doi",
    )
    listed_changes = changes[changes["change"].isin(wanted)]
    if listed_changes.empty:
        st.caption("Không có giá trị nào.")
        return
    listed = pd.DataFrame(
        {
            "Đơn vị": listed_changes["unit_code"].map(intake.units["name"]),
            "Mã": listed_changes["unit_code"],
            "Chỉ tiêu": listed_changes["input_id"].map(
                {figure.id: figure.label for figure in intake.standard.inputs.values()}
            ),
            "Đang có": _texts(listed_changes, "before", intake),
            "Trong tệp": _texts(listed_changes, "after", intake),
            "Thay đổi": listed_changes["change"].map(CHANGE_LABELS),
        }
    )
    st.dataframe(listed.head(MOST_SHOWN * 5), hide_index=True, height=320, alt="Từng giá trị thay đổi")


def _texts(changes: pd.DataFrame, column: str, intake: Intake) -> list[str]:
    kinds = {figure.id: figure.kind for figure in intake.standard.inputs.values()}
    words = {0: "Không", 1: "Có"}
    return [
        NO_DATA if pd.isna(value) else words[int(value)] if kinds[input_id] == "answer" else format_number(int(value))
        for input_id, value in zip(changes["input_id"], changes[column], strict=True)
    ]


def _show_scores(ingest: Ingest, intake: Intake) -> None:
    store, planned = get_store(), intake.planned
    incoming = ingest.wide()
    before, after = find_assessment(store, planned), preview_submission(store, planned, incoming)
    now = count_statuses(after.frame, planned.target_percent)
    # The stored year beside the same year with the file.
    comparison = None if before is None else compare(before, after)
    changed = None if comparison is None else comparison.count_changes
    with st.container(horizontal=True):
        for status, word in STATUS_WORDS.items():
            st.metric(
                word,
                format_number(now[status]),
                delta=None if changed is None else changed[status],
                delta_color="off",
                border=True,
            )
        st.metric("Tỷ lệ đạt", format_percent(now.met, now.units), border=True)
    listed = after.frame.loc[incoming.index, ["name", "district", "status", "total"]].copy()
    listed["status"] = listed["status"].map(STATUS_WORDS)
    stored = pd.Series(dtype="str") if comparison is None else comparison.units["status_before"]
    listed["before"] = stored.reindex(incoming.index).map(STATUS_WORDS).fillna("")
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
