"""Drafts: files that are being worked on before they are accepted.

A draft belongs to its content and to who brought it; no other file ever takes its place. Who acts on a draft hands it
over as it was shown: what does not fit to what was done meanwhile is refused, in words.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.store.choices import Choices, read_choices
from data.store.connections import Connections
from data.store.draft_rows import (
    KEPT_AFTER_DROP,
    DraftInfo,
    Edits,
    as_draft,
    change_draft,
    gone,
    lock_as_shown,
    lock_draft,
    purge_dropped,
    select_drafts,
)
from data.store.errors import StoreError
from data.store.files import hash_file
from data.store.rounds import Round, RoundKey
from data.store.rows import id_of, plan_row
from data.store.tables import Draft
from data.store.texts import fit_text

_LONGEST_NAME, _LONGEST_BRINGER = 255, 64


class Drafts:
    """Reads and writes of drafts."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def save(
        self, round: Round, file_name: str, content: bytes, brought_by: str = "", within: Connection | None = None
    ) -> int:
        """Keep a file to be worked on; the same file of the same person again is the same draft, dropped or not.

        Returns
        -------
        int
            Id of the draft.
        """
        digest, bringer = hash_file(content), fit_text(brought_by, _LONGEST_BRINGER)
        with self._connections.write(within) as connection:
            round_id = plan_row(connection, round)
            purge_dropped(connection, round_id)
            same = (Draft.round_id == round_id, Draft.file_hash == digest, Draft.brought_by == bringer)
            known = connection.execute(select(Draft.id, Draft.dropped_at).where(*same).with_for_update()).one_or_none()
            if known is not None:
                if known.dropped_at is not None:
                    change_draft(connection, known.id, dropped_at=None)
                return int(known.id)
            values = {
                "round_id": round_id,
                "file_name": fit_text(file_name, _LONGEST_NAME),
                "file_hash": digest,
                "brought_by": bringer,
                "version": 1,
                "content": content,
                "edits": [],
                "choices": Choices().as_json(),
                "summary": {},
                "updated_at": datetime.now(UTC),
            }
            return int(connection.execute(insert(Draft).returning(Draft.id), values).scalar_one())

    def list(self, round: Round | RoundKey) -> Sequence[DraftInfo]:
        """Drafts of a round, the last touched first."""
        query = select_drafts().where(Draft.round_id == id_of(round), Draft.dropped_at.is_(None))
        with self._connections.read() as connection:
            return [
                as_draft(row) for row in connection.execute(query.order_by(Draft.updated_at.desc(), Draft.id.desc()))
            ]

    def list_dropped(self, round: Round | RoundKey) -> Sequence[DraftInfo]:
        """Drafts of a round that can still be restored, the last dropped first."""
        since = datetime.now(UTC) - KEPT_AFTER_DROP
        query = select_drafts().where(Draft.round_id == id_of(round), Draft.dropped_at >= since)
        with self._connections.read() as connection:
            return [
                as_draft(row) for row in connection.execute(query.order_by(Draft.dropped_at.desc(), Draft.id.desc()))
            ]

    def find(self, draft_id: int) -> DraftInfo | None:
        """A draft by its id; None when it was accepted or dropped."""
        query = select_drafts().where(Draft.id == draft_id, Draft.dropped_at.is_(None))
        with self._connections.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else as_draft(row)

    def get_content(self, shown: DraftInfo) -> bytes:
        """The file of a draft.

        Raises
        ------
        StoreError
            When the draft was accepted meanwhile, or dropped a while ago; it says by whom and when.
        """
        query = select(Draft.content).where(Draft.id == shown.id, Draft.file_hash == shown.file_hash)
        with self._connections.read() as connection:
            content = connection.scalar(query)
            if content is None:
                raise gone(connection, shown)
        return bytes(content)

    def add_edits(self, shown: DraftInfo, edits: Edits, within: Connection | None = None) -> None:
        """Correct cells of a draft; a value of None takes the correction back.

        Raises
        ------
        StoreError
            When the draft was accepted or dropped meanwhile, or one of the cells was corrected otherwise since it was
            shown; then nothing is kept.
        """
        with self._connections.write(within) as connection:
            row = lock_draft(connection, shown)
            known = {(sheet, cell): value for sheet, cell, value in row.edits}
            for cell, (before, now) in _find_conflicts(shown.edits, known, edits).items():
                raise StoreError(
                    f"Ô {cell[1]} của trang tính “{cell[0]}” vừa được sửa ở nơi khác: từ {_in_quotes(before)} thành "
                    f"{_in_quotes(now)}. Chưa lưu ô nào; xem lại rồi sửa tiếp."
                )
            merged = known | edits
            kept = [[sheet, cell, value] for (sheet, cell), value in merged.items() if value is not None]
            change_draft(connection, shown.id, edits=kept)

    def add_choices(self, shown: DraftInfo, choices: Choices, within: Connection | None = None) -> Choices:
        """Add what the officer confirmed about a draft's columns and units to what was confirmed before.

        Returns
        -------
        Choices
            All that is confirmed about the draft now.

        Raises
        ------
        StoreError
            When the draft was accepted or dropped meanwhile, or one of its columns or units was confirmed otherwise
            since it was shown; then nothing is kept.
        """
        with self._connections.write(within) as connection:
            known = read_choices(lock_draft(connection, shown).choices)
            for what, before, now, added in (
                ("Cột", shown.choices.columns, known.columns, choices.columns),
                ("Đơn vị", shown.choices.units, known.units, choices.units),
            ):
                for name in _find_conflicts(before, now, added):
                    raise StoreError(
                        f"{what} “{name}” vừa được xác nhận khác đi ở nơi khác. Chưa lưu gì; xem lại rồi xác nhận."
                    )
            merged = Choices(known.columns | choices.columns, known.units | choices.units)
            change_draft(connection, shown.id, choices=merged.as_json())
            return merged

    def keep_summary(self, shown: DraftInfo, summary: Mapping[str, Any], within: Connection | None = None) -> None:
        """Keep what came of a check with the draft; not where anything was done on it since it was shown."""
        as_it_was = (Draft.id == shown.id, Draft.file_hash == shown.file_hash, Draft.version == shown.version)
        with self._connections.write(within) as connection:
            connection.execute(update(Draft).where(*as_it_was).values(summary=dict(summary)))

    def drop(self, shown: DraftInfo, within: Connection | None = None) -> None:
        """Put a draft aside; it can be restored for a day, then it is forgotten.

        Raises
        ------
        StoreError
            When it was accepted, dropped or changed since it was shown.
        """
        with self._connections.write(within) as connection:
            lock_as_shown(connection, shown)
            change_draft(connection, shown.id, dropped_at=datetime.now(UTC))

    def restore(self, dropped: DraftInfo, within: Connection | None = None) -> None:
        """Take a dropped draft back, with all that was done on it; one that is back already is no error.

        Raises
        ------
        StoreError
            When it is gone for good, or was accepted.
        """
        with self._connections.write(within) as connection:
            query = select(Draft.dropped_at).where(Draft.id == dropped.id, Draft.file_hash == dropped.file_hash)
            row = connection.execute(query.with_for_update()).one_or_none()
            if row is None:
                raise gone(connection, dropped)
            if row.dropped_at is not None:
                change_draft(connection, dropped.id, dropped_at=None)


def _find_conflicts(
    shown: Mapping[Any, Any], known: Mapping[Any, Any], added: Mapping[Any, Any]
) -> dict[Any, tuple[Any, Any]]:
    """What is to be changed, was changed since it was shown, and to something else: as it was shown, as it is now."""
    return {
        key: (shown.get(key), known.get(key))
        for key, value in added.items()
        if known.get(key) not in (shown.get(key), value)
    }


def _in_quotes(value: Any) -> str:
    return "như trong tệp" if value is None else f"“{value}”"
