"""Which edit of its message an entry of feedback follows."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column; of what was entered before, no edit is known."""
    with op.batch_alter_table("demo_feedback") as feedback:
        feedback.add_column(sa.Column("edited", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Remove the column."""
    with op.batch_alter_table("demo_feedback") as feedback:
        feedback.drop_column("edited")
