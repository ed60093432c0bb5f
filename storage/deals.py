"""Deals: the customer that is meant by a name, and the one opportunity on which everything about the deal hangs."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.handbook import Handbook
from bot.language import translator
from bot.policy import customers, opportunities
from bot.policy.customers import Customer
from bot.policy.opportunities import LIVE, Opportunity, Outcome, value_of
from bot.policy.people import Person
from bot.views.blocks import Message
from bot.views.customers import opinions
from bot.views.customers.opinions import Behind
from bot.views.opportunities.told import retold
from bot.words.text import fold
from storage.outbox import Said
from storage.retelling import retell
from storage.store import Shelves

OPINIONS = frozenset({opinions.POSTED, opinions.REPLIED})


class Deal(NamedTuple):
    """A customer, and the opportunity with them."""

    customer: Customer
    opportunity: Opportunity


class SeveralDeals(Exception):
    """There are several live opportunities with the customer: a person has to say which one is meant."""

    def __init__(self, opportunities: Sequence[Opportunity]) -> None:
        super().__init__(", ".join(opportunity.number for opportunity in opportunities))
        self.opportunities = opportunities


def everybody_may(_opportunity: Opportunity) -> bool:
    """Say that the opportunity may be known of."""
    return True


def open_deal(
    shelves: Shelves,
    name: str,
    person: str,
    now: datetime,
    handbook: Handbook,
    may_see: Callable[[Opportunity], bool] = everybody_may,
    request: str = "",
    **facts: Any,
) -> Deal:
    """Return the customer of a name and the one live opportunity with them; enter either where there is none.

    `facts` are fields of an opportunity that is opened; one that the person may not know of counts for none.
    Several live ones raise SeveralDeals.
    """
    customer = enter_customer(shelves, name, person, now, request)
    live = [deal for deal in deals_with(shelves, customer, LIVE) if may_see(deal)]
    if len(live) > 1:
        raise SeveralDeals(live)
    return Deal(customer, live[0] if live else open_opportunity(shelves, customer, person, now, handbook, request, **facts))


def deals_with(shelves: Shelves, customer: Customer, states: Collection[Outcome]) -> list[Opportunity]:
    """Return the opportunities with a customer, whichever of its names they were entered under, latest first."""
    return shelves.opportunities.of_customer(shelves.customers.keys(customer.key), states)


def open_opportunity(
    shelves: Shelves, customer: Customer, person: str, now: datetime, handbook: Handbook, request: str = "", **facts: Any
) -> Opportunity:
    """Enter one more opportunity with a customer, of which the person becomes the owner unless the facts name one."""
    fields: dict[str, Any] = {"owner": person, "currency": handbook.company.currency, "opened_at": now, "touched_at": now, **facts}
    draft = Opportunity(customer=customer.id, customer_name=customer.name, customer_key=customer.key, **fields)
    opportunity = shelves.opportunities.add(draft)
    shelves.audit.note(opportunities.opened(opportunity, person, now).event.amended(request=request))
    return opportunity


def enter_customer(shelves: Shelves, name: str, person: str, now: datetime, request: str = "") -> Customer:
    """Return the customer of a name, entered now if there was none."""
    draft = Customer(name=name, key=fold(name), entered_by=person, entered_at=now)
    customer = shelves.customers.enter(draft)
    if not shelves.audit.last(customer.subject):
        shelves.audit.note(customers.entered(customer).event.amended(request=request))
    return customer


def touch(shelves: Shelves, opportunity: int, now: datetime) -> None:
    """Remember that something happened on an opportunity, if there is one, and settle what was asked because nothing did."""
    if opportunity:
        shelves.opportunities.touch(opportunity, now)
        deal = shelves.opportunities.get(opportunity)
        retell(shelves, shelves.outbox.about(f"opportunity:{opportunity}"), lambda said, to: said_now(said, to, deal))


def said_now(said: Said, to: Person | None, deal: Opportunity | None) -> Message | None:
    """Return what a message about an opportunity should say now; all of them are told to people directly."""
    return retold(translator(to.speaks), said.key, to.id, deal) if to and deal else None


def behind(shelves: Shelves, customer: Customer, handbook: Handbook) -> Behind:
    """Return what stands behind an opinion of a customer; confidential deals are neither counted nor hinted at."""
    deals = deals_with(shelves, customer, set(Outcome) - {Outcome.RETRACTED})
    shown = [deal for deal in deals if not deal.confidential]
    live = [deal for deal in shown if deal.state in LIVE]
    return Behind(len(live), value_of(live, handbook.company), bool(deals) and not shown)


def opinion_now(shelves: Shelves, customer: Customer, handbook: Handbook, said: Said, person: Person | None) -> Message | None:
    """Return what a message about an opinion of a customer should say now, or None for any other message."""
    kind, _customer, number, *_more = said.key.split(":")
    if kind not in OPINIONS:
        return None
    _ = translator(person.speaks if person else handbook.company.language)
    return opinions.retold(_, kind, int(number), customer, behind(shelves, customer, handbook))
