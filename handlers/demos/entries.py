"""How an entry of feedback is kept: once for each source, shown where it was said, the sheet of its demo brought up to date."""

from datetime import datetime

from bot.language import translator
from bot.policy.demos import Demo
from bot.policy.demos import feedback as policy
from bot.policy.demos.feedback import COUNTS, Feedback, Standing
from bot.policy.machine import Step
from bot.policy.people import Person, relation
from bot.views.blocks import Message
from bot.views.demos import feedback as views
from handlers.context import Desk
from handlers.demos.finding import restate
from storage.counting import count_demo
from storage.deals import touch
from storage.kept import keep, tongue
from storage.outbox import Said
from storage.store import Shelves

TICK = "white_check_mark"


def may_know(shelves: Shelves, person: Person, demo: Demo) -> bool:
    """Say whether a person may know that a demo exists: a confidential one is for those concerned."""
    return not demo.confidential or bool(relation(person, demo.owner, demo.team, shelves.people.managers_of(demo.owner)))


def log(desk: Desk, shelves: Shelves, draft: Feedback, demo: Demo, now: datetime, request: str) -> Feedback | None:
    """Remember a new entry with all that follows from it; return None when its source has one already."""
    entry = shelves.feedback.enter(draft)
    if entry is None:
        return None
    if entry.state in COUNTS:
        shelves.audit.note(policy.logged(entry, now).event.amended(request=request))
        touch(shelves, entry.opportunity, now)
        show_back(desk, shelves, entry)
        restate(desk, shelves, demo)
        count_demo(shelves, demo, desk.handbook)
    return entry


def show_back(desk: Desk, shelves: Shelves, entry: Feedback) -> None:
    """Mark the message from which an entry came, and show below it what was stored."""
    if not entry.ts:
        return
    author = shelves.people.get(entry.author)
    direct = entry.channel.startswith("D")
    shelves.outbox.mark(f"{views.MARK}:{entry.id}", entry.channel, entry.ts, TICK)
    message = views.logged(tongue(desk.handbook, author if direct else None), entry)
    thread = None if direct else entry.thread or entry.ts
    shelves.outbox.say(
        f"{views.LOGGED}:{entry.id}", entry.author if direct else entry.channel, message, thread=thread, subject=entry.subject
    )


def keep_entry(desk: Desk, shelves: Shelves, step: Step[Feedback], request: str) -> int:
    """Remember a step of an entry with all that follows from it; return the id of its event."""
    entry, company = step.record, translator(desk.handbook.company.language)

    def render(said: Said, person: Person | None) -> Message | None:
        _ = translator(person.speaks) if person else company
        if said.key.startswith(f"{views.ASKED}:"):
            return None if entry.state is Standing.ASKED else views.settled(_, entry)
        return views.logged(_, entry)

    change = keep(shelves, shelves.feedback, step, render, request)
    if entry.state is Standing.RETRACTED:
        shelves.outbox.withdraw(f"{views.MARK}:{entry.id}")
    if demo := shelves.demos.get(entry.demo):
        restate(desk, shelves, demo)
        count_demo(shelves, demo, desk.handbook)
    return change
