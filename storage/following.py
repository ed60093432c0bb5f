"""A deal follows its bids, and what hangs on a deal its class; and a deal goes with the bid that made it."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.handbook import Handbook
from bot.policy.bids import Bid, State, Step
from bot.policy.bids.deal import followed
from bot.policy.customers import Customer, Standing
from bot.policy.demos import Demo
from bot.policy.machine import Step as Taken
from bot.policy.machine import event
from bot.policy.opportunities import Action, Opportunity, Outcome
from bot.policy.people import Person
from bot.policy.record import Event
from bot.policy.solutions import Solution
from bot.views.bids.retold import retold as bid_retold
from bot.views.bids.told import Told
from bot.views.blocks import Message
from bot.views.demos.sheet import SHEET
from bot.views.solutions.told import retold as solution_retold
from storage.base import Shelf
from storage.deals import deals_with, opinion_now, said_now, touch
from storage.kept import keep, tongue
from storage.outbox import Said
from storage.phases import parts_of
from storage.retelling import Render, retell
from storage.store import Shelves

# Of what hangs on a deal, the shelf of each kind, by the first word of its subject.
HANGING: Mapping[str, Callable[[Shelves], Shelf[Any]]] = {
    "bid": lambda shelves: shelves.bids,
    "demo": lambda shelves: shelves.demos,
    "research": lambda shelves: shelves.researches,
    "solution": lambda shelves: shelves.solutions,
    "survey": lambda shelves: shelves.surveys,
}


def follow_bid(shelves: Shelves, step: Step, handbook: Handbook, request: str) -> None:
    """Bring the deal of a bid up to date after a step of the bid, which is kept already."""
    deal = shelves.opportunities.get(step.bid.opportunity, lock=True) if step.bid.opportunity else None
    if deal is None or deal.state is Outcome.RETRACTED:
        return
    touch(shelves, deal.id, step.event.at)
    if step.bid.state is State.RETRACTED and goes_with(shelves, deal, step.event, request):
        return
    if taken := followed(deal, shelves.bids.of_opportunity(deal.id), step.bid, step.event):
        keep_deal(shelves, taken, handbook, request)


def goes_with(shelves: Shelves, deal: Opportunity, cause: Event, request: str) -> bool:
    """Take a deal out of the books that came with a record which `cause` took back, unless something else hangs on it; say whether."""
    origin = shelves.audit.of(cause.subject)[0].request
    if deal.state is Outcome.RETRACTED or not came_with(shelves, deal.subject, origin) or parts_of(shelves, deal):
        return False
    gone = deal.amended(state=Outcome.RETRACTED)
    keep_alone(shelves, Taken(gone, event(gone, deal, Action.UNDO, cause.actor, cause.at)), request)
    return True


def keep_deal(shelves: Shelves, step: Taken[Opportunity], handbook: Handbook, request: str = "") -> int:
    """Remember a step of an opportunity with all that follows from it; return the id of its event.

    All that hangs on it is as confidential as it is from now on.
    """
    change = keep_alone(shelves, step, request)
    was = step.event.was
    if was and was["confidential"] != step.record.confidential:
        share_class(shelves, step, handbook, request)
    return change


def share_class(shelves: Shelves, step: Taken[Opportunity], handbook: Handbook, request: str) -> None:
    """Let all that hangs on a deal, and what was told of its customer's opinions, follow its class."""
    for part in parts_of(shelves, step.record):
        classify(shelves, part.record.subject, step, handbook, request)
    if customer := shelves.customers.get(step.record.customer):
        retell(shelves, shelves.outbox.about(customer.subject), lambda said, to: opinion_now(shelves, customer, handbook, said, to))


def keep_alone(shelves: Shelves, step: Taken[Opportunity], request: str) -> int:
    """Remember a step of an opportunity; a customer who came into the books with one that is taken back goes with it."""
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


def classify(shelves: Shelves, subject: str, step: Taken[Opportunity], handbook: Handbook, request: str) -> None:
    """Make what hangs on a deal as confidential as a step made the deal; as that is nobody's own step, nobody undoes it alone."""
    kind, _colon, number = subject.partition(":")
    shelf = HANGING[kind](shelves)
    before = shelf.get(int(number), lock=True)
    if before is None or before.confidential == step.record.confidential:
        return
    after = before.amended(confidential=step.record.confidential)
    shelf.save(after)
    noted = event(after, before, Action.CHANGE, "", step.event.at, step.record.number).amended(request=request)
    tell_again(shelves, after, handbook, shelves.audit.note(noted))


def tell_again(shelves: Shelves, record: Any, handbook: Handbook, noted: Event) -> None:
    """Bring up to date what was said about a record whose class has changed; the sheet of a confidential demo leaves its channel."""
    told = shelves.outbox.about(record.subject)
    if isinstance(record, Bid):
        retell(shelves, told, bid_rendering(handbook, record, noted))
    elif isinstance(record, Solution):
        retell(shelves, told, solution_rendering(handbook, record))
    elif isinstance(record, Demo) and record.confidential:
        for said in told:
            if said.key.startswith(f"{SHEET}:"):
                shelves.outbox.withdraw(said.key)


def bid_rendering(handbook: Handbook, bid: Bid, noted: Event) -> Render:
    """Return how messages about a bid are told again after an event."""

    def render(said: Said, person: Person | None) -> Message | None:
        told = Told(said.key, said.target, said.message, said.ts != "", noted)
        return bid_retold(tongue(handbook, person), told, bid, handbook)

    return render


def solution_rendering(handbook: Handbook, solution: Solution) -> Render:
    """Return how messages about a solution are told again."""

    def render(said: Said, person: Person | None) -> Message | None:
        _ = tongue(handbook, person)
        names = {section.id: section.name[_.language] for section in handbook.solutions.sections}
        zone = person.zone if person else handbook.company.time_zone
        return solution_retold(_, said.key, said.target, zone, said.ts != "", solution, names)

    return render
