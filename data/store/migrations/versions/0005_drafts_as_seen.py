"""Drafts of a person, with a version, the outcome of the last check and a mark where they were dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added with defaults rather than by a copy of the table: SQLite would forget with it which ids were used.
    op.add_column("draft", sa.Column("brought_by", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("draft", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("draft", sa.Column("summary", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("draft", sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("uq_draft_file", table_name="draft")
    op.create_index("uq_draft_file", "draft", ["round_id", "file_hash", "brought_by"], unique=True)


def downgrade() -> None:
    raise NotImplementedError("two people's drafts of one file don't fit into the table of before")
