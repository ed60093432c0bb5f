"""The words of `/bid` about one bid, each with the button of the same effect."""

from bot.policy.bids import Bid
from handlers.bids.finding import bid_by_value, find_bid
from handlers.context import Turn
from handlers.stepping import Stepping
from storage.store import Shelves


def found(turn: Turn, shelves: Shelves, goes_on: str) -> tuple[Bid, str]:
    """Return the bid that was typed, and what else was."""
    bid, rest = find_bid(turn, shelves, goes_on)
    return bid, " ".join(word.typed for word in rest)


step_word = Stepping(found, bid_by_value).word
