"""Submissions and observations: accepted files and their values. A new file supersedes, it never overwrites."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from data.store.base import StoreError, record
from data.store.changes import find_broken_parts
from data.store.rounds import Round, Rounds, open_round
from data.store.tables import Draft, Observation, Submission
from scoring.standard import get_standard

_LONGEST_ORIGINAL = 120
_CODES_A_STATEMENT = 400  # SQLite's limit on bound parameters is 999 in old builds


@dataclass(frozen=True)
class SubmissionInfo:
    """An accepted file without its content."""

    id: int
    year: int
    file_name: str
    file_hash: str
    submitted_by: str
    submitted_at: datetime
    demo: bool
    units: int


class Submissions(Rounds):
    """Reads and writes of submissions and observations."""

    def save_submission(
        self,
        planned: Round,
        observations: pd.DataFrame,
        file_name: str,
        content: bytes,
        submitted_by: str,
        demo: bool = False,
        choices: Mapping[str, Any] | None = None,
    ) -> int:
        """Store a checked file and its values, superseding what its units had for its inputs.

        Opens the round when this is its first file, with its units' default classes.

        Parameters
        ----------
        planned : Round
            The round as `find_year` or `plan_round` gives it.
        observations : DataFrame
            Columns `unit_code`, `input_id`, `value` (Int64, NA = missing), `sheet`, `cell`, `original` (what the file
            says where the value was corrected on screen, else ""); a row a value.
        demo : bool
            Illustrative figures, labelled as such until a real file replaces all of a unit's at once.
        choices : mapping, optional
            What the officer confirmed about columns and units, kept with the file. The draft of the file, if there is
            one, is closed in the same transaction.

        Returns
        -------
        int
            Id of the submission.

        Raises
        ------
        StoreError
            When the year is open with another unit list or another standard than planned, or when a part would stand
            above its whole beside what was stored meanwhile.
        """
        year = planned.year
        codes = observations["unit_code"].unique().tolist()
        inputs = observations["input_id"].unique().tolist()
        values = observations["value"].astype(object).where(observations["value"].notna(), None)
        with self._write() as connection:
            open_round(connection, planned)
            submission_id: int = connection.execute(
                insert(Submission).returning(Submission.id),
                {
                    "year": year,
                    "file_name": file_name,
                    "file_hash": hash_file(content),
                    "content": content,
                    "submitted_by": submitted_by,
                    "submitted_at": datetime.now(UTC),
                    "demo": demo,
                    "units": len(codes),
                    "choices": dict(choices or {}),
                },
            ).scalar_one()
            connection.execute(delete(Draft).where(Draft.year == year, Draft.file_hash == hash_file(content)))
            # Real and illustrative figures never mix: a real file takes all illustrative ones of its units away.
            illustrative = select(Submission.id).where(Submission.year == year, Submission.demo)
            replaced: ColumnElement[bool] = Observation.input_id.in_(inputs)
            if not demo:
                replaced = or_(replaced, Observation.submission_id.in_(illustrative))
            for some in _chunks(codes):
                connection.execute(
                    update(Observation)
                    .where(
                        Observation.year == year,
                        Observation.superseded_by.is_(None),
                        Observation.unit_code.in_(some),
                        replaced,
                    )
                    .values(superseded_by=submission_id)
                )
            connection.execute(
                insert(Observation),
                [
                    {
                        "year": year,
                        "unit_code": code,
                        "input_id": input_id,
                        "value": None if value is None else int(value),
                        "submission_id": submission_id,
                        "sheet": sheet,
                        "cell": cell,
                        "original": original[:_LONGEST_ORIGINAL],
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
                ],
            )
            _refuse_broken_parts(connection, planned, codes, inputs)
            record(
                connection,
                submitted_by,
                "accept_submission",
                {
                    "year": year,
                    "submission": submission_id,
                    "file": file_name,
                    "units": len(codes),
                    "demo": demo,
                },
            )
            return submission_id

    def observations(self, year: int) -> pd.DataFrame:
        """Current values of a year: index `code`, a column an input, Int64, NA = missing."""
        input_ids = list(get_standard(self.get_year(year).standard_id).inputs)
        query = select(Observation.unit_code, Observation.input_id, Observation.value).where(
            Observation.year == year, Observation.superseded_by.is_(None)
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
        return _wide(rows, input_ids)

    def sources(self, year: int, code: str) -> pd.DataFrame:
        """Where each current value of a unit came from.

        Returns
        -------
        DataFrame
            Index `input_id`, columns `value`, `sheet`, `cell`, `original`, `file_name`, `file_hash`, `submission_id`,
            `submitted_by`, `submitted_at`, `demo`.
        """
        frame = self._history(year, code, Observation.superseded_by.is_(None))
        return frame.drop(columns="superseded_by").set_index("input_id")

    def history(self, year: int, code: str, input_id: str) -> pd.DataFrame:
        """Every value that an input of a unit ever had in a year, newest first; columns as `sources`."""
        frame = self._history(year, code, Observation.input_id == input_id)
        return frame.sort_values("submission_id", ascending=False, ignore_index=True)

    def _history(self, year: int, code: str, condition: Any) -> pd.DataFrame:
        columns: list[Any] = [
            Observation.input_id,
            Observation.value,
            Observation.sheet,
            Observation.cell,
            Observation.original,
            Observation.superseded_by,
            Submission.file_name,
            Submission.file_hash,
            Submission.id.label("submission_id"),
            Submission.submitted_by,
            Submission.submitted_at,
            Submission.demo,
        ]
        query = (
            select(*columns)
            .join(Submission, Observation.submission_id == Submission.id)
            .where(Observation.year == year, Observation.unit_code == code, condition)
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
        frame = pd.DataFrame(rows, columns=[column.key for column in columns])
        return frame.astype({"value": "Int64"})

    def demo_units(self, year: int) -> set[str]:
        """Codes of the units of which any current value is illustrative."""
        query = (
            select(Observation.unit_code)
            .distinct()
            .join(Submission, Observation.submission_id == Submission.id)
            .where(Observation.year == year, Observation.superseded_by.is_(None), Submission.demo)
        )
        with self._read() as connection:
            return set(connection.scalars(query))

    def list_submissions(self, year: int) -> list[SubmissionInfo]:
        """Accepted files of a year, newest first."""
        with self._read() as connection:
            rows = connection.execute(
                select(
                    Submission.id,
                    Submission.year,
                    Submission.file_name,
                    Submission.file_hash,
                    Submission.submitted_by,
                    Submission.submitted_at,
                    Submission.demo,
                    Submission.units,
                )
                .where(Submission.year == year)
                .order_by(Submission.id.desc())
            )
            return [SubmissionInfo(**row) for row in rows.mappings()]

    def get_file(self, submission_id: int) -> tuple[str, bytes]:
        """Name and content of an accepted file."""
        with self._read() as connection:
            name, content = connection.execute(
                select(Submission.file_name, Submission.content).where(Submission.id == submission_id)
            ).one()
            return name, content


def _refuse_broken_parts(connection: Connection, planned: Round, codes: Sequence[str], inputs: Sequence[str]) -> None:
    """Refuse what would break the scoring: a file of some inputs beside stored ones that it does not hold."""
    standard = get_standard(planned.standard_id)
    if set(standard.inputs) <= set(inputs):
        return
    query = select(Observation.unit_code, Observation.input_id, Observation.value).where(
        Observation.year == planned.year, Observation.superseded_by.is_(None)
    )
    rows = [row for some in _chunks(codes) for row in connection.execute(query.where(Observation.unit_code.in_(some)))]
    broken = find_broken_parts(_wide(rows, list(standard.inputs)), standard)
    if len(broken):
        first = broken.iloc[0]
        raise StoreError(
            f"Đơn vị {first['unit_code']}: “{standard.inputs[first['part']].label}” ({first['part_value']}) lớn hơn "
            f"“{standard.inputs[first['whole']].label}” ({first['whole_value']}) so với số đã nộp. "
            "Chưa lưu gì; kiểm tra lại tệp rồi nộp lại."
        )


def hash_file(content: bytes) -> str:
    """SHA-256 of a file, as the store knows it."""
    return hashlib.sha256(content).hexdigest()


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), _CODES_A_STATEMENT):
        yield items[start : start + _CODES_A_STATEMENT]


def _wide(rows: Sequence[Any], input_ids: list[str]) -> pd.DataFrame:
    """Spread long rows (unit code, input id, value) to one row a unit."""
    codes = sorted({row[0] for row in rows})
    row_of = {code: number for number, code in enumerate(codes)}
    column_of = {input_id: number for number, input_id in enumerate(input_ids)}
    values = np.zeros((len(codes), len(input_ids)), dtype=np.int64)
    missing = np.ones_like(values, dtype=bool)
    for code, input_id, value in rows:
        if value is not None and input_id in column_of:
            place = row_of[code], column_of[input_id]
            values[place] = value
            missing[place] = False
    columns = {
        input_id: pd.arrays.IntegerArray(values[:, number].copy(), missing[:, number].copy())
        for input_id, number in column_of.items()
    }
    return pd.DataFrame(columns, index=pd.Index(codes, name="code", dtype="str"))
