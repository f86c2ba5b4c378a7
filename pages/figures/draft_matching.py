"""What the columns and the units of a draft are taken for, to be confirmed by the officer."""

import pandas as pd
import streamlit as st

from data.intake.door import Intake
from data.intake.ingest import Ingest
from data.intake.table.columns import ROLES
from data.store import DraftInfo
from data.store.choices import Choices
from pages.parts.refusals import press
from pages.parts.rounds import get_store

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


def show_columns(ingest: Ingest, intake: Intake, draft: DraftInfo) -> None:
    """What each column is taken for; the officer confirms or changes it, and it is remembered for such files."""
    columns = [column for column in ingest.columns if column.match.header.texts]
    open_columns = sum(column.match.how == "close" for column in columns)
    title = f"Đối chiếu cột: còn {open_columns} cột cần xác nhận" if open_columns else "Đối chiếu cột"
    with st.expander(title, expanded=bool(open_columns), icon=":material/table_chart:"):
        st.caption(
            "Mỗi cột của tệp được hiểu là chỉ tiêu nào. Chọn lại ở cột “Dùng làm” nếu sai, rồi bấm xác nhận. "
            "Lần sau, tệp cùng dạng sẽ dùng lại cách đối chiếu này."
        )
        labels = {figure.id: figure.label for figure in intake.standard.inputs.values()} | ROLES
        table = pd.DataFrame(
            {
                "position": [f"{column.sheet}, {column.place}" for column in columns],
                "header": [f"“{column.match.header.text}”" for column in columns],
                "samples": ["; ".join(f"“{text}”" for text in column.samples) for column in columns],
                "how": [HOW_WORDS[column.match.how] for column in columns],
                "confidence": [
                    f"{column.match.confidence} %" if column.match.how == "close" else "" for column in columns
                ],
                "target": [labels[column.match.target] for column in columns],
            }
        )
        # The editor's input stays the same between reruns: only its own state holds what is being changed.
        editor = f"cot_{draft.id}_{draft.version}"
        st.data_editor(
            table,
            hide_index=True,
            disabled=["position", "header", "samples", "how", "confidence"],
            alt="Đối chiếu các cột của tệp với chỉ tiêu",
            key=editor,
            column_config={
                "position": st.column_config.TextColumn("Ở đâu", width=120),
                "header": st.column_config.TextColumn("Tiêu đề trong tệp", width=240),
                "samples": st.column_config.TextColumn("Vài giá trị", width=160),
                "how": st.column_config.TextColumn("Cách nhận", width=100),
                "confidence": st.column_config.TextColumn("Giống", width=80),
                "target": st.column_config.SelectboxColumn(
                    "Dùng làm", options=list(dict.fromkeys(labels.values())), required=True, width=300
                ),
            },
        )
        name_key = f"nguoi_cot_{draft.id}"
        actor = st.text_input("Người xác nhận", placeholder="Họ tên", max_chars=100, key=name_key)
        ids = {label: target for target, label in reversed(labels.items())}

        def keep() -> None:
            edits = st.session_state[editor]["edited_rows"]
            picked = [ids[edits.get(row, {}).get("target", label)] for row, label in enumerate(table["target"])]
            chosen = {
                column.match.header.key: target
                for column, target in zip(columns, picked, strict=True)
                if column.match.how in ("close", "chosen") or target != column.match.target
            }
            _remember(ingest, intake, draft, Choices(columns=chosen), st.session_state[name_key].strip()[:100])

        st.button(
            "Xác nhận đối chiếu cột",
            disabled=not actor.strip(),
            key=f"luu_cot_{draft.id}_{draft.version}",
            on_click=press,
            args=(keep,),
        )


def _remember(ingest: Ingest, intake: Intake, draft: DraftInfo, choices: Choices, actor: str) -> None:
    """Keep what was confirmed with the draft and for files of its form, both or neither."""
    store = get_store()
    with store.write() as transaction:
        merged = store.drafts.add_choices(draft, choices, within=transaction)
        store.mappings.save(ingest.shape, intake.standard.id, merged, actor, within=transaction)


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
                "cell": [f"{question.sheet}!{question.cell}" for question in ingest.questions],
                "text": [f"“{question.text}”" for question in ingest.questions],
                "confidence": [
                    f"{question.candidates[0][1]} %" if question.candidates else "" for question in ingest.questions
                ],
                "unit": [
                    described[question.candidates[0][0]] if _is_clear(question.candidates) else None
                    for question in ingest.questions
                ],
            }
        )
        editor = f"dv_{draft.id}_{draft.version}"
        st.data_editor(
            table,
            hide_index=True,
            disabled=["cell", "text", "confidence"],
            placeholder="",
            alt="Đối chiếu tên trong tệp với đơn vị",
            key=editor,
            column_config={
                "cell": st.column_config.TextColumn("Trang tính!Ô", width=120),
                "text": st.column_config.TextColumn("Trong tệp ghi", width=260),
                "confidence": st.column_config.TextColumn("Giống", width=80),
                "unit": st.column_config.SelectboxColumn("Là đơn vị", options=list(described.values()), width=360),
            },
        )
        codes = {text: code for code, text in described.items()}

        def keep() -> None:
            edits = st.session_state[editor]["edited_rows"]
            picked = [edits.get(row, {}).get("unit", text) for row, text in enumerate(table["unit"])]
            chosen = {
                question.key: codes[text]
                for question, text in zip(ingest.questions, picked, strict=True)
                if isinstance(text, str)
            }
            _remember(ingest, intake, draft, Choices(units=chosen), "Người đối chiếu đơn vị")

        st.button("Xác nhận đơn vị", key=f"luu_dv_{draft.id}_{draft.version}", on_click=press, args=(keep,))


def _is_clear(candidates: tuple[tuple[str, int], ...]) -> bool:
    return bool(candidates) and (len(candidates) == 1 or candidates[0][1] > candidates[1][1])
