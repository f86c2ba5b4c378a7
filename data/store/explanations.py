"""Explanations: officers' answers to warnings; the newest of a warning holds, all stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Connection, insert, select

from data.store.audit import record
from data.store.connections import Connections
from data.store.rounds import Round, RoundKey
from data.store.rows import id_of, plan_row, round_detail
from data.store.tables import FindingNote
from data.store.texts import fit_text

NoteKey = tuple[str, str | None, str | None]
_LONGEST_MESSAGE, _LONGEST_NOTE = 500, 1000


class Warned(Protocol):
    """What the store knows of a warning: its kind, the unit and the input that it is about, how it reads."""

    @property
    def code(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def input(self) -> str | None: ...
    @property
    def message(self) -> str: ...


@dataclass(frozen=True)
class Explanation:
    """An officer's answer to a warning, and the warning as it read then."""

    note: str
    author: str
    written_at: datetime
    message: str


class Explanations:
    """Reads and writes of explanations."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def save(
        self, round: Round, answered: Iterable[tuple[Warned, str]], author: str, within: Connection | None = None
    ) -> None:
        """Keep an officer's answers to warnings about files of a round."""
        answers = list(answered)
        if not answers:
            return
        with self._connections.write(within) as connection:
            round_id = plan_row(connection, round)
            rows = [
                {
                    "round_id": round_id,
                    "code": warning.code,
                    "unit_code": warning.unit,
                    "input_id": warning.input,
                    "message": fit_text(warning.message, _LONGEST_MESSAGE),
                    "note": fit_text(note.strip(), _LONGEST_NOTE),
                    "author": fit_text(author, 100),
                    "written_at": datetime.now(UTC),
                }
                for warning, note in answers
            ]
            connection.execute(insert(FindingNote), rows)
            record(connection, author, "explain_findings", round_detail(round) | {"notes": len(rows)})

    def load(self, round: Round | RoundKey) -> dict[NoteKey, Explanation]:
        """The newest explanation of each warning of a round, by `note_key`."""
        query = select(FindingNote.__table__).where(FindingNote.round_id == id_of(round)).order_by(FindingNote.id)
        with self._connections.read() as connection:
            return {
                (row.code, row.unit_code, row.input_id): Explanation(row.note, row.author, row.written_at, row.message)
                for row in connection.execute(query)
            }


def note_key(warning: Warned) -> NoteKey:
    """What an explanation stays with: the kind of warning, the unit, the input."""
    return warning.code, warning.unit, warning.input
