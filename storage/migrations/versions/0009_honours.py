"""Rounds of honours, and nominations."""

import sqlalchemy as sa
from alembic import op

from storage.base import Choice, Instant, Words

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    make_rounds()
    make_nominations()


def make_rounds() -> None:
    """Make the table of rounds."""
    op.create_table(
        "honour_rounds",
        sa.Column("id", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("type", "period")),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("start", "end")),
        sa.Column("rules", Words, nullable=False),
        sa.Column("state", Choice, nullable=False),
        sa.Column("closes", sa.Date, nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("announced_at", Instant),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_honour_rounds"),
    )
    op.create_index("ix_honour_rounds_type_period", "honour_rounds", ["type", "period"], unique=True)
    op.create_index("ix_honour_rounds_state", "honour_rounds", ["state"])


def make_nominations() -> None:
    """Make the table of nominations."""
    op.create_table(
        "nominations",
        sa.Column("id", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("type", "period")),
        sa.Column("slot", sa.Text),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("solution", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("people", Words, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("nominator", "why")),
        *(sa.Column(name, Words, nullable=False) for name in ("evidence", "supports")),
        sa.Column("state", Choice, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("merit", Words),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("citation", "grounds", "decided_by")),
        sa.Column("announced_at", Instant),
        sa.Column("revoked_why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_nominations"),
        sa.UniqueConstraint("slot", name="uq_nominations_slot"),
    )
    op.create_index("ix_nominations_type_period", "nominations", ["type", "period"])
    op.create_index("ix_nominations_nominator", "nominations", ["nominator"])
    op.create_index("ix_nominations_state_announced_at", "nominations", ["state", "announced_at"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("nominations", "honour_rounds"):
        op.drop_table(table)
