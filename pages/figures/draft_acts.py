"""What the buttons of drafts do, each on the draft as it was when the button was drawn.

The loops over files write nothing to the page and touch no session state: Streamlit stops a script there when its
reader leaves, and every file that was taken or confirmed is to be gone through to the end.
"""

from collections.abc import Sequence

import streamlit as st

from data.faults import put_in_words
from data.intake.door import Intake
from data.intake.findings.finding import Finding
from data.intake.kept_checks import summarise
from data.intake.reading.archive import list_files
from data.intake.reading.cells import UnreadError
from data.intake.workbook import open_workbook
from data.store import DraftInfo, Shown
from pages.figures.draft import check_draft, get_grounds, name_draft, summarise_draft
from pages.parts import keys
from pages.parts.bringer import get_bringer
from pages.parts.rounds import get_store
from pages.parts.uploads import explain_untaken
from pages.parts.user_text import quote
from reports.facts.assessment import assessed_units
from scoring.refusal import Refusal
from scoring.words import format_number

_LISTED = 3


def take_uploads(uploads: Sequence, intake: Intake, largest: int) -> list[str]:
    """Keep every readable file as a draft; sentences on what can't be read, which is not kept (`largest`: MB)."""
    refused: list[str] = []
    last, bringer, grounds = None, get_bringer(), get_grounds(intake)
    with st.spinner(f"Đang đọc {format_number(len(uploads))} tệp …"):
        for upload in uploads:
            untaken = explain_untaken(upload, largest)
            if untaken:
                refused.append(untaken)
                continue
            files, findings = list_files(upload.name, upload.getvalue())
            refused += map(_describe, findings)
            for name, content in files:
                try:
                    workbook = open_workbook(content, name)
                    if not workbook.sheets:
                        refused += map(_describe, workbook.findings)
                        continue
                    last = intake.store.drafts.save(intake.planned, name, content, bringer)
                    draft = intake.store.drafts.find(last)
                    if draft is not None and not draft.summary:
                        ingest = intake.check(workbook, content, draft.choices, draft.edits)
                        intake.store.drafts.keep_summary(draft, summarise(ingest, draft, grounds).as_json())
                except UnreadError as error:
                    refused.append(str(error))
                except Refusal:
                    raise  # of the store: it is the same for every file
                except Exception as error:
                    refused.append(_explain(name, error))
    if last is not None:
        st.session_state[keys.DRAFT] = last
    return refused


def confirm_drafts(intake: Intake, drafts: Sequence[DraftInfo], newest: int, name_key: str) -> None:
    """Store drafts without errors, each in a transaction of its own, to the last; what is refused is said.

    `newest`: the newest submission of the round when the drafts were shown; `name_key`: the field of who confirms.
    """
    name, done = str(st.session_state.get(name_key, "")).strip()[:100], st.session_state[keys.SUBMISSION]
    if not name:
        raise Refusal("Chưa ghi tên người nộp. Ghi họ tên, đơn vị công tác rồi xác nhận lại; chưa lưu gì.")
    if not drafts:
        raise Refusal("Không có tệp nào xác nhận được. Sửa các lỗi của tệp trước.")
    intake = Intake(intake.store, intake.planned, assessed_units(intake.store, intake.planned))
    stored, units, refused = [], 0, []
    ids: set[int] = set()
    with st.spinner(f"Đang lưu {format_number(len(drafts))} tệp …"):
        for draft in drafts:
            try:
                ingest = check_draft(draft, intake, summarise_draft(draft, intake, get_grounds(intake)))
                if not ingest.accepted:
                    raise Refusal(f"Tệp “{draft.file_name}” nay còn lỗi, chưa lưu gì từ tệp này.")
                content = intake.store.drafts.get_content(draft)
                confirmed = Shown(draft, newest, frozenset(ids))
                ids.add(intake.accept(ingest, draft.file_name, content, name, draft.choices, confirmed))
            except Exception as error:
                refused.append(_explain(draft.file_name, error))
            else:
                stored.append(draft.file_name)
                units += ingest.units
        # Only then the session is touched: nothing above stops halfway.
        done["tu_choi"] = refused
        if stored:
            names = ", ".join(f"“{quote(stem)}”" for stem in stored[:_LISTED]) + (" …" if len(stored) > _LISTED else "")
            done["lan"] += 1
            done["loi_nhan"] = (
                f"Đã lưu số liệu năm {intake.planned.year} của {format_number(units)} đơn vị từ tệp {names}."
            )
            if refused:
                done["loi_nhan"] += f" Còn {format_number(len(refused))} tệp chưa lưu, xem lý do ở dưới."
    if stored:
        st.session_state[keys.TAKEN_UPLOADS] = ()
        st.session_state.pop(keys.DRAFT, None)


def drop_draft(draft: DraftInfo) -> None:
    """Put a draft aside; the page offers to restore it."""
    get_store().drafts.drop(draft)
    st.session_state.pop(keys.DRAFT, None)
    st.toast(f"Đã bỏ tệp {quote(name_draft(draft))}. Khôi phục được trong một ngày ở mục Vừa bỏ.")


def restore_draft(dropped: DraftInfo) -> None:
    """Take a dropped draft back and show it."""
    get_store().drafts.restore(dropped)
    st.session_state[keys.DRAFT] = dropped.id


def _explain(file_name: str, error: Exception) -> str:
    """Why nothing became of a file: a refusal says which; a fault, whose trace is logged, does not know it."""
    sentence = put_in_words(error)
    return sentence if isinstance(error, Refusal) and not error.is_fault else f"Tệp “{file_name}”: {sentence}"


def _describe(finding: Finding) -> str:
    return f"{finding.message} {finding.mend}"
