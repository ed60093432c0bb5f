"""A step of a bid is kept: the record, the event that it leaves, and every message about the bid brought up to date."""

from bot.handbook import Handbook
from bot.language import translator
from bot.policy.bids import Step
from bot.policy.people import Person
from bot.views.bids.retold import retold
from bot.views.blocks import Message
from storage.retelling import retell
from storage.store import Shelves


def keep_bid(shelves: Shelves, step: Step, handbook: Handbook, request: str = "") -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    shelves.bids.save(step.bid)
    event = shelves.audit.note(step.event.amended(request=request))
    company = translator(handbook.company.language)

    def render(kind: str, person: Person | None) -> Message | None:
        return retold(translator(person.speaks) if person else company, kind, step.bid, handbook.bids.announced_amount)

    retell(shelves, step.bid.subject, render)
    return event.id or 0
