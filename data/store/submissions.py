"""Submissions: accepted files, whole, with their values. A new file supersedes, it never overwrites."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from data.store.audit import record
from data.store.changes import find_broken_parts
from data.store.connections import Connections
from data.store.draft_rows import DraftInfo, lock_as_shown
from data.store.errors import StoreError
from data.store.files import FileInfo, hash_file
from data.store.observations import spread_values
from data.store.rounds import Round, RoundKey
from data.store.rows import (
    ROUND_COLUMNS,
    id_of,
    list_units,
    mark_changed,
    open_round,
    read_key,
    round_detail,
)
from data.store.tables import AssessmentRound, Draft, Observation, Submission
from data.store.texts import fit_text
from data.units.lists import load_units
from scoring.standard import get_standard
from scoring.words import format_moment

_LONGEST_NAME, _LONGEST_PERSON, _LONGEST_SHEET, _LONGEST_CELL, _LONGEST_ORIGINAL = 255, 100, 255, 30, 120
_CODES_A_STATEMENT = 400  # SQLite's limit on bound parameters is 999 in old builds
_INFO_COLUMNS = (
    Submission.id,
    Submission.file_name,
    Submission.file_hash,
    Submission.submitted_by,
    Submission.submitted_at,
    Submission.demo,
    Submission.units,
    *ROUND_COLUMNS,
)


@dataclass(frozen=True)
class SubmissionInfo(FileInfo):
    """An accepted file."""

    submitted_by: str
    submitted_at: datetime
    demo: bool
    units: int


@dataclass(frozen=True)
class Shown:
    """What a confirmation was given for.

    Attributes
    ----------
    draft : DraftInfo
        The draft as it was shown.
    newest : int
        The newest submission of the round then, 0 for none: `Submissions.newest`.
    besides : frozenset of int
        Submissions since then that the same confirmation stored.
    """

    draft: DraftInfo
    newest: int
    besides: frozenset[int] = frozenset()


class Submissions:
    """Reads and writes of accepted files."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def save(
        self,
        round: Round,
        observations: pd.DataFrame,
        file_name: str,
        content: bytes,
        submitted_by: str,
        demo: bool = False,
        choices: Mapping[str, Any] | None = None,
        shown: Shown | None = None,
        within: Connection | None = None,
    ) -> int:
        """Store a checked file and its values, superseding what its units had for its inputs.

        Opens the round when this is its first file, with its units' default classes.

        Parameters
        ----------
        round : Round
            The round as `Rounds.find` or `plan_round` gives it.
        observations : DataFrame
            Columns `unit_code`, `input_id`, `value` (Int64, NA = missing), `sheet`, `cell`, `original` (what the file
            says where the value was corrected on screen, else ""); a row a value.
        demo : bool
            Illustrative figures, labelled as such until a real file replaces all of a unit's at once.
        choices : mapping, optional
            What the officer confirmed about columns and units, kept with the file.
        shown : Shown, optional
            The draft that was confirmed, which is closed in the same transaction, once whoever else confirms it too;
            of a file that was brought without one, all drafts of the same content are closed.

        Returns
        -------
        int
            Id of the submission.

        Raises
        ------
        StoreError
            When the round is open with another unit list, a unit is not in it, an input is not in its standard, or a
            part would stand above its whole beside what was stored meanwhile; when the draft was accepted, dropped or
            changed since it was shown, or figures of its units were stored since; then nothing is stored.
        """
        codes = observations["unit_code"].unique().tolist()
        inputs = observations["input_id"].unique().tolist()
        file_hash = hash_file(content)
        if shown is not None and (shown.draft.file_hash, shown.draft.round) != (file_hash, round.key):
            raise StoreError(f"Tệp “{shown.draft.file_name}” đang xem không phải là tệp sẽ lưu. Tải lại trang để xem.")
        with self._connections.write(within) as connection:
            round_id = open_round(connection, round)
            if shown is not None:
                lock_as_shown(connection, shown.draft)
                _refuse_news(connection, round_id, codes, shown)
            _refuse_strangers(connection, round_id, round, codes, inputs)
            values = {
                "round_id": round_id,
                "file_name": fit_text(file_name, _LONGEST_NAME),
                "file_hash": file_hash,
                "content": content,
                "submitted_by": fit_text(submitted_by, _LONGEST_PERSON),
                "submitted_at": datetime.now(UTC),
                "demo": demo,
                "units": len(codes),
                "choices": dict(choices or {}),
            }
            query = insert(Submission).returning(Submission.id)
            submission_id = int(connection.execute(query, values).scalar_one())
            closed = Draft.file_hash == file_hash if shown is None else Draft.id == shown.draft.id
            connection.execute(delete(Draft).where(Draft.round_id == round_id, closed))
            _supersede(connection, round_id, submission_id, codes, inputs, demo)
            connection.execute(insert(Observation), _value_rows(round_id, submission_id, observations))
            _refuse_broken_parts(connection, round_id, round, codes, inputs)
            mark_changed(connection, round_id)
            detail = {"submission": submission_id, "file": values["file_name"], "units": len(codes), "demo": demo}
            record(connection, submitted_by, "accept_submission", round_detail(round) | detail)
            return submission_id

    def list(self, round: Round | RoundKey) -> Sequence[SubmissionInfo]:
        """Accepted files of a round, newest first."""
        query = select(*_INFO_COLUMNS).join(AssessmentRound).where(Submission.round_id == id_of(round))
        with self._connections.read() as connection:
            return [_info(row) for row in connection.execute(query.order_by(Submission.id.desc()))]

    def newest(self, round: Round | RoundKey) -> int:
        """Id of the newest accepted file of a round; 0 for none."""
        query = select(func.max(Submission.id)).where(Submission.round_id == id_of(round))
        with self._connections.read() as connection:
            return connection.scalar(query) or 0

    def newest_of_units(self, round: Round | RoundKey) -> dict[str, int]:
        """Id of the newest accepted file with a current value of each unit that has any."""
        query = select(Observation.unit_code, func.max(Observation.submission_id)).where(
            Observation.round_id == id_of(round), Observation.superseded_by.is_(None)
        )
        with self._connections.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(Observation.unit_code))}

    def get_file(self, submission_id: int) -> tuple[str, bytes]:
        """Name and content of an accepted file."""
        with self._connections.read() as connection:
            query = select(Submission.file_name, Submission.content).where(Submission.id == submission_id)
            name, content = connection.execute(query).one()
            return name, content


