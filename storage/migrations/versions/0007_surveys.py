"""Surveys, and the keys that sign the links to them."""

import sqlalchemy as sa
from alembic import op

from storage.base import Choice, Instant, Words

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer),
        sa.Column("opportunity", sa.Integer, nullable=False),
        sa.Column("customer_name", sa.Text, nullable=False),
        sa.Column("customer_key", sa.Text, nullable=False),
        sa.Column("about", Choice, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("members", Words, nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("state", Choice, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("expires", Instant),
        sa.Column("answered_at", Instant),
        sa.Column("verified", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Integer) for name in ("score", "understood", "responsive", "again")),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
    )
    op.create_index("ix_surveys_customer_key", "surveys", ["customer_key"])
    op.create_index("ix_surveys_opportunity", "surveys", ["opportunity"])
    op.create_table(
        "signing_keys",
        sa.Column("name", sa.Text),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_signing_keys"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("signing_keys")
    op.drop_table("surveys")
