"""Bids, and the questions that are asked about them."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict, Unpack

from sqlalchemy import (
    JSON,
    ColumnElement,
    Index,
    Integer,
    Text,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.bids import OPEN, Bid, State
from bot.words.text import fold
from storage.base import Base, Choice, Instant, Shelf, Words, table_of


class BidRow(Base):
    """One bid."""

    __tablename__ = "bids"

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity: Mapped[int]
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

    __table_args__ = (
        Index(None, "customer_key"),
        Index(None, "opportunity"),
        Index(None, "owner", "state"),
        Index(None, "state", "deadline"),
    )


BIDS = table_of(BidRow)

BETWEEN = BIDS.c.deadline > bindparam("start", type_=Instant), BIDS.c.deadline <= bindparam("end", type_=Instant)
DUE = select(BIDS).where(*BETWEEN, BIDS.c.state.in_(bindparam("states", expanding=True))).order_by(BIDS.c.deadline, BIDS.c.id)
NAMED = select(BIDS).where(BIDS.c.customer_key == bindparam("customer")).order_by(BIDS.c.id.desc())
MEMBERS = cast(BIDS.c.members, Text)  # as JSON, in which a quote inside a text is escaped: `member_of` cannot be part of a text
OWN = or_(BIDS.c.owner.in_(bindparam("below", expanding=True)), MEMBERS.like(bindparam("member"), escape="/"))
NAMED_SEEN = NAMED.where(or_(~BIDS.c.confidential, OWN))
HANGING = select(BIDS).where(BIDS.c.opportunity == bindparam("deal"), BIDS.c.state != State.RETRACTED).order_by(BIDS.c.id.desc())


class Eyes(NamedTuple):
    """Through whose eyes bids are seen: a person's, with the ids of that person and of all who report to them."""

    person: str
    below: Collection[str]


class Asked(TypedDict, total=False):
    """What a list may be narrowed by; `during` and `decided` are from when until before when, `lessons` words of a debrief."""

    ids: Collection[int]
    owners: Collection[str]
    partaker: str
    states: Collection[State]
    due_before: datetime
    customer: str
    overridden: bool
    lessons: Collection[str]
    during: tuple[datetime, datetime] | None
    decided: tuple[datetime, datetime] | None
    eyes: Eyes


class Bids(Shelf[Bid]):
    """The bids, within one transaction."""

    row = BidRow
    record = Bid
    generated = True

    def named(self, folded_customer: str, eyes: Eyes | None = None) -> list[Bid]:
        """Return the bids for a customer, newest first."""
        if eyes is None:
            return self.all_of(NAMED, {"customer": folded_customer})
        seen = {"below": list(eyes.below), "member": member_of(eyes.person)}
        return self.all_of(NAMED_SEEN, {"customer": folded_customer, **seen})

    def of_opportunity(self, opportunity: int) -> list[Bid]:
        """Return the bids for one deal, newest first, without those taken back."""
        return self.all_of(HANGING, {"deal": opportunity})

    def customers(self, limit: int = 2000, eyes: Eyes | None = None) -> list[str]:
        """Return the names of customers, those with an open bid first, then those with the latest."""
        still_open = func.max(BIDS.c.state.in_(OPEN).cast(Integer))
        name = func.max(BIDS.c.customer)
        names = select(name).where(BIDS.c.state != State.RETRACTED, *visible(eyes)).group_by(BIDS.c.customer_key)
        page = names.order_by(still_open.desc(), func.max(BIDS.c.id).desc()).limit(limit)
        return list(self.connection.execute(page).scalars())

    def listed(self, *, limit: int = 50, offset: int = 0, **asked: Unpack[Asked]) -> list[Bid]:
        """Return one page of bids: the soonest deadline first, those without one last."""
        page = select(BIDS).where(*narrowed(asked)).limit(limit).offset(offset)
        return self.all_of(page.order_by(BIDS.c.deadline.is_(None), BIDS.c.deadline, BIDS.c.id.desc()))

    def latest(self, *, limit: int = 50, offset: int = 0, **asked: Unpack[Asked]) -> list[Bid]:
        """Return one page of bids: the latest outcome first, those without one by number."""
        page = select(BIDS).where(*narrowed(asked)).limit(limit).offset(offset)
        return self.all_of(page.order_by(BIDS.c.decided_at.is_(None), BIDS.c.decided_at.desc(), BIDS.c.id.desc()))

    def count(self, **asked: Unpack[Asked]) -> int:
        """Return how many bids there are in all pages."""
        return self.connection.execute(select(func.count()).select_from(BIDS).where(*narrowed(asked))).scalar_one()

    def due_between(self, start: datetime, end: datetime, states: Collection[State]) -> list[Bid]:
        """Return the bids whose deadline lies after `start` and not after `end`, soonest first."""
        return self.all_of(DUE, {"start": start, "end": end, "states": list(states)})

    def decided_since(self, start: datetime, states: Collection[State]) -> list[Bid]:
        """Return the bids in these states whose outcome came at `start` or later, the earliest first."""
        decided = select(BIDS).where(BIDS.c.state.in_(states), BIDS.c.decided_at >= start)
        return self.all_of(decided.order_by(BIDS.c.decided_at, BIDS.c.id))


def narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    """Return the conditions of a list."""
    conditions = visible(asked.get("eyes"))
    if (ids := asked.get("ids")) is not None:
        conditions.append(BIDS.c.id.in_(ids))
    if (owners := asked.get("owners")) is not None:
        conditions.append(BIDS.c.owner.in_(owners))
    if (partaker := asked.get("partaker")) is not None:
        conditions.append(or_(BIDS.c.owner == partaker, on_team(partaker)))
    if (states := asked.get("states")) is not None:
        conditions.append(BIDS.c.state.in_(states))
    if (due_before := asked.get("due_before")) is not None:
        conditions.append(BIDS.c.deadline < due_before)
    if asked.get("overridden"):
        conditions.append(type_coerce(BIDS.c.decision, JSON)["overrides"].as_boolean())
    return conditions + spoken_of(asked) + dated(asked)


def spoken_of(asked: Asked) -> list[ColumnElement[bool]]:
    """Return the conditions on what a bid is called, and on what it taught us."""
    customer = asked.get("customer", "")
    called = or_(BIDS.c.customer_key.contains(fold(customer), autoescape=True), BIDS.c.title.icontains(customer, autoescape=True))
    lessons = [taught(word) for word in asked.get("lessons", ())]
    return ([called] if customer else []) + ([BIDS.c.debrief.is_not(None), *lessons] if "lessons" in asked else [])


def taught(word: str) -> ColumnElement[bool]:
    """Return the condition that a word is in a bid's debrief, or in what the bid is called."""
    told = [type_coerce(BIDS.c.debrief, JSON)[part].as_string() for part in ("lessons", "to_improve", "went_well")]
    texts = [*told, BIDS.c.customer, BIDS.c.title, BIDS.c.winner]
    return or_(*(text.icontains(word, autoescape=True) for text in texts))


def dated(asked: Asked) -> list[ColumnElement[bool]]:
    """Return the conditions on when things happened: anything at all, or just the outcome."""
    moments = {"during": (BIDS.c.registered_at, BIDS.c.submitted_at, BIDS.c.decided_at), "decided": (BIDS.c.decided_at,)}
    spans = {"during": asked.get("during"), "decided": asked.get("decided")}
    return [or_(*(and_(at >= span[0], at < span[1]) for at in moments[name])) for name, span in spans.items() if span]


def visible(eyes: Eyes | None) -> list[ColumnElement[bool]]:
    """Return the condition that somebody may know of a bid: a confidential one is for its owner, its team and the managers above."""
    if eyes is None:
        return []
    return [or_(~BIDS.c.confidential, BIDS.c.owner.in_(eyes.below), on_team(eyes.person))]


def on_team(person: str) -> ColumnElement[bool]:
    """Return the condition that somebody is of the bid team."""
    return MEMBERS.like(member_of(person), escape="/")


def member_of(person: str) -> str:
    """Return the pattern of a bid team with somebody in it."""
    escaped = person.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return f'%"person": "{escaped}"%'