def _info(row: Any) -> SubmissionInfo:
    return SubmissionInfo(
        id=row.id,
        round=read_key(row),
        file_name=row.file_name,
        file_hash=row.file_hash,
        submitted_by=row.submitted_by,
        submitted_at=row.submitted_at,
        demo=row.demo,
        units=row.units,
    )


def _refuse_news(connection: Connection, round_id: int, codes: Sequence[str], shown: Shown) -> None:
    """Refuse what was confirmed beside other figures of its units than those that are stored by now."""
    since = (Submission.round_id == round_id, Submission.id > shown.newest, Submission.id.not_in(shown.besides))
    columns = (Submission.file_name, Submission.submitted_by, Submission.submitted_at)
    query = select(*columns).join(Observation, Observation.submission_id == Submission.id).where(*since)
    for part in _chunks(codes):
        row = connection.execute(query.where(Observation.unit_code.in_(part)).limit(1)).one_or_none()
        if row is not None:
            raise StoreError(
                f"Trong lúc xem, tệp “{row.file_name}” của {row.submitted_by} có số liệu của cùng đơn vị đã được lưu "
                f"lúc {format_moment(row.submitted_at)}. Chưa lưu gì từ tệp “{shown.draft.file_name}”; xem lại các "
                "thay đổi rồi xác nhận."
            )


