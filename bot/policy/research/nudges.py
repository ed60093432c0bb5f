"""What is asked about research that rests (§4.1.2, §4.1.3): contacts that are near or have passed, reviews that wait."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.handbook import ResearchNudges
from bot.policy.calendar import Calendar
from bot.policy.research.record import LIVE, Asked, Contact, Research
from bot.policy.research.review import waiting

STALE = timedelta(days=14)  # after which a contact without notes is not asked about any more


class Matter(StrEnum):
    """What a nudge is about."""

    NEAR = "near"
    NOTES = "notes"
    REVIEW = "review"


class Nudge(NamedTuple):
    """One thing that is asked of a person once, from `at` on; `slot` tells it from others of its kind, `ends` when it is too late."""

    matter: Matter
    person: str
    slot: str
    at: datetime
    ends: datetime | None = None


def nudges(research: Research, now: datetime, rules: ResearchNudges, calendar: Calendar, zones: Mapping[str, str]) -> Iterator[Nudge]:
    """Yield what is to be asked by now; `zones` are those of the people who work here."""
    if research.state not in LIVE:
        return
    for contact in research.contacts:
        if contact.by in zones and not contact.held:
            yield from about_contact(contact, now, rules)
    for asked in waiting(research):
        if asked.reviewer in zones:
            yield from about_review(asked, now, rules, calendar, zones[asked.reviewer])


def about_contact(contact: Contact, now: datetime, rules: ResearchNudges) -> Iterator[Nudge]:
    """Yield what is asked about a planned contact: shortly before it, and once it should have taken place."""
    slot = f"{contact.id}@{int(contact.at.timestamp())}"
    near, passed = contact.at - rules.contact_before, contact.at + rules.notes_after
    if near <= now < contact.at:
        yield Nudge(Matter.NEAR, contact.by, slot, near, contact.at)
    if passed <= now < passed + STALE:
        yield Nudge(Matter.NOTES, contact.by, slot, passed)


def about_review(asked: Asked, now: datetime, rules: ResearchNudges, calendar: Calendar, zone: str) -> Iterator[Nudge]:
    """Yield what is asked of a reviewer who has not answered for so many working days."""
    day = calendar.add_working_days(asked.at.astimezone(ZoneInfo(zone)).date(), rules.review_after)
    due = datetime.combine(day, calendar.company.working_hours.start, ZoneInfo(zone))
    if due <= now:
        yield Nudge(Matter.REVIEW, asked.reviewer, f"0@{int(asked.at.timestamp())}", due)
