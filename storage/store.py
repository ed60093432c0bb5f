"""The store: the database of one process, handed out as shelves, one transaction at a time."""

import json
import threading
from collections.abc import Callable, Iterator, Set
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from itertools import count
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.clock import Clock
from storage.appraisals import Appraisals, Cycles, PeerRatings
from storage.audit import Audit
from storage.bids import Bids
from storage.customers import Customers
from storage.demos import Demos, Entries
from storage.honours import Nominations, Rounds
from storage.inbox import Delivery, Inbox
from storage.leases import Leases
from storage.migrations import upgrade
from storage.opportunities import Opportunities
from storage.outbox import Outbox
from storage.people import People
from storage.research import Researches
from storage.sending import Sending
from storage.solutions import Solutions
from storage.surveys import Surveys
from storage.tallies import Tallies

CONNECTIONS = 32  # as many as there are threads that answer people
EMPTY = "[]"
PATIENCE = 10.0  # seconds to wait for a connection, or for another process's write


class Unusable(Exception):
    """The database cannot be used."""


class Shelves:
    """What can be asked and changed within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self.clock = clock

    @cached_property
    def people(self) -> People:
        """Return the people."""
        return People(self.connection)

    @cached_property
    def bids(self) -> Bids:
        """Return the bids."""
        return Bids(self.connection)

    @cached_property
    def tallies(self) -> Tallies:
        """Return the tallies."""
        return Tallies(self.connection)

    @cached_property
    def customers(self) -> Customers:
        """Return the customers."""
        return Customers(self.connection)

    @cached_property
    def opportunities(self) -> Opportunities:
        """Return the opportunities."""
        return Opportunities(self.connection)

    @cached_property
    def researches(self) -> Researches:
        """Return the requirement research."""
        return Researches(self.connection)

    @cached_property
    def solutions(self) -> Solutions:
        """Return the solutions."""
        return Solutions(self.connection)

    @cached_property
    def demos(self) -> Demos:
        """Return the demos."""
        return Demos(self.connection)

    @cached_property
    def feedback(self) -> Entries:
        """Return the feedback on demos."""
        return Entries(self.connection)

    @cached_property
    def surveys(self) -> Surveys:
        """Return the surveys."""
        return Surveys(self.connection)

    @cached_property
    def cycles(self) -> Cycles:
        """Return the appraisal cycles."""
        return Cycles(self.connection)

    @cached_property
    def appraisals(self) -> Appraisals:
        """Return the appraisals."""
        return Appraisals(self.connection)

    @cached_property
    def ratings(self) -> PeerRatings:
        """Return what colleagues say of each other."""
        return PeerRatings(self.connection)

    @cached_property
    def rounds(self) -> Rounds:
        """Return the rounds of honours."""
        return Rounds(self.connection)

    @cached_property
    def nominations(self) -> Nominations:
        """Return the nominations for honours."""
        return Nominations(self.connection)

    @cached_property
    def audit(self) -> Audit:
        """Return the audit log."""
        return Audit(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        """Return the deliveries handled."""
        return Inbox(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        """Return the messages."""
        return Outbox(self.connection, self.clock.now())

    @cached_property
    def sending(self) -> Sending:
        """Return the messages, as the sender sees them."""
        return Sending(self.connection, self.clock.now(), Clock().now())

    @cached_property
    def leases(self) -> Leases:
        """Return the leases, which run on the computer's time however the people's time is moved."""
        return Leases(self.connection, Clock().now())


class Store:
    """The database; one per process, shared by its threads."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.clock = clock
        self.after_saying: Callable[[Set[str]], None] = lambda _targets: None
        self.changes = 0  # grows with every change made here, for those who wait for one
        self._numbers = count(1)
        self.engine = open_engine(url)
        # SQLite has one writer at a time: threads that queue here get their turn sooner than by asking it again and again.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.engine.dialect.name == "sqlite" else nullcontext()
        self._mine = threading.local()

    def migrate(self) -> None:
        """Bring the database to the schema of this version; processes that start together take turns."""
        try:
            upgrade(self.engine)
        except OperationalError as error:
            raise Unusable(
                f"The database that DATABASE_URL names cannot be used: {str(error.orig).splitlines()[0].rstrip('.')}."
            ) from error

    @contextmanager
    def change(self, delivery: Delivery | None = None) -> Iterator[Shelves]:
        """Open a transaction that is kept if the block ends well; raise AlreadyHandled when `delivery` came before."""
        if getattr(self._mine, "changing", False):
            raise RuntimeError("a change was begun inside a change; pass the shelves on instead")
        with self._turn, self._marked(), self.engine.connect() as connection, connection.execution_options(writing=True).begin():
            shelves = Shelves(connection, self.clock)
            if delivery:
                shelves.inbox.accept(delivery, self.clock.now())
            yield shelves
        self.changes = next(self._numbers)
        if "outbox" in vars(shelves) and shelves.outbox.spoken:
            self.after_saying(shelves.outbox.spoken)

    @contextmanager
    def look(self) -> Iterator[Shelves]:
        """Open a transaction for reading."""
        with self.engine.connect() as connection:
            yield Shelves(connection, self.clock)

    def trouble(self) -> str:
        """Return what is wrong with the database, in a word, or nothing."""
        try:
            with self.engine.connect() as connection:
                connection.execute(select(1))
        except SQLAlchemyError as error:
            return type(error).__name__
        return ""

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def _marked(self) -> Iterator[None]:
        self._mine.changing = True
        try:
            yield
        finally:
            self._mine.changing = False


def open_engine(url: str) -> Engine:
    """Return the engine of a database, with the settings that its kind needs."""
    # The connection that was used last is used first: it knows the statements, and the pages, that are asked for again and again.
    pool: dict[str, Any] = {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_timeout": PATIENCE, "pool_use_lifo": True}
    known: dict[str, Any] = {"json_serializer": as_json, "json_deserializer": from_json, **pool}
    if make_url(url).get_backend_name() == "postgresql":
        return create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True, **known)
    engine = create_engine(url, connect_args={"timeout": PATIENCE}, **known)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def as_json(value: Any) -> str:
    """Return a value as JSON; most lists of most records are empty."""
    return EMPTY if value == [] else json.dumps(value)


def from_json(text: str | bytes) -> Any:
    """Return the value of a JSON text."""
    return [] if text == EMPTY else json.loads(text)


def prepare(connection: SQLiteConnection, _record: Any) -> None:
    """Set up a connection to SQLite: readers beside the writer, nothing lost when the power fails, references kept."""
    connection.isolation_level = None  # the driver's own idea of when to begin; `begin` says it instead
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin(connection: Connection) -> None:
    """Begin a transaction on SQLite: a writer takes its turn now, not at its first write, when it could only give up."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
