"""`/bid confidential` (§7.2.2): who may know of a bid at all."""

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import Bid
from bot.policy.people import require
from bot.views.bids import secrecy as views
from handlers.bids.finding import bid_by_value, find_bid
from handlers.bids.keeping import receipt, roles
from handlers.context import Answer, Turn
from handlers.routes import Routes, Word
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word and the button."""
    names = ("保密", "机密", "機密")
    word = Word("confidential", confidential, N_("confidential X"), N_("let only those concerned see it, or everybody again"), names)
    routes.command("/bid", "new", word)
    routes.button(views.CONFIDENTIAL, pressed)


def confidential(turn: Turn, shelves: Shelves) -> Answer:
    """Make a bid confidential, or no longer."""
    return toggle(turn, shelves, find_bid(turn, shelves, views.CONFIDENTIAL).bid)


def pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Do so with the bid that was picked."""
    return toggle(turn, shelves, bid_by_value(turn, shelves))


def toggle(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Turn it about; that is for the owner and the managers above."""
    require("bids.seclude", roles(turn, shelves, bid))
    step = policy.change(bid, turn.person.id, turn.now, confidential=not bid.confidential)
    return receipt(turn, shelves, step, views.changed)
