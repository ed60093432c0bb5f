"""Appraisal cycles, appraisals and peer ratings."""

import sqlalchemy as sa
from alembic import op

from storage.base import Amount, Choice, Instant, Words

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
    make_cycles()
    make_appraisals()
    make_ratings()


def make_cycles() -> None:
    """Make the table of cycles."""
    op.create_table(
        "cycles",
        sa.Column("id", sa.Integer),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("slot", sa.Text),
        *(sa.Column(name, Choice, nullable=False) for name in ("kind", "state")),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("start", "end")),
        sa.Column("handbook", sa.Text, nullable=False),
        sa.Column("rules", Words, nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("self_due", "manager_due", "calibration_due")),
        sa.Column("published_at", Instant),
        sa.Column("appeal_until", sa.Date),
        sa.Column("done", sa.Text, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("payroll", Words),
        sa.PrimaryKeyConstraint("id", name="pk_cycles"),
        sa.UniqueConstraint("slot", name="uq_cycles_slot"),
    )


def make_appraisals() -> None:
    """Make the table of appraisals."""
    op.create_table(
        "appraisals",
        sa.Column("id", sa.Integer),
        sa.Column("cycle", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("period", "person", "manager", "asked", "team", "post")),
        sa.Column("state", Choice, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("served", "days")),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("self_review", Words, nullable=False),
        sa.Column("self_submitted_at", Instant),
        sa.Column("late_why", sa.Text, nullable=False),
        sa.Column("scoring", Words),
        *(sa.Column(name, Words, nullable=False) for name in ("earlier", "measured", "quarters")),
        sa.Column("score", Amount),
        *(sa.Column(name, Choice) for name in ("suggested", "grade")),
        sa.Column("handed_in_at", Instant),
        sa.Column("calibrated", Choice),
        sa.Column("calibrations", Words, nullable=False),
        *(sa.Column(name, Instant) for name in ("published_at", "acknowledged_at")),
        sa.Column("remark", sa.Text, nullable=False),
        *(sa.Column(name, Words) for name in ("appeal", "bonus")),
        sa.Column("excused_why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_appraisals"),
    )
    op.create_index("ix_appraisals_cycle_person", "appraisals", ["cycle", "person"], unique=True)
    op.create_index("ix_appraisals_person", "appraisals", ["person"])
    op.create_index("ix_appraisals_manager_state", "appraisals", ["manager", "state"])
    op.create_index("ix_appraisals_cycle_state", "appraisals", ["cycle", "state"])


def make_ratings() -> None:
    """Make the table of peer ratings."""
    op.create_table(
        "peer_ratings",
        sa.Column("id", sa.Integer),
        sa.Column("cycle", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("person", "rater")),
        sa.Column("opportunity", sa.Integer, nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        *(sa.Column(name, sa.Integer) for name in ("communication", "problem_solving")),
        sa.Column("rated_at", Instant),
        sa.Column("declined", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_peer_ratings"),
    )
    op.create_index("ix_peer_ratings_cycle_person_rater", "peer_ratings", ["cycle", "person", "rater"], unique=True)
    op.create_index("ix_peer_ratings_rater", "peer_ratings", ["rater"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("peer_ratings", "appraisals", "cycles"):
        op.drop_table(table)
