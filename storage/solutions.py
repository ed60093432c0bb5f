"""Solutions, and the questions that are asked about them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.solutions import Solution, State
from storage import worked
from storage.base import Base, Choice, Words, table_of


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
Wanted = worked.Wanted


class Solutions(worked.Worked[Solution]):
    """The solutions, within one transaction."""

    row = SolutionRow
    record = Solution
    retracted = State.RETRACTED
    team = (("sections", "owner"), ("asked", "expert"), ("members", ""))

    def held_by(self, owners: Collection[str]) -> ColumnElement[bool]:
        """Return the condition that a solution is in the list of these people: theirs, or one on which they work."""
        return or_(super().held_by(owners), *(self.on_team(one) for one in owners))

    def to_chase(self, until: datetime) -> list[Solution]:
        """Return the solutions that wait for an answer or for marks that are due by then, the longest first."""
        return self.all_of(select(SOLUTIONS).where(SOLUTIONS.c.chase_at <= until).order_by(SOLUTIONS.c.chase_at, SOLUTIONS.c.id))
