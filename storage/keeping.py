"""A step of a bid is kept: the record, the event that it leaves, and every message about the bid brought up to date."""

from datetime import timedelta

from bot.handbook import Handbook
from bot.language import translator
from bot.policy.bids import Step
from bot.policy.bids.owed import LOOK_BACK, concerned
from bot.policy.people import Person
from bot.views.bids.digest import DIGEST
from bot.views.bids.retold import retold
from bot.views.bids.told import Told
from bot.views.blocks import Message
from storage.counting import count_bid
from storage.following import follow_bid
from storage.outbox import Said
from storage.retelling import retell, said_daily
from storage.store import Shelves


def keep_bid(shelves: Shelves, step: Step, handbook: Handbook, request: str = "") -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    shelves.bids.save(step.bid)
    event = shelves.audit.note(step.event.amended(request=request))
    company = translator(handbook.company.language)

    def render(said: Said, person: Person | None) -> Message | None:
        told = Told(said.key, said.target, said.message, said.ts != "", event)
        return retold(translator(person.speaks) if person else company, told, step.bid, handbook)

    since = (event.at - LOOK_BACK - max(handbook.bids.reminders.before, default=timedelta())).date()
    digests = said_daily(shelves, DIGEST, concerned(step.bid), since)
    retell(shelves, [*shelves.outbox.about(step.bid.subject), *digests], render)
    follow_bid(shelves, step, request)
    count_bid(shelves, step.bid, handbook)  # last: whoever counts keeps others waiting until the transaction ends
    return event.id or 0
