"""What every step of a bid shares: who may take it, how it is kept, and how it is answered."""

from collections.abc import Collection, Iterable

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import CORRECTABLE, UNDECIDED, Bid, State, Step
from bot.policy.people import Person, Role, is_outsider, require
from bot.policy.refusal import Refusal
from bot.views.bids import sheet as views
from handlers.context import Answer, Say, Turn
from storage.keeping import keep_bid
from storage.store import Shelves


def allow(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Raise Forbidden unless this person may change this bid."""
    require("bids.change", roles(turn, shelves, bid))


def roles(turn: Turn, shelves: Shelves, bid: Bid) -> frozenset[Role]:
    """Return what this person is to this bid, and whether they decide about it, or may correct it."""
    held = turn.roles_for(shelves, bid.owner, bid.team)
    deciding = bid.state in UNDECIDED | CORRECTABLE | {State.NO_GO} and turn.person in who_decides(turn, shelves, bid)
    return held | {Role.DECIDER} if deciding else held


def who_decides(turn: Turn, shelves: Shelves, bid: Bid) -> list[Person]:
    """Return those who may decide about a bid, the nearest first; the environment names the first administrators."""
    above = [shelves.people.get(manager) for manager in shelves.people.managers_of(bid.owner)]
    line = [person for person in above if person and not is_outsider(person)]
    known = [] if line else shelves.people.active()
    first = turn.desk.admins
    admins = [person for person in known if Role.ADMIN in person.roles or {person.id.casefold(), person.email.casefold()} & first]
    return policy.deciders(bid, line, admins, turn.handbook)


def check_told(turn: Turn, bid: Bid, people: Iterable[Person], field: str | None = None, besides: Collection[str] = ()) -> None:
    """Refuse to name people on a bid of which they may not know: who is named is told of it. `besides` may know all the same."""
    outside = [person.name for person in people if not policy.sees_bid(bid, person.id) and person.id not in besides]
    if outside:
        reason = N_("{customer} is confidential, so only its team may know of it. First name for the team: {people}.")
        raise Refusal(reason, field=field, customer=bid.customer, people=turn._.list(outside))


def keep(turn: Turn, shelves: Shelves, step: Step) -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    return keep_bid(shelves, step, turn.handbook, turn.request)


def receipt(turn: Turn, shelves: Shelves, step: Step, sentence: views.Says) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    change = keep(turn, shelves, step)
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(views.receipt(turn._, step.bid, sentence(turn._, step.bid), steps, change))
