"""Reminders of submission deadlines and defences (§4.4.3): each is given once, when it has come due and the hour allows it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.language import translator
from bot.policy.bids import UNSUBMITTED, Bid, State
from bot.policy.bids import reminders as policy
from bot.policy.bids.owed import concerned
from bot.policy.bids.reminders import AT_ONCE, Reminder
from bot.policy.calendar import Calendar
from bot.views.bids import reminders as views
from scheduler.bids.alone import alone
from scheduler.bids.colleagues import Colleagues
from scheduler.job import Occasion
from storage.retelling import already_said
from storage.store import Shelves

LONGEST_WAIT = timedelta(days=14)  # how far working hours and holidays can move a reminder
DAY = timedelta(days=1)  # after which the bids are asked for anew, whatever is known to come


class Call(NamedTuple):
    """A reminder that is given at once, its key, and from when it may be given."""

    bid: Bid
    reminder: Reminder
    key: str
    opens: datetime


def remind(occasion: Occasion) -> datetime:
    """Give every reminder that is due; return when there is something to do next."""
    with occasion.store.look() as shelves:
        bids = near(occasion, shelves)
        people = Colleagues(shelves, bids)
        planned = [call for bid in bids for call in calls(occasion, people, bid)]
        waiting = [call for call in planned if call.opens <= occasion.now]
        said = already_said(shelves, [call.key for call in waiting])
    for number in dict.fromkeys(call.bid.id for call in waiting if call.key not in said):
        with alone(f"bid:{number}"):
            give(occasion, number)
    return min([occasion.now + DAY, *(call.opens for call in planned if call.opens > occasion.now)])


def near(occasion: Occasion, shelves: Shelves) -> list[Bid]:
    """Return the bids whose reminders may come due within a day."""
    horizon = occasion.now + AT_ONCE + LONGEST_WAIT + DAY
    coming = shelves.bids.due_between(occasion.now, horizon, UNSUBMITTED)
    return [*coming, *shelves.bids.listed(states={State.DEFENCE_SCHEDULED}, limit=1000)]


def calls(occasion: Occasion, people: Colleagues, bid: Bid) -> list[Call]:
    """Return the reminders of a bid that are due, and those to come; none when something is wrong with it."""
    found: list[Call] = []
    with alone(bid.subject):
        found += planned_calls(occasion, people, bid)
    return found


def planned_calls(occasion: Occasion, people: Colleagues, bid: Bid) -> Iterator[Call]:
    """Yield the most urgent reminder that is due for each person, and those to come."""
    rules, calendar = occasion.handbook.bids.reminders, Calendar(occasion.handbook.company)
    manager = people.manager_of(bid)
    zones = people.zones([*concerned(bid), manager])
    planned = policy.reminders(bid, manager, zones, rules, calendar)
    ahead = [one for one in planned if one.at > occasion.now]
    for one in [*policy.due(planned, occasion.now), *ahead]:
        if one.before <= AT_ONCE:
            opens = policy.opens(one, occasion.now, calendar, zones[one.person], rules.last_hours)
            yield Call(bid, one, views.key_of(views.KINDS[one.matter], bid, one.person, one.before, one.end), opens)


def give(occasion: Occasion, number: int) -> None:
    """Give the reminders of a bid that are due, as it stands now: it may have changed since we looked."""
    with occasion.store.change() as shelves:
        bids = [bid for bid in [shelves.bids.get(number, lock=True)] if bid]
        people = Colleagues(shelves, bids)
        for call in [call for bid in bids for call in planned_calls(occasion, people, bid)]:
            one, person = call.reminder, people.get(call.reminder.person)
            if person and call.opens <= occasion.now:
                kind, rules = views.KINDS[one.matter], occasion.handbook.bids.reminders
                message = views.reminder(translator(person.speaks), call.bid, kind, person.id, occasion.now, rules)
                shelves.outbox.say(call.key, person.id, message, subject=call.bid.subject, expires=one.end)
