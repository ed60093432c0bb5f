"""Opportunities, and the questions that are asked about them."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, select, update
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
        Index(None, "customer"),
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

    def of_customer(self, customer: int, states: Collection[Outcome]) -> list[Opportunity]:
        """Return the opportunities with a customer, latest first."""
        wanted = (OPPORTUNITIES.c.customer == customer, OPPORTUNITIES.c.state.in_(states))
        return self.all_of(select(OPPORTUNITIES).where(*wanted).order_by(OPPORTUNITIES.c.id.desc()))

    def named(self, folded_customer: str) -> list[Opportunity]:
        """Return the opportunities with a customer, latest first."""
        wanted = (OPPORTUNITIES.c.customer_key == folded_customer, OPPORTUNITIES.c.state != Outcome.RETRACTED)
        return self.all_of(select(OPPORTUNITIES).where(*wanted).order_by(OPPORTUNITIES.c.id.desc()))

    def touch(self, number: int, now: datetime) -> None:
        """Remember that something happened on an opportunity."""
        touched = update(OPPORTUNITIES).where(OPPORTUNITIES.c.id == number, OPPORTUNITIES.c.touched_at < now)
        self.connection.execute(touched.values(touched_at=now))

    def untouched_since(self, moment: datetime) -> list[Opportunity]:
        """Return the open opportunities on which nothing happened since then, longest first."""
        stale = (OPPORTUNITIES.c.state == Outcome.OPEN, OPPORTUNITIES.c.touched_at < moment)
        return self.all_of(select(OPPORTUNITIES).where(*stale).order_by(OPPORTUNITIES.c.touched_at))
