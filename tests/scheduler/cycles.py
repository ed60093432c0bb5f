"""A department to appraise: its people, and ways to let days pass in a cycle."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.handbook import Handbook, load_handbook
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.phases import Counts
from bot.policy.appraisals.record import Appraisal
from bot.policy.people import Person, Role
from bot.policy.record import Event
from scheduler.appraisals import opening, phases, reminding
from scheduler.job import Occasion
from storage import Store

SHANGHAI = "Asia/Shanghai"
HANDBOOK = load_handbook(None)
IN_QUARTER = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
# The first eight days of October are holidays in China; Thursday the 8th is the first working day, nine in the morning.
OPENS = datetime(2026, 10, 8, 1, 0, tzinfo=UTC)


def engineer(name: str, **facts: Any) -> Person:
    """Return an engineer of May's."""
    known = {"id": f"U{name}", "name": name, "zone": SHANGHAI, "post": "presales_engineer", "manager": "Umay", "team": "south"}
    return Person.model_validate(known | facts)


MAY = engineer("may", post="department_manager", manager="")
HANA = engineer("hana", post="hr", manager="", roles={Role.HR})
ANN, BOB = engineer("ann"), engineer("bob")


def staffed(store: Store, *people: Person, since: datetime = IN_QUARTER) -> None:
    """Put people into the directory of a desk that has been at work since an instant."""
    with store.change() as shelves:
        for person in people or (MAY, HANA, ANN, BOB):
            shelves.people.put(person)
        shelves.audit.note(Event(at=since, actor="", subject="desk", action="begin"))


def at(store: Store, now: datetime, handbook: Handbook = HANDBOOK) -> None:
    """Run every job of appraisals at an instant."""
    move(store, now)
    for job in (*opening.JOBS, *phases.JOBS, *reminding.JOBS):
        job.run(Occasion(now, store, handbook))


def run(store: Store, job: Callable[[Occasion], None], now: datetime, handbook: Handbook = HANDBOOK) -> None:
    """Run one job at an instant."""
    move(store, now)
    job(Occasion(now, store, handbook))


def move(store: Store, now: datetime) -> None:
    """Set the store's clock, which only goes forward."""
    ahead = now > store.clock.now()
    if ahead:
        store.clock.move_to(now)  # type: ignore[attr-defined]


def noon(day: date) -> datetime:
    """Return noon in Shanghai of a day."""
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def after(day: date) -> datetime:
    """Return when people begin to work on the day after a day, in Shanghai."""
    return noon(day) + timedelta(hours=21)


def cycles(store: Store) -> list[Cycle]:
    """Return all cycles, the first one first."""
    with store.look() as shelves:
        return shelves.cycles.latest()[::-1]


def the_cycle(store: Store) -> Cycle:
    """Return the only cycle."""
    [cycle] = cycles(store)
    return cycle


def of(store: Store, name: str) -> Appraisal:
    """Return somebody's appraisal in the first cycle."""
    with store.look() as shelves:
        found = shelves.appraisals.of(cycles(store)[0].id, f"U{name}")
    assert found is not None
    return found


def counts(store: Store) -> Counts:
    """Return how many of the first cycle are in which state."""
    with store.look() as shelves:
        return shelves.appraisals.counts(cycles(store)[0].id)


def put(store: Store, appraisal: Appraisal, **changes: Any) -> None:
    """Change an appraisal as if its people had done so."""
    with store.change() as shelves:
        shelves.appraisals.save(appraisal.amended(**changes))


def said(store: Store, kind: str) -> list[str]:
    """Return the keys of what was said of one kind."""
    with store.look() as shelves:
        return [one.key for one in shelves.outbox.after(0, 10_000) if one.key.partition(":")[0] == kind]


def words(store: Store, key: str) -> str:
    """Return what a message says."""
    with store.look() as shelves:
        found = shelves.outbox.find(key)
    assert found is not None, key
    return str(found.message["text"])
