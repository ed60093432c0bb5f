"""Which record is meant by what was typed: its number, or its customer's name; never a guess."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.policy.bids import OPEN, Bid, State
from bot.policy.people import may, require
from bot.views.bids import lists as views
from bot.words.numbers import is_number
from bot.words.text import Word, clean, fold, near, words
from handlers.context import Instead, Say, Turn
from handlers.finding import rest_after
from storage.bids import Eyes
from storage.store import Shelves

NUMBER = re.compile(r"(?:b-?|#)(\d{1,9})", re.IGNORECASE)


class Found(NamedTuple):
    """The bid that was meant, and the words that followed its name."""

    bid: Bid
    rest: list[Word]


def eyes(turn: Turn, shelves: Shelves) -> Eyes:
    """Return through whose eyes this person's bids are looked for."""
    return Eyes(turn.person.id, shelves.people.below(turn.person.id))


def find_bid(turn: Turn, shelves: Shelves, goes_on: str) -> Found:
    """Return the bid named at the beginning of the text; `goes_on` is the action of the button with which a picker goes on.

    Several matches are offered as a picker and none as the nearest names: both are raised as Instead. A bid of which this
    person may not know is none.
    """
    typed = words(turn.text)
    for length in range(len(typed), 0, -1):
        matches = matching(turn, shelves, typed[:length])
        if len(matches) > 1:
            rest = " ".join(word.typed for word in typed[length:])
            raise Instead(Say(views.picker(turn._, matches, goes_on, rest)))
        if matches:
            return Found(held(turn, shelves, matches[0]), typed[length:])
    if not typed and (mine := own(turn, shelves)):
        raise Instead(Say(views.picker(turn._, mine, goes_on, "")))
    raise Instead(Say(views.nearest(turn._, clean(turn.text), near_bids(turn, shelves, typed), goes_on)))


def near_bids(turn: Turn, shelves: Shelves, typed: Sequence[Word]) -> list[tuple[Bid, str]]:
    """Return the bids whose customers' names come near to what was typed, of those that the person may see, and what else was."""
    found = [(name, bid) for name in near(turn.text, known_customers(turn, shelves)) for bid in named(turn, shelves, fold(name))]
    seen = [(name, bid) for name, bid in found if may("bids.see", turn.roles_for(shelves, bid.owner, bid.team))]
    return [(bid, rest_after(typed, name)) for name, bid in seen[: views.PAGE]]


def known_customers(turn: Turn, shelves: Shelves) -> list[str]:
    """Return the names that may be suggested: of all bids that the person may see, or just of those they take part in."""
    if may("bids.see", turn.roles):
        return shelves.bids.customers(eyes=eyes(turn, shelves))
    return list(dict.fromkeys(bid.customer for bid in shelves.bids.listed(partaker=turn.person.id, states=OPEN)))


def held(turn: Turn, shelves: Shelves, bid: Bid) -> Bid:
    """Return the bid as it is now, if this person may see it, held until this transaction ends: two may change it at once."""
    return visible(turn, shelves, shelves.bids.get(bid.id, lock=True) or bid)


def own(turn: Turn, shelves: Shelves) -> list[Bid]:
    """Return the person's own open bids, for a command that names none."""
    return shelves.bids.listed(owners=[turn.person.id], states=OPEN, limit=views.PAGE)


def bid_by_value(turn: Turn, shelves: Shelves) -> Bid:
    """Return the bid whose id a button carries, held until this transaction ends; what a button carries is checked again."""
    number, _colon, _more = turn.value.partition(":")
    return bid_by_id(turn, shelves, number)


def bid_by_id(turn: Turn, shelves: Shelves, number: str) -> Bid:
    """Return a bid by its id as text, held until this transaction ends."""
    bid = shelves.bids.get(int(number), lock=True) if is_number(number) else None
    if bid is None or not may_know(turn, shelves, bid):
        raise Instead(Say(views.nearest(turn._, f"B-{number}", (), "")))
    return visible(turn, shelves, bid)


def visible(turn: Turn, shelves: Shelves, bid: Bid) -> Bid:
    """Return the bid if this person may see it."""
    require("bids.see", turn.roles_for(shelves, bid.owner, bid.team))
    return bid


def may_know(turn: Turn, shelves: Shelves, bid: Bid) -> bool:
    """Say whether this person may know that there is such a bid; a confidential one takes more than a place in the department."""
    return not bid.confidential or bool(turn.roles_for(shelves, bid.owner, bid.team) - turn.roles)


def matching(turn: Turn, shelves: Shelves, typed: Sequence[Word]) -> list[Bid]:
    """Return the bids of that number or customer of which this person may know; those still open come before those decided."""
    number = NUMBER.fullmatch(typed[0].text) if len(typed) == 1 else None
    if number:
        bid = shelves.bids.get(int(number[1]), lock=True)
        return [bid] if bid and may_know(turn, shelves, bid) else []
    return named(turn, shelves, fold(" ".join(word.typed for word in typed)))


def named(turn: Turn, shelves: Shelves, key: str) -> list[Bid]:
    """Return the bids for the customer of a folded name of which this person may know; those still open come before those decided."""
    keys = shelves.customers.keys(key)
    found = [bid for key in keys for bid in shelves.bids.named(key, eyes(turn, shelves))]
    still_open = [bid for bid in found if bid.state in OPEN]
    return still_open or [bid for bid in found if bid.state is not State.RETRACTED]
