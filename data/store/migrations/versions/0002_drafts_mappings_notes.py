"""Drafts, remembered mappings, explanations of warnings; corrected values and ranges of cells in observations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("submission", sa.Column("choices", sa.JSON(), nullable=False, server_default="{}"))
    # The table is not copied, for it has a partial index; SQLite does not enforce lengths anyway.
    op.add_column("observation", sa.Column("original", sa.String(length=120), nullable=False, server_default=""))
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("observation", "cell", type_=sa.String(length=30))
    op.create_table(
        "draft",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sqlite_autoincrement=True,  # an id is never used twice
    )
    op.create_index("uq_draft_file", "draft", ["year", "file_hash"], unique=True)
    op.create_table(
        "column_mapping",
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("standard_id", sa.String(length=40), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=100), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shape", "standard_id", name=op.f("pk_column_mapping")),
    )
    op.create_table(
        "finding_note",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("unit_code", sa.String(length=5), nullable=True),
        sa.Column("input_id", sa.String(length=40), nullable=True),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_note")),
    )
    op.create_index("ix_finding_note_year", "finding_note", ["year"])


def downgrade() -> None:
    for table in ("finding_note", "column_mapping", "draft"):
        op.drop_table(table)
    op.drop_column("observation", "original")
    op.drop_column("submission", "choices")
