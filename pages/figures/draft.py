"""A draft on screen: what its columns and units are taken for, what is wrong, corrections, explanations, preview."""

from datetime import date, datetime

import pandas as pd
import streamlit as st

from data.intake.door import Intake
from data.intake.findings.finding import Finding
from data.intake.findings.kind import SEVERITY_WORDS
from data.intake.ingest import Ingest
from data.intake.returned.fixes import list_wrong_rows, read_edits
from data.intake.returned.marked import build_marked_copy
from data.intake.table.columns import ROLES
from data.intake.workbook import open_workbook
from data.store import DraftInfo, Explanation
from data.store.changes import CHANGES, count_changes
from data.store.choices import Choices
from data.store.explanations import note_key
from pages.parts.downloads import offer_download
from pages.parts.shared import as_text, get_store
from reports.exports.contexts import ReturnedContext
from reports.exports.registry import offer
from reports.facts.assessment import find_assessment, preview_submission
from reports.facts.comparison import compare
from reports.facts.counts import count_statuses
from scoring.words import NO_DATA, STATUS_WORDS, format_date, format_number, format_percent

CHANGE_LABELS = {"added": "Thêm", "changed": "Đổi", "gone": "Mất", "unchanged": "Giữ nguyên"}
HOW_WORDS = {
    "exact": "Trùng tên",
    "chosen": "Đã xác nhận",
    "close": "Gần giống",
    "unit": "Cột đơn vị",
    "side": "Cột phụ",
    "ratio": "Cột tỷ lệ",
    "other_year": "Cột của năm khác",
    "part": "Cột chi tiết",
    "opposite": "Cột “Không” của cặp Có, Không",
    "unknown": "Không rõ",
}
MOST_SHOWN = 1000


@st.cache_resource(show_spinner="Đang đọc tệp …", max_entries=64)
def check_draft(
    draft_id: int,
    touched: datetime,  # noqa: ARG001 - part of the cache's key
    version: tuple[object, ...],  # noqa: ARG001 - part of the cache's key
    _intake: Intake,
    _draft: DraftInfo,
) -> Ingest:
    """The findings of a draft; read again when it was touched or facts changed."""
    content = get_store().drafts.get_content(draft_id)
    workbook = open_workbook(content, _draft.file_name)
    return _intake.check(workbook, content, _draft.choices, _draft.edits)


