"""The digest of a working day: one message a person, with what is not urgent enough to come by itself."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.language import translator
from bot.policy.bids import OPEN, Bid
from bot.policy.bids import owed as policy
from bot.policy.bids.reminders import AT_ONCE, reminders
from bot.policy.calendar import Calendar
from bot.policy.people import Person
from bot.views.bids import digest as views
from scheduler.bids.alone import alone
from scheduler.bids.colleagues import Colleagues
from scheduler.job import Occasion
from storage.retelling import already_said, said_daily
from storage.store import Shelves

MANY = 10_000  # bids open at once


def give_digests(occasion: Occasion) -> datetime | None:
    """Give everybody whose working day begins their digest, if there is news; return when the next working day begins."""
    calendar = Calendar(occasion.handbook.company)
    with occasion.store.look() as shelves:
        zones = shelves.people.zones()
        beginning = {zone for zone in zones if policy.morning_of(occasion.now, calendar, zone)}
        fresh = read_by(occasion, shelves, beginning) if beginning else {}
    for reader, numbers in fresh.items():
        with alone(reader):
            give(occasion, reader, numbers)
    return min((policy.next_morning(occasion.now, calendar, zone) for zone in zones), default=None)


def read_by(occasion: Occasion, shelves: Shelves, beginning: Container[str]) -> dict[str, list[int]]:
    """Return who, in the zones whose working day begins, is to have a digest of which bids."""
    bids = worked_on(occasion, shelves)
    people = Colleagues(shelves, bids)
    work = by_person(occasion, people, bids)
    readers = {key_of(occasion, person): person for one in work if (person := people.get(one)) and person.zone in beginning}
    unsaid = [readers[key] for key in readers.keys() - already_said(shelves, readers.keys())]
    found = {person.id: list(unheard(occasion, shelves, people, person, work[person.id])) for person in unsaid}
    return {reader: [bid.id for bid, _codes in told] for reader, told in found.items() if told}


def worked_on(occasion: Occasion, shelves: Shelves) -> list[Bid]:
    """Return the open bids, and those decided of late, about which a debrief may be missing."""
    decided = shelves.bids.decided_since(occasion.now - policy.LOOK_BACK, policy.TEACHES)
    return [*shelves.bids.listed(states=OPEN, limit=MANY), *decided]


def by_person(occasion: Occasion, people: Colleagues, bids: Iterable[Bid]) -> dict[str, list[Bid]]:
    """Return the bids by who can have something to do on them, or is told of them early as a manager."""
    found: dict[str, list[Bid]] = {}
    escalates = max(occasion.handbook.bids.reminders.escalate, default=AT_ONCE) > AT_ONCE
    for bid in bids:
        managers = [people.manager_of(bid)] if escalates or people.get(bid.owner) is None else []
        for person in {*policy.concerned(bid), *managers}:
            found.setdefault(person, []).append(bid)
    return found


def key_of(occasion: Occasion, person: Person) -> str:
    """Return the key of a person's digest of this day."""
    return views.key_of(person.id, occasion.now.astimezone(ZoneInfo(person.zone)).date())


def give(occasion: Occasion, reader: str, numbers: Iterable[int]) -> None:
    """Give a person their digest, of the bids as they stand now: they may have changed since we looked."""
    with occasion.store.change() as shelves:
        bids = [bid for number in numbers if (bid := shelves.bids.get(number, lock=True))]
        people = Colleagues(shelves, bids)
        person = people.get(reader)
        if person is None:
            return
        _, milestones = translator(person.speaks), {step.id: step.name[person.speaks] for step in occasion.handbook.bids.milestones}
        fresh = unheard(occasion, shelves, people, person, bids)
        rows = [views.row(_, bid, reader, occasion.now, codes, milestones) for bid, codes in fresh]
        if rows:
            shelves.outbox.say(key_of(occasion, person), reader, views.digest(_, rows))


def unheard(
    occasion: Occasion, shelves: Shelves, people: Colleagues, person: Person, bids: Iterable[Bid]
) -> Iterator[tuple[Bid, list[str]]]:
    """Yield the bids of which there is news for this person that no earlier digest told, with what it is."""
    since = occasion.now - policy.LOOK_BACK - max(occasion.handbook.bids.reminders.before, default=timedelta())
    said = said_daily(shelves, views.DIGEST, [person.id], since.date())
    known = {told for message in said for told in views.told_in(message.message)}
    for bid in bids:
        codes: list[str] = []
        with alone(bid.subject):
            codes += [code for code in news(occasion, people, person, bid) if (str(bid.id), code) not in known]
        if codes:
            yield bid, codes


def news(occasion: Occasion, people: Colleagues, person: Person, bid: Bid) -> list[str]:
    """Return what of a bid is news for this person this morning."""
    calendar = Calendar(occasion.handbook.company)
    morning = policy.morning_of(occasion.now, calendar, person.zone)
    if morning is None:
        return []
    planned = reminders(bid, people.manager_of(bid), people.zones([person.id, bid.owner]), occasion.handbook.bids.reminders, calendar)
    return policy.news(bid, person.id, planned, morning, calendar, person.zone)
