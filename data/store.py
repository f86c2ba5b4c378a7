"""The only door to the database: rounds, unit classes, submissions and observations.

Every write is one transaction, so that a process killed at any moment leaves nothing half-written. Each adds an
audit event, so that readers can tell by `Store.version` whether facts changed.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, func, insert, select, update

from data import units as unit_lists
from data.database import connect, migrate
from data.models import AssessmentYear, AuditEvent, Observation, Submission, UnitClass
from data.paths import database_url
from scoring.standard import get_standard, standard_for_year

DEFAULT_PROVINCE = "20"  # Lạng Sơn
DEFAULT_TARGET_PERCENT = 95  # the 2022 plan's target
_CODES_A_STATEMENT = 400  # SQLite's limit on bound parameters is 999 in old builds


class StoreError(Exception):
    """A request that the store refuses; the message is a Vietnamese sentence for the user."""


@dataclass(frozen=True)
class Round:
    """An assessment year: `province_code` None means the whole nation."""

    year: int
    province_code: str | None
    vintage: str
    standard_id: str
    target_percent: int


def plan_round(year: int, province_code: str | None = DEFAULT_PROVINCE, vintage: str | None = None) -> Round:
    """The round that a year would have: the unit list and the standard in force on its 31 December."""
    return Round(
        year=year,
        province_code=province_code,
        vintage=vintage or unit_lists.vintage_for_year(year),
        standard_id=standard_for_year(year).id,
        target_percent=DEFAULT_TARGET_PERCENT,
    )


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


def open_store(url: str | None = None) -> "Store":
    """Open the database, creating it or bringing its schema up to date.

    Parameters
    ----------
    url : str, optional
        SQLAlchemy URL; default is `DATABASE_URL`, else SQLite under `var/`.
    """
    engine = connect(url or database_url())
    migrate(engine)
    return Store(engine)


class Store:
    """Reads and writes of one database. Safe to share between threads: each call takes its own connection."""

    def __init__(self, engine: Engine):
        self._engine = engine

    def close(self) -> None:
        """Release the connections; the store can't be used afterwards."""
        self._engine.dispose()

    # Rounds and classes

    def find_year(self, year: int) -> Round | None:
        """The round of a year, or None when it is not open."""
        with self._read() as connection:
            return _round(connection, year)

    def list_years(self) -> list[int]:
        """Years that are open, newest first."""
        with self._read() as connection:
            return list(connection.scalars(select(AssessmentYear.year).order_by(AssessmentYear.year.desc())))

    def get_year(self, year: int) -> Round:
        """The round of a year.

        Raises
        ------
        StoreError
            When the year is not open.
        """
        found = self.find_year(year)
        if found is None:
            raise StoreError(f"Chưa có kỳ đánh giá {year}. Nộp số liệu của năm {year} trước.")
        return found

    def unit_classes(self, year: int) -> pd.DataFrame:
        """Classes of a year's units: index `code`, columns `unit_class`, `mountainous`, `provenance`."""
        query = select(UnitClass.unit_code, UnitClass.unit_class, UnitClass.mountainous, UnitClass.provenance).where(
            UnitClass.year == year
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
        frame = pd.DataFrame(rows, columns=["code", "unit_class", "mountainous", "provenance"]).set_index("code")
        return frame.astype({"mountainous": bool})

    def save_unit_classes(self, year: int, classes: pd.DataFrame, actor: str) -> None:
        """Correct the class of units in a year.

        Parameters
        ----------
        classes : DataFrame
            Index unit code, columns `unit_class`, `mountainous`, `provenance`.

        Raises
        ------
        StoreError
            For a class that the standard does not know or a unit that the year does not have.
        """
        known_classes = get_standard(self.get_year(year).standard_id).recognition.minimum_total
        known_units = self.unit_classes(year).index
        for code, row in classes.iterrows():
            if row["unit_class"] not in known_classes:
                raise StoreError(
                    f"Đơn vị {code}: không có loại đơn vị “{row['unit_class']}”. Các loại: {', '.join(known_classes)}."
                )
            if code not in known_units:
                raise StoreError(f"Kỳ {year} không có đơn vị {code}. Kiểm tra lại mã đơn vị.")
        with self._write() as connection:
            for row in _class_rows(year, classes):
                connection.execute(
                    update(UnitClass)
                    .where(UnitClass.year == year, UnitClass.unit_code == row["unit_code"])
                    .values(**row)
                )
            _record(connection, actor, "correct_classes", {"year": year, "units": list(classes.index)})

    # Submissions and observations

    def save_submission(
        self,
        planned: Round,
        observations: pd.DataFrame,
        file_name: str,
        content: bytes,
        submitted_by: str,
        demo: bool = False,
    ) -> int:
        """Store a checked file and its values, superseding what its units had for its inputs.

        Opens the round when this is its first file, with its units' default classes.

        Parameters
        ----------
        planned : Round
            The round as `find_year` or `plan_round` gives it.
        observations : DataFrame
            Columns `unit_code`, `input_id`, `value` (Int64, NA = missing), `sheet`, `cell`; a row a value.
        demo : bool
            Illustrative figures, labelled as such until real ones replace them.

        Returns
        -------
        int
            Id of the submission.

        Raises
        ------
        StoreError
            When the year is open with another unit list or another standard than planned.
        """
        year = planned.year
        codes = observations["unit_code"].unique().tolist()
        inputs = observations["input_id"].unique().tolist()
        values = observations["value"].astype(object).where(observations["value"].notna(), None)
        with self._write() as connection:
            _open_round(connection, planned)
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
                },
            ).scalar_one()
            for some in _chunks(codes):
                connection.execute(
                    update(Observation)
                    .where(
                        Observation.year == year,
                        Observation.superseded_by.is_(None),
                        Observation.unit_code.in_(some),
                        Observation.input_id.in_(inputs),
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
                    }
                    for code, input_id, value, sheet, cell in zip(
                        observations["unit_code"],
                        observations["input_id"],
                        values,
                        observations["sheet"],
                        observations["cell"],
                        strict=True,
                    )
                ],
            )
            _record(
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
            Index `input_id`, columns `value`, `sheet`, `cell`, `file_name`, `file_hash`, `submission_id`,
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

    def version(self) -> int:
        """A number that grows with every write; caches of what is read here are keyed by it."""
        with self._read() as connection:
            return connection.scalar(select(func.max(AuditEvent.id))) or 0

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._engine.execution_options(for_writing=True).begin() as connection:
            yield connection


def hash_file(content: bytes) -> str:
    """SHA-256 of a file, as the store knows it."""
    return hashlib.sha256(content).hexdigest()


def _round(connection: Connection, year: int) -> Round | None:
    row = connection.execute(select(AssessmentYear.__table__).where(AssessmentYear.year == year)).one_or_none()
    return None if row is None else Round(**row._mapping)


def _open_round(connection: Connection, planned: Round) -> None:
    # The lock makes two files for the same year take turns on PostgreSQL too.
    connection.execute(select(AssessmentYear.year).where(AssessmentYear.year == planned.year).with_for_update())
    found = _round(connection, planned.year)
    if found is None:
        connection.execute(insert(AssessmentYear).values(**vars(planned)))
        classes = unit_lists.default_classes(planned.vintage, planned.province_code)
        connection.execute(insert(UnitClass), _class_rows(planned.year, classes))
        _record(connection, "system", "open_year", vars(planned))
    elif (found.vintage, found.standard_id) != (planned.vintage, planned.standard_id):
        raise StoreError(
            f"Kỳ {found.year} đã mở với danh mục đơn vị {found.vintage} và bộ tiêu chí {found.standard_id}; "
            f"không đổi được sang {planned.vintage}, {planned.standard_id}."
        )


def _record(connection: Connection, actor: str, action: str, detail: dict[str, Any]) -> None:
    connection.execute(
        insert(AuditEvent), {"at": datetime.now(UTC), "actor": actor, "action": action, "detail": detail}
    )


def _class_rows(year: int, classes: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "year": year,
            "unit_code": code,
            "unit_class": row.unit_class,
            "mountainous": bool(row.mountainous),
            "provenance": row.provenance,
        }
        for code, row in zip(classes.index, classes.itertuples(index=False), strict=True)
    ]


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
