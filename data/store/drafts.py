"""What officers do before a file is accepted: drafts, remembered mappings, explanations of warnings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from data.intake.choices import Choices
from data.intake.findings.catalogue import Finding
from data.store.base import StoreError, record
from data.store.submissions import Submissions, hash_file
from data.store.tables import ColumnMapping, Draft, FindingNote
from scoring.words import format_date

Edits = dict[tuple[str, str], Any]
NoteKey = tuple[str, str | None, str | None]
_LONGEST_MESSAGE, _LONGEST_NOTE = 500, 1000


@dataclass(frozen=True)
class DraftInfo:
    """A file that is being worked on, without its content. `edits`: corrected value by sheet and cell."""

    id: int
    year: int
    file_name: str
    file_hash: str
    edits: Edits
    choices: Choices
    updated_at: datetime


@dataclass(frozen=True)
class Explanation:
    """An officer's answer to a warning, and the warning as it read then."""

    note: str
    author: str
    written_at: datetime
    message: str


def note_key(finding: Finding) -> NoteKey:
    """What an explanation stays with: the kind of finding, the unit, the input."""
    return finding.code, finding.unit, finding.input


class Drafts(Submissions):
    """Reads and writes of drafts, mappings and explanations."""

    def save_draft(self, year: int, file_name: str, content: bytes) -> int:
        """Keep a file to be worked on; the same file again is the same draft.

        A new file takes the place of a draft of the same name on which nothing was done yet.
        """
        digest = hash_file(content)
        with self._write() as connection:
            same_name = select(*_DRAFT_COLUMNS).where(Draft.year == year, Draft.file_name == file_name[:255])
            for row in connection.execute(same_name).all():
                earlier = _draft(row)
                if earlier.file_hash != digest and not earlier.edits and not earlier.choices:
                    connection.execute(delete(Draft).where(Draft.id == earlier.id))
            known = connection.scalar(select(Draft.id).where(Draft.year == year, Draft.file_hash == digest))
            if known is not None:
                return int(known)
            values = {
                "year": year,
                "file_name": file_name[:255],
                "file_hash": digest,
                "content": content,
                "edits": [],
                "choices": _as_json(Choices()),
                "updated_at": datetime.now(UTC),
            }
            return int(connection.execute(insert(Draft).returning(Draft.id), values).scalar_one())

    def list_drafts(self, year: int) -> list[DraftInfo]:
        """Drafts of a year, the last touched first."""
        query = select(*_DRAFT_COLUMNS).where(Draft.year == year).order_by(Draft.updated_at.desc())
        with self._read() as connection:
            return [_draft(row) for row in connection.execute(query)]

    def find_draft(self, draft_id: int) -> DraftInfo | None:
        """A draft by its id; None when it was accepted or dropped."""
        with self._read() as connection:
            row = connection.execute(select(*_DRAFT_COLUMNS).where(Draft.id == draft_id)).one_or_none()
            return None if row is None else _draft(row)

    def get_draft_content(self, draft_id: int) -> bytes:
        """The file of a draft.

        Raises
        ------
        StoreError
            When the draft was accepted or dropped meanwhile.
        """
        with self._read() as connection:
            content = connection.scalar(select(Draft.content).where(Draft.id == draft_id))
        if content is None:
            raise StoreError("Bản nháp này đã được xác nhận hoặc đã bỏ. Tải lại trang để xem.")
        return bytes(content)

    def add_edits(self, draft_id: int, edits: Edits) -> None:
        """Correct cells of a draft; a value of None takes the correction back."""
        with self._write() as connection:
            row = connection.execute(select(Draft.edits).where(Draft.id == draft_id).with_for_update()).one_or_none()
            if row is None:
                raise StoreError("Bản nháp này đã được xác nhận hoặc đã bỏ. Tải lại trang để xem.")
            merged = {(sheet, cell): value for sheet, cell, value in row.edits} | edits
            kept = [[sheet, cell, value] for (sheet, cell), value in merged.items() if value is not None]
            connection.execute(
                update(Draft).where(Draft.id == draft_id).values(edits=kept, updated_at=datetime.now(UTC))
            )

    def save_choices(self, draft_id: int, choices: Choices) -> None:
        """Keep what the officer confirmed about a draft's columns and units."""
        with self._write() as connection:
            connection.execute(
                update(Draft)
                .where(Draft.id == draft_id)
                .values(choices=_as_json(choices), updated_at=datetime.now(UTC))
            )

    def drop_draft(self, draft_id: int) -> None:
        """Forget a draft."""
        with self._write() as connection:
            connection.execute(delete(Draft).where(Draft.id == draft_id))

    def save_mapping(self, shape: str, standard_id: str, choices: Choices, actor: str) -> None:
        """Remember what was confirmed for files of a shape."""
        with self._write() as connection:
            connection.execute(
                delete(ColumnMapping).where(ColumnMapping.shape == shape, ColumnMapping.standard_id == standard_id)
            )
            connection.execute(
                insert(ColumnMapping),
                {
                    "shape": shape,
                    "standard_id": standard_id,
                    "choices": _as_json(choices),
                    "confirmed_by": actor[:100],
                    "confirmed_at": datetime.now(UTC),
                },
            )
            record(connection, actor, "confirm_mapping", {"shape": shape, **_as_json(choices)})

    def find_mapping(self, shape: str, standard_id: str) -> Choices | None:
        """What was confirmed for files of a shape, if anything."""
        query = select(ColumnMapping.__table__).where(
            ColumnMapping.shape == shape, ColumnMapping.standard_id == standard_id
        )
        with self._read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        by = f"{row.confirmed_by} ngày {format_date(row.confirmed_at)}"
        return Choices(row.choices["columns"], row.choices["units"], by)

    def save_explanations(self, year: int, answered: Iterable[tuple[Finding, str]], author: str) -> None:
        """Keep an officer's answers to warnings."""
        rows = [
            {
                "year": year,
                "code": finding.code,
                "unit_code": finding.unit,
                "input_id": finding.input,
                "message": finding.message[:_LONGEST_MESSAGE],
                "note": note.strip()[:_LONGEST_NOTE],
                "author": author[:100],
                "written_at": datetime.now(UTC),
            }
            for finding, note in answered
        ]
        if rows:
            with self._write() as connection:
                connection.execute(insert(FindingNote), rows)
                record(connection, author, "explain_findings", {"year": year, "notes": len(rows)})

    def explanations(self, year: int) -> dict[NoteKey, Explanation]:
        """The newest explanation of each warning of a year, by `note_key`."""
        query = select(FindingNote.__table__).where(FindingNote.year == year).order_by(FindingNote.id)
        with self._read() as connection:
            return {
                (row.code, row.unit_code, row.input_id): Explanation(row.note, row.author, row.written_at, row.message)
                for row in connection.execute(query)
            }


_DRAFT_COLUMNS = (
    Draft.id,
    Draft.year,
    Draft.file_name,
    Draft.file_hash,
    Draft.edits,
    Draft.choices,
    Draft.updated_at,
)


def _draft(row: Any) -> DraftInfo:
    fields = row._asdict()
    fields["edits"] = {(sheet, cell): value for sheet, cell, value in fields["edits"]}
    fields["choices"] = Choices(fields["choices"]["columns"], fields["choices"]["units"])
    return DraftInfo(**fields)


def _as_json(choices: Choices) -> dict[str, Any]:
    return {"columns": dict(choices.columns), "units": dict(choices.units)}
