"""What every step of a bid shares: who may take it, how it is kept, and how it is answered."""

from bot.policy import bids as policy
from bot.policy.bids import Bid, Step
from bot.policy.people import Role, require
from bot.views.bids import sheet as views
from handlers.context import Answer, Say, Turn
from storage.keeping import keep_bid
from storage.store import Shelves


def allow(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Raise Forbidden unless this person may change this bid."""
    require("bids.change", roles(turn, shelves, bid))


def roles(turn: Turn, shelves: Shelves, bid: Bid) -> frozenset[Role]:
    """Return what this person is to this bid."""
    return turn.roles_for(shelves, bid.owner, bid.team)


def keep(turn: Turn, shelves: Shelves, step: Step) -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    return keep_bid(shelves, step, turn.handbook, turn.request)


def receipt(turn: Turn, shelves: Shelves, step: Step, sentence: views.Says) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    change = keep(turn, shelves, step)
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(views.receipt(turn._, step.bid, sentence(turn._, step.bid), steps, change))
