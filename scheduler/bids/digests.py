"""The digest of a working day: one message a person, with what is not urgent enough to come by itself."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.language import translator
from bot.policy.bids import OPEN, Bid
from bot.policy.bids import owed as policy
from bot.policy.bids.reminders import AT_ONCE, reminders
from bot.policy.calendar import Calendar
from bot.policy.people import Person
from bot.views.bids import digest as views
from bot.views.blocks import Block
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
        people = Colleagues(shelves)
        work = by_person(occasion, people, worked_on(occasion, shelves))
        readers = [person for one in work if (person := people[one])]
        beginning = {key_of(occasion, person): person for person in readers if policy.morning_of(occasion.now, calendar, person.zone)}
        unsaid = [beginning[key] for key in beginning.keys() - already_said(shelves, beginning.keys())]
        told = [person for person in unsaid if rows(occasion, shelves, people, person, work[person.id])]
    for person in told:
        with alone(person.id):
            give(occasion, person, [bid.id for bid in work[person.id]])
    zones = {person.zone for person in readers}
    return min((policy.next_morning(occasion.now, calendar, zone) for zone in zones), default=None)


def worked_on(occasion: Occasion, shelves: Shelves) -> list[Bid]:
    """Return the open bids, and those decided of late, about which a debrief may be missing."""
    decided = shelves.bids.decided_since(occasion.now - policy.LOOK_BACK, policy.TEACHES)
    return [*shelves.bids.listed(states=OPEN, limit=MANY), *decided]


def by_person(occasion: Occasion, people: Colleagues, bids: Iterable[Bid]) -> dict[str, list[Bid]]:
    """Return the bids by who can have something to do on them, or is told of them early as a manager."""
    found: dict[str, list[Bid]] = {}
    escalates = max(occasion.handbook.bids.reminders.escalate, default=AT_ONCE) > AT_ONCE
    for bid in bids:
        managers = [people.manager_of(bid)] if escalates or people[bid.owner] is None else []
        for person in {*policy.concerned(bid), *managers}:
            found.setdefault(person, []).append(bid)
    return found


def key_of(occasion: Occasion, person: Person) -> str:
    """Return the key of a person's digest of this day."""
    return views.key_of(person.id, occasion.now.astimezone(ZoneInfo(person.zone)).date())


def give(occasion: Occasion, person: Person, numbers: Iterable[int]) -> None:
    """Give a person their digest, of the bids as they stand now: they may have changed since we looked."""
    with occasion.store.change() as shelves:
        bids = [bid for number in numbers if (bid := shelves.bids.get(number, lock=True))]
        fresh = rows(occasion, shelves, Colleagues(shelves), person, bids)
        if fresh:
            shelves.outbox.say(key_of(occasion, person), person.id, views.digest(translator(person.speaks), fresh))


def rows(occasion: Occasion, shelves: Shelves, people: Colleagues, person: Person, bids: Iterable[Bid]) -> list[Block]:
    """Return the rows of a person's digest: a row for each bid of which there is news that no earlier digest told."""
    rules, _ = occasion.handbook.bids, translator(person.speaks)
    since = occasion.now - policy.LOOK_BACK - max(rules.reminders.before, default=timedelta())
    known = {code for said in said_daily(shelves, views.DIGEST, [person.id], since.date()) for code in views.told_in(said.message)}
    milestones = {step.id: step.name[person.speaks] for step in rules.milestones}
    found = []
    for bid in bids:
        with alone(bid.subject):
            codes = [code for code in news(occasion, people, person, bid) if (str(bid.id), code) not in known]
            found += [views.row(_, bid, person.id, occasion.now, codes, milestones)] if codes else []
    return found


def news(occasion: Occasion, people: Colleagues, person: Person, bid: Bid) -> list[str]:
    """Return what of a bid is news for this person this morning."""
    calendar = Calendar(occasion.handbook.company)
    morning = policy.morning_of(occasion.now, calendar, person.zone)
    if morning is None:
        return []
    planned = reminders(bid, people.manager_of(bid), people.zones([person.id, bid.owner]), occasion.handbook.bids.reminders, calendar)
    return policy.news(bid, person.id, planned, morning, calendar, person.zone)
