"""Cycles begin at the end of a quarter or year (§5.2), and everybody who worked in it gets an appraisal."""

from collections.abc import Sequence
from datetime import timedelta

from bot.policy.appraisals.cycle import MACHINE, Cycle, Move, Phase
from bot.policy.appraisals.opening import appraisal_of, due
from bot.policy.appraisals.steps import Action
from bot.policy.machine import event
from bot.policy.people import Person
from bot.policy.refusal import Refusal
from bot.policy.tallies import Period
from scheduler.appraisals.walking import BATCH, alone, give_way, held, reach
from scheduler.job import Job, Occasion
from storage.appraising import keep_cycle, refresh_team
from storage.asking import Asking, add_ratings
from storage.cycles import (
    Enrolled,
    add_appraisals,
    any_placed,
    at_work,
    known_periods,
    note_beginnings,
    quarters_of,
    roster,
    start,
    told_next,
    was_at_work,
)
from storage.inviting import ask_peers, invite, report
from storage.store import Shelves

OFTEN = 1000  # after so many people the HR department sees how far it is


def begin(occasion: Occasion) -> None:
    """Begin the cycles that are due, and go on with those that are being prepared or told."""
    periods = due(occasion.now, occasion.handbook)
    with occasion.store.look() as shelves:
        missing = unknown(occasion, shelves, periods)
        found = at_work(shelves)
    for of in missing:
        with alone(f"cycle of {of.name}"):
            found += started(occasion, of)
    for cycle in found:
        with alone(cycle.subject):
            go_on(occasion, cycle)


def unknown(occasion: Occasion, shelves: Shelves, periods: Sequence[Period]) -> list[Period]:
    """Return those of the periods without a cycle in which the desk was at work, while there is anybody to appraise."""
    known = known_periods(shelves, [of.name for of in periods]) if periods else ()
    missing = [of for of in periods if of.name not in known]
    if not missing or not any_placed(shelves, occasion.handbook.appraisals.posts):
        return []
    zone = occasion.handbook.company.time_zone
    return [of for of in missing if was_at_work(shelves, of.instants(zone)[1])]


def started(occasion: Occasion, of: Period) -> list[Cycle]:
    """Begin the cycle of a period; return it, or nothing where another process was quicker or nobody would be in it."""
    with occasion.store.change() as shelves:
        try:
            cycle = start(shelves, of, occasion.handbook, "", occasion.now)
        except Refusal:
            return []
        if cycle:
            report(shelves, cycle, occasion.handbook)
        return [cycle] if cycle else []


def go_on(occasion: Occasion, cycle: Cycle) -> None:
    """Make the appraisals of a cycle that are missing, then tell everybody who has not been told."""
    if cycle.state is Phase.DRAFT:
        enrol(occasion, cycle)
        with occasion.store.look() as shelves:
            cycle = shelves.cycles.get(cycle.id) or cycle
    if cycle.state is Phase.OPEN:
        reach(occasion, cycle, told_next, lambda shelves, now, person: tell(occasion, shelves, now, person))


def enrol(occasion: Occasion, cycle: Cycle) -> None:
    """Make the appraisals of a cycle in batches, from where it stopped, and open it when all are made."""
    with occasion.store.look() as shelves:
        ahead = [one for one in roster(shelves, cycle, occasion.handbook) if one.person.id > cycle.done]
        asking = Asking(shelves, cycle)
    for first in range(0, len(ahead), BATCH):
        with occasion.store.change() as shelves:
            now = held(shelves, cycle)
            if now is None:
                return
            made(occasion, shelves, now, asking, [one for one in ahead[first : first + BATCH] if one.person.id > now.done])
            if (first + BATCH) % OFTEN == 0:
                report(shelves, now, occasion.handbook)
        give_way()
    with occasion.store.change() as shelves:
        if now := held(shelves, cycle):
            step = MACHINE.advance(now, Move.OPEN, "", occasion.now, done="")
            keep_cycle(shelves, step, occasion.handbook)
            report(shelves, step.record, occasion.handbook)


def made(occasion: Occasion, shelves: Shelves, cycle: Cycle, asking: Asking, batch: Sequence[Enrolled]) -> None:
    """Make the appraisals of a batch of people, with the colleagues to be asked about each."""
    if not batch:
        return
    quarters = quarters_of(shelves, cycle, [one.person.id for one in batch])
    fresh = [appraisal_of(cycle, *one, quarters.get(one.person.id, {}), occasion.now) for one in batch]
    added = add_appraisals(shelves, fresh)
    note_beginnings(shelves, [event(one, None, Action.BEGIN, "", occasion.now) for one in added])
    add_ratings(shelves, [rating for one in added for rating in asking.about(shelves, one)])
    shelves.cycles.save(cycle.amended(done=batch[-1].person.id))


def tell(occasion: Occasion, shelves: Shelves, cycle: Cycle, person: Person) -> None:
    """Tell a person that a cycle is open: of their own appraisal, and of the colleagues about whom they are asked.

    After its days were changed they are all gone through once more, and what each was told follows.
    """
    if appraisal := shelves.appraisals.of(cycle.id, person.id):
        invite(shelves, cycle, appraisal, person, occasion.handbook)
    ask_peers(shelves, cycle, person, occasion.handbook)
    refresh_team(shelves, cycle, person.id, occasion.handbook)


JOBS = (Job("appraisals.begin", begin, every=timedelta(minutes=1), stride=timedelta(hours=1)),)
