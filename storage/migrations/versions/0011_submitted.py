"""What a form held when it was taken, as a digest, and whether its answer decided nothing yet."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the columns; of what was taken before, no digest is known."""
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(sa.Column("digest", sa.Text, nullable=False, server_default=""))
        deliveries.add_column(sa.Column("undecided", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Remove the columns."""
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_column("undecided")
        deliveries.drop_column("digest")
