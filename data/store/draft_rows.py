"""Rows of drafts: as they are read, and locked by who acts on a draft that a screen showed before."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from data.store.choices import Choices, read_choices
from data.store.errors import StoreError
from data.store.files import FileInfo
from data.store.rows import ROUND_COLUMNS, id_of, read_key
from data.store.tables import AssessmentRound, Draft, Submission
from scoring.words import format_moment

Edits = dict[tuple[str, str], Any]
KEPT_AFTER_DROP = timedelta(days=1)
_COLUMNS = (
    Draft.id,
    Draft.file_name,
    Draft.file_hash,
    Draft.brought_by,
    Draft.version,
    Draft.edits,
    Draft.choices,
    Draft.summary,
    Draft.updated_at,
    Draft.dropped_at,
    *ROUND_COLUMNS,
)


@dataclass(frozen=True)
class DraftInfo(FileInfo):
    """A file that is being worked on, as it stood when it was read: who acts on it hands it over as it was shown.

    Attributes
    ----------
    brought_by : str
        Who brought it, as the pages know them; empty for nobody in particular.
    version : int
        Grows with whatever is done on the draft.
    edits : dict
        Corrected value by sheet and cell.
    choices : Choices
        What was confirmed about its columns and units.
    summary : dict
        What came of its last check, as `Drafts.keep_summary` was given it; empty before.
    dropped_at : datetime, optional
        When it was dropped; it can be restored for a day.
    """

    brought_by: str
    version: int
    edits: Edits
    choices: Choices
    summary: dict[str, Any]
    updated_at: datetime
    dropped_at: datetime | None


def select_drafts() -> Any:
    """The query of all drafts, dropped ones too; `as_draft` reads its rows."""
    return select(*_COLUMNS).join(AssessmentRound)


def as_draft(row: Any) -> DraftInfo:
    """A row of `select_drafts` as a draft."""
    return DraftInfo(
        id=row.id,
        round=read_key(row),
        file_name=row.file_name,
        file_hash=row.file_hash,
        brought_by=row.brought_by,
        version=row.version,
        edits={(sheet, cell): value for sheet, cell, value in row.edits},
        choices=read_choices(row.choices),
        summary=dict(row.summary),
        updated_at=row.updated_at,
        dropped_at=row.dropped_at,
    )


def lock_draft(connection: Connection, shown: DraftInfo) -> Row[Any]:
    """The row of a draft, whatever was done on it since, which no other writer changes until the transaction's end.

    Raises
    ------
    StoreError
        When it was accepted or dropped meanwhile; it says by whom and when.
    """
    query = select(Draft.__table__).where(Draft.id == shown.id, Draft.file_hash == shown.file_hash)
    row = connection.execute(query.with_for_update()).one_or_none()
    if row is None:
        raise gone(connection, shown)
    if row.dropped_at is not None:
        raise StoreError(
            f"Tệp “{shown.file_name}” đã bị bỏ lúc {format_moment(row.dropped_at)}. Chưa lưu gì; khôi phục tệp ở mục "
            "Vừa bỏ nếu vẫn cần."
        )
    return row


def lock_as_shown(connection: Connection, shown: DraftInfo) -> Row[Any]:
    """The row of a draft as `lock_draft`, on which nothing was done since it was shown.

    Raises
    ------
    StoreError
        Otherwise, as `lock_draft`; it says when the draft was changed.
    """
    row = lock_draft(connection, shown)
    if row.version != shown.version:
        raise StoreError(
            f"Bản nháp của tệp “{shown.file_name}” đã được sửa ở nơi khác lúc {format_moment(row.updated_at)}. "
            "Chưa lưu gì; xem lại kết quả kiểm tra mới rồi bấm lại."
        )
    return row


def change_draft(connection: Connection, draft_id: int, **values: Any) -> None:
    """Set values of a draft and raise its version."""
    touched = {"updated_at": datetime.now(UTC), "version": Draft.version + 1}
    connection.execute(update(Draft).where(Draft.id == draft_id).values(**touched, **values))


def purge_dropped(connection: Connection, round_id: int) -> None:
    """Forget drafts of a round, which is locked, that were dropped more than a day ago."""
    old = Draft.dropped_at < datetime.now(UTC) - KEPT_AFTER_DROP
    connection.execute(delete(Draft).where(Draft.round_id == round_id, old))


def gone(connection: Connection, shown: DraftInfo) -> StoreError:
    """The refusal to act on a draft that is no longer there; it says what became of it."""
    query = select(Submission.submitted_by, Submission.submitted_at).where(
        Submission.round_id == id_of(shown.round), Submission.file_hash == shown.file_hash
    )
    accepted = connection.execute(query.order_by(Submission.id.desc()).limit(1)).one_or_none()
    if accepted is None:
        return StoreError(
            f"Bản nháp của tệp “{shown.file_name}” không còn nữa: tệp đã bị bỏ quá một ngày. Tải tệp lên lại nếu cần."
        )
    return StoreError(
        f"Tệp “{shown.file_name}” đã được {accepted.submitted_by} xác nhận và lưu lúc "
        f"{format_moment(accepted.submitted_at)}. Chưa lưu gì thêm."
    )
