"""How often a store asks its database: what a job costs, told the same on a slow machine and on a fast one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage import Store


class Asked:
    """How many statements have been run."""

    count = 0


@contextmanager
def statements(store: Store) -> Iterator[Asked]:
    """Count the statements that are run inside the block."""
    asked = Asked()

    def counted(*_given: Any) -> None:
        asked.count += 1

    event.listen(store.engine, "before_cursor_execute", counted)
    try:
        yield asked
    finally:
        event.remove(store.engine, "before_cursor_execute", counted)
