"""The action list of the page “Còn thiếu gì”: steps with owner and date, kept in the store, taken away as Excel."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from data.store import Action, StoreError
from pages.parts.shared import get_store
from reports.charts.picture import list_doubts
from reports.facts.assessment import Assessment
from reports.facts.tables import build_workbook
from scoring.words import format_date, format_number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_actions(assessment: Assessment, shown: pd.DataFrame) -> None:
    """The list of the units in `shown`; steps chosen on the page are added first."""
    year = assessment.round.year
    st.header("Danh sách việc")
    new = st.session_state.pop("viec_moi", None)
    if new is not None:
        _add(year, new)
    listed = get_store().list_actions(year)
    listed = listed[listed["unit_code"].isin(shown.index)].reset_index(drop=True)
    if listed.empty:
        st.caption("Chưa có việc nào. Bấm “Đưa vào danh sách việc” ở một phương án để giao việc, người làm và hạn.")
        return
    table = _as_table(assessment, listed)
    editor = f"bang_viec_{st.session_state.get('lan_viec', 0)}"
    st.data_editor(
        table,
        hide_index=True,
        key=editor,
        disabled=["unit", "district", "step"],
        column_config={
            "unit": st.column_config.TextColumn("Đơn vị", width="medium"),
            "district": st.column_config.TextColumn(assessment.district_heading, width="medium"),
            "step": st.column_config.TextColumn("Việc", width="large"),
            "owner": st.column_config.TextColumn("Người làm", max_chars=100),
            "due_date": st.column_config.DateColumn("Hạn", format="DD/MM/YYYY"),
            "done": st.column_config.CheckboxColumn("Xong"),
            "drop": st.column_config.CheckboxColumn("Bỏ"),
        },
        alt=f"Danh sách {format_number(len(table))} việc",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        actor = st.text_input("Người cập nhật", placeholder="Họ tên, đơn vị công tác", max_chars=100)
        edits = st.session_state[editor]["edited_rows"]
        if st.button("Lưu danh sách", icon=":material/save:", disabled=not (edits and actor.strip())):
            _attempt(lambda: _save(year, listed, edits, actor.strip()))
        st.download_button(
            "Tải danh sách việc (Excel)",
            data=lambda: _export(assessment, table),
            file_name=f"danh-sach-viec-{year}{'-so-lieu-minh-hoa' if assessment.demo else ''}.xlsx",
            mime=XLSX,
            icon=":material/download:",
        )
    st.caption("Sửa người làm, hạn, đánh dấu xong hay bỏ ngay trong bảng, ghi tên mình rồi bấm Lưu danh sách.")


def _add(year: int, steps: pd.DataFrame) -> None:
    known = get_store().list_actions(year)
    kept = {(row.unit_code, row.indicator_id): row for row in known.itertuples()}
    actions = []
    for row in steps.itertuples():
        before = kept.get((row.code, row.indicator))
        owner, due = ("", None) if before is None else (before.owner, _as_date(before.due_date))
        actions.append(Action(row.code, row.indicator, row.step, owner, due, False))
    _attempt(lambda: get_store().save_actions(year, actions, "Trang Còn thiếu gì"))
    st.toast(f"Đã đưa {format_number(len(actions))} việc vào danh sách.")


def _as_table(assessment: Assessment, listed: pd.DataFrame) -> pd.DataFrame:
    frame = assessment.frame
    return pd.DataFrame(
        {
            "unit": frame.loc[listed["unit_code"], "name"].to_numpy(),
            "district": frame.loc[listed["unit_code"], "district"].to_numpy(),
            "step": listed["indicator_id"] + ". " + listed["step"],
            "owner": listed["owner"],
            "due_date": pd.to_datetime(listed["due_date"]).dt.date,
            "done": listed["done"].astype(bool),
            "drop": False,
        }
    )


def _save(year: int, listed: pd.DataFrame, edits: dict[int, dict[str, object]], actor: str) -> None:
    """Store the rows that were edited, drop those marked so; the next run shows a fresh table."""
    dropped, kept = [], []
    for row, edit in edits.items():
        before = listed.iloc[row]
        if edit.get("drop"):
            dropped.append((before["unit_code"], before["indicator_id"]))
            continue
        kept.append(
            Action(
                before["unit_code"],
                before["indicator_id"],
                before["step"],
                str(edit.get("owner", before["owner"]) or ""),
                _as_date(edit.get("due_date", before["due_date"])),
                bool(edit.get("done", before["done"])),
            )
        )
    if kept:
        get_store().save_actions(year, kept, actor)
    if dropped:
        get_store().drop_actions(year, dropped, actor)
    st.session_state["lan_viec"] = st.session_state.get("lan_viec", 0) + 1
    st.rerun()


def _as_date(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(str(value)).date()


def _export(assessment: Assessment, table: pd.DataFrame) -> bytes:
    words = pd.DataFrame(
        {
            "Đơn vị": table["unit"],
            assessment.district_heading: table["district"],
            "Việc": table["step"],
            "Người làm": table["owner"],
            "Hạn": [None if pd.isna(one) else format_date(one) for one in table["due_date"]],
            "Xong": ["Xong" if one else "" for one in table["done"]],
        }
    )
    notes = [f"Lập ngày {format_date(date.today())}", *list_doubts(assessment)]
    return build_workbook(words, f"Danh sách việc để được công nhận, năm {assessment.round.year}", notes)


def _attempt(write: Callable[[], object]) -> None:
    try:
        write()
    except StoreError as error:
        st.error(str(error), icon=":material/error:")
