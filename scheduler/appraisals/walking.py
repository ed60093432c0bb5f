"""Many people are gone through in batches: each batch is kept by itself, what fails is logged, and after a crash the rest goes on."""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import Appraisal, State
from bot.policy.people import Person
from scheduler.job import Occasion
from storage.store import Shelves

BATCH = 20  # people in one transaction: others wait for it no longer than a moment
PAUSE = 0.01  # seconds between two: without it this thread would take SQLite's turn again before anybody who waits for theirs
log = logging.getLogger("bidwell.scheduler")

Next = Callable[[Shelves, int, str, int], Sequence[str]]
ForPerson = Callable[[Shelves, Cycle, Person], None]
ForAppraisal = Callable[[Shelves, Cycle, Appraisal], None]


@contextmanager
def alone(subject: str) -> Iterator[None]:
    """Log what goes wrong with one subject, and go on with the next."""
    try:
        yield
    except Exception:
        log.exception("a job failed for one subject", extra={"subject": subject})


def held(shelves: Shelves, cycle: Cycle) -> Cycle | None:
    """Return a cycle as it is now, held until the transaction ends; None when it is in another phase than it was."""
    now = shelves.cycles.get(cycle.id, lock=True)
    return now if now and now.state is cycle.state else None


def give_way() -> None:
    """Let those who wait for the database have their turn before the next batch."""
    time.sleep(PAUSE)


def reach(occasion: Occasion, cycle: Cycle, following: Next, act: ForPerson) -> None:
    """Do something once for each person whom a phase concerns; the cycle keeps how far it is."""
    with occasion.store.look() as shelves:
        ahead = following(shelves, cycle.id, cycle.done, 1)
    while ahead:
        with occasion.store.change() as shelves:
            now = held(shelves, cycle)
            ahead = following(shelves, cycle.id, now.done, BATCH) if now else []
            if now and ahead:
                for person in shelves.people.among(ahead):
                    with alone(f"person:{person.id}"), shelves.connection.begin_nested():
                        act(shelves, now, person)
                shelves.cycles.save(now.amended(done=ahead[-1]))
        give_way()


def treat(occasion: Occasion, cycle: Cycle, states: Collection[State], act: ForAppraisal) -> None:
    """Do something with each appraisal of a cycle in some states, as it is at that moment."""
    last = ""
    while True:
        with occasion.store.change() as shelves:
            now = held(shelves, cycle)
            page = shelves.appraisals.behind(cycle.id, states, last, BATCH) if now else []
            for seen in page:
                with alone(seen.subject), shelves.connection.begin_nested():
                    one = shelves.appraisals.get(seen.id, lock=True)
                    if now and one and one.state in states:
                        act(shelves, now, one)
        if not page:
            return
        last = page[-1].person
        give_way()
