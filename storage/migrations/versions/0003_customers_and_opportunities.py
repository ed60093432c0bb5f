"""Customers and the names they go by, opportunities, and the deal on which a bid hangs."""

import sqlalchemy as sa
from alembic import op

from storage.base import Amount, Choice, Instant, Words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables and the column."""
    make_customers()
    make_opportunities()
    with op.batch_alter_table("bids") as bids:
        bids.add_column(sa.Column("opportunity", sa.Integer, nullable=False, server_default="0"))
        bids.create_index("ix_bids_opportunity", ["opportunity"])


def downgrade() -> None:
    """Drop the column and the tables."""
    with op.batch_alter_table("bids") as bids:
        bids.drop_index("ix_bids_opportunity")
        bids.drop_column("opportunity")
    for table in ("opportunities", "customer_names", "customers"):
        op.drop_table(table)


def make_customers() -> None:
    """Make the tables of customers and of their names."""
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("aliases", Words, nullable=False),
        sa.Column("industry", sa.Text, nullable=False),
        sa.Column("contacts", Words, nullable=False),
        sa.Column("enquiries", Words, nullable=False),
        sa.Column("opinions", Words, nullable=False),
        sa.Column("chase_at", Instant),
        sa.Column("unanswered", sa.Integer, nullable=False),
        sa.Column("state", Choice, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_at", Instant, nullable=False),
        sa.Column("merged_into", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
    )
    op.create_index("ix_customers_chase_at", "customers", ["chase_at"])
    op.create_index("ix_customers_unanswered", "customers", ["unanswered"])
    op.create_table(
        "customer_names",
        sa.Column("key", sa.Text),
        sa.Column("customer", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_customer_names"),
    )
    op.create_index("ix_customer_names_customer", "customer_names", ["customer"])


def make_opportunities() -> None:
    """Make the table of opportunities."""
    op.create_table(
        "opportunities",
        sa.Column("id", sa.Integer),
        sa.Column("customer", sa.Integer, nullable=False),
        sa.Column("customer_name", sa.Text, nullable=False),
        sa.Column("customer_key", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("amount", Amount),
        sa.Column("awarded", Amount),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("sales_owner", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("members", Words, nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("shares", Words, nullable=False),
        sa.Column("state", Choice, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("touched_at", Instant, nullable=False),
        sa.Column("closed_at", Instant),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_opportunities"),
    )
    op.create_index("ix_opportunities_customer_key", "opportunities", ["customer_key"])
    op.create_index("ix_opportunities_owner_state", "opportunities", ["owner", "state"])
    op.create_index("ix_opportunities_state_touched_at", "opportunities", ["state", "touched_at"])
