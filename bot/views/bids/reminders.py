"""Reminders of deadlines, and what they say once their matter is settled."""

from bot.language import Translator
from bot.policy.bids import STATE_NAMES, UNSUBMITTED, Bid
from bot.views.bids.sheet import due, name
from bot.views.bids.steps import SUBMIT
from bot.views.blocks import (
    Message,
    Span,
    actions,
    button,
    emoji,
    prose,
    says,
)

SNOOZE, DUE = "bids.snooze", "bids.due"


def reminder(_: Translator, bid: Bid) -> Message:
    """Remind of a deadline, with the buttons that settle it; once it is settled, say so instead."""
    if bid.state not in UNSUBMITTED:
        return settled(_, bid)
    named = prose(_.template("{customer} ({number}) is {due}."), customer=name(bid), number=bid.number, due=due(_, bid))
    head = (emoji("alarm_clock"), Span(" "), *named)
    ask = prose(_.template("Has it been handed in?"))
    row = [button(_("Submitted"), SUBMIT, str(bid.id), "primary"), button(_("Remind me in an hour"), SNOOZE, f"{bid.id}:60")]
    return says(head, ask, also=[actions(*row)])


def settled(_: Translator, bid: Bid) -> Message:
    """Say that a reminder's matter is done."""
    return says(
        prose(_.template("{customer} ({number}): {state}."), customer=name(bid), number=bid.number, state=_(STATE_NAMES[bid.state]))
    )


def snoozed(_: Translator, bid: Bid, until: str) -> Message:
    """Say when a snoozed reminder will come back."""
    return says(prose(_.template("{customer} ({number}): I shall ask again at {time}."), customer=name(bid), number=bid.number, time=until))
