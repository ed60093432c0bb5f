"""Fixtures that all tests share."""

from collections.abc import Iterator

import pytest

from tests.office import Office, open_office

pytest_plugins = ["tests.databases"]


@pytest.fixture
def office(sqlite_database: str) -> Iterator[Office]:
    """Return an office reached by signed HTTP, on SQLite: the quickest to open and close."""
    with open_office(sqlite_database, http=True) as office:
        yield office
