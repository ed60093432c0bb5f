"""What a message about a bid says now that the bid has changed."""

from bot.language import Translator
from bot.policy.bids import Bid
from bot.views.bids.outcome import ANNOUNCED, announcement
from bot.views.bids.reminders import DUE, reminder
from bot.views.blocks import Message


def retold(_: Translator, kind: str, bid: Bid, actor: str) -> Message | None:
    """Return the message of this kind for the bid as it is; `actor` made the change."""
    if kind == ANNOUNCED:
        return announcement(_, bid, actor)
    return reminder(_, bid) if kind == DUE else None