def show_findings(ingest: Ingest, intake: Intake) -> None:
    """Every finding of the file with its cell and how to mend it."""
    severities = st.segmented_control(
        "Hiện",
        list(SEVERITY_WORDS),
        selection_mode="multi",
        default=list(SEVERITY_WORDS),
        format_func=lambda one: f"{SEVERITY_WORDS[one]} ({count_severity(ingest, one)})",
        key="muc_loi",
    )
    shown = [one for one in ingest.findings if one.severity in severities]
    if not shown:
        st.caption("Không có mục nào.")
        return
    st.dataframe(
        pd.DataFrame([_describe(one, intake) for one in shown[:MOST_SHOWN]]),
        hide_index=True,
        row_height=106,
        height="content" if len(shown) <= 3 else 440,
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
    if len(shown) > MOST_SHOWN:
        st.caption(
            f"Chỉ hiện {format_number(MOST_SHOWN)} trên {format_number(len(shown))} mục; tệp Excel đã đánh dấu có đủ."
        )
    st.page_link("pages/figures/findings.py", label="Giải thích các lỗi và cách sửa", icon=":material/help:")


def count_severity(ingest: Ingest, severity: str) -> int:
    """How many findings of a severity."""
    return sum(one.severity == severity for one in ingest.findings)


def _describe(one: Finding, intake: Intake) -> dict[str, str]:
    return {
        "severity": SEVERITY_WORDS[one.severity],
        "unit": f"{intake.units['name'].get(one.unit, '')} ({one.unit})" if one.unit else "Cả tệp",
        "cell": f"{one.sheet}!{one.cell}" if one.cell else one.sheet or "",
        "input": intake.standard.inputs[one.input].label if one.input in intake.standard.inputs else "",
        "message": one.message,
        "mend": one.mend,
    }


def offer_marked_copy(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """The officer's own workbook back, with the wrong cells coloured and commented."""

    def mark() -> bytes:
        content = get_store().drafts.get_content(draft.id)
        sheets = open_workbook(content, draft.file_name).sheets
        names = intake.units["name"].to_dict()
        return build_marked_copy(content, sheets, ingest.findings, intake.standard, names, draft.edits)

    context = ReturnedContext(draft.file_name, mark, draft.round.year, date.today())
    offer_download("Tải tệp Excel đã đánh dấu ô sai", offer("returned", context))


def show_columns(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """What each column is taken for; the officer confirms or changes it, and it is remembered for such files."""
    columns = [one for one in ingest.columns if one.match.header.texts]
    open_columns = sum(one.match.how == "close" for one in columns)
    title = f"Đối chiếu cột: còn {open_columns} cột cần xác nhận" if open_columns else "Đối chiếu cột"
    with st.expander(title, expanded=bool(open_columns), icon=":material/table_chart:"):
        st.caption(
            "Mỗi cột của tệp được hiểu là chỉ tiêu nào. Chọn lại ở cột “Dùng làm” nếu sai, rồi bấm xác nhận. "
            "Lần sau, tệp cùng dạng sẽ dùng lại cách đối chiếu này."
        )
        labels = {one.id: one.label for one in intake.standard.inputs.values()} | ROLES
        table = pd.DataFrame(
            {
                "place": [f"{one.sheet}, {one.place}" for one in columns],
                "header": [f"“{one.match.header.text}”" for one in columns],
                "samples": ["; ".join(f"“{text}”" for text in one.samples) for one in columns],
                "how": [HOW_WORDS[one.match.how] for one in columns],
                "confidence": [f"{one.match.confidence} %" if one.match.how == "close" else "" for one in columns],
                "target": [labels[one.match.target] for one in columns],
            }
        )
        # The editor's input stays the same between reruns: only its own state holds what is being changed.
        edited = st.data_editor(
            table,
            hide_index=True,
            disabled=["place", "header", "samples", "how", "confidence"],
            alt="Đối chiếu các cột của tệp với chỉ tiêu",
            key=f"cot_{draft.id}_{draft.updated_at.timestamp()}",
            column_config={
                "place": st.column_config.TextColumn("Ở đâu", width=120),
                "header": st.column_config.TextColumn("Tiêu đề trong tệp", width=240),
                "samples": st.column_config.TextColumn("Vài giá trị", width=160),
                "how": st.column_config.TextColumn("Cách nhận", width=100),
                "confidence": st.column_config.TextColumn("Giống", width=80),
                "target": st.column_config.SelectboxColumn(
                    "Dùng làm", options=list(dict.fromkeys(labels.values())), required=True, width=300
                ),
            },
        )
        actor = st.text_input("Người xác nhận", placeholder="Họ tên", max_chars=100, key=f"nguoi_cot_{draft.id}")
        if st.button("Xác nhận đối chiếu cột", disabled=not actor.strip(), key=f"luu_cot_{draft.id}"):
            ids = {label: target for target, label in reversed(labels.items())}
            picked = [ids[label] for label in edited["target"]]
            chosen = {
                one.match.header.key: target
                for one, target in zip(columns, picked, strict=True)
                if one.match.how in ("close", "chosen") or target != one.match.target
            }
            choices = get_store().drafts.add_choices(draft.id, Choices(columns=chosen))
            get_store().mappings.save(ingest.shape, intake.standard.id, choices, actor.strip()[:100])
            st.rerun()


def show_units(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """Names that are only near to a unit's; the officer says which unit is meant."""
    if not ingest.questions:
        return
    with st.expander(
        f"Đối chiếu đơn vị: còn {len(ingest.questions)} dòng cần xác nhận", expanded=True, icon=":material/location_on:"
    ):
        described = {code: f"{row['name']} – {row['district']} ({code})" for code, row in intake.units.iterrows()}
        table = pd.DataFrame(
            {
                "place": [f"{one.sheet}!{one.cell}" for one in ingest.questions],
                "text": [f"“{one.text}”" for one in ingest.questions],
                "confidence": [f"{one.candidates[0][1]} %" if one.candidates else "" for one in ingest.questions],
                "unit": [
                    described[one.candidates[0][0]] if _is_clear(one.candidates) else None for one in ingest.questions
                ],
            }
        )
        edited = st.data_editor(
            table,
            hide_index=True,
            disabled=["place", "text", "confidence"],
            placeholder="",
            alt="Đối chiếu tên trong tệp với đơn vị",
            key=f"dv_{draft.id}_{draft.updated_at.timestamp()}",
            column_config={
                "place": st.column_config.TextColumn("Trang tính!Ô", width=120),
                "text": st.column_config.TextColumn("Trong tệp ghi", width=260),
                "confidence": st.column_config.TextColumn("Giống", width=80),
                "unit": st.column_config.SelectboxColumn("Là đơn vị", options=list(described.values()), width=360),
            },
        )
        if st.button("Xác nhận đơn vị", key=f"luu_dv_{draft.id}"):
            codes = {text: code for code, text in described.items()}
            chosen = {
                one.key: codes[text]
                for one, text in zip(ingest.questions, edited["unit"], strict=True)
                if isinstance(text, str)
            }
            choices = get_store().drafts.add_choices(draft.id, Choices(units=chosen))
            get_store().mappings.save(ingest.shape, intake.standard.id, choices, "Người đối chiếu đơn vị")
            st.rerun()


def _is_clear(candidates: tuple[tuple[str, int], ...]) -> bool:
    return bool(candidates) and (len(candidates) == 1 or candidates[0][1] > candidates[1][1])


def show_fixes(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """An editable grid of the wrong rows; each save is kept in the draft and the file is checked again."""
    grids = list_wrong_rows(ingest, intake.standard)
    if draft.edits:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Đã sửa {format_number(len(draft.edits))} ô trên màn hình; bản nháp đã lưu.")
            if st.button("Bỏ mọi ô đã sửa", key=f"bo_sua_{draft.id}"):
                get_store().drafts.add_edits(draft.id, dict.fromkeys(draft.edits))
                st.rerun()
    if not grids:
        return
    with st.expander("Sửa ngay trên màn hình", expanded=True, icon=":material/edit:"):
        st.caption(
            "Chỉ hiện các dòng còn lỗi và các cột liên quan. Sửa xong bấm Lưu và kiểm tra lại; "
            "tệp gốc giữ nguyên, chỗ sửa được ghi lại trong nguồn của số liệu."
        )
        edits: dict[tuple[str, str], str] = {}
        for number, grid in enumerate(grids):
            key = f"sua_{draft.id}_{number}_{draft.updated_at.timestamp()}"
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
            edits |= read_edits(grid, st.session_state[key]["edited_rows"])
            if grid.more:
                st.caption(f"Còn {format_number(grid.more)} dòng sai khác; sửa xong các dòng này sẽ hiện tiếp.")
        if st.button("Lưu và kiểm tra lại", icon=":material/save:", key=f"luu_sua_{draft.id}"):
            if edits:
                get_store().drafts.add_edits(draft.id, edits)
                st.rerun()
            st.info("Chưa có ô nào được sửa.")


def show_explanations(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """Warnings with a field to answer each; answers stay for the year."""
    warnings = [one for one in ingest.warnings if one.explainable][:MOST_SHOWN]
    if not warnings:
        return
    known = get_store().explanations.load(intake.planned)
    answered = sum(note_key(one) in known for one in warnings)
    with st.expander(
        f"Giải trình cảnh báo: {answered}/{len(warnings)} đã có lý do", icon=":material/chat:", expanded=False
    ):
        st.caption("Cảnh báo không chặn tệp. Nếu số liệu đúng, ghi lý do; lý do được giữ lại cho cả năm.")
        table = pd.DataFrame(
            {
                "unit": [intake.units["name"].get(one.unit, "Cả tệp") for one in warnings],
                "input": [_describe(one, intake)["input"] for one in warnings],
                "message": [one.message for one in warnings],
                "note": [_note(known.get(note_key(one))) for one in warnings],
                "said": [_said(known.get(note_key(one)), one) for one in warnings],
            }
        )
        key = f"gt_{draft.id}_{len(known)}_{answered}"
        st.data_editor(
            table,
            hide_index=True,
            disabled=["unit", "input", "message", "said"],
            alt="Cảnh báo và giải trình",
            key=key,
            row_height=70,
            column_config={
                "unit": st.column_config.TextColumn("Đơn vị", width=140),
                "input": st.column_config.TextColumn("Chỉ tiêu", width=160),
                "message": st.column_config.TextColumn("Cảnh báo", width=280),
                "note": st.column_config.TextColumn("Giải trình", width=260, max_chars=1000),
                "said": st.column_config.TextColumn("Người ghi", width=140),
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


def _said(known: Explanation | None, finding: Finding) -> str:
    if known is None:
        return ""
    changed = "" if known.message == finding.message else "; số liệu đã đổi từ đó"
    return f"{as_text(known.author)}, {format_date(known.written_at)}{changed}"


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
        default=[one for one in CHANGES if one != "unchanged"],
        format_func=lambda one: CHANGE_LABELS[one],
        key="loai_doi",
    )
    shown = changes[changes["change"].isin(wanted)]
    if shown.empty:
        st.caption("Không có giá trị nào.")
        return
    listed = pd.DataFrame(
        {
            "Đơn vị": shown["unit_code"].map(intake.units["name"]),
            "Mã": shown["unit_code"],
            "Chỉ tiêu": shown["input_id"].map({one.id: one.label for one in intake.standard.inputs.values()}),
            "Đang có": _texts(shown, "before", intake),
            "Trong tệp": _texts(shown, "after", intake),
            "Thay đổi": shown["change"].map(CHANGE_LABELS),
        }
    )
    st.dataframe(listed.head(MOST_SHOWN * 5), hide_index=True, height=320, alt="Từng giá trị thay đổi")


def _texts(changes: pd.DataFrame, column: str, intake: Intake) -> list[str]:
    kinds = {one.id: one.kind for one in intake.standard.inputs.values()}
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
