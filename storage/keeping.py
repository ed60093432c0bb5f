"""A step of a bid is kept: the record, the event that it leaves, and every message about the bid brought up to date."""

from datetime import timedelta

from bot.handbook import Handbook
from bot.policy.bids import Step
from bot.policy.bids.owed import LOOK_BACK, concerned
from bot.views.bids.digest import DIGEST
from storage.counting import count_bid
from storage.following import bid_rendering, follow_bid
from storage.retelling import retell, said_daily
from storage.store import Shelves


def keep_bid(shelves: Shelves, step: Step, handbook: Handbook, request: str = "") -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    shelves.bids.save(step.bid)
    event = shelves.audit.note(step.event.amended(request=request))
    since = (event.at - LOOK_BACK - max(handbook.bids.reminders.before, default=timedelta())).date()
    told = said_daily(shelves, DIGEST, concerned(step.bid), since, step.bid.subject)
    retell(shelves, told, bid_rendering(handbook, step.bid, event))
    follow_bid(shelves, step, handbook, request)
    count_bid(shelves, step.bid, handbook)  # last: whoever counts keeps others waiting until the transaction ends
    return event.id or 0
