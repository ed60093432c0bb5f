"""Solutions."""

import sqlalchemy as sa
from alembic import op

from storage.base import Choice, Instant, Words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "solutions",
        sa.Column("id", sa.Integer),
        sa.Column("opportunity", sa.Integer, nullable=False),
        sa.Column("customer_name", sa.Text, nullable=False),
        sa.Column("customer_key", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("members", Words, nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("state", Choice, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("plan", Words),
        sa.Column("sections", Words, nullable=False),
        sa.Column("consultations", Words, nullable=False),
        sa.Column("value", Words),
        sa.Column("sitting", sa.Integer, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("asked", Words, nullable=False),
        sa.Column("scores", Words, nullable=False),
        sa.Column("gaps", Words, nullable=False),
        sa.Column("changes", Words, nullable=False),
        sa.Column("approved_at", Instant),
        sa.Column("sent", Words, nullable=False),
        sa.Column("wishes", Words, nullable=False),
        sa.Column("confirmation", Words),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("chase_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_solutions"),
    )
    op.create_index("ix_solutions_customer_key", "solutions", ["customer_key"])
    op.create_index("ix_solutions_opportunity", "solutions", ["opportunity"])
    op.create_index("ix_solutions_owner_state", "solutions", ["owner", "state"])
    op.create_index("ix_solutions_chase_at", "solutions", ["chase_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("solutions")
