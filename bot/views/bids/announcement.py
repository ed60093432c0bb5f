"""The announcement of a win in a channel: at most five lines, the detail in its thread."""

from bot.handbook import Bids
from bot.language import Translator
from bot.policy.bids import Bid, State
from bot.views.bids.sheet import name
from bot.views.bids.told import Told
from bot.views.blocks import (
    Message,
    Span,
    bold,
    emoji,
    prose,
    says,
    user,
)

ANNOUNCED, DETAIL = "bids.announced", "bids.announced_detail"


def is_withheld(bid: Bid, rules: Bids) -> bool:
    """Say whether the channel hears nothing of the bid's win (§7.2.2)."""
    return bid.confidential and not rules.announce_confidential


def retold(_: Translator, told: Told, bid: Bid, rules: Bids) -> Message:
    """Return what the announcement or its detail says now: no words when it was not sent and need not be any more."""
    if is_withheld(bid, rules):
        return says(prose(_.template("This win is confidential now."))) if told.sent else Message("")
    return announcement(_, bid, rules.announced_amount) if told.kind == ANNOUNCED else detail(_, bid)


def announcement(_: Translator, bid: Bid, amount: str) -> Message:
    """Tell the channel of a win, or take that back when it is no longer so; `amount` is exact, rounded or hidden."""
    if bid.state is not State.WON:
        return says(prose(_.template("Correction: {customer} ({number}) is not recorded as won."), customer=name(bid), number=bid.number))
    head = prose(_.template("{tada} {customer} is won!"), tada=emoji("tada"), customer=name(bid))
    worth = [(bold(told),)] if (told := worth_told(_, bid, amount)) else []
    people = (
        *prose(_.template("By {owner}"), owner=user(bid.owner)),
        *(span for person in bid.team for span in (Span(", "), user(person))),
    )
    return says(head, *worth, people)


def worth_told(_: Translator, bid: Bid, amount: str) -> str:
    """Return the amount as the channel may know it: that of a confidential bid is nobody's business there."""
    award = bid.award
    if award is None or bid.confidential or amount == "hidden":
        return ""
    return _.short_amount(award.amount, award.currency) if amount == "rounded" else _.amount(award.amount, award.currency)


def detail(_: Translator, bid: Bid) -> Message:
    """Return the detail in the announcement's thread; what is confidential stays out of it."""
    if bid.state is not State.WON:
        return says(prose(_.template("See the correction above.")))
    handed_in = _.moment(bid.submitted_at, bid.zone) if bid.submitted_at else "–"
    lines = [prose(_.template("{number}, handed in on {when}"), number=bid.number, when=handed_in)]
    lines += [prose("{title}", title=bid.title)] if bid.title and not bid.confidential else []
    return says(*lines, prose(_.template("Recorded by {person}"), person=user(bid.decided_by or bid.owner)))
