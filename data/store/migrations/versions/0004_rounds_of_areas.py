"""Rounds with an identity of their own (area, year, standard) in place of the bare year; longer names of sheets.

Drafts and explanations of a year that is not open wait for a round that is only planned.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BEFORE_ROUNDS_HAD_AN_AREA, _BEFORE_OTHER_STANDARDS = "20", "qd-06-2019"
_CURRENT = sa.text("superseded_by IS NULL")


def upgrade() -> None:
    op.create_table(
        "assessment_round",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("area", sa.String(length=2), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.String(length=40), nullable=False),
        sa.Column("vintage", sa.String(length=10), nullable=False),
        sa.Column("target_percent", sa.Integer(), nullable=False),
        sa.Column("facts_version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_round")),
        sa.UniqueConstraint("area", "year", "standard_id", name=op.f("uq_assessment_round_area_year_standard_id")),
        sqlite_autoincrement=True,  # an id is never used twice
    )
    _copy_rounds()
    _drop_indexes()
    for table in ("submission", "observation", "scenario", "action_item", "draft", "finding_note"):
        _point_to_rounds(table)
    _rebuild_unit_class()
    _create_indexes()
    op.drop_table("assessment_year")


def downgrade() -> None:
    raise NotImplementedError("several rounds of a year don't fit into the tables of before")


def _copy_rounds() -> None:
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "INSERT INTO assessment_round "
            "(area, year, standard_id, vintage, target_percent, facts_version, opened_at) "
            "SELECT coalesce(province_code, 'VN'), year, standard_id, vintage, target_percent, 1, "
            "(SELECT min(submitted_at) FROM submission WHERE submission.year = assessment_year.year) "
            "FROM assessment_year ORDER BY year"
        )
    )
    rounds = sa.table("assessment_round", sa.column("opened_at", sa.DateTime(timezone=True)))
    connection.execute(rounds.update().where(rounds.c.opened_at.is_(None)).values(opened_at=datetime.now(UTC)))
    waiting = connection.execute(
        sa.text("SELECT year FROM draft UNION SELECT year FROM finding_note EXCEPT SELECT year FROM assessment_year")
    )
    for (year,) in sorted(waiting):
        connection.execute(
            sa.text(
                "INSERT INTO assessment_round (area, year, standard_id, vintage, target_percent, facts_version) "
                "VALUES (:area, :year, :standard, :vintage, 95, 0)"
            ),
            {
                "area": _BEFORE_ROUNDS_HAD_AN_AREA,
                "year": year,
                "standard": _BEFORE_OTHER_STANDARDS,
                "vintage": "2020" if year < 2025 else "2025-07",
            },
        )


def _point_to_rounds(table: str) -> None:
    """Replace a table's column `year` by `round_id`."""
    op.add_column(table, sa.Column("round_id", _KEY, nullable=True))
    op.execute(f"UPDATE {table} SET round_id = (SELECT id FROM assessment_round WHERE year = {table}.year)")  # noqa: S608
    name = op.f(f"fk_{table}_round_id_assessment_round")
    once = table in ("draft", "scenario")  # an id of theirs is never used twice
    last_id = _last_id(table) if once else None
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": once}) as batch:
        if table not in ("draft", "finding_note"):  # these did not refer to a year's row
            batch.drop_constraint(op.f(f"fk_{table}_year_assessment_year"), type_="foreignkey")
        batch.drop_column("year")
        batch.alter_column("round_id", existing_type=_KEY, nullable=False)
        batch.create_foreign_key(name, "assessment_round", ["round_id"], ["id"])
        if table == "observation":
            batch.alter_column("sheet", existing_type=sa.String(length=31), type_=sa.String(length=255))
            batch.alter_column("cell", existing_type=sa.String(length=10), type_=sa.String(length=30))
    if last_id is not None:
        _set_last_id(table, last_id)


def _last_id(table: str) -> int | None:
    """The last id that SQLite gave in a table, whose count it forgets with the table; None elsewhere."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return None
    return connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table})


def _set_last_id(table: str, last_id: int) -> None:
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table})
    connection.execute(
        sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), {"name": table, "seq": last_id}
    )


def _rebuild_unit_class() -> None:
    """The year was a part of the key, so the table is written anew."""
    op.rename_table("unit_class", "unit_class_of_year")
    op.create_table(
        "unit_class",
        sa.Column("round_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("unit_code", sa.String(length=5), nullable=False),
        sa.Column("unit_class", sa.String(length=40), nullable=False),
        sa.Column("mountainous", sa.Boolean(), nullable=False),
        sa.Column("provenance", sa.String(length=20), nullable=False),
    )
    op.execute(
        "INSERT INTO unit_class (round_id, unit_code, unit_class, mountainous, provenance) "
        "SELECT assessment_round.id, unit_code, unit_class, mountainous, provenance "
        "FROM unit_class_of_year JOIN assessment_round ON assessment_round.year = unit_class_of_year.year"
    )
    op.drop_table("unit_class_of_year")  # with the name of its key, which the new one takes
    with op.batch_alter_table("unit_class") as batch:
        batch.create_primary_key(op.f("pk_unit_class"), ["round_id", "unit_code"])
        batch.create_foreign_key(
            op.f("fk_unit_class_round_id_assessment_round"), "assessment_round", ["round_id"], ["id"]
        )


def _drop_indexes() -> None:
    op.drop_index(op.f("ix_submission_year"), "submission")
    op.drop_index("ix_observation_unit", "observation")
    op.drop_index("uq_observation_current", "observation")
    op.drop_index("uq_draft_file", "draft")
    op.drop_index("ix_finding_note_year", "finding_note")
    op.drop_index("uq_scenario_name", "scenario")
    op.drop_index("uq_action_item_step", "action_item")


def _create_indexes() -> None:
    op.create_index(op.f("ix_submission_round_id"), "submission", ["round_id"])
    op.create_index("ix_observation_unit", "observation", ["unit_code", "round_id"])
    op.create_index(
        "uq_observation_current",
        "observation",
        ["round_id", "unit_code", "input_id"],
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    )
    op.create_index("uq_draft_file", "draft", ["round_id", "file_hash"], unique=True)
    op.create_index("ix_finding_note_round_id", "finding_note", ["round_id"])
    op.create_index("uq_scenario_name", "scenario", ["round_id", "name"], unique=True)
    op.create_index("uq_action_item_step", "action_item", ["round_id", "unit_code", "indicator_id"], unique=True)
