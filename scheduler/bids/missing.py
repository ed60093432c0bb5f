"""Deadlines that were missed (§4.4.3): the clock says so, and asks whether only the record is missing."""

from datetime import UTC, datetime, timedelta

from bot.language import translator
from bot.policy import bids as policy
from bot.policy.bids import UNSUBMITTED, Bid
from bot.policy.calendar import Calendar
from bot.views.bids import reminders as views
from scheduler.bids.alone import alone
from scheduler.bids.colleagues import Colleagues
from scheduler.job import Occasion
from storage.keeping import keep_bid
from storage.store import Shelves

EVER = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
STALE = timedelta(days=7)  # after which a missed deadline is no news, as for bids that were imported


def miss_deadlines(occasion: Occasion) -> datetime:
    """Record which deadlines have passed without a submission, and tell; return when there is something to do next."""
    with occasion.store.look() as shelves:
        passed = shelves.bids.due_between(EVER, occasion.now, UNSUBMITTED)
        coming = shelves.bids.due_between(occasion.now, occasion.now + DAY, UNSUBMITTED)
    for bid in passed:
        with alone(bid.subject):
            miss(occasion, bid.id)
    return min([occasion.now + DAY, *(bid.deadline + timedelta.resolution for bid in coming if bid.deadline)])


def miss(occasion: Occasion, number: int) -> None:
    """Record that a deadline was missed, unless something has changed since we looked."""
    with occasion.store.change() as shelves:
        bid = shelves.bids.get(number, lock=True)
        if bid is None or bid.deadline is None or not policy.is_missed(bid, occasion.now):
            return
        step = policy.miss(bid, occasion.now)
        keep_bid(shelves, step, occasion.handbook, request=f"{bid.subject}:missed:{occasion.now.isoformat()}")
        if occasion.now - bid.deadline < STALE:
            tell(occasion, shelves, step.bid, bid.deadline)


def tell(occasion: Occasion, shelves: Shelves, bid: Bid, deadline: datetime) -> None:
    """Tell owner and manager of a missed deadline, when they are at work."""
    calendar, people = Calendar(occasion.handbook.company), Colleagues(shelves, [bid])
    for person in filter(None, [people.get(bid.owner), people.get(people.manager_of(bid))]):
        key = views.key_of(views.MISSED, bid, person.id, timedelta(), deadline)
        at_work = calendar.next_working_moment(occasion.now, person.zone)
        shelves.outbox.say(key, person.id, views.missed(translator(person.speaks), bid, person.id), subject=bid.subject, not_before=at_work)
