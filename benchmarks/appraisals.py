"""An appraisal cycle opens for ten thousand people while commands go on being answered, beside the same commands alone."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert, update

from benchmarks.bid_won import environment, slack
from benchmarks.databases import CUSTOMER, furnish
from benchmarks.effort import Effort
from benchmarks.load import Order, Outcome, put_on
from benchmarks.processes import Served
from benchmarks.table import figure, table
from bot.clock import Clock
from bot.handbook import load_handbook
from bot.policy.appraisals.cycle import Phase
from bot.policy.bids import Bid, State
from bot.policy.calendar import Calendar
from bot.policy.people import Person
from bot.policy.tallies import before, current
from scheduler.appraisals import opening
from scheduler.job import Occasion
from storage.audit import EVENTS
from storage.bids import BIDS
from storage.people import PEOPLE
from storage.store import Store

PEOPLE_OF_FULL, PEOPLE_OF_QUICK = 10_000, 300
TEAM = 10  # people under one manager, of whom every three work on a bid together
SLICE = 3.0  # seconds of one load
ALONE, MOST = 8, 80  # loads without a cycle, and at most
COMMANDS = 20_000  # bids that can be won
COMMAND = ("/bid", f"won {CUSTOMER}")


@dataclass(frozen=True)
class Opened:
    """How long a cycle took to open for so many people, and how the commands were answered meanwhile."""

    people: int
    seconds: float
    loads: tuple[Outcome, ...] = ()


def run(effort: Effort) -> str:
    """Measure; return the tables."""
    people = PEOPLE_OF_FULL if effort.thorough else PEOPLE_OF_QUICK
    with tempfile.TemporaryDirectory(prefix="bidwell-bench-") as name, slack() as sandbox:
        folder, told = Path(name), environment(sandbox)
        template = furnished(folder / "template.db", people)
        alone = opened_alone(desk(template, "alone", opens=True), people)
        idle = served(desk(template, "idle", opens=False), told, folder, people, opens=False)
        busy = served(desk(template, "busy", opens=True), told, folder, people, opens=True)
    return f"{durations(alone, busy)}\n\n{answers(idle, busy)}"


def furnished(file: Path, people: int) -> Path:
    """Make a database of so many people and their bids, and of the bids that can be won; return its file."""
    furnish(f"sqlite:///{file}", COMMANDS)
    store = Store(f"sqlite:///{file}", Clock())
    with store.change() as shelves:
        shelves.connection.execute(insert(PEOPLE), [dict(person) for person in department(people)])
        shelves.connection.execute(insert(BIDS), [dict(bid) for bid in bids(people, COMMANDS + 1)])
    store.close()
    return file


def desk(template: Path, name: str, *, opens: bool) -> str:
    """Return the address of a copy, of a desk that was at work in the last quarter; one that opens no cycle has nobody to appraise."""
    url = f"sqlite:///{shutil.copy(template, template.with_name(f'{name}.db'))}"
    store, empty = Store(url, Clock()), ("actor", "before", "after", "reason", "request", "link")
    at = Clock().now() - timedelta(days=150)
    first = {"id": 0, "at": at, "subject": "desk", "action": "begin", "was": None, "became": None, **dict.fromkeys(empty, "")}
    with store.change() as shelves:
        shelves.connection.execute(insert(EVENTS), first)
        if not opens:
            shelves.connection.execute(update(PEOPLE), {"post": ""})
    store.close()
    return url


def department(people: int) -> Iterator[Person]:
    """Yield so many people in teams, each with a manager."""
    for number in range(people):
        manager = f"U1{number - number % TEAM:07}" if number % TEAM else ""
        post = "presales_engineer" if manager else "department_manager"
        yield Person(
            id=f"U1{number:07}", name=f"Person {number}", zone="Asia/Shanghai", post=post, manager=manager, team=f"T{number // TEAM}"
        )


def bids(people: int, first: int) -> Iterator[Bid]:
    """Yield the bids of the quarter that ended last, each of three people of a team."""
    calendar = Calendar(load_handbook(None).company)
    quarter = before(current(Clock().now(), calendar), calendar)
    day = datetime(quarter.start.year, quarter.start.month, 15, tzinfo=UTC)
    for number in range(people // 3):
        owner, *members = (f"U1{min(number * 3 + n, people - 1):07}" for n in range(3))
        seats = [{"person": one, "role": "technical"} for one in dict.fromkeys(members) if one != owner]
        yield Bid.model_validate(
            {
                "id": first + number,
                "customer": f"Customer {number}",
                "customer_key": f"customer {number}",
                "owner": owner,
                "members": seats,
                "amount": Decimal(100_000),
                "currency": "CNY",
                "state": State.SUBMITTED,
                "registered_at": day,
                "submitted_at": day + timedelta(days=20),
            }
        )


def opened_alone(url: str, people: int) -> Opened:
    """Open the cycle in this process, with nothing else to do."""
    store = Store(url, Clock())
    began = perf_counter()
    opening.begin(Occasion(store.clock.now(), store, load_handbook(None)))
    took = perf_counter() - began
    check(store, people)
    store.close()
    return Opened(people, took)


def check(store: Store, people: int) -> None:
    """Raise RuntimeError unless the cycle is open with everybody in it, and everybody was told."""
    with store.look() as shelves:
        [cycle] = shelves.cycles.latest()
        made = sum(shelves.appraisals.counts(cycle.id).values())
        last = f"U1{people - 1:07}"
    if (cycle.state, made, cycle.done) != (Phase.OPEN, people, last):
        raise RuntimeError(f"the cycle is {cycle.state} with {made} of {people}, told as far as {cycle.done}")


def is_open(store: Store, people: int) -> bool:
    """Say whether the cycle is open and everybody was told."""
    with store.look() as shelves:
        found = shelves.cycles.latest(1)
    return bool(found) and found[0].state is Phase.OPEN and found[0].done == f"U1{people - 1:07}"


def served(url: str, told: Mapping[str, str], folder: Path, people: int, *, opens: bool) -> Opened:
    """Start a desk that opens the cycle, or has none to open, and put commands on it: until it is open, or a few times."""
    store, loads = Store(url, Clock()), list[Outcome]()
    server = Served("benchmarks.servers.desk", [], {**told, "DATABASE_URL": url}, folder / "log")
    began = perf_counter()
    try:
        while len(loads) < (MOST if opens else ALONE) and not (opens and is_open(store, people)):
            first = 1 + sum(load.requests for load in loads)
            loads.append(put_on(Order(server.port, *COMMAND, first, 1, COMMANDS // MOST, SLICE, server.process.pid)))
        took = perf_counter() - began
    finally:
        server.stop()
    if opens:
        check(store, people)
    store.close()
    return Opened(people, took, tuple(loads))


def durations(alone: Opened, busy: Opened) -> str:
    """Return how long opening took, alone and beside the commands."""
    rows = [
        [name, f"{one.people:,}", figure(one.seconds), figure(one.seconds / one.people * 1000)]
        for name, one in zip(("alone", "beside commands"), (alone, busy), strict=True)
    ]
    return table(["opening a cycle", "people", "seconds", "ms a person"], rows)


def answers(idle: Opened, busy: Opened) -> str:
    """Return how the commands were answered, alone and while the cycle was opened, and how much longer that took."""
    alone, beside = quantiles_of(idle), quantiles_of(busy)
    rows = [["alone", *map(figure, alone)], ["while the cycle opens", *map(figure, beside)]]
    rows.append(["times as long", *(figure(one / other) for one, other in zip(beside, alone, strict=True))])
    return table([" ".join(COMMAND).rstrip("- "), "p50 ms", "p95 ms", "p99 ms"], rows)


def quantiles_of(one: Opened) -> list[float]:
    """Return the medians over its loads of their p50, p95 and p99, in milliseconds."""
    return [1000 * median(getattr(load, name) for load in one.loads) for name in ("p50", "p95", "p99")]
