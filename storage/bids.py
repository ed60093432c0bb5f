"""Bids, and the questions that are asked about them."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    Integer,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.bids import OPEN, Bid, State
from storage.base import Base, Choice, Instant, Shelf, Words, table_of


class BidRow(Base):
    """One bid."""

    __tablename__ = "bids"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    customer_key: Mapped[str]
    title: Mapped[str]
    owner: Mapped[str]
    state: Mapped[State] = mapped_column(Choice)
    confidential: Mapped[bool]
    amount: Mapped[Decimal | None]
    awarded: Mapped[Decimal | None]
    awarded_currency: Mapped[str]
    currency: Mapped[str]
    deadline: Mapped[datetime | None]
    zone: Mapped[str]
    tender_number: Mapped[str]
    source: Mapped[str]
    registered_at: Mapped[datetime]
    ratings: Mapped[tuple[Any, ...]] = mapped_column(Words)
    decision: Mapped[dict[str, Any] | None]
    conditions: Mapped[tuple[Any, ...]] = mapped_column(Words)
    shares: Mapped[tuple[Any, ...]] = mapped_column(Words)
    members: Mapped[tuple[Any, ...]] = mapped_column(Words)
    parts: Mapped[tuple[Any, ...]] = mapped_column(Words)
    milestones: Mapped[tuple[Any, ...]] = mapped_column(Words)
    reviews: Mapped[tuple[Any, ...]] = mapped_column(Words)
    findings: Mapped[tuple[Any, ...]] = mapped_column(Words)
    ticks: Mapped[tuple[str, ...]]
    questions: Mapped[tuple[Any, ...]] = mapped_column(Words)
    submitted_at: Mapped[datetime | None]
    channel: Mapped[str]
    proof: Mapped[str]
    late: Mapped[bool]
    defence: Mapped[dict[str, Any] | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]
    loss_reason: Mapped[str]
    winner: Mapped[str]
    price_gap: Mapped[Decimal | None]
    note: Mapped[str]
    debrief: Mapped[dict[str, Any] | None]
    gaps: Mapped[tuple[str, ...]]

    __table_args__ = (Index(None, "customer_key"), Index(None, "owner", "state"), Index(None, "state", "deadline"))


BIDS = table_of(BidRow)
BETWEEN = BIDS.c.deadline > bindparam("start", type_=Instant), BIDS.c.deadline <= bindparam("end", type_=Instant)
DUE = select(BIDS).where(*BETWEEN, BIDS.c.state.in_(bindparam("states", expanding=True))).order_by(BIDS.c.deadline, BIDS.c.id)


class Bids(Shelf[Bid]):
    """The bids, within one transaction."""

    row = BidRow
    record = Bid
    generated = True

    def named(self, folded_customer: str) -> list[Bid]:
        """Return the bids for a customer, newest first."""
        return self.all_of(select(BIDS).where(BIDS.c.customer_key == folded_customer).order_by(BIDS.c.id.desc()))

    def customers(self, limit: int = 2000) -> list[str]:
        """Return the names of customers, those with an open bid first, then those with the latest."""
        still_open = func.max(BIDS.c.state.in_(OPEN).cast(Integer))
        name = func.max(BIDS.c.customer)
        names = select(name).group_by(BIDS.c.customer_key).order_by(still_open.desc(), func.max(BIDS.c.id).desc())
        return list(self.connection.execute(names.limit(limit)).scalars())

    def listed(
        self,
        owners: Collection[str] | None = None,
        states: Collection[State] | None = None,
        due_before: datetime | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Bid]:
        """Return one page of bids: the soonest deadline first, those without one last."""
        page = select(BIDS).where(*narrowed(owners, states, due_before)).limit(limit).offset(offset)
        return self.all_of(page.order_by(BIDS.c.deadline.is_(None), BIDS.c.deadline, BIDS.c.id.desc()))

    def count(
        self,
        owners: Collection[str] | None = None,
        states: Collection[State] | None = None,
        due_before: datetime | None = None,
    ) -> int:
        """Return how many bids there are in all pages."""
        question = select(func.count()).select_from(BIDS).where(*narrowed(owners, states, due_before))
        return self.connection.execute(question).scalar_one()

    def due_between(self, start: datetime, end: datetime, states: Collection[State]) -> list[Bid]:
        """Return the bids whose deadline lies after `start` and not after `end`, soonest first."""
        return self.all_of(DUE, {"start": start, "end": end, "states": list(states)})


def narrowed(owners: Collection[str] | None, states: Collection[State] | None, due_before: datetime | None) -> list[ColumnElement[Any]]:
    """Return the conditions of a list."""
    conditions: list[ColumnElement[Any]] = []
    if owners is not None:
        conditions.append(BIDS.c.owner.in_(owners))
    if states is not None:
        conditions.append(BIDS.c.state.in_(states))
    if due_before is not None:
        conditions.append(BIDS.c.deadline < due_before)
    return conditions
