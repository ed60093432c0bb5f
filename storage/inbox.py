"""The inbox: which deliveries were handled already and what they were answered, because Slack delivers some of them twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, once, table_of


@dataclass(frozen=True)
class Delivery:
    """One thing that Slack brought; `key` is the same whenever it brings it again."""

    key: str
    kind: str


class AlreadyHandled(Exception):
    """Say that the delivery came before; `answer` is what it was answered then."""

    def __init__(self, answer: dict[str, Any] | None) -> None:
        super().__init__("this delivery was handled before")
        self.answer = answer


class DeliveryRow(Base):
    """One delivery that was handled."""

    __tablename__ = "deliveries"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[dict[str, Any] | None]


DELIVERIES = table_of(DeliveryRow)
ANSWERING = update(DELIVERIES).where(DELIVERIES.c.key == bindparam("delivery"))


class Inbox:
    """The deliveries that were handled, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def accept(self, delivery: Delivery, now: datetime) -> None:
        """Claim the delivery for this transaction, waiting for another that has it in hand; raise AlreadyHandled when it is done."""
        entry = once(self.connection.dialect.name, DELIVERIES)
        if self.connection.execute(entry, {"key": delivery.key, "kind": delivery.kind, "at": now}).first() is None:
            raise AlreadyHandled(self.answer_to(delivery))

    def answer(self, delivery: Delivery, answer: dict[str, Any]) -> None:
        """Keep what the delivery is answered."""
        self.connection.execute(ANSWERING, {"delivery": delivery.key, "answer": answer})

    def answer_to(self, delivery: Delivery) -> dict[str, Any] | None:
        """Return what the delivery was answered, or None."""
        return self.connection.execute(select(DELIVERIES.c.answer).where(DELIVERIES.c.key == delivery.key)).scalar_one_or_none()

    def latest(self) -> dict[str, datetime]:
        """Return when the last delivery of each kind came."""
        question = select(DeliveryRow.kind, func.max(DeliveryRow.at).label("at")).group_by(DeliveryRow.kind)
        return {row.kind: row.at for row in self.connection.execute(question)}

    def forget(self, before: datetime) -> int:
        """Forget the deliveries of that time; return how many there were."""
        return self.connection.execute(delete(DELIVERIES).where(DELIVERIES.c.at < before)).rowcount
