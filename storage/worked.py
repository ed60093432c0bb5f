"""The shelves of what people work on for a deal: found by customer or deal, and listed in pages to those who may know of it."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import ColumnElement, Text, cast, func, or_, select

from storage.base import RecordT, Shelf


class Wanted(NamedTuple):
    """What a list is narrowed to; `person` looks at it, and `below` are the ids of that person and of all who report to them."""

    person: str
    below: Collection[str]
    states: Collection[StrEnum]
    owners: Collection[str] | None = None
    partaker: str = ""
    keys: Collection[str] | None = None


class Worked(Shelf[RecordT]):
    """The records of one kind of work, within one transaction."""

    generated = True
    retracted: ClassVar[StrEnum]
    team: ClassVar[tuple[tuple[str, str], ...]]  # the columns that name who works on it, each with the field; "" in a list of ids

    def named(self, folded_customer: str) -> list[RecordT]:
        """Return the records for a customer, latest first, without those taken back."""
        return self.counting(self.table.c.customer_key == folded_customer)

    def of_opportunity(self, number: int) -> list[RecordT]:
        """Return the records for a deal, latest first, without those taken back."""
        return self.counting(self.table.c.opportunity == number)

    def counting(self, condition: ColumnElement[bool]) -> list[RecordT]:
        """Return the records of which this is true, latest first, without those taken back."""
        wanted = (condition, self.table.c.state != self.retracted)
        return self.all_of(select(self.table).where(*wanted).order_by(self.table.c.id.desc()))

    def listed(self, wanted: Wanted, limit: int = 50, offset: int = 0) -> list[RecordT]:
        """Return one page of a list."""
        page = select(self.table).where(*self.narrowed(wanted)).order_by(*self.order())
        return self.all_of(page.limit(limit).offset(offset))

    def count(self, wanted: Wanted) -> int:
        """Return how many records there are in all pages."""
        return self.connection.execute(select(func.count()).select_from(self.table).where(*self.narrowed(wanted))).scalar_one()

    def order(self) -> tuple[ColumnElement[Any], ...]:
        """Return the order of a list: latest first."""
        return (self.table.c.id.desc(),)

    def narrowed(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        """Return the conditions of a list; what is confidential is for its owner, those who work on it and the managers above."""
        known = self.table.c
        return [
            known.state.in_(wanted.states),
            or_(~known.confidential, known.owner.in_(wanted.below), self.on_team(wanted.person)),
            *([] if wanted.owners is None else [self.held_by(wanted.owners)]),
            *([or_(known.owner == wanted.partaker, self.on_team(wanted.partaker))] if wanted.partaker else []),
            *([] if wanted.keys is None else [known.customer_key.in_(wanted.keys)]),
        ]

    def held_by(self, owners: Collection[str]) -> ColumnElement[bool]:
        """Return the condition that a record is in the list of these people."""
        return self.table.c.owner.in_(owners)

    def on_team(self, person: str) -> ColumnElement[bool]:
        """Return the condition that somebody works on it.

        The team is kept as JSON, in which a quote inside a text is escaped: what is sought cannot be part of a text.
        """
        sought = {column: f'"{field}": "{person}"' if field else f'"{person}"' for column, field in self.team}
        return or_(*(cast(self.table.c[column], Text).contains(words, autoescape=True) for column, words in sought.items()))
