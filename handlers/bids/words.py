"""A word of `/bid` about one bid, and the button of the same effect: both lead to the same function."""

from collections.abc import Callable

from bot.policy.bids import Bid
from handlers.bids.finding import bid_by_value, find_bid
from handlers.context import Answer, Turn
from handlers.routes import Routes, Word
from storage.store import Shelves

# Gets the bid and what else was typed, which a picker's button carries on.
Do = Callable[[Turn, Shelves, Bid, str], Answer]


def step_word(routes: Routes, name: str, action: str, do: Do, usage: str, meaning: str, aliases: tuple[str, ...] = ()) -> Word:
    """Return the word of a step; its button is registered with it."""

    def typed(turn: Turn, shelves: Shelves) -> Answer:
        found = find_bid(turn, shelves, action)
        return do(turn, shelves, found.bid, " ".join(word.typed for word in found.rest))

    def pressed(turn: Turn, shelves: Shelves) -> Answer:
        return do(turn, shelves, bid_by_value(turn, shelves), turn.value.partition(":")[2])

    routes.button(action, pressed)
    return Word(name, typed, usage, meaning, aliases)
