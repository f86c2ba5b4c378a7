"""Files that wait for their confirmation: which there are, the one that is being looked at, those just dropped."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.intake.door import Intake, find_overlaps
from data.intake.ingest import Ingest
from data.intake.kept_checks import Summary
from data.store import DraftInfo
from pages.figures.draft import (
    check_draft,
    count_severity,
    get_grounds,
    name_draft,
    offer_marked_copy,
    show_findings,
    summarise_draft,
)
from pages.figures.draft_acts import confirm_drafts, drop_draft, restore_draft
from pages.figures.draft_matching import show_columns, show_units
from pages.figures.draft_mending import show_explanations, show_fixes
from pages.figures.draft_preview import show_preview
from pages.parts import keys
from pages.parts.bringer import get_bringer
from pages.parts.refusals import press
from pages.parts.user_text import as_text, quote
from scoring.words import format_date, format_moment, format_number

_NAME, _NAME_OF_ALL = "nguoi_nop", "nguoi_nop_het"


def show_drafts(intake: Intake) -> None:
    """All drafts of a round, one's own first; nothing of them is stored as data before its confirmation."""
    bringer, newest = get_bringer(), intake.store.submissions.newest(intake.planned)
    drafts = sorted(intake.store.drafts.list(intake.planned), key=lambda draft: draft.brought_by != bringer)
    if drafts:
        st.subheader("3. Kiểm tra và xác nhận")
        grounds = get_grounds(intake)
        with st.spinner("Đang kiểm tra tệp …"):
            summaries = {draft.id: summarise_draft(draft, intake, grounds) for draft in drafts}
        if len(drafts) > 1:
            _show_list(drafts, summaries, intake, bringer)
            mine = [draft for draft in drafts if draft.brought_by == bringer]
            _offer_all(sorted(mine, key=lambda draft: draft.id), summaries, intake, newest)
        draft = _choose(drafts)
        _show_draft(draft, check_draft(draft, intake, summaries[draft.id]), intake, newest)
    _show_dropped([draft for draft in intake.store.drafts.list_dropped(intake.planned) if draft.brought_by == bringer])


def _show_list(drafts: Sequence[DraftInfo], summaries: dict[int, Summary], intake: Intake, bringer: str) -> None:
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Tệp": as_text(draft.file_name),
                    "Bản nháp": draft.id,
                    "Của": "Bạn" if draft.brought_by == bringer else "Người khác",
                    "Tình trạng": "Xác nhận được" if summaries[draft.id].accepted else "Còn lỗi",
                    "Đơn vị": len(summaries[draft.id].codes),
                    "Lỗi": summaries[draft.id].counts["error"],
                    "Cảnh báo": summaries[draft.id].counts["warning"],
                    "Sửa lần cuối": format_date(draft.updated_at),
                }
                for draft in drafts
            ]
        ),
        hide_index=True,
        alt=f"Kết quả kiểm tra {len(drafts)} tệp đang chờ xác nhận",
    )
    in_turn = sorted(drafts, key=lambda draft: draft.id)
    overlaps = find_overlaps([(draft.file_name, summaries[draft.id].codes) for draft in in_turn], intake.units)
    for draft, findings in zip(in_turn, overlaps, strict=True):
        if findings:
            more = f" Còn {len(findings) - 1} đơn vị khác cũng vậy." if len(findings) > 1 else ""
            st.warning(f"{quote(draft.file_name)}: {quote(findings[0].message)}{more}")


def _offer_all(drafts: Sequence[DraftInfo], summaries: dict[int, Summary], intake: Intake, newest: int) -> None:
    """Confirm all of one's own files at once; those of others only they confirm, or whoever looks at each."""
    ready = [draft for draft in drafts if summaries[draft.id].accepted]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Người nộp các tệp", placeholder="Họ tên, đơn vị công tác", max_chars=100, key=_NAME_OF_ALL
        )
        st.button(
            f"Xác nhận cả {format_number(len(ready))} tệp không có lỗi",
            disabled=not ready or not name.strip(),
            icon=":material/done_all:",
            key="xac_nhan_het_" + "_".join(f"{draft.id}.{draft.version}" for draft in ready),
            on_click=press,
            args=(confirm_drafts, intake, ready, newest, _NAME_OF_ALL),
        )


def _choose(drafts: Sequence[DraftInfo]) -> DraftInfo:
    by_id = {draft.id: draft for draft in drafts}
    before = st.session_state.get(keys.DRAFT)
    if before not in by_id:
        if before is not None:
            st.info("Tệp đang xem đã được xác nhận hoặc đã bỏ; dưới đây là một tệp khác.", icon=":material/info:")
        st.session_state[keys.DRAFT] = drafts[0].id
    chosen = st.selectbox(
        "Tệp đang xem", list(by_id), format_func=lambda draft_id: name_draft(by_id[draft_id]), key=keys.DRAFT
    )
    return by_id[chosen]


def _show_draft(draft: DraftInfo, ingest: Ingest, intake: Intake, newest: int) -> None:
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
        _offer_drop(draft)
    show_columns(ingest, intake, draft)
    show_units(ingest, intake, draft)
    show_fixes(ingest, intake, draft)
    if ingest.findings:
        show_findings(ingest, intake)
    show_explanations(ingest, intake, draft)
    if ingest.accepted:
        st.subheader("4. Xem trước kết quả rồi xác nhận")
        show_preview(ingest, intake)
        name = st.text_input("Người nộp", placeholder="Họ tên, đơn vị công tác", max_chars=100, key=_NAME)
        st.button(
            "Xác nhận và lưu",
            icon=":material/save:",
            disabled=not name.strip(),
            key=f"xac_nhan_{draft.id}_{draft.version}",
            on_click=press,
            args=(confirm_drafts, intake, [draft], newest, _NAME),
        )


def _offer_drop(draft: DraftInfo) -> None:
    with st.popover("Bỏ tệp này", icon=":material/delete:"):
        st.markdown(
            f"Bỏ “{quote(draft.file_name)}” và những gì đã sửa, đã xác nhận trên màn hình? Số liệu đã lưu không đổi; "
            "khôi phục được trong một ngày."
        )
        st.button(
            "Đúng, bỏ tệp này",
            icon=":material/delete:",
            key=f"bo_{draft.id}_{draft.version}",
            on_click=press,
            args=(drop_draft, draft),
        )


def _show_dropped(drafts: Sequence[DraftInfo]) -> None:
    if not drafts:
        return
    with st.expander(f"Vừa bỏ ({format_number(len(drafts))})", icon=":material/restore_from_trash:"):
        for draft in drafts:
            assert draft.dropped_at is not None
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{quote(name_draft(draft))}, bỏ lúc {format_moment(draft.dropped_at)}", width="stretch")
                st.button(
                    "Khôi phục",
                    icon=":material/undo:",
                    key=f"khoi_phuc_{draft.id}",
                    on_click=press,
                    args=(restore_draft, draft),
                )
