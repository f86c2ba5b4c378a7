"""The action list of the page “Còn thiếu gì”: steps with owner and date, kept in the store, taken away as Excel."""

from datetime import date

import pandas as pd
import streamlit as st

from data.store import Action, RoundKey
from pages.parts import keys
from pages.parts.downloads import offer_download
from pages.parts.refusals import press, saying_refusals
from pages.parts.rounds import get_store
from reports.exports.contexts import ActionsContext
from reports.exports.registry import offer
from reports.facts.assessment import Assessment
from scoring.moments import today
from scoring.words import format_number

_ACTOR = "nguoi_cap_nhat_viec"


def show_actions(assessment: Assessment, area: pd.DataFrame) -> None:
    """The list of the units in `area`; steps chosen on the page are added first."""
    key = assessment.round.key
    st.header("Danh sách việc")
    new = st.session_state.pop(keys.NEW_ACTIONS, None)
    if new is not None:
        _add(key, new)
    listed = get_store().actions.list(key)
    listed = listed[listed["unit_code"].isin(area.index)].reset_index(drop=True)
    if listed.empty:
        st.caption("Chưa có việc nào. Bấm “Đưa vào danh sách việc” ở một phương án để giao việc, người làm và hạn.")
        return
    table = _as_table(assessment, listed)
    # Rows are edited by their place, so another list is another table.
    editor = f"bang_viec_{st.session_state.get(keys.ACTIONS_TURN, 0)}_{_print_of(listed)}"
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
        actor = st.text_input("Người cập nhật", placeholder="Họ tên, đơn vị công tác", max_chars=100, key=_ACTOR)
        edits = st.session_state[editor]["edited_rows"]
        st.button(
            "Lưu danh sách",
            icon=":material/save:",
            disabled=not (edits and actor.strip()),
            key=f"luu_{editor}",
            on_click=press,
            args=(_save, key, listed, editor),
        )
        offer_download("Tải danh sách việc (Excel)", offer("actions", ActionsContext(assessment, today(), table)))
    st.caption("Sửa người làm, hạn, đánh dấu xong hay bỏ ngay trong bảng, ghi tên mình rồi bấm Lưu danh sách.")


def _add(key: RoundKey, steps: pd.DataFrame) -> None:
    known = get_store().actions.list(key)
    kept = {(row.unit_code, row.indicator_id): row for row in known.itertuples()}
    actions = []
    for row in steps.itertuples():
        before = kept.get((row.code, row.indicator))
        owner, due = ("", None) if before is None else (before.owner, _as_date(before.due_date))
        actions.append(Action(row.code, row.indicator, row.step, owner, due, False))
    with saying_refusals():
        get_store().actions.apply(key, save=actions, actor="Trang Còn thiếu gì")
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


def _save(key: RoundKey, listed: pd.DataFrame, editor: str) -> None:
    """Store the rows of the list, as it was shown, that were edited; drop those marked so, all or nothing."""
    edits: dict[int, dict[str, object]] = st.session_state[editor]["edited_rows"]
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
    seen = [
        Action(row.unit_code, row.indicator_id, row.step, row.owner, _as_date(row.due_date), row.done)
        for row in listed.itertuples()
    ]
    actor = st.session_state[_ACTOR].strip()
    get_store().actions.apply(key, save=kept, drop=dropped, actor=actor, seen=seen)
    st.session_state[keys.ACTIONS_TURN] = st.session_state.get(keys.ACTIONS_TURN, 0) + 1


def _print_of(listed: pd.DataFrame) -> int:
    return int(pd.util.hash_pandas_object(listed.astype(str), index=False).sum())


def _as_date(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(str(value)).date()
