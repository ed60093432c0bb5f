"""What the calendar says about demos (§4.3): they are near, they want summing up, questions are open, a month has taught something."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.language import translator
from bot.policy.calendar import Calendar
from bot.policy.demos import Demo, lessons, month_before
from bot.policy.demos.nudges import Nudge, nudges
from bot.policy.people import Person, is_outsider
from bot.views.demos import lists
from bot.views.demos.nudges import key_of, nudged
from bot.views.demos.sheet import SHEET, posted, sheet_key
from scheduler.job import Job, Occasion
from storage.retelling import already_said
from storage.store import Shelves

DIGEST = "demos.digest"
log = logging.getLogger("bidwell.scheduler")


class Call(NamedTuple):
    """One thing to be asked of a person, and the key under which it is asked once."""

    demo: Demo
    nudge: Nudge
    person: Person

    @property
    def key(self) -> str:
        """Return the key."""
        return key_of(self.demo, self.nudge)


def ask(occasion: Occasion) -> None:
    """Ask all that is due and was not asked before; one demo that fails never stops the rest."""
    with occasion.store.look() as shelves:
        planned = [call for demo in shelves.demos.wanting() for call in calls(occasion, shelves, demo)]
        said = already_said(shelves, [call.key for call in planned])
    for number in dict.fromkeys(call.demo.id for call in planned if call.key not in said):
        try:
            give(occasion, number)
        except Exception:
            log.exception("a job failed for one subject", extra={"subject": f"demo:{number}"})


def calls(occasion: Occasion, shelves: Shelves, demo: Demo) -> Iterator[Call]:
    """Yield what is to be asked about a demo by now."""
    found = filter(None, map(shelves.people.get, dict.fromkeys([demo.owner, *demo.team])))
    people = {person.id: person for person in found if not is_outsider(person)}
    zones = {one: person.zone for one, person in people.items()}
    for nudge in nudges(demo, occasion.now, occasion.handbook.demos, Calendar(occasion.handbook.company), zones):
        yield Call(demo, nudge, people[nudge.person])


def give(occasion: Occasion, number: int) -> None:
    """Ask what is due about a demo as it stands now: it may have changed since we looked."""
    with occasion.store.change() as shelves:
        demo = shelves.demos.get(number, lock=True)
        for call in calls(occasion, shelves, demo) if demo else ():
            message = nudged(translator(call.person.speaks), call.demo, call.nudge, call.person.zone)
            if message:
                shelves.outbox.say(call.key, call.person.id, message, subject=call.demo.subject, expires=call.nudge.ends)


def place_sheets(occasion: Occasion) -> None:
    """Post the sheets that a channel did not take in the handbook's channel instead."""
    channel = occasion.handbook.channels.demos
    with occasion.store.look() as shelves:
        lost = [said for said in shelves.outbox.failed() if said.key.startswith(f"{SHEET}:") and said.target != channel]
    for said in lost if channel else ():
        with occasion.store.change() as shelves:
            demo = shelves.demos.get(int(said.subject.partition(":")[2]))
            if demo and channel:
                message = posted(translator(occasion.handbook.company.language), demo, shelves.feedback.of_demo(demo.id))
                shelves.outbox.say(sheet_key(demo, channel), channel, message, subject=demo.subject)


def digest(occasion: Occasion) -> None:
    """Post what the demos of last month taught, when the first working day of a month has begun."""
    company, channel = occasion.handbook.company, occasion.handbook.channels.demos
    here = occasion.now.astimezone(ZoneInfo(company.time_zone))
    start, end = month_before(here.date())
    if not channel or not Calendar(company).within_hours(occasion.now, company.time_zone):
        return
    key, zone = f"{DIGEST}:{start:%Y-%m}", ZoneInfo(company.time_zone)
    with occasion.store.look() as shelves:
        if shelves.outbox.find(key):
            return
        between = [datetime(day.year, day.month, 1, tzinfo=zone).astimezone(UTC) for day in (start, end)]
        demos = [demo for demo in shelves.demos.summarised_between(*between) if not demo.confidential]
    found = lessons(demos)
    if found:
        _ = translator(company.language)
        with occasion.store.change() as shelves:
            shelves.outbox.say(key, channel, lists.digest(_, start, len(demos), found))
            shelves.outbox.say(f"{key}:lessons", channel, lists.lessons(_, found, ""), thread=key)


JOBS = (
    Job("demos.ask", ask, every=timedelta(minutes=5)),
    Job("demos.sheets", place_sheets, every=timedelta(minutes=5), stride=timedelta(hours=1)),
    Job("demos.digest", digest, every=timedelta(minutes=30), stride=timedelta(hours=3)),
)
