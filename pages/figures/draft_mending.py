"""Corrections of a draft on screen, and explanations of what looks odd but is right."""

import pandas as pd
import streamlit as st

from data.intake.door import Intake
from data.intake.findings.finding import Finding
from data.intake.ingest import Ingest
from data.intake.returned.fixes import list_wrong_rows, read_edits
from data.store import DraftInfo, Explanation
from data.store.explanations import note_key
from pages.figures.draft import MOST_SHOWN, describe_finding
from pages.parts.refusals import press
from pages.parts.rounds import get_store
from pages.parts.user_text import as_text
from scoring.refusal import Refusal
from scoring.words import format_date, format_number


def show_fixes(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """An editable grid of the wrong rows; each save is kept in the draft and the file is checked again."""
    grids = list_wrong_rows(ingest, intake.standard)
    if draft.edits:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Đã sửa {format_number(len(draft.edits))} ô trên màn hình; bản nháp đã lưu.")
            st.button(
                "Bỏ mọi ô đã sửa",
                key=f"bo_sua_{draft.id}_{draft.version}",
                on_click=press,
                args=(get_store().drafts.add_edits, draft, dict.fromkeys(draft.edits)),
            )
    if not grids:
        return
    with st.expander("Sửa ngay trên màn hình", expanded=True, icon=":material/edit:"):
        st.caption(
            "Chỉ hiện các dòng còn lỗi và các cột liên quan. Sửa xong bấm Lưu và kiểm tra lại; "
            "tệp gốc giữ nguyên, chỗ sửa được ghi lại trong nguồn của số liệu."
        )
        keyed = {f"sua_{draft.id}_{number}_{draft.version}": grid for number, grid in enumerate(grids)}
        for key, grid in keyed.items():
            rows = [
                [
                    f"{grid.sheet}, {', '.join(cell for cell, bad in zip(cells, wrong, strict=True) if bad)}",
                    *map(as_text, texts),
                ]
                for cells, wrong, texts in zip(grid.cells, grid.wrong, grid.texts, strict=True)
            ]
            st.data_editor(
                pd.DataFrame(rows, columns=["Ô sai", *grid.headers]),
                hide_index=True,
                disabled=["Ô sai"],
                alt="Các dòng còn lỗi để sửa",
                key=key,
                column_config={"Ô sai": st.column_config.TextColumn(pinned=True)},
            )
            if grid.more:
                st.caption(f"Còn {format_number(grid.more)} dòng sai khác; sửa xong các dòng này sẽ hiện tiếp.")

        def keep() -> None:
            edits: dict[tuple[str, str], str] = {}
            for key, grid in keyed.items():
                edits |= read_edits(grid, st.session_state[key]["edited_rows"])
            if not edits:
                raise Refusal("Chưa có ô nào được sửa. Sửa trong bảng rồi bấm lại.")
            get_store().drafts.add_edits(draft, edits)

        st.button(
            "Lưu và kiểm tra lại",
            icon=":material/save:",
            key=f"luu_sua_{draft.id}_{draft.version}",
            on_click=press,
            args=(keep,),
        )


def show_explanations(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """Warnings with a field to answer each; answers stay for the year."""
    warnings = [warning for warning in ingest.warnings if warning.explainable][:MOST_SHOWN]
    if not warnings:
        return
    known = get_store().explanations.load(intake.planned)
    answered = sum(note_key(warning) in known for warning in warnings)
    with st.expander(
        f"Giải trình cảnh báo: {answered}/{len(warnings)} đã có lý do", icon=":material/chat:", expanded=False
    ):
        st.caption("Cảnh báo không chặn tệp. Nếu số liệu đúng, ghi lý do; lý do được giữ lại cho cả năm.")
        table = pd.DataFrame(
            {
                "unit": [intake.units["name"].get(warning.unit, "Cả tệp") for warning in warnings],
                "input": [describe_finding(warning, intake)["input"] for warning in warnings],
                "message": [warning.message for warning in warnings],
                "note": [_note(known.get(note_key(warning))) for warning in warnings],
                "author": [_describe_author(known.get(note_key(warning)), warning) for warning in warnings],
            }
        )
        key = f"gt_{draft.id}_{len(known)}_{answered}"
        st.data_editor(
            table,
            hide_index=True,
            disabled=["unit", "input", "message", "author"],
            alt="Cảnh báo và giải trình",
            key=key,
            row_height=70,
            column_config={
                "unit": st.column_config.TextColumn("Đơn vị", width=140),
                "input": st.column_config.TextColumn("Chỉ tiêu", width=160),
                "message": st.column_config.TextColumn("Cảnh báo", width=280),
                "note": st.column_config.TextColumn("Giải trình", width=260, max_chars=1000),
                "author": st.column_config.TextColumn("Người ghi", width=140),
            },
        )
        author = st.text_input("Người giải trình", placeholder="Họ tên", max_chars=100, key=f"nguoi_gt_{draft.id}")
        if st.button("Lưu giải trình", disabled=not author.strip(), key=f"luu_gt_{draft.id}"):
            edited = st.session_state[key]["edited_rows"]
            notes = [(warnings[row], str(change["note"])) for row, change in edited.items() if change.get("note")]
            get_store().explanations.save(intake.planned, notes, author.strip())
            st.rerun()


def _note(known: Explanation | None) -> str:
    return as_text(known.note) if known else ""


def _describe_author(known: Explanation | None, finding: Finding) -> str:
    if known is None:
        return ""
    changed = "" if known.message == finding.message else "; số liệu đã đổi từ đó"
    return f"{as_text(known.author)}, {format_date(known.written_at)}{changed}"
