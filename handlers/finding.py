"""Which record is meant by what was typed: its number, or its customer's name; never a guess."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from bot.language import N_
from bot.policy.customers import Customer
from bot.policy.machine import Staged
from bot.policy.opportunities import Opportunity, Outcome
from bot.policy.people import may, require
from bot.policy.refusal import Refusal
from bot.views import finding as views
from bot.words.numbers import is_number
from bot.words.text import Word, clean, fold, near, words
from handlers.context import Instead, Say, Turn
from storage.deals import SeveralDeals, deals_with, open_deal
from storage.store import Shelves


class Owned(Staged, Protocol):
    """A record that belongs to somebody and to a team, and may be confidential."""

    @property
    def owner(self) -> str:
        """Return the id of the owner."""

    @property
    def team(self) -> tuple[str, ...]:
        """Return the ids of those who work on it besides."""

    @property
    def confidential(self) -> bool:
        """Return whether only those concerned may know of it."""


RecordT = TypeVar("RecordT", bound=Owned)


class Shelved(Protocol[RecordT]):
    """A shelf whose records are called by their customer's name."""

    def get(self, key: Any, lock: bool = False) -> RecordT | None:
        """Return the record of this id."""

    def named(self, folded_customer: str) -> list[RecordT]:
        """Return the records for a customer, latest first, without those taken back."""


class Found(NamedTuple, Generic[RecordT]):
    """The record that was meant, and the words that followed its name."""

    record: RecordT
    rest: list[Word]

    @property
    def more(self) -> str:
        """Return the words that followed, as typed."""
        return " ".join(word.typed for word in self.rest)


@dataclass(frozen=True)
class Kind(Generic[RecordT]):
    """One kind of record: the letter of its numbers, its shelf, which states are still of interest, and how to enter one."""

    letter: str
    shelf: Callable[[Shelves], Shelved[RecordT]]
    live: Collection[Any]
    see: str
    example: str

    def find(self, turn: Turn, shelves: Shelves, goes_on: str) -> Found[RecordT]:
        """Return the record named at the beginning of the text; `goes_on` is the action of the button with which a picker goes on.

        Several matches are offered as a picker and none as the nearest names: both are raised as Instead.
        """
        typed = words(turn.text)
        for length in range(len(typed), 0, -1):
            matches = [record for record in self.matching(shelves, typed[:length]) if self.visible(turn, shelves, record)]
            if len(matches) > 1:
                rest = " ".join(word.typed for word in typed[length:])
                raise Instead(Say(views.picker(turn._, matches, goes_on, rest)))
            if matches:
                return Found(matches[0], typed[length:])
        raise Instead(Say(views.nearest(turn._, turn.text.strip(), self.near(turn, shelves, typed), goes_on, self.example)))

    def by_value(self, turn: Turn, shelves: Shelves) -> RecordT:
        """Return the record whose id a button carries; what a button carries is checked again."""
        return self.by_id(turn, shelves, turn.value.partition(":")[0])

    def by_id(self, turn: Turn, shelves: Shelves, number: str) -> RecordT:
        """Return a record by its id as text, held until this transaction ends."""
        known = is_number(number)
        record = self.shelf(shelves).get(int(number), lock=True) if known else None
        if record is None or not self.visible(turn, shelves, record):
            raise Instead(Say(views.nearest(turn._, f"{self.letter}-{number}", (), "", self.example)))
        return record

    def visible(self, turn: Turn, shelves: Shelves, record: RecordT) -> bool:
        """Say whether this person may know of the record; refuse those who may see none of this kind."""
        require(self.see, turn.roles_for(shelves, record.owner, record.team))
        return known(turn, shelves, record)

    def near(self, turn: Turn, shelves: Shelves, typed: Sequence[Word]) -> list[views.Near]:
        """Return the records whose customers' names come near to what was typed, of those that this person may see."""
        if len(typed) == 1 and self.number(typed[0]):
            return []
        found = [(name, record) for name in near_names(shelves, turn.text) for record in self.called(shelves, fold(name))]
        seen = [(name, each) for name, each in found if may(self.see, turn.roles_for(shelves, each.owner, each.team))]
        return [views.Near(each, rest_after(typed, name)) for name, each in seen if known(turn, shelves, each)]

    def number(self, word: Word) -> re.Match[str] | None:
        """Return the match of a word that is one of this kind's numbers."""
        return re.fullmatch(rf"{self.letter}-?(\d{{1,9}})", word.text, re.IGNORECASE)

    def matching(self, shelves: Shelves, typed: Sequence[Word]) -> list[RecordT]:
        """Return the records of that number or customer; those still alive come before those finished."""
        number = self.number(typed[0]) if len(typed) == 1 else None
        if number:
            record = self.shelf(shelves).get(int(number[1]), lock=True)
            return [record] if record else []
        return self.called(shelves, fold(" ".join(word.typed for word in typed)))

    def called(self, shelves: Shelves, key: str) -> list[RecordT]:
        """Return the records for the customer of a folded name; those still alive come before those finished."""
        keys = shelves.customers.keys(key)
        named = [record for key in keys for record in self.shelf(shelves).named(key)]
        return [record for record in named if record.state in self.live] or named


