"""Drafts: files that are being worked on before they are accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from data.store.choices import Choices, read_choices
from data.store.connections import Connections
from data.store.errors import StoreError
from data.store.rounds import Round, RoundKey
from data.store.rows import ROUND_COLUMNS, id_of, plan_row, read_key
from data.store.submissions import FileInfo, hash_file
from data.store.tables import AssessmentRound, Draft
from data.store.texts import fit_text

Edits = dict[tuple[str, str], Any]
_COLUMNS = (
    Draft.id,
    Draft.file_name,
    Draft.file_hash,
    Draft.edits,
    Draft.choices,
    Draft.updated_at,
    *ROUND_COLUMNS,
)
_GONE = "Bản nháp này đã được xác nhận hoặc đã bỏ. Tải lại trang để xem."


@dataclass(frozen=True)
class DraftInfo(FileInfo):
    """A file that is being worked on. `edits`: corrected value by sheet and cell."""

    edits: Edits
    choices: Choices
    updated_at: datetime


class Drafts:
    """Reads and writes of drafts."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def save(self, round: Round, file_name: str, content: bytes, within: Connection | None = None) -> int:
        """Keep a file to be worked on; the same file again is the same draft.

        A new file takes the place of a draft of the same name on which nothing was done yet.

        Returns
        -------
        int
            Id of the draft.
        """
        digest, name = hash_file(content), fit_text(file_name, 255)
        with self._connections.write(within) as connection:
            round_id = plan_row(connection, round)
            for row in connection.execute(_select_drafts().where(Draft.round_id == round_id, Draft.file_name == name)):
                earlier = _draft(row)
                if earlier.file_hash != digest and not earlier.edits and not earlier.choices:
                    connection.execute(delete(Draft).where(Draft.id == earlier.id))
            known = connection.scalar(select(Draft.id).where(Draft.round_id == round_id, Draft.file_hash == digest))
            if known is not None:
                return int(known)
            values = {
                "round_id": round_id,
                "file_name": name,
                "file_hash": digest,
                "content": content,
                "edits": [],
                "choices": Choices().as_json(),
                "updated_at": datetime.now(UTC),
            }
            return int(connection.execute(insert(Draft).returning(Draft.id), values).scalar_one())

    def list(self, round: Round | RoundKey) -> Sequence[DraftInfo]:
        """Drafts of a round, the last touched first."""
        query = _select_drafts().where(Draft.round_id == id_of(round))
        with self._connections.read() as connection:
            return [_draft(row) for row in connection.execute(query.order_by(Draft.updated_at.desc(), Draft.id.desc()))]

    def find(self, draft_id: int) -> DraftInfo | None:
        """A draft by its id; None when it was accepted or dropped."""
        with self._connections.read() as connection:
            row = connection.execute(_select_drafts().where(Draft.id == draft_id)).one_or_none()
        return None if row is None else _draft(row)

    def get_content(self, draft_id: int) -> bytes:
        """The file of a draft.

        Raises
        ------
        StoreError
            When the draft was accepted or dropped meanwhile.
        """
        with self._connections.read() as connection:
            content = connection.scalar(select(Draft.content).where(Draft.id == draft_id))
        if content is None:
            raise StoreError(_GONE)
        return bytes(content)

    def add_edits(self, draft_id: int, edits: Edits, within: Connection | None = None) -> None:
        """Correct cells of a draft; a value of None takes the correction back.

        Raises
        ------
        StoreError
            When the draft was accepted or dropped meanwhile.
        """
        with self._connections.write(within) as connection:
            row = _lock(connection, draft_id)
            merged = {(sheet, cell): value for sheet, cell, value in row.edits} | edits
            kept = [[sheet, cell, value] for (sheet, cell), value in merged.items() if value is not None]
            _change(connection, draft_id, edits=kept)

    def add_choices(self, draft_id: int, choices: Choices, within: Connection | None = None) -> Choices:
        """Add what the officer confirmed about a draft's columns and units to what was confirmed before.

        Returns
        -------
        Choices
            All that is confirmed about the draft now.

        Raises
        ------
        StoreError
            When the draft was accepted or dropped meanwhile.
        """
        with self._connections.write(within) as connection:
            known = read_choices(_lock(connection, draft_id).choices)
            merged = Choices(known.columns | choices.columns, known.units | choices.units)
            _change(connection, draft_id, choices=merged.as_json())
            return merged

    def drop(self, draft_id: int, within: Connection | None = None) -> None:
        """Forget a draft; one that is gone already is no error."""
        with self._connections.write(within) as connection:
            connection.execute(delete(Draft).where(Draft.id == draft_id))


def _lock(connection: Connection, draft_id: int) -> Any:
    """What was done on a draft, which no other writer changes until the end of the transaction."""
    query = select(Draft.edits, Draft.choices).where(Draft.id == draft_id).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreError(_GONE)
    return row


def _change(connection: Connection, draft_id: int, **values: Any) -> None:
    connection.execute(update(Draft).where(Draft.id == draft_id).values(updated_at=datetime.now(UTC), **values))


def _select_drafts() -> Any:
    return select(*_COLUMNS).join(AssessmentRound)


def _draft(row: Any) -> DraftInfo:
    return DraftInfo(
        id=row.id,
        round=read_key(row),
        file_name=row.file_name,
        file_hash=row.file_hash,
        edits={(sheet, cell): value for sheet, cell, value in row.edits},
        choices=read_choices(row.choices),
        updated_at=row.updated_at,
    )
