"""The first schema."""

import sqlalchemy as sa
from alembic import op

from storage.base import Amount, Choice, Instant, Words

revision = "0001"
down_revision = None

FAILED = sa.text("failed != ''")
UNFINISHED = sa.text("sent_version < version AND failed = ''")
QUEUE = sa.text("sent_version < version AND failed = ''")


def upgrade() -> None:
    """Make the tables."""
    make_bids()
    make_deliveries()
    make_events()
    make_leases()
    make_outbox()
    make_people()


def downgrade() -> None:
    """Drop the tables."""
    for table in ("people", "outbox", "leases", "events", "deliveries", "bids"):
        op.drop_table(table)


def make_bids() -> None:
    """Make the table of bids."""
    op.create_table(
        "bids",
        sa.Column("id", sa.Integer),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("customer_key", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("state", Choice, nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("amount", Amount),
        sa.Column("awarded", Amount),
        sa.Column("awarded_currency", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("deadline", Instant),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("tender_number", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("registered_at", Instant, nullable=False),
        sa.Column("ratings", Words, nullable=False),
        sa.Column("decision", Words),
        sa.Column("conditions", Words, nullable=False),
        sa.Column("shares", Words, nullable=False),
        sa.Column("members", Words, nullable=False),
        sa.Column("parts", Words, nullable=False),
        sa.Column("milestones", Words, nullable=False),
        sa.Column("reviews", Words, nullable=False),
        sa.Column("findings", Words, nullable=False),
        sa.Column("ticks", Words, nullable=False),
        sa.Column("questions", Words, nullable=False),
        sa.Column("submitted_at", Instant),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("proof", sa.Text, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("defence", Words),
        sa.Column("decided_at", Instant),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("loss_reason", sa.Text, nullable=False),
        sa.Column("winner", sa.Text, nullable=False),
        sa.Column("price_gap", Amount),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("debrief", Words),
        sa.Column("gaps", Words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bids"),
    )
    op.create_index("ix_bids_customer_key", "bids", ["customer_key"])
    op.create_index("ix_bids_owner_state", "bids", ["owner", "state"])
    op.create_index("ix_bids_state_deadline", "bids", ["state", "deadline"])


def make_deliveries() -> None:
    """Make the table of deliveries."""
    op.create_table(
        "deliveries",
        sa.Column("key", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("answer", Words),
        sa.PrimaryKeyConstraint("key", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_at", "deliveries", ["at"])


def make_events() -> None:
    """Make the table of events."""
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite")),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("action", Choice, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("was", Words),
        sa.Column("became", Words),
        sa.Column("link", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_subject_id", "events", ["subject", "id"])


def make_leases() -> None:
    """Make the table of leases."""
    op.create_table(
        "leases",
        sa.Column("name", sa.Text),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def make_outbox() -> None:
    """Make the table of outbox."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", Choice, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("message", Words, nullable=False),
        sa.Column("replace", sa.Boolean, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("thread_key", sa.Text, nullable=False),
        sa.Column("thread_ts", sa.Text, nullable=False),
        sa.Column("not_before", Instant, nullable=False),
        sa.Column("expires", Instant),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sent_version", sa.Integer, nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("ts", sa.Text, nullable=False),
        sa.Column("failed", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("retry_at", Instant),
        sa.Column("tried", Instant),
        sa.Column("claimed_by", sa.Text, nullable=False),
        sa.Column("lease_until", Instant),
        sa.Column("created", Instant, nullable=False),
        sa.Column("sent", Instant),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_failed", "outbox", ["id"], sqlite_where=FAILED, postgresql_where=FAILED)
    op.create_index("ix_outbox_queue", "outbox", ["target", "id"], sqlite_where=QUEUE, postgresql_where=QUEUE)
    op.create_index("ix_outbox_subject", "outbox", ["subject"])
    op.create_index("ix_outbox_target_id", "outbox", ["target", "id"])
    op.create_index("ix_outbox_thread_key", "outbox", ["thread_key"])
    op.create_index("ix_outbox_unfinished", "outbox", ["id"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)


def make_people() -> None:
    """Make the table of people."""
    op.create_table(
        "people",
        sa.Column("id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("manager", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("roles", Words, nullable=False),
        sa.Column("started", sa.Date),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("bot", sa.Boolean, nullable=False),
        sa.Column("guest", sa.Boolean, nullable=False),
        sa.Column("stranger", sa.Boolean, nullable=False),
        sa.Column("updated", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_index("ix_people_manager", "people", ["manager"])
