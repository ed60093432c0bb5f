"""The audit log: every change as an event, only ever added to, each event linked by its hash to the one before it on its subject."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.record import Event
from storage.base import Base, Choice, Shelf, table_of


class EventRow(Base):
    """One change."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    subject: Mapped[str]
    action: Mapped[str] = mapped_column(Choice)
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
    request: Mapped[str]
    was: Mapped[dict[str, Any] | None]
    became: Mapped[dict[str, Any] | None]
    link: Mapped[str]

    __table_args__ = (Index(None, "subject", "id"),)


EVENTS = table_of(EventRow)
OF = EVENTS.c.subject == bindparam("subject")
LATEST = EVENTS.c.id.desc()
TIP = select(EVENTS.c.link).where(OF).order_by(LATEST).limit(1)
LAST = select(EVENTS).where(OF).order_by(LATEST).limit(1)
HISTORY = select(EVENTS).where(OF).order_by(EVENTS.c.id)
QUEUE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("subject"), 0)))


class Audit(Shelf[Event]):
    """The events, in the order in which they happened."""

    row = EventRow
    record = Event
    generated = True

    def note(self, event: Event) -> Event:
        """Add an event; return it with its id and its link."""
        self.queue(event.subject)
        dated = in_utc(event)
        return self.add(dated.amended(link=link(dated, self.tip(event.subject))))

    def queue(self, subject: str) -> None:
        """Wait until nobody else is adding to this subject: two at once would hang on the same link."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(QUEUE, {"subject": subject})

    def of(self, subject: str) -> list[Event]:
        """Return the history of a subject, oldest first."""
        return self.all_of(HISTORY, {"subject": subject})

    def last(self, subject: str) -> Event | None:
        """Return the latest event of a subject, or None."""
        return self.one(LAST, {"subject": subject})

    def tip(self, subject: str) -> str:
        """Return the link of the latest event of a subject, or nothing."""
        return self.connection.execute(TIP, {"subject": subject}).scalar_one_or_none() or ""

    def since(self, last: int = 0, limit: int = 1000) -> list[Event]:
        """Return the events after the one with this id, oldest first; the id of the last one leads to the next page."""
        return self.all_of(select(EVENTS).where(EVENTS.c.id > last).order_by(EVENTS.c.id).limit(limit))

    def broken(self) -> list[str]:
        """Return the subjects whose history was tampered with: an event changed, or one missing before another."""
        tips: dict[str, str] = {}
        broken: set[str] = set()
        for event in self.everything():
            if event.link != link(event, tips.get(event.subject, "")):
                broken.add(event.subject)
            tips[event.subject] = event.link
        return sorted(broken)

    def everything(self) -> Iterator[Event]:
        """Yield all events, oldest first, a page at a time."""
        page = self.since()
        while page:
            yield from page
            page = self.since(page[-1].id or 0)


def link(event: Event, previous: str) -> str:
    """Return the hash of an event and of all those before it on its subject."""
    facts = in_utc(event).model_dump(mode="json", exclude={"id", "link"})
    return hashlib.sha256((previous + json.dumps(facts, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()


def in_utc(event: Event) -> Event:
    """Return an event with its moment as the log keeps it."""
    return event if event.at.tzinfo is UTC else event.amended(at=event.at.astimezone(UTC))
