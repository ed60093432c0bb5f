"""What every step of a bid shares: who may take it, how it is kept, and how it is answered."""

from bot.language import translator
from bot.policy import bids as policy
from bot.policy.bids import Bid, Step
from bot.policy.people import Person, Role, require
from bot.views.bids import sheet as views
from bot.views.bids.retold import retold
from bot.views.blocks import Message
from handlers.context import Answer, Say, Turn
from storage.retelling import retell
from storage.store import Shelves


def allow(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Raise Forbidden unless this person may change this bid."""
    require("bids.change", roles(turn, shelves, bid))


def roles(turn: Turn, shelves: Shelves, bid: Bid) -> frozenset[Role]:
    """Return what this person is to this bid."""
    return turn.roles_for(shelves, bid.owner, bid.team)


def keep(turn: Turn, shelves: Shelves, step: Step) -> int:
    """Remember a step and bring every message about its bid up to date; return the id of the event."""
    shelves.bids.save(step.bid)
    event = shelves.audit.note(step.event.amended(request=turn.request))
    company = translator(turn.handbook.company.language)

    def render(kind: str, person: Person | None) -> Message | None:
        return retold(translator(person.speaks) if person else company, kind, step.bid, step.event.actor)

    retell(shelves, step.bid.subject, render)
    return event.id or 0


def receipt(turn: Turn, shelves: Shelves, step: Step, sentence: views.Says) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    change = keep(turn, shelves, step)
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(views.receipt(turn._, step.bid, sentence(turn._, step.bid), steps, change))
