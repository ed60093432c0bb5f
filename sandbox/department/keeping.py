"""What was done by hand on other records than bids, remembered as the desk remembers it; nobody was told anything."""

from collections.abc import Callable
from datetime import datetime, time
from typing import TypeVar

from bot.policy.machine import Step
from bot.policy.opportunities import Opportunity
from bot.policy.record import Record
from bot.words.text import fold
from sandbox.department.dates import moment
from sandbox.department.people import ZONES
from storage.base import Shelf
from storage.kept import keep
from storage.store import Shelves

RecordT = TypeVar("RecordT", bound=Record)
Take = Callable[[RecordT, datetime], Step[RecordT]]


def take(shelves: Shelves, shelf: Shelf[RecordT], record: RecordT, at: datetime, how: Take[RecordT]) -> RecordT:  # type: ignore[type-var]
    """Take one step, as a request of its own; return the record as it became."""
    step = how(record, at)
    keep(shelves, shelf, step, lambda _said, _person: None, f"{step.event.subject}:{at:%Y%m%dT%H%M}")
    return step.record


def at_work(start: datetime, day: int, hour: int, who: str) -> datetime:
    """Return a moment of a working day by somebody's own clock."""
    return moment(start, day, time(hour, (13 * abs(day) + 7 * hour) % 60), ZONES[who])


def deal_with(shelves: Shelves, customer: str) -> Opportunity:
    """Return the latest deal with a customer."""
    return shelves.opportunities.named(fold(customer))[0]
