"""Tallies, and what each record adds to them; the first recount fills them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = ("scope", "who", "period", "measure")


def upgrade() -> None:
    """Make the tables."""
    op.create_table("tallies", *key(), sa.PrimaryKeyConstraint(*KEY, name="pk_tallies"))
    subject = sa.Column("subject", sa.Text, nullable=False)
    op.create_table("entries", subject, *key(), sa.PrimaryKeyConstraint("subject", *KEY, name="pk_entries"))
    op.create_index("ix_entries_scope_who_period_measure", "entries", list(KEY))


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("entries")
    op.drop_table("tallies")


def key() -> list[sa.Column[object]]:
    """Return the columns that both have."""
    return [
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
    ]
