"""What the calendar says about research (§4.1): contacts that are near or without notes, reviews that wait."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.language import translator
from bot.policy.calendar import Calendar
from bot.policy.people import Person, is_outsider
from bot.policy.research import LIVE, Research, waiting
from bot.policy.research.nudges import Matter, Nudge, nudges
from bot.views.research import conduct, review
from bot.views.research.retold import key_of, retold
from scheduler.job import Job, Occasion
from storage.retelling import already_said
from storage.store import Shelves

KINDS = {Matter.NEAR: conduct.NEAR, Matter.NOTES: conduct.NOTES, Matter.REVIEW: review.AGAIN}
log = logging.getLogger("bidwell.scheduler")


class Call(NamedTuple):
    """One thing to be asked of a person, and the key under which it is asked once."""

    research: Research
    nudge: Nudge
    person: Person
    key: str


def ask(occasion: Occasion) -> None:
    """Ask all that is due and was not asked before."""
    with occasion.store.look() as shelves:
        planned = [call for research in shelves.researches.standing(LIVE) for call in calls(occasion, shelves, research)]
        said = already_said(shelves, [call.key for call in planned])
    for number in dict.fromkeys(call.research.id for call in planned if call.key not in said):
        try:
            give(occasion, number)
        except Exception:
            log.exception("a job failed for one subject", extra={"subject": f"research:{number}"})


def calls(occasion: Occasion, shelves: Shelves, research: Research) -> Iterator[Call]:
    """Yield what is to be asked about research by now."""
    concerned = [*(contact.by for contact in research.contacts), *(asked.reviewer for asked in waiting(research))]
    found = filter(None, map(shelves.people.get, dict.fromkeys(concerned)))
    people = {person.id: person for person in found if not is_outsider(person)}
    zones = {one: person.zone for one, person in people.items()}
    rules, calendar = occasion.handbook.research.nudges, Calendar(occasion.handbook.company)
    for nudge in nudges(research, occasion.now, rules, calendar, zones):
        yield Call(research, nudge, people[nudge.person], key_of(KINDS[nudge.matter], research, nudge.person, nudge.slot))


def give(occasion: Occasion, number: int) -> None:
    """Ask what is due about research, as it stands now: it may have changed since we looked."""
    with occasion.store.change() as shelves:
        research = shelves.researches.get(number, lock=True)
        for call in calls(occasion, shelves, research) if research else ():
            opens, message = hour(occasion, call), retold(translator(call.person.speaks), call.key, call.person.id, call.research)
            if message and (call.nudge.ends is None or opens < call.nudge.ends):
                shelves.outbox.say(
                    call.key, call.person.id, message, subject=call.research.subject, not_before=opens, expires=call.nudge.ends
                )


def hour(occasion: Occasion, call: Call) -> datetime:
    """Return when the person is at work next."""
    return Calendar(occasion.handbook.company).next_working_moment(occasion.now, call.person.zone)


JOBS = (Job("research.ask", ask, every=timedelta(minutes=5), stride=timedelta(hours=1)),)
