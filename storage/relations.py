"""A step of a customer is kept: the names follow, the deals are touched, and every message about the customer is told again."""

from bot.handbook import Handbook
from bot.policy.customers import Customer, Standing
from bot.policy.machine import Step
from bot.policy.opportunities import LIVE
from bot.policy.people import Person
from bot.views.blocks import Message
from bot.views.customers import enquiries
from storage.deals import deals_with, opinion_now, touch
from storage.kept import keep, tongue
from storage.outbox import Said
from storage.store import Shelves

ENQUIRIES = frozenset({enquiries.ASKED, enquiries.CHASED, enquiries.ANSWERED})


def keep_customer(shelves: Shelves, step: Step[Customer], handbook: Handbook, request: str = "") -> int:
    """Remember a step of a customer with all that follows from it; return the id of its event."""
    customer = step.record

    def render(said: Said, person: Person | None) -> Message | None:
        kind, _customer, number, *_more = said.key.split(":")
        if kind in ENQUIRIES:
            zone = person.zone if person else handbook.company.time_zone
            return enquiries.retold(tongue(handbook, person), kind, int(number), said.target, customer, zone)
        return opinion_now(shelves, customer, handbook, said, person)

    if customer.state is not Standing.MERGED:
        shelves.customers.rename(customer)
    for deal in deals_with(shelves, customer, LIVE):
        touch(shelves, deal.id, step.event.at)
    return keep(shelves, shelves.customers, step, render, request)
