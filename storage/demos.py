"""Demos and the feedback on them, and the questions that are asked about both."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, Text, and_, cast, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.demos import GIVEN, LIVE, Demo, State
from bot.policy.demos.feedback import COUNTS, Feedback, Standing
from storage import worked
from storage.base import Base, Choice, Shelf, Words, inserting, table_of


class DemoRow(Base):
    """One demo."""

    __tablename__ = "demos"

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity: Mapped[int]
    customer_name: Mapped[str]
    customer_key: Mapped[str]
    owner: Mapped[str]
    members: Mapped[tuple[str, ...]]
    zone: Mapped[str]
    confidential: Mapped[bool]
    state: Mapped[State] = mapped_column(Choice)
    opened_at: Mapped[datetime]
    at: Mapped[datetime | None]
    content: Mapped[str]
    audience: Mapped[str]
    environment: Mapped[str]
    tools: Mapped[str]
    evidence: Mapped[str]
    rehearsal: Mapped[dict[str, Any] | None]
    delivered_at: Mapped[datetime | None]
    summary: Mapped[dict[str, Any] | None]
    questions: Mapped[tuple[Any, ...]] = mapped_column(Words)
    channel: Mapped[str]
    why: Mapped[str]

    __table_args__ = (Index(None, "customer_key"), Index(None, "opportunity"), Index(None, "owner", "state"), Index(None, "state"))


class FeedbackRow(Base):
    """One entry of feedback."""

    __tablename__ = "demo_feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    demo: Mapped[int] = mapped_column(index=True)
    opportunity: Mapped[int]
    customer_name: Mapped[str]
    source: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    ts: Mapped[str]
    thread: Mapped[str]
    event: Mapped[str]
    author: Mapped[str]
    text: Mapped[str]
    rating: Mapped[int | None]
    state: Mapped[Standing] = mapped_column(Choice)
    at: Mapped[datetime]
    edited: Mapped[str]


DEMOS = table_of(DemoRow)
FEEDBACK = table_of(FeedbackRow)
Wanted = worked.Wanted


class Demos(worked.Worked[Demo]):
    """The demos, within one transaction."""

    row = DemoRow
    record = Demo
    retracted = State.RETRACTED
    team = (("members", ""), ("questions", "owner"))

    def order(self) -> tuple[ColumnElement[Any], ...]:
        """Return the order of a list: those with a time by that time, then the rest, latest first."""
        return (DEMOS.c.at.is_(None), DEMOS.c.at, DEMOS.c.id.desc())

    def wanting(self) -> list[Demo]:
        """Return the demos that are to be given or summed up, and those with questions, by number."""
        asked = and_(DEMOS.c.state == State.SUMMARISED, cast(DEMOS.c.questions, Text) != "[]")
        return self.all_of(select(DEMOS).where(or_(DEMOS.c.state.in_(LIVE), asked)).order_by(DEMOS.c.id))

    def summarised_between(self, start: datetime, end: datetime) -> list[Demo]:
        """Return the demos delivered in a stretch of time that were summed up, by number."""
        given = (DEMOS.c.state == State.SUMMARISED, DEMOS.c.delivered_at >= start, DEMOS.c.delivered_at < end)
        return self.all_of(select(DEMOS).where(*given).order_by(DEMOS.c.id))

    def recent(self, limit: int = 200) -> list[Demo]:
        """Return the demos about which somebody may speak now, latest first."""
        spoken_of = DEMOS.c.state.in_(LIVE | GIVEN)
        return self.all_of(select(DEMOS).where(spoken_of).order_by(DEMOS.c.id.desc()).limit(limit))


class Entries(Shelf[Feedback]):
    """The feedback on demos, within one transaction."""

    row = FeedbackRow
    record = Feedback
    generated = True

    def enter(self, entry: Feedback) -> Feedback | None:
        """Remember a new entry; return it with its id, or None when its source has one already."""
        values = {name: value for name, value in dict(entry).items() if name != "id"}
        statement = inserting(self.connection, FEEDBACK).on_conflict_do_nothing().returning(FEEDBACK.c.id)
        key = self.connection.execute(statement, values).scalar_one_or_none()
        return None if key is None else entry.amended(id=key)

    def from_source(self, source: str) -> Feedback | None:
        """Return the entry that came from there, or None; held until this transaction ends where it changes things."""
        return self.one(select(FEEDBACK).where(FEEDBACK.c.source == source))

    def of_demo(self, number: int) -> list[Feedback]:
        """Return the entries on a demo that count, oldest first."""
        wanted = (FEEDBACK.c.demo == number, FEEDBACK.c.state.in_(COUNTS))
        return self.all_of(select(FEEDBACK).where(*wanted).order_by(FEEDBACK.c.id))
