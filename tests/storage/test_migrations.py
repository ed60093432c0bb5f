"""The versions lead to the schema that the rows describe, however many processes go there at once."""

import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from bot.clock import Clock
from storage import Store
from storage.base import Base
from storage.migrations import config

MIGRATE = "import sys; from bot.clock import Clock; from storage import Store; Store(sys.argv[1], Clock()).migrate()"
ROOT = Path(__file__).parents[2]


def test_the_migrated_schema_is_that_of_the_rows(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_processes_that_start_together_migrate_once(empty_database: str) -> None:
    starting = [subprocess.Popen([sys.executable, "-c", MIGRATE, empty_database], cwd=ROOT) for _ in range(4)]
    assert [process.wait(60) for process in starting] == [0, 0, 0, 0]
    store = Store(empty_database, Clock())
    with store.look() as shelves:
        assert shelves.bids.count() == 0
    store.close()


def test_migrating_again_changes_nothing(store: Store) -> None:
    store.migrate()


def test_the_way_back_leaves_nothing(store: Store) -> None:
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "base")
    assert inspect(store.engine).get_table_names() == ["alembic_version"]
