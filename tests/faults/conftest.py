"""One bot for all tests that leave it as they found it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.databases import Server
from tests.faults.branch import Branch, open_branch


@pytest.fixture(scope="session")
def long_lived(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    folder = tmp_path_factory.mktemp("faults")
    file = shutil.copy(migrated_file, folder / "bidwell.db")
    with open_branch(f"sqlite:///{file}", folder / "log") as branch:
        yield branch


@pytest.fixture
def desk(long_lived: Branch) -> Iterator[Branch]:
    """Return a branch on SQLite, reached by signed HTTP; after the test it must be alive and well."""
    yield long_lived
    long_lived.sandbox.control.fault(clear=True)
    assert long_lived.bot.ready(), long_lived.bot.get("/readyz")


@pytest.fixture
def postgres_database(postgres: Server) -> Iterator[str]:
    """Return the address of a fresh PostgreSQL database without any table."""
    name = f"test_{uuid4().hex}"
    yield postgres.create(name, "template1")
    postgres.drop(name)
