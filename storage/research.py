"""Requirement research, and the questions that are asked about it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Index, Text, cast, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.research import Research, State
from storage.base import Base, Choice, Shelf, Words, table_of


class ResearchRow(Base):
    """The research for one deal."""

    __tablename__ = "research"

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity: Mapped[int]
    customer_name: Mapped[str]
    customer_key: Mapped[str]
    owner: Mapped[str]
    zone: Mapped[str]
    confidential: Mapped[bool]
    state: Mapped[State] = mapped_column(Choice)
    opened_at: Mapped[datetime]
    members: Mapped[tuple[Any, ...]] = mapped_column(Words)
    facts: Mapped[dict[str, Any] | None]
    outlines: Mapped[tuple[Any, ...]] = mapped_column(Words)
    contacts: Mapped[tuple[Any, ...]] = mapped_column(Words)
    items: Mapped[tuple[Any, ...]] = mapped_column(Words)
    asked: Mapped[tuple[Any, ...]] = mapped_column(Words)
    reviews: Mapped[tuple[Any, ...]] = mapped_column(Words)
    review_since: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    confirmation: Mapped[dict[str, Any] | None]
    version: Mapped[int]
    supersedes: Mapped[int]
    superseded_by: Mapped[int]
    why: Mapped[str]

    __table_args__ = (Index(None, "customer_key"), Index(None, "opportunity"), Index(None, "owner", "state"), Index(None, "state"))


RESEARCH = table_of(ResearchRow)


class Wanted(NamedTuple):
    """What a list is narrowed to; `person` looks at it, and `below` are the ids of that person and of all who report to them."""

    person: str
    below: Collection[str]
    states: Collection[State]
    owners: Collection[str] | None = None
    partaker: str = ""
    keys: Collection[str] | None = None


class Researches(Shelf[Research]):
    """The research of all deals, within one transaction."""

    row = ResearchRow
    record = Research
    generated = True

    def named(self, folded_customer: str) -> list[Research]:
        """Return the research for a customer, latest first."""
        wanted = (RESEARCH.c.customer_key == folded_customer, RESEARCH.c.state != State.RETRACTED)
        return self.all_of(select(RESEARCH).where(*wanted).order_by(RESEARCH.c.id.desc()))

    def of_opportunity(self, number: int) -> list[Research]:
        """Return the research for a deal, latest first."""
        wanted = (RESEARCH.c.opportunity == number, RESEARCH.c.state != State.RETRACTED)
        return self.all_of(select(RESEARCH).where(*wanted).order_by(RESEARCH.c.id.desc()))

    def listed(self, wanted: Wanted, *, limit: int, offset: int = 0) -> list[Research]:
        """Return one page of research, latest first."""
        page = select(RESEARCH).where(*narrowed(wanted)).order_by(RESEARCH.c.id.desc())
        return self.all_of(page.limit(limit).offset(offset))

    def count(self, wanted: Wanted) -> int:
        """Return how much research there is in all pages."""
        return self.connection.execute(select(func.count()).select_from(RESEARCH).where(*narrowed(wanted))).scalar_one()

    def standing(self, states: Collection[State]) -> list[Research]:
        """Return the research in these states, by number."""
        return self.all_of(select(RESEARCH).where(RESEARCH.c.state.in_(states)).order_by(RESEARCH.c.id))


def narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions of a list; what is confidential is for its owner, its team and the managers above."""
    takes_part = or_(RESEARCH.c.owner == wanted.partaker, on_team(wanted.partaker))
    return [
        RESEARCH.c.state.in_(wanted.states),
        or_(~RESEARCH.c.confidential, RESEARCH.c.owner.in_(wanted.below), on_team(wanted.person)),
        *([] if wanted.owners is None else [RESEARCH.c.owner.in_(wanted.owners)]),
        *([takes_part] if wanted.partaker else []),
        *([] if wanted.keys is None else [RESEARCH.c.customer_key.in_(wanted.keys)]),
    ]


def on_team(person: str) -> ColumnElement[bool]:
    """Return the condition that somebody is of the research team, or was asked for a review.

    Both are kept as JSON, in which a quote inside a text is escaped: what is sought cannot be part of a text.
    """
    member = cast(RESEARCH.c.members, Text).contains(f'"person": "{person}"', autoescape=True)
    return or_(member, cast(RESEARCH.c.asked, Text).contains(f'"reviewer": "{person}"', autoescape=True))