def _refuse_strangers(
    connection: Connection, round_id: int, round: Round, codes: Sequence[str], inputs: Sequence[str]
) -> None:
    """Refuse values of units that the round does not have, or of inputs that its standard does not."""
    unknown = sorted(set(inputs) - set(get_standard(round.standard_id).inputs))
    if unknown:
        raise StoreError(f"Bộ tiêu chí {round.standard_id} không có số liệu “{unknown[0]}”. Chưa lưu gì.")
    strangers = sorted(set(codes) - list_units(connection, round_id))
    if strangers:
        listed = load_units(round.vintage)
        provinces = sorted(listed["province"].reindex(strangers).dropna().unique())
        where = f", là đơn vị của {', '.join(provinces)}" if provinces else ""
        raise StoreError(
            f"Tệp có {len(strangers)} đơn vị không thuộc kỳ {round.year} của {round.area_name}, như mã {strangers[0]}"
            f"{where}. Chưa lưu gì; nộp tệp vào đúng kỳ của tỉnh ấy."
        )


def _supersede(
    connection: Connection, round_id: int, submission_id: int, codes: Sequence[str], inputs: Sequence[str], demo: bool
) -> None:
    """Set the values of a file's units aside: those of its inputs, and by a real file all illustrative ones."""
    replaced: ColumnElement[bool] = Observation.input_id.in_(inputs)
    if not demo:  # real and illustrative figures of a unit never mix
        illustrative = select(Submission.id).where(Submission.round_id == round_id, Submission.demo)
        replaced = or_(replaced, Observation.submission_id.in_(illustrative))
    for part in _chunks(codes):
        current = (Observation.round_id == round_id, Observation.superseded_by.is_(None))
        statement = update(Observation).where(*current, Observation.unit_code.in_(part), replaced)
        connection.execute(statement.values(superseded_by=submission_id))


def _value_rows(round_id: int, submission_id: int, observations: pd.DataFrame) -> Sequence[dict[str, Any]]:
    values = observations["value"].astype(object).where(observations["value"].notna(), None)
    return [
        {
            "round_id": round_id,
            "unit_code": code,
            "input_id": input_id,
            "value": None if value is None else int(value),
            "submission_id": submission_id,
            "sheet": fit_text(sheet, _LONGEST_SHEET),
            "cell": fit_text(cell, _LONGEST_CELL),
            "original": fit_text(original, _LONGEST_ORIGINAL),
        }
        for code, input_id, value, sheet, cell, original in zip(
            observations["unit_code"],
            observations["input_id"],
            values,
            observations["sheet"],
            observations["cell"],
            observations["original"],
            strict=True,
        )
    ]


def _refuse_broken_parts(
    connection: Connection, round_id: int, round: Round, codes: Sequence[str], inputs: Sequence[str]
) -> None:
    """Refuse what would break the scoring: a file of some inputs beside stored ones that it does not hold."""
    standard = get_standard(round.standard_id)
    if set(standard.inputs) <= set(inputs):
        return
    query = select(Observation.unit_code, Observation.input_id, Observation.value).where(
        Observation.round_id == round_id, Observation.superseded_by.is_(None)
    )
    rows = [row for part in _chunks(codes) for row in connection.execute(query.where(Observation.unit_code.in_(part)))]
    broken = find_broken_parts(spread_values(rows, list(standard.inputs)), standard)
    if len(broken):
        first = broken.iloc[0]
        raise StoreError(
            f"Đơn vị {first['unit_code']}: “{standard.inputs[first['part']].label}” ({first['part_value']}) lớn hơn "
            f"“{standard.inputs[first['whole']].label}” ({first['whole_value']}) so với số đã nộp. "
            "Chưa lưu gì; kiểm tra lại tệp rồi nộp lại."
        )


def _chunks(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(codes), _CODES_A_STATEMENT):
        yield codes[start : start + _CODES_A_STATEMENT]
