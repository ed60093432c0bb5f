"""What a message about a bid says now that the bid has changed."""

from bot.language import Translator
from bot.policy.bids import Bid
from bot.views.bids.announcement import ANNOUNCED, DETAIL, announcement, detail
from bot.views.bids.reminders import DUE, reminder
from bot.views.blocks import Message


def retold(_: Translator, kind: str, bid: Bid, amount: str) -> Message | None:
    """Return the message of this kind for the bid as it is; `amount` is how announcements tell it."""
    if kind == ANNOUNCED:
        return announcement(_, bid, amount)
    if kind == DETAIL:
        return detail(_, bid)
    return reminder(_, bid) if kind == DUE else None
