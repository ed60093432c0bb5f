"""What every step of a bid shares: who may take it, how it is kept, and how it is answered."""

from bot.policy import bids as policy
from bot.policy.bids import DECIDED, UNDECIDED, Bid, State, Step
from bot.policy.people import Person, Role, is_outsider, require
from bot.views.bids import sheet as views
from handlers.context import Answer, Say, Turn
from storage.keeping import keep_bid
from storage.store import Shelves


def allow(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Raise Forbidden unless this person may change this bid."""
    require("bids.change", roles(turn, shelves, bid))


def roles(turn: Turn, shelves: Shelves, bid: Bid) -> frozenset[Role]:
    """Return what this person is to this bid, and, while that is open, whether they decide about it."""
    held = turn.roles_for(shelves, bid.owner, bid.team)
    deciding = bid.state in UNDECIDED | DECIDED | {State.NO_GO} and turn.person in who_decides(turn, shelves, bid)
    return held | {Role.DECIDER} if deciding else held


def who_decides(turn: Turn, shelves: Shelves, bid: Bid) -> list[Person]:
    """Return those who may decide about a bid, the nearest first; the environment names the first administrators."""
    above = [shelves.people.get(manager) for manager in shelves.people.managers_of(bid.owner)]
    line = [person for person in above if person and not is_outsider(person)]
    known = [] if line else shelves.people.active()
    first = turn.desk.admins
    admins = [person for person in known if Role.ADMIN in person.roles or {person.id.casefold(), person.email.casefold()} & first]
    return policy.deciders(bid, line, admins, turn.handbook)


def keep(turn: Turn, shelves: Shelves, step: Step) -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    return keep_bid(shelves, step, turn.handbook, turn.request)


def receipt(turn: Turn, shelves: Shelves, step: Step, sentence: views.Says) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    change = keep(turn, shelves, step)
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(views.receipt(turn._, step.bid, sentence(turn._, step.bid), steps, change))
