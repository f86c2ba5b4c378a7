"""Rows of rounds within a transaction that writes: found, locked, opened, marked as changed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, ScalarSelect, insert, select, update

from data.store.audit import record
from data.store.connections import insert_unless_there
from data.store.rounds import Round, RoundKey, as_round, is_row_of, key_of, not_open, other_vintage
from data.store.tables import AssessmentRound, UnitClass
from data.units.lists import default_classes

ROUND_COLUMNS = (AssessmentRound.area, AssessmentRound.year, AssessmentRound.standard_id)


def id_of(round: Round | RoundKey) -> ScalarSelect[int]:
    """The id of a round's row, to compare a column `round_id` with; nothing where there is no row."""
    return select(AssessmentRound.id).where(is_row_of(round)).scalar_subquery()


def lock_round(connection: Connection, round: Round | RoundKey) -> tuple[int, Round]:
    """Make writers of an open round take turns, on PostgreSQL too; its row's id and the round.

    Raises
    ------
    StoreError
        When the round is not open.
    """
    row = _lock(connection, round)
    if row is None or row.opened_at is None:
        raise not_open(key_of(round).year)
    return row.id, as_round(row)


def plan_row(connection: Connection, planned: Round) -> int:
    """The id of a round's row, which is made where there is none, and locked."""
    return int(_lock_or_plan(connection, planned).id)


def open_round(connection: Connection, planned: Round) -> int:
    """Open a round with its units' default classes, unless it is open, and lock it; the id of its row.

    Raises
    ------
    StoreError
        When it is open with another unit list.
    """
    row = _lock_or_plan(connection, planned)
    if row.opened_at is None:
        values = {"vintage": planned.vintage, "target_percent": planned.target_percent, "opened_at": datetime.now(UTC)}
        connection.execute(update(AssessmentRound).where(AssessmentRound.id == row.id).values(values))
        classes = default_classes(planned.vintage, planned.province_code)
        connection.execute(insert(UnitClass), class_rows(row.id, classes))
        detail = {"vintage": planned.vintage, "target_percent": planned.target_percent}
        record(connection, "system", "open_round", round_detail(planned) | detail)
    elif row.vintage != planned.vintage:
        raise other_vintage(as_round(row), planned.vintage)
    return int(row.id)


def mark_changed(connection: Connection, round_id: int) -> None:
    """Raise the facts version of a round: part of every transaction that changes its facts."""
    raised = {"facts_version": AssessmentRound.facts_version + 1}
    connection.execute(update(AssessmentRound).where(AssessmentRound.id == round_id).values(raised))


def list_units(connection: Connection, round_id: int) -> set[str]:
    """Codes of the units of an open round."""
    return set(connection.scalars(select(UnitClass.unit_code).where(UnitClass.round_id == round_id)))


def class_rows(round_id: int, classes: pd.DataFrame) -> Sequence[dict[str, Any]]:
    """Rows of `UnitClass`, in the order of the codes, so that two writers never wait for each other."""
    return [
        {
            "round_id": round_id,
            "unit_code": code,
            "unit_class": row.unit_class,
            "mountainous": bool(row.mountainous),
            "provenance": row.provenance,
        }
        for code, row in sorted(zip(classes.index, classes.itertuples(index=False), strict=True))
    ]


def round_detail(round: Round | RoundKey) -> dict[str, Any]:
    """A round in the detail of an audit event."""
    key = key_of(round)
    return {"area": key.area, "year": key.year, "standard": key.standard_id}


def read_key(row: Any) -> RoundKey:
    """The key in a row that has `ROUND_COLUMNS`."""
    return RoundKey(row.area, row.year, row.standard_id)


def _lock(connection: Connection, round: Round | RoundKey) -> Row[Any] | None:
    query = select(AssessmentRound.__table__).where(is_row_of(round)).with_for_update()
    return connection.execute(query).one_or_none()


def _lock_or_plan(connection: Connection, planned: Round) -> Row[Any]:
    row = _lock(connection, planned)
    if row is None:
        values = {
            "area": planned.area,
            "year": planned.year,
            "standard_id": planned.standard_id,
            "vintage": planned.vintage,
            "target_percent": planned.target_percent,
            "facts_version": 0,
        }
        insert_unless_there(connection, AssessmentRound, ("area", "year", "standard_id"), values)
        row = _lock(connection, planned)
    assert row is not None  # rows of rounds are never deleted
    return row
