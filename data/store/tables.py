"""Tables of the database. `data.store` is the only code that reads or writes them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# SQLite makes an auto-increment key of INTEGER only.
BigKey = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """A moment, read back in UTC: SQLite forgets the time zone, PostgreSQL answers in that of its server."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class AssessmentRound(Base):
    """A round: which units are assessed for a year, by which standard, against which target.

    A row without `opened_at` is a round that is only planned: drafts and explanations wait for its first file.
    `facts_version` grows, in the transaction that writes, with whatever changes the facts of the round.
    """

    __tablename__ = "assessment_round"
    __table_args__ = (UniqueConstraint("area", "year", "standard_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    area: Mapped[str] = mapped_column(String(2))  # a province code, or VN: the whole nation
    year: Mapped[int]
    standard_id: Mapped[str] = mapped_column(String(40))
    vintage: Mapped[str] = mapped_column(String(10))
    target_percent: Mapped[int]
    facts_version: Mapped[int]
    opened_at: Mapped[datetime | None] = mapped_column(Moment)


class UnitClass(Base):
    """Class and place of a unit in a round; it decides the minimum total and some bands."""

    __tablename__ = "unit_class"

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), primary_key=True, autoincrement=False)
    unit_code: Mapped[str] = mapped_column(String(5), primary_key=True)
    unit_class: Mapped[str] = mapped_column(String(40))
    mountainous: Mapped[bool]
    provenance: Mapped[str] = mapped_column(String(20))


class Submission(Base):
    """An accepted file, whole, with who brought it and when."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    file_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    submitted_by: Mapped[str] = mapped_column(String(100))
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    demo: Mapped[bool]
    units: Mapped[int]
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)  # what the officer confirmed of columns and units


class Observation(Base):
    """One value of one input of one unit in one round, and the cell that it came from.

    `value` is null where the officer left the cell empty: missing, never zero. `original` is what the file says where
    the value was corrected on screen, else empty. A later submission sets `superseded_by`; nothing is overwritten.
    """

    __tablename__ = "observation"
    __table_args__ = (
        Index(
            "uq_observation_current",
            "round_id",
            "unit_code",
            "input_id",
            unique=True,
            sqlite_where=text("superseded_by IS NULL"),
            postgresql_where=text("superseded_by IS NULL"),
        ),
        Index("ix_observation_unit", "unit_code", "round_id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    unit_code: Mapped[str] = mapped_column(String(5))
    input_id: Mapped[str] = mapped_column(String(40))
    value: Mapped[int | None] = mapped_column(BigInteger)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    sheet: Mapped[str] = mapped_column(String(255))  # Excel's names end at 31, others' do not
    cell: Mapped[str] = mapped_column(String(30))  # or a range, for what was counted from survey answers
    original: Mapped[str] = mapped_column(String(120))
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))


class Draft(Base):
    """A file that is being worked on: what was corrected and confirmed on screen survives a lost connection.

    It belongs to its content and to who brought it; `version` grows with whatever is done on it. `summary`: what came
    of its last check. `dropped_at`: put aside then, to be restored for a day.
    """

    __tablename__ = "draft"
    # An id is never used twice: a tab left open must not correct another file than the one it shows.
    __table_args__ = (
        Index("uq_draft_file", "round_id", "file_hash", "brought_by", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    file_hash: Mapped[str] = mapped_column(String(64))
    brought_by: Mapped[str] = mapped_column(String(64))  # an id of the browser, until there are accounts
    version: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    edits: Mapped[list[Any]] = mapped_column(JSON)  # [sheet, cell, value]
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    dropped_at: Mapped[datetime | None] = mapped_column(Moment)


class ColumnMapping(Base):
    """What an officer confirmed for files of one shape, used again for the next."""

    __tablename__ = "column_mapping"

    shape: Mapped[str] = mapped_column(String(64), primary_key=True)
    standard_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    confirmed_by: Mapped[str] = mapped_column(String(100))
    confirmed_at: Mapped[datetime] = mapped_column(Moment)


class FindingNote(Base):
    """An officer's explanation of a warning; the newest of a place holds, all stay."""

    __tablename__ = "finding_note"
    __table_args__ = (Index("ix_finding_note_round_id", "round_id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    code: Mapped[str] = mapped_column(String(40))
    unit_code: Mapped[str | None] = mapped_column(String(5))
    input_id: Mapped[str | None] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(String(500))  # the warning as it read when it was explained
    note: Mapped[str] = mapped_column(String(1000))
    author: Mapped[str] = mapped_column(String(100))
    written_at: Mapped[datetime] = mapped_column(Moment)


class SavedScenario(Base):
    """A “what if” that was named and kept: only its changes against the law, never figures of a round."""

    __tablename__ = "scenario"
    __table_args__ = (Index("uq_scenario_name", "round_id", "name", unique=True), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    name: Mapped[str] = mapped_column(String(100))
    author: Mapped[str] = mapped_column(String(100))
    saved_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class ActionItem(Base):
    """What someone undertook to do so that a unit is recognised: one step an indicator."""

    __tablename__ = "action_item"
    __table_args__ = (Index("uq_action_item_step", "round_id", "unit_code", "indicator_id", unique=True),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    unit_code: Mapped[str] = mapped_column(String(5))
    indicator_id: Mapped[str] = mapped_column(String(40))
    step: Mapped[str] = mapped_column(String(300))
    owner: Mapped[str] = mapped_column(String(100))
    due_date: Mapped[date | None]
    done: Mapped[bool]
    updated_at: Mapped[datetime] = mapped_column(Moment)
    updated_by: Mapped[str] = mapped_column(String(100))


class AuditEvent(Base):
    """What happened, in order; rows are only ever added."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
