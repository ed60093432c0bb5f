"""Which customer is meant by what was typed, and how a step of one is kept and answered."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.policy.customers import Customer, Standing
from bot.policy.machine import Step
from bot.policy.people import require
from bot.views import finding
from bot.views.blocks import Sentence
from bot.views.customers import sheet as views
from bot.words.numbers import is_number, number_in
from bot.words.text import Word, fold, words
from handlers.context import Answer, Instead, Say, Turn
from handlers.finding import customer_known, customers_near, named_customer, rest_after
from storage.deals import enter_customer
from storage.relations import keep_customer
from storage.store import Shelves

EXAMPLE = "/opportunity new ACME 1.2m"
NUMBER = re.compile(r"c-?(\d{1,9})", re.IGNORECASE)


class Found(NamedTuple):
    """The customer who was meant, and the words that followed the name."""

    customer: Customer
    rest: list[Word]

    @property
    def more(self) -> str:
        """Return the words that followed, as typed."""
        return " ".join(word.typed for word in self.rest)


def find_customer(turn: Turn, shelves: Shelves, action: str = "customers.change", goes_on: str = "") -> Found:
    """Return the customer named at the beginning of the text; without one, the nearest are raised as Instead.

    `goes_on` is the action of the button with which the choice of one goes on.
    """
    require(action, turn.roles)
    typed = words(turn.text)
    for length in range(len(typed), 0, -1):
        customer = called(turn, shelves, typed[:length])
        if customer:
            return Found(customer, typed[length:])
    near = [finding.Near(customer, rest_after(typed, customer.name)) for customer in customers_near(turn, shelves, turn.text)]
    raise Instead(Say(finding.nearest(turn._, turn.text.strip(), near, goes_on, EXAMPLE)))


def called(turn: Turn, shelves: Shelves, typed: Sequence[Word]) -> Customer | None:
    """Return the customer of that number or name, if this person may know of them."""
    number = NUMBER.fullmatch(typed[0].text) if len(typed) == 1 else None
    key = fold(" ".join(word.typed for word in typed))
    customer = shelves.customers.get(int(number[1])) if number else shelves.customers.called(key)
    while customer and customer.merged_into:
        customer = shelves.customers.get(customer.merged_into)
    return customer if customer and seen(turn, shelves, customer) else None


def by_value(turn: Turn, shelves: Shelves, value: str, action: str = "customers.change") -> Customer:
    """Return the customer whose id begins a value that a button or a form carries, held until this transaction ends."""
    require(action, turn.roles)
    number = value.partition(":")[0]
    fits = is_number(number)
    customer = shelves.customers.get(int(number), lock=True) if fits else None
    if customer is None or not seen(turn, shelves, customer):
        raise Instead(Say(finding.nearest(turn._, f"C-{number}", (), "", EXAMPLE)))
    return customer


def seen(turn: Turn, shelves: Shelves, customer: Customer) -> bool:
    """Say whether the customer is in the books, and this person may know of them."""
    return customer.state is not Standing.RETRACTED and customer_known(turn, shelves, customer)


def enter(turn: Turn, shelves: Shelves, typed: str) -> Customer:
    """Return the customer of a name typed on a form, entered now if there was none."""
    require("customers.change", turn.roles)
    return enter_customer(shelves, named_customer(typed), turn.person.id, turn.now, turn.request)


def number_behind(value: str) -> int:
    """Return the number behind the first colon of a value, or 0."""
    number = value.partition(":")[2].partition(":")[0]
    return number_in(number)


def typed_in(turn: Turn) -> list[Word]:
    """Return the words that a button carries behind the customer."""
    return words(turn.value.partition(":")[2])


def keep(turn: Turn, shelves: Shelves, step: Step[Customer]) -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    return keep_customer(shelves, step, turn.handbook, turn.request)


def receipt(turn: Turn, shelves: Shelves, step: Step[Customer], said: Sequence[Sentence]) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    return Say(views.receipt(turn._, step.record, said, keep(turn, shelves, step)))
