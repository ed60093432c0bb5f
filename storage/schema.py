"""Which version of the schema a database has, and which one this program wants."""

from typing import NamedTuple

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.migrations import config
from storage.store import Shelves


class Versions(NamedTuple):
    """The version found, nothing where there is no schema, and the version wanted."""

    found: str
    wanted: str


def versions(shelves: Shelves) -> Versions:
    """Return the versions of the schema."""
    found = MigrationContext.configure(shelves.connection).get_current_revision()
    return Versions(found or "", ScriptDirectory.from_config(config(shelves.connection)).get_current_head() or "")
