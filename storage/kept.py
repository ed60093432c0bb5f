"""A step of any record is kept: the record, its event, the messages about it, the deal that it moves; and how and when people are told."""

from datetime import datetime
from typing import TypeVar, cast

from bot.handbook import Handbook
from bot.language import Translator, translator
from bot.policy.calendar import Calendar
from bot.policy.machine import Staged, Step
from bot.policy.people import Person
from bot.policy.record import Record
from storage.base import Shelf
from storage.deals import touch
from storage.retelling import Render, retell
from storage.store import Shelves

RecordT = TypeVar("RecordT", bound=Record)


def keep(shelves: Shelves, shelf: Shelf[RecordT], step: Step[RecordT], render: Render, request: str = "") -> int:  # type: ignore[type-var]
    """Remember a step with all that follows from it; return the id of its event.

    `render` says what a message about the record should say now. The deal on which the record hangs, if it has an
    `opportunity`, is touched.
    """
    staged = cast(Staged, step.record)
    shelf.save(step.record)
    event = shelves.audit.note(step.event.amended(request=request))
    touch(shelves, getattr(step.record, "opportunity", 0), event.at)
    retell(shelves, shelves.outbox.about(staged.subject), render)
    return event.id or 0


def tongue(handbook: Handbook, person: Person | None) -> Translator:
    """Return the language in which a message to a person, or to a channel, is written."""
    return translator(person.speaks if person else handbook.company.language)


def at_work(shelves: Shelves, person: Person, handbook: Handbook) -> datetime:
    """Return when a person is at work next: now, if they are."""
    return Calendar(handbook.company).next_working_moment(shelves.clock.now(), person.zone)
