"""A bid enters the books (§4.4.1)."""

from datetime import datetime

from bot.language import N_
from bot.policy.bids.record import Bid
from bot.policy.bids.steps import Action, Step
from bot.policy.machine import event
from bot.policy.refusal import Refusal


def check_new(bid: Bid, now: datetime) -> Bid:
    """Return a bid fit to be entered in the books; a deadline that has passed is refused."""
    if bid.deadline is not None and bid.deadline <= now:
        raise Refusal(N_("That deadline has already passed."), field="deadline")
    return bid


def registered(bid: Bid, now: datetime) -> Step:
    """Return the first step in a numbered bid's history."""
    return Step(bid, event(bid, None, Action.REGISTER, bid.owner, now))
