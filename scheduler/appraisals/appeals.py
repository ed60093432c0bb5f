"""Appeals are chased (§5.3) on the last day of what they wait for and when it is over, and end when nobody goes on with them."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from bot.language import Translator, translator
from bot.policy.appraisals import appeals as policy
from bot.policy.appraisals.appeals import hearers
from bot.policy.appraisals.clocks import Due, Owed, due_of, is_overdue
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.opening import today
from bot.policy.appraisals.record import APPEALING, Appraisal
from bot.policy.calendar import Calendar
from bot.policy.people import Person, is_outsider
from bot.views.appraisals import hearing
from bot.views.blocks import Message
from scheduler.appraisals.walking import alone
from scheduler.job import Job, Occasion
from storage.appraising import cycle_of, keep_appraisal
from storage.hearing import tell
from storage.retelling import already_said
from storage.store import Shelves

log = logging.getLogger("bidwell.scheduler")


class Call(NamedTuple):
    """One thing to be told to a person, and the key under which it is told once."""

    key: str
    kind: str
    person: Person
    due: Due


def chase(occasion: Occasion) -> None:
    """Tell all that is due and was not told before; one appeal that fails never stops the rest."""
    with occasion.store.look() as shelves:
        found = {one.id: list(calls(occasion, shelves, one)) for one in waiting(shelves)}
        said = already_said(shelves, [call.key for due in found.values() for call in due])
    for number in [number for number, due in found.items() if any(call.key not in said for call in due)]:
        try:
            give(occasion, number)
        except Exception:
            log.exception("a job failed for one subject", extra={"subject": f"appraisal:{number}"})


def let_stand(occasion: Occasion) -> None:
    """Let the results stand with which nobody goes on; one appeal that fails never stops the rest."""
    with occasion.store.look() as shelves:
        found = [one for one in waiting(shelves) if why_it_stands(occasion, shelves, one)]
    for one in found:
        with alone(one.subject), occasion.store.change() as shelves:
            stand(occasion, shelves, one.id)


def stand(occasion: Occasion, shelves: Shelves, number: int) -> None:
    """Let one result stand, unless somebody has gone on with its appeal meanwhile, and tell those whom it concerns."""
    appraisal = shelves.appraisals.held(number)
    if appraisal and (why := why_it_stands(occasion, shelves, appraisal)):
        step = policy.stand(appraisal, why, occasion.now)
        keep_appraisal(shelves, step, occasion.handbook)
        tell(shelves, step.record, occasion.handbook)


def why_it_stands(occasion: Occasion, shelves: Shelves, appraisal: Appraisal) -> str:
    """Return why the calendar lets the result of an appeal stand now, or nothing."""
    return policy.stands(appraisal, shelves.people.get(appraisal.person), occasion.now, Calendar(occasion.handbook.company))


def waiting(shelves: Shelves) -> Iterator[Appraisal]:
    """Yield the appraisals whose appeal is not decided yet."""
    for cycle in shelves.cycles.running():
        yield from shelves.appraisals.in_cycle(cycle.id, APPEALING)


def calls(occasion: Occasion, shelves: Shelves, appraisal: Appraisal) -> Iterator[Call]:
    """Yield what is to be told about an appeal by now: on the last day to those it waits for, later to the HR department."""
    due, calendar = due_of(appraisal), Calendar(occasion.handbook.company)
    late = is_overdue(appraisal, occasion.now, calendar)
    if due is None or today(occasion.now, calendar.company) < due.day or (late and due.owed is Owed.ANSWER):
        return
    kind = hearing.LATE if late else hearing.DUE
    for person in told(shelves, appraisal, due, late=late):
        yield Call(f"{kind}:{appraisal.id}:{due.owed}:{person.id}", kind, person, due)
    mine = shelves.people.get(appraisal.person) if late and due.owed is Owed.TALK else None
    if mine and not is_outsider(mine):
        yield Call(f"{hearing.OPEN}:{appraisal.id}", hearing.OPEN, mine, due)


def told(shelves: Shelves, appraisal: Appraisal, due: Due, *, late: bool) -> list[Person]:
    """Return who is reminded: the manager of the talk, the person of going on, and the HR department of what is its own or too late."""
    waited_for = {Owed.TALK: appraisal.manager, Owed.ANSWER: appraisal.person}
    if due.owed in waited_for and not late:
        found = shelves.people.get(waited_for[due.owed])
        return [found] if found and not is_outsider(found) else []
    return hearers(shelves.people.active(), appraisal)


def give(occasion: Occasion, number: int) -> None:
    """Tell what is due about an appeal, as it stands now, when the person is at work next."""
    calendar = Calendar(occasion.handbook.company)
    with occasion.store.change() as shelves:
        appraisal = shelves.appraisals.get(number, lock=True)
        if appraisal is None:
            return
        cycle = cycle_of(shelves, appraisal)
        for call in calls(occasion, shelves, appraisal):
            message = said(translator(call.person.speaks), call, cycle, appraisal)
            opens = calendar.next_working_moment(occasion.now, call.person.zone)
            shelves.outbox.say(call.key, call.person.id, message, subject=appraisal.subject, not_before=opens)


def said(_: Translator, call: Call, cycle: Cycle, appraisal: Appraisal) -> Message:
    """Return the message of a call."""
    if call.kind == hearing.OPEN:
        return hearing.opened(_, cycle, appraisal)
    reminder = hearing.overdue if call.kind == hearing.LATE else hearing.due_today
    return reminder(_, cycle, appraisal, call.due, call.person.id)


JOBS = (
    Job("appraisals.stand", let_stand, every=timedelta(minutes=15), stride=timedelta(hours=1)),
    Job("appraisals.appeals", chase, every=timedelta(minutes=15), stride=timedelta(hours=1)),
)
