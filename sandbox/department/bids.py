"""The department's bids of the last thirteen months, entered and settled as if they had been typed one by one."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from bot.policy import bids as policy
from bot.policy.bids import UNSUBMITTED, Action, Bid, Member, Step
from bot.policy.money import Money
from bot.words.text import fold
from sandbox.department.dates import moment
from sandbox.department.deals import DEALS, Deal
from sandbox.department.people import ZONES
from storage.store import Shelves

CLOSING = time(17)


class Move(NamedTuple):
    """What was done when with the deal of this place in the table."""

    at: datetime
    place: int
    action: Action


def fill(shelves: Shelves, start: datetime) -> None:
    """Enter the deals and take their steps, in the order in which they happened."""
    bids: dict[int, Bid] = {}
    for move in sorted(move for place in range(len(DEALS)) for move in moves(place, start)):
        deal = DEALS[move.place]
        bid = bids.get(move.place) or shelves.bids.add(entered(deal, move.at, start))
        for step in taken(bid, deal, move):
            shelves.bids.save(step.bid)
            # Each move is a request of its own: what belongs to one request is undone together.
            shelves.audit.note(step.event.amended(request=f"{bid.subject}:{move.action}"))
            bids[move.place] = step.bid


def moves(place: int, start: datetime) -> Iterator[Move]:
    """Yield what was done with a deal, always between nine and four by its owner's clock."""
    deal = DEALS[place]
    outcome = Action.LOSE if isinstance(deal.outcome, str) else Action.WIN
    days = {Action.REGISTER: deal.entered, Action.SUBMIT: deal.submitted, outcome: deal.decided}
    for nth, (action, day) in enumerate(days.items()):
        if day is not None:
            clock_time = time(9 + (place + 3 * nth) % 7, (17 * place + 11 * nth) % 60)
            yield Move(moment(start, day, clock_time, ZONES[deal.owner]), place, action)


def entered(deal: Deal, at: datetime, start: datetime) -> Bid:
    """Return a deal's bid as it was first entered."""
    bid = Bid(
        customer=deal.customer,
        customer_key=fold(deal.customer),
        owner=deal.owner,
        amount=thousands(deal.asked) if deal.asked else None,
        currency=deal.currency,
        deadline=deadline(deal, start),
        zone=ZONES[deal.owner],
        registered_at=at,
        members=tuple(Member(person=person) for person in deal.team),
    )
    return policy.check_new(bid, at)


def deadline(deal: Deal, start: datetime) -> datetime | None:
    """Return when a deal's bid has to be handed in."""
    match deal.due:
        case None:
            return None
        case timedelta():
            return (start + deal.due).replace(minute=0, second=0, microsecond=0)
        case day:
            return moment(start, day, CLOSING, ZONES[deal.owner])


def taken(bid: Bid, deal: Deal, move: Move) -> Iterator[Step]:
    """Yield the steps of one move: an outcome also records a submission that nobody had recorded."""
    match move.action:
        case Action.REGISTER:
            yield policy.registered(bid, move.at)
        case Action.SUBMIT:
            yield policy.submit(bid, deal.owner, move.at)
        case _ if bid.state in UNSUBMITTED:
            gap = policy.fill_gap(bid, Action.SUBMIT, deal.owner, move.at)
            yield gap
            yield decided(gap.bid, deal, move)
        case _:
            yield decided(bid, deal, move)


def decided(bid: Bid, deal: Deal, move: Move) -> Step:
    """Return the step to a deal's outcome."""
    if isinstance(deal.outcome, str):
        return policy.lose(bid, deal.outcome, deal.note, deal.owner, move.at)
    return policy.win(bid, Money(amount=thousands(deal.outcome), currency=deal.currency), deal.owner, move.at)


def thousands(amount: int) -> Decimal:
    """Return an amount that the table gives in thousands."""
    return Decimal(amount * 1000)
