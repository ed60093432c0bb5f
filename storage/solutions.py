"""Solutions, and the questions that are asked about them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Index, Text, cast, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.solutions import Solution, State
from storage.base import Base, Choice, Shelf, Words, table_of


class SolutionRow(Base):
    """The solution for one deal."""

    __tablename__ = "solutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity: Mapped[int]
    customer_name: Mapped[str]
    customer_key: Mapped[str]
    title: Mapped[str]
    owner: Mapped[str]
    members: Mapped[tuple[str, ...]]
    confidential: Mapped[bool]
    state: Mapped[State] = mapped_column(Choice)
    opened_at: Mapped[datetime]
    plan: Mapped[dict[str, Any] | None]
    sections: Mapped[tuple[Any, ...]] = mapped_column(Words)
    consultations: Mapped[tuple[Any, ...]] = mapped_column(Words)
    value: Mapped[dict[str, Any] | None]
    sitting: Mapped[int]
    round: Mapped[int]
    asked: Mapped[tuple[Any, ...]] = mapped_column(Words)
    scores: Mapped[tuple[Any, ...]] = mapped_column(Words)
    gaps: Mapped[tuple[str, ...]]
    changes: Mapped[tuple[Any, ...]] = mapped_column(Words)
    approved_at: Mapped[datetime | None]
    sent: Mapped[tuple[Any, ...]] = mapped_column(Words)
    wishes: Mapped[tuple[Any, ...]] = mapped_column(Words)
    confirmation: Mapped[dict[str, Any] | None]
    why: Mapped[str]
    chase_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "customer_key"),
        Index(None, "opportunity"),
        Index(None, "owner", "state"),
        Index(None, "chase_at"),
    )


SOLUTIONS = table_of(SolutionRow)


class Wanted(NamedTuple):
    """What a list is narrowed to; `person` looks at it, and `below` are the ids of that person and of all who report to them."""

    person: str
    below: Collection[str]
    states: Collection[State]
    owners: Collection[str] | None = None


class Solutions(Shelf[Solution]):
    """The solutions, within one transaction."""

    row = SolutionRow
    record = Solution
    generated = True

    def named(self, folded_customer: str) -> list[Solution]:
        """Return the solutions for a customer, latest first, without those taken back."""
        wanted = (SOLUTIONS.c.customer_key == folded_customer, SOLUTIONS.c.state != State.RETRACTED)
        return self.all_of(select(SOLUTIONS).where(*wanted).order_by(SOLUTIONS.c.id.desc()))

    def of_opportunity(self, number: int) -> list[Solution]:
        """Return the solutions for a deal, latest first, without those taken back."""
        wanted = (SOLUTIONS.c.opportunity == number, SOLUTIONS.c.state != State.RETRACTED)
        return self.all_of(select(SOLUTIONS).where(*wanted).order_by(SOLUTIONS.c.id.desc()))

    def listed(self, wanted: Wanted, limit: int = 50, offset: int = 0) -> list[Solution]:
        """Return one page of solutions, latest first."""
        page = select(SOLUTIONS).where(*narrowed(wanted)).order_by(SOLUTIONS.c.id.desc())
        return self.all_of(page.limit(limit).offset(offset))

    def count(self, wanted: Wanted) -> int:
        """Return how many solutions there are in all pages."""
        return self.connection.execute(select(func.count()).select_from(SOLUTIONS).where(*narrowed(wanted))).scalar_one()

    def to_chase(self, until: datetime) -> list[Solution]:
        """Return the solutions that wait for an answer or for marks that are due by then, the longest first."""
        return self.all_of(select(SOLUTIONS).where(SOLUTIONS.c.chase_at <= until).order_by(SOLUTIONS.c.chase_at, SOLUTIONS.c.id))


def narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions of a list; what is confidential is for its owner, those who work on it and the managers above."""
    held = [] if wanted.owners is None else [or_(SOLUTIONS.c.owner.in_(wanted.owners), *(works_on(one) for one in wanted.owners))]
    seen = or_(~SOLUTIONS.c.confidential, SOLUTIONS.c.owner.in_(wanted.below), works_on(wanted.person))
    return [SOLUTIONS.c.state.in_(wanted.states), seen, *held]


def works_on(person: str) -> ColumnElement[bool]:
    """Return the condition that somebody writes a section of a solution, or is one of its experts.

    Both are kept as JSON, in which a quote inside a text is escaped: what is sought cannot be part of a text.
    """
    writes = cast(SOLUTIONS.c.sections, Text).contains(f'"owner": "{person}"', autoescape=True)
    judges = cast(SOLUTIONS.c.asked, Text).contains(f'"expert": "{person}"', autoescape=True)
    member = cast(SOLUTIONS.c.members, Text).contains(f'"{person}"', autoescape=True)
    return or_(writes, judges, member)
