"""Saved scenarios (“what if”) and the action lists of units."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["year"], ["assessment_year.year"], name=op.f("fk_scenario_year_assessment_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sqlite_autoincrement=True,  # an id is never used twice
    )
    op.create_index("uq_scenario_name", "scenario", ["year", "name"], unique=True)
    op.create_table(
        "action_item",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=5), nullable=False),
        sa.Column("indicator_id", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["year"], ["assessment_year.year"], name=op.f("fk_action_item_year_assessment_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_item")),
    )
    op.create_index("uq_action_item_step", "action_item", ["year", "unit_code", "indicator_id"], unique=True)


def downgrade() -> None:
    for table in ("action_item", "scenario"):
        op.drop_table(table)
