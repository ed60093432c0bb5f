"""The department's bids of the last thirteen months, entered and taken through their stages as if by commands, one by one."""

from collections.abc import Iterator
from datetime import datetime

from bot.policy import bids as policy
from bot.policy.bids import Bid, Member, Step
from bot.words.text import fold
from sandbox.department.assessing import assessed
from sandbox.department.deals import DEALS, thousands
from sandbox.department.people import ZONES
from sandbox.department.preparing import prepared
from sandbox.department.rules import calendar, handbook
from sandbox.department.setting import Act, Setting
from sandbox.department.settling import handed_in, settled
from storage.counting import count_bid
from storage.deals import open_deal, touch
from storage.following import follow_bid
from storage.store import Shelves

CONFIDENTIAL = frozenset({"霁川银行", "Merrin & Vale Insurance"})


def fill(shelves: Shelves, start: datetime) -> None:
    """Enter the deals and take their steps, in the order in which they happened."""
    settings = [Setting(deal, place, start, handbook(), calendar()) for place, deal in enumerate(DEALS)]
    happened = ((act.at, setting.place, nth, act) for setting in settings for nth, act in enumerate(acts(setting)))
    kept: dict[int, tuple[Bid, datetime]] = {}
    for at, place, _nth, act in sorted(happened, key=lambda one: one[:3]):
        bid = kept[place][0] if place in kept else entered(shelves, settings[place], at)
        kept[place] = keep(shelves, bid, act.take(bid, at), request_of(settings[place], at)), at
    for bid, last in kept.values():
        shelves.bids.save(bid)
        touch(shelves, bid.opportunity, last)
        count_bid(shelves, bid, handbook())


def keep(shelves: Shelves, before: Bid, step: Step, request: str) -> Bid:
    """Remember a step with what follows from it on its deal; nobody was told anything, and each bid is saved in the end."""
    shelves.audit.note(step.event.amended(request=request))
    followed = (before.state, before.team, before.confidential) != (step.bid.state, step.bid.team, step.bid.confidential)
    if followed or step.event.was is None:
        shelves.bids.save(step.bid)
        follow_bid(shelves, step, handbook(), request)
    return step.bid


def acts(setting: Setting) -> Iterator[Act]:
    """Yield what was done with a deal until it was decided, or is still open."""
    deal = setting.deal
    yield setting.act(deal.entered, deal.owner, register)
    if deal.customer in CONFIDENTIAL:
        yield setting.act(deal.entered, deal.owner, seclude, hour=17)
    last = 0 if deal.decided is None else deal.decided
    yield from (act for act in (*assessed(setting), *prepared(setting), *handed_in(setting)) if act.day < last)
    yield from settled(setting)


def entered(shelves: Shelves, setting: Setting, at: datetime) -> Bid:
    """Return a deal's bid as it was first entered, with its customer and its opportunity."""
    deal = setting.deal
    bid = Bid(
        customer=deal.customer,
        customer_key=fold(deal.customer),
        owner=deal.owner,
        amount=thousands(deal.asked) if deal.asked else None,
        currency=deal.currency,
        deadline=setting.deadline,
        zone=ZONES[deal.owner],
        registered_at=at,
        members=tuple(Member(person=person) for person in deal.team),
    )
    request = request_of(setting, at)
    found = open_deal(shelves, deal.customer, deal.owner, at, setting.handbook, request=request, amount=bid.amount, currency=bid.currency)
    return shelves.bids.add(policy.check_new(bid, at).amended(opportunity=found.opportunity.id))


def register(bid: Bid, at: datetime) -> Step:
    """Enter a bid."""
    return policy.registered(bid, at)


def seclude(bid: Bid, at: datetime) -> Step:
    """Make a bid confidential."""
    return policy.change(bid, bid.owner, at, confidential=True)


def request_of(setting: Setting, at: datetime) -> str:
    """Return the name of the request in which something was done with a deal."""
    return f"{setting.place}:{at:%Y%m%dT%H%M}"
