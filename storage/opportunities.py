"""Opportunities, and the questions that are asked about them."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Index, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.opportunities import Opportunity, Outcome
from storage.base import Base, Choice, Shelf, Words, table_of


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


class Opportunities(Shelf[Opportunity]):
    """The opportunities, within one transaction."""

    row = OpportunityRow
    record = Opportunity
    generated = True

    def of_customer(self, keys: Collection[str], states: Collection[Outcome]) -> list[Opportunity]:
        """Return the opportunities with a customer, by all its folded names, latest first."""
        wanted = (OPPORTUNITIES.c.customer_key.in_(keys), OPPORTUNITIES.c.state.in_(states))
        return self.all_of(select(OPPORTUNITIES).where(*wanted).order_by(OPPORTUNITIES.c.id.desc()))

    def named(self, folded_customer: str) -> list[Opportunity]:
        """Return the opportunities with a customer of this name, latest first, without those taken back."""
        return self.of_customer([folded_customer], set(Outcome) - {Outcome.RETRACTED})

    def listed(self, states: Collection[Outcome], owners: Collection[str] | None, limit: int = 50, offset: int = 0) -> list[Opportunity]:
        """Return one page of opportunities, those that moved last first."""
        page = select(OPPORTUNITIES).where(*narrowed(states, owners)).limit(limit).offset(offset)
        return self.all_of(page.order_by(OPPORTUNITIES.c.touched_at.desc(), OPPORTUNITIES.c.id.desc()))

    def count(self, states: Collection[Outcome], owners: Collection[str] | None) -> int:
        """Return how many opportunities there are in all pages."""
        return self.connection.execute(select(func.count()).select_from(OPPORTUNITIES).where(*narrowed(states, owners))).scalar_one()

    def touch(self, number: int, now: datetime) -> None:
        """Remember that something happened on an opportunity."""
        touched = update(OPPORTUNITIES).where(OPPORTUNITIES.c.id == number, OPPORTUNITIES.c.touched_at < now)
        self.connection.execute(touched.values(touched_at=now))

    def untouched_since(self, moment: datetime) -> list[Opportunity]:
        """Return the open opportunities on which nothing happened since then, longest first."""
        stale = (OPPORTUNITIES.c.state == Outcome.OPEN, OPPORTUNITIES.c.touched_at < moment)
        return self.all_of(select(OPPORTUNITIES).where(*stale).order_by(OPPORTUNITIES.c.touched_at))


def narrowed(states: Collection[Outcome], owners: Collection[str] | None) -> list[ColumnElement[Any]]:
    """Return the conditions of a list."""
    held = [] if owners is None else [OPPORTUNITIES.c.owner.in_(owners)]
    return [OPPORTUNITIES.c.state.in_(states), *held]
