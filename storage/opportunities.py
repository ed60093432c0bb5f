"""Opportunities, and the questions that are asked about them."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Index, Text, bindparam, cast, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.opportunities import Opportunity, Outcome
from storage.base import Base, Choice, Instant, Shelf, Words, table_of


class OpportunityRow(Base):
    """One opportunity."""

    __tablename__ = "opportunities"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[int]
    customer_name: Mapped[str]
    customer_key: Mapped[str]
    title: Mapped[str]
    source: Mapped[str]
    amount: Mapped[Decimal | None]
    awarded: Mapped[Decimal | None]
    currency: Mapped[str]
    sales_owner: Mapped[str]
    owner: Mapped[str]
    members: Mapped[tuple[str, ...]]
    confidential: Mapped[bool]
    shares: Mapped[tuple[Any, ...]] = mapped_column(Words)
    state: Mapped[Outcome] = mapped_column(Choice)
    opened_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    note: Mapped[str]

    __table_args__ = (
        Index(None, "customer_key"),
        Index(None, "owner", "state"),
        Index(None, "state", "touched_at"),
    )


OPPORTUNITIES = table_of(OpportunityRow)
AMONG = [OPPORTUNITIES.c[name].in_(bindparam(f"{name}s", expanding=True)) for name in ("customer_key", "state")]
OF_CUSTOMER = select(OPPORTUNITIES).where(*AMONG).order_by(OPPORTUNITIES.c.id.desc())
NOW = bindparam("now", type_=Instant)
EARLIER = (OPPORTUNITIES.c.id == bindparam("number"), OPPORTUNITIES.c.touched_at < NOW)
TOUCHING = update(OPPORTUNITIES).where(*EARLIER).values(touched_at=NOW)


class Eyes(NamedTuple):
    """Through whose eyes opportunities are seen: a person's, with the ids of that person and of all who report to them."""

    person: str
    below: Collection[str]


class Opportunities(Shelf[Opportunity]):
    """The opportunities, within one transaction."""

    row = OpportunityRow
    record = Opportunity
    generated = True

    def of_customer(self, keys: Collection[str], states: Collection[Outcome]) -> list[Opportunity]:
        """Return the opportunities with a customer, by all its folded names, latest first."""
        return self.all_of(OF_CUSTOMER, {"customer_keys": list(keys), "states": list(states)})

    def named(self, folded_customer: str) -> list[Opportunity]:
        """Return the opportunities with a customer of this name, latest first, without those taken back."""
        return self.of_customer([folded_customer], set(Outcome) - {Outcome.RETRACTED})

    def listed(
        self, eyes: Eyes, states: Collection[Outcome], owners: Collection[str] | None, limit: int = 50, offset: int = 0
    ) -> list[Opportunity]:
        """Return one page of the opportunities that somebody may know of, those that moved last first."""
        page = select(OPPORTUNITIES).where(*narrowed(eyes, states, owners)).limit(limit).offset(offset)
        return self.all_of(page.order_by(OPPORTUNITIES.c.touched_at.desc(), OPPORTUNITIES.c.id.desc()))

    def touch(self, number: int, now: datetime) -> None:
        """Remember that something happened on an opportunity."""
        self.connection.execute(TOUCHING, {"number": number, "now": now})

    def untouched_since(self, moment: datetime) -> list[Opportunity]:
        """Return the open opportunities on which nothing happened since then, longest first."""
        stale = (OPPORTUNITIES.c.state == Outcome.OPEN, OPPORTUNITIES.c.touched_at < moment)
        return self.all_of(select(OPPORTUNITIES).where(*stale).order_by(OPPORTUNITIES.c.touched_at))


def narrowed(eyes: Eyes, states: Collection[Outcome], owners: Collection[str] | None) -> list[ColumnElement[Any]]:
    """Return the conditions of a list."""
    held = [] if owners is None else [OPPORTUNITIES.c.owner.in_(owners)]
    return [OPPORTUNITIES.c.state.in_(states), visible(eyes), *held]


def visible(eyes: Eyes) -> ColumnElement[bool]:
    """Return the condition that somebody may know of an opportunity: a confidential one is for those concerned."""
    named = [
        cast(column, Text).contains(f'"{eyes.person}"', autoescape=True) for column in (OPPORTUNITIES.c.members, OPPORTUNITIES.c.shares)
    ]
    concerned = [OPPORTUNITIES.c.owner.in_(eyes.below), OPPORTUNITIES.c.sales_owner == eyes.person, *named]
    return or_(~OPPORTUNITIES.c.confidential, *concerned)
