"""Requirement research."""

import sqlalchemy as sa
from alembic import op

from storage.base import Choice, Instant, Words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "research",
        sa.Column("id", sa.Integer),
        sa.Column("opportunity", sa.Integer, nullable=False),
        sa.Column("customer_name", sa.Text, nullable=False),
        sa.Column("customer_key", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("state", Choice, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("members", Words, nullable=False),
        sa.Column("facts", Words),
        sa.Column("outlines", Words, nullable=False),
        sa.Column("contacts", Words, nullable=False),
        sa.Column("items", Words, nullable=False),
        sa.Column("asked", Words, nullable=False),
        sa.Column("reviews", Words, nullable=False),
        sa.Column("review_since", Instant),
        sa.Column("approved_at", Instant),
        sa.Column("confirmation", Words),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("supersedes", sa.Integer, nullable=False),
        sa.Column("superseded_by", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_research"),
    )
    op.create_index("ix_research_customer_key", "research", ["customer_key"])
    op.create_index("ix_research_opportunity", "research", ["opportunity"])
    op.create_index("ix_research_owner_state", "research", ["owner", "state"])
    op.create_index("ix_research_state", "research", ["state"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("research")
