"""What the calendar says about solutions (§4.2): marks that are waited for, and answers to questions of feasibility."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from bot.language import translator
from bot.policy.calendar import Calendar
from bot.policy.people import Person, is_outsider
from bot.policy.solutions import Solution
from bot.policy.solutions.chasing import Chase, Matter, chases
from bot.views.solutions import told
from scheduler.job import Job, Occasion
from storage.retelling import already_said
from storage.store import Shelves

KINDS = {Matter.ANSWER: told.ANSWER_DUE, Matter.SCORE: told.SCORE_DUE, Matter.OVERDUE: told.OVERDUE}
log = logging.getLogger("bidwell.scheduler")


class Call(NamedTuple):
    """One thing to be told to a person, and the key under which it is told once."""

    chase: Chase
    person: Person
    key: str


def chase(occasion: Occasion) -> None:
    """Tell all that is due and was not told before; one solution that fails never stops the rest."""
    before = occasion.handbook.solutions.remind_before
    with occasion.store.look() as shelves:
        found = {one.id: list(calls(occasion, shelves, one)) for one in shelves.solutions.to_chase(occasion.now + before)}
        said = already_said(shelves, [call.key for waiting in found.values() for call in waiting])
    for number in [number for number, waiting in found.items() if any(call.key not in said for call in waiting)]:
        try:
            give(occasion, number)
        except Exception:
            log.exception("a job failed for one subject", extra={"subject": f"solution:{number}"})


def calls(occasion: Occasion, shelves: Shelves, solution: Solution) -> Iterator[Call]:
    """Yield what is to be told about a solution by now, to those who work here."""
    for one in chases(solution, occasion.now, occasion.handbook.solutions.remind_before):
        person = shelves.people.get(one.person)
        if person and not is_outsider(person):
            yield Call(one, person, f"{KINDS[one.matter]}:{solution.id}:{one.part}:{one.person}")


def give(occasion: Occasion, number: int) -> None:
    """Tell what is due about a solution, as it stands now, when the person is at work next."""
    calendar = Calendar(occasion.handbook.company)
    with occasion.store.change() as shelves:
        solution = shelves.solutions.get(number, lock=True)
        if solution is None:
            return
        for call in calls(occasion, shelves, solution):
            message = told.due_told(translator(call.person.speaks), KINDS[call.chase.matter], solution, call.chase.part, call.person.zone)
            opens = calendar.next_working_moment(occasion.now, call.person.zone)
            shelves.outbox.say(call.key, call.person.id, message, subject=solution.subject, not_before=opens)


JOBS = (Job("solutions.chase", chase, every=timedelta(minutes=5), stride=timedelta(hours=1)),)
