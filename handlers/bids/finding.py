"""Which record is meant by what was typed: its number, or its customer's name; never a guess."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.policy.bids import OPEN, Bid
from bot.policy.people import require
from bot.views.bids import lists as views
from bot.words.text import Word, fold, near, words
from handlers.context import Instead, Say, Turn
from storage.store import Shelves

NUMBER = re.compile(r"(?:b-?|#)(\d{1,9})", re.IGNORECASE)


class Found(NamedTuple):
    """The bid that was meant, and the words that followed its name."""

    bid: Bid
    rest: list[Word]


def find_bid(turn: Turn, shelves: Shelves, goes_on: str) -> Found:
    """Return the bid named at the beginning of the text; `goes_on` is the action of the button with which a picker goes on.

    Several matches are offered as a picker and none as the nearest names: both are raised as Instead.
    """
    typed = words(turn.text)
    for length in range(len(typed), 0, -1):
        matches = matching(shelves, typed[:length])
        if len(matches) > 1:
            rest = " ".join(word.typed for word in typed[length:])
            raise Instead(Say(views.picker(turn._, matches, goes_on, rest)))
        if matches:
            return Found(visible(turn, shelves, matches[0]), typed[length:])
    raise Instead(Say(views.nearest(turn._, turn.text.strip(), near(turn.text, shelves.bids.customers()))))


def bid_by_value(turn: Turn, shelves: Shelves) -> Bid:
    """Return the bid whose id a button carries, held until this transaction ends; what a button carries is checked again."""
    number, _colon, _more = turn.value.partition(":")
    return bid_by_id(turn, shelves, number)


def bid_by_id(turn: Turn, shelves: Shelves, number: str) -> Bid:
    """Return a bid by its id as text, held until this transaction ends."""
    bid = shelves.bids.get(int(number), lock=True) if number.isascii() and number.isdigit() and len(number) < 10 else None
    if bid is None:
        raise Instead(Say(views.nearest(turn._, number, ())))
    return visible(turn, shelves, bid)


def visible(turn: Turn, shelves: Shelves, bid: Bid) -> Bid:
    """Return the bid if this person may see it."""
    require("bids.see", turn.roles_for(shelves, bid.owner, bid.team))
    return bid


def matching(shelves: Shelves, typed: Sequence[Word]) -> list[Bid]:
    """Return the bids of that number or customer; those still open come before those decided."""
    number = NUMBER.fullmatch(typed[0].text) if len(typed) == 1 else None
    if number:
        bid = shelves.bids.get(int(number[1]), lock=True)
        return [bid] if bid else []
    named = shelves.bids.named(fold(" ".join(word.typed for word in typed)))
    still_open = [bid for bid in named if bid.state in OPEN]
    return still_open or named
