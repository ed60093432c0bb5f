"""Demos, the feedback on them, and how to find a message by where it stands."""

import sqlalchemy as sa
from alembic import op

from storage.base import Choice, Instant, Words

revision = "0006"
down_revision = "0005"
TEXTS = ("customer_name", "source", "channel", "ts", "thread", "event", "author", "text")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "demos",
        sa.Column("id", sa.Integer),
        sa.Column("opportunity", sa.Integer, nullable=False),
        sa.Column("customer_name", sa.Text, nullable=False),
        sa.Column("customer_key", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("members", Words, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("state", Choice, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("at", Instant),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("content", "audience", "environment", "tools", "evidence")),
        sa.Column("rehearsal", Words),
        sa.Column("delivered_at", Instant),
        sa.Column("summary", Words),
        sa.Column("questions", Words, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_demos"),
    )
    op.create_index("ix_demos_customer_key", "demos", ["customer_key"])
    op.create_index("ix_demos_opportunity", "demos", ["opportunity"])
    op.create_index("ix_demos_owner_state", "demos", ["owner", "state"])
    op.create_index("ix_demos_state", "demos", ["state"])
    make_feedback()
    op.create_index("ix_outbox_ts", "outbox", ["ts"])


def make_feedback() -> None:
    """Make the table of feedback."""
    op.create_table(
        "demo_feedback",
        sa.Column("id", sa.Integer),
        sa.Column("demo", sa.Integer, nullable=False),
        sa.Column("opportunity", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("customer_name", "source", "channel", "ts", "thread", "event", "author", "text")
        ),
        sa.Column("rating", sa.Integer),
        sa.Column("state", Choice, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_demo_feedback"),
        sa.UniqueConstraint("source", name="uq_demo_feedback_source"),
    )
    op.create_index("ix_demo_feedback_demo", "demo_feedback", ["demo"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_outbox_ts", "outbox")
    op.drop_table("demo_feedback")
    op.drop_table("demos")
