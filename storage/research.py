"""Requirement research, and the questions that are asked about it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.research import Research, State
from storage import worked
from storage.base import Base, Choice, Words, table_of


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
Wanted = worked.Wanted


class Researches(worked.Worked[Research]):
    """The research of all deals, within one transaction."""

    row = ResearchRow
    record = Research
    retracted = State.RETRACTED
    team = (("members", "person"), ("asked", "reviewer"))

    def standing(self, states: Collection[State]) -> list[Research]:
        """Return the research in these states, by number."""
        return self.all_of(select(RESEARCH).where(RESEARCH.c.state.in_(states)).order_by(RESEARCH.c.id))
