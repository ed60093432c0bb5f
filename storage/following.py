"""A deal follows its bids: its outcome, its team and whether it is confidential; and it goes with the bid that made it."""

from bot.policy.bids import State, Step
from bot.policy.bids.deal import followed
from bot.policy.customers import Customer, Standing
from bot.policy.machine import Step as Taken
from bot.policy.machine import event
from bot.policy.opportunities import Action, Opportunity, Outcome
from bot.policy.record import Event
from storage.deals import deals_with, said_now, touch
from storage.kept import keep
from storage.phases import parts_of
from storage.store import Shelves


def follow_bid(shelves: Shelves, step: Step, request: str) -> None:
    """Bring the deal of a bid up to date after a step of the bid, which is kept already."""
    deal = shelves.opportunities.get(step.bid.opportunity, lock=True) if step.bid.opportunity else None
    if deal is None or deal.state is Outcome.RETRACTED:
        return
    touch(shelves, deal.id, step.event.at)
    if step.bid.state is State.RETRACTED and goes_with(shelves, deal, step.event, request):
        return
    if taken := followed(deal, shelves.bids.of_opportunity(deal.id), step.bid, step.event):
        keep_deal(shelves, taken, request)


def goes_with(shelves: Shelves, deal: Opportunity, cause: Event, request: str) -> bool:
    """Take a deal out of the books that came with a record which `cause` took back, unless something else hangs on it; say whether."""
    origin = shelves.audit.of(cause.subject)[0].request
    if deal.state is Outcome.RETRACTED or not came_with(shelves, deal.subject, origin) or parts_of(shelves, deal):
        return False
    gone = deal.amended(state=Outcome.RETRACTED)
    keep_deal(shelves, Taken(gone, event(gone, deal, Action.UNDO, cause.actor, cause.at)), request)
    return True


def keep_deal(shelves: Shelves, step: Taken[Opportunity], request: str = "") -> int:
    """Remember a step of an opportunity with all that follows from it; return the id of its event.

    A customer who came into the books with an opportunity that is taken back goes with it.
    """
    deal = step.record.amended(touched_at=max(step.record.touched_at, step.event.at))
    change = keep(shelves, shelves.opportunities, Taken(deal, step.event), lambda said, to: said_now(said, to, deal), request)
    customer = shelves.customers.get(deal.customer, lock=True) if deal.state is Outcome.RETRACTED else None
    if customer and not deals_with(shelves, customer, set(Outcome) - {Outcome.RETRACTED}):
        origin = shelves.audit.of(deal.subject)[0].request
        if came_with(shelves, customer.subject, origin):
            forget(shelves, customer, step.event, request)
    return change


def came_with(shelves: Shelves, subject: str, request: str) -> bool:
    """Say whether a subject was entered by this request, and not touched since."""
    return request != "" and {change.request for change in shelves.audit.of(subject)} == {request}


def forget(shelves: Shelves, customer: Customer, cause: Event, request: str) -> None:
    """Take a customer out of the books."""
    gone = customer.amended(state=Standing.RETRACTED)
    shelves.customers.save(gone)
    shelves.customers.rename(gone)
    shelves.audit.note(event(gone, customer, Action.UNDO, cause.actor, cause.at).amended(request=request))
