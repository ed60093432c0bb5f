"""What Alembic runs: the versions, over the connection that `upgrade` opened."""

from alembic import context

import storage.store  # noqa: F401  every shelf's row, so that the schema is complete
from storage.base import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