def deal(turn: Turn, shelves: Shelves, name: str, goes_on: str, typed: str = "", **facts: Any) -> Opportunity:
    """Return the one live opportunity with the customer of a name, entered with these facts where there is none.

    Several are offered as a picker, raised as Instead, that goes on with the button `goes_on`, whose value is the id of the
    chosen one and what else was typed, with a colon between.
    """
    try:
        found = open_deal(
            shelves, name, turn.person.id, turn.now, turn.handbook, lambda each: known(turn, shelves, each), turn.request, **facts
        )
        return found.opportunity
    except SeveralDeals as several:
        raise Instead(Say(views.picker(turn._, several.opportunities, goes_on, typed))) from several


def named_customer(typed: str) -> str:
    """Return a customer's name as it is kept; one without a letter or digit is refused."""
    name = " ".join(clean(typed).split())
    if not any(character.isalnum() for character in name):
        raise Refusal(N_("A customer's name needs a letter or a digit."), field="customer")
    return name


def known(turn: Turn, shelves: Shelves, record: Owned) -> bool:
    """Say whether this person may know that the record exists: a confidential one is for those concerned."""
    return not record.confidential or bool(turn.roles_for(shelves, record.owner, record.team) - turn.roles)


def customer_known(turn: Turn, shelves: Shelves, customer: Customer) -> bool:
    """Say whether this person may know of the customer: not of one with whom everything is confidential to them."""
    deals = deals_with(shelves, customer, set(Outcome) - {Outcome.RETRACTED})
    return not deals or any(known(turn, shelves, deal) for deal in deals)


def near_customers(turn: Turn, shelves: Shelves, typed: str) -> list[str]:
    """Return the names of customers that come near to what was typed, of whom this person may know."""
    return [customer.name for customer in customers_near(turn, shelves, typed)]


def customers_near(turn: Turn, shelves: Shelves, typed: str) -> list[Customer]:
    """Return the customers whose names come near to what was typed, of whom this person may know."""
    found = [shelves.customers.called(fold(name)) for name in near_names(shelves, typed)] if may("customers.see", turn.roles) else []
    return [customer for customer in found if customer and customer_known(turn, shelves, customer)]


def near_names(shelves: Shelves, typed: str) -> list[str]:
    """Return the names of customers that come near to what was typed, whoever may know of them."""
    return near(typed, shelves.customers.names())


def rest_after(typed: Sequence[Word], name: str) -> str:
    """Return what was typed behind the words that come nearest to a name."""

    def likeness(length: int) -> float:
        return SequenceMatcher(None, fold(" ".join(word.typed for word in typed[:length])), fold(name)).ratio()

    length = max(range(1, len(typed) + 1), key=likeness, default=0)
    return " ".join(word.typed for word in typed[length:])
