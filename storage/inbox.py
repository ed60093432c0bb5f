"""The inbox: which deliveries were handled already and what they were answered, because Slack delivers some of them twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, false, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, once, table_of


@dataclass(frozen=True)
class Delivery:
    """One thing that Slack brought; `key` is the same whenever it brings it again, `digest` only while what it holds is the same too."""

    key: str
    kind: str
    digest: str = ""


class AlreadyHandled(Exception):
    """Say that the delivery came before; `answer` is what it was answered then, `differs` whether it held something else."""

    def __init__(self, answer: dict[str, Any] | None, differs: bool = False) -> None:
        super().__init__("this delivery was handled before")
        self.answer, self.differs = answer, differs


class DeliveryRow(Base):
    """One delivery that was handled."""

    __tablename__ = "deliveries"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[dict[str, Any] | None]
    digest: Mapped[str] = mapped_column(server_default="")
    undecided: Mapped[bool] = mapped_column(server_default=false())


DELIVERIES = table_of(DeliveryRow)
OF_KEY = DELIVERIES.c.key == bindparam("delivery")
ANSWERING = update(DELIVERIES).where(OF_KEY)
RETAKING = update(DELIVERIES).where(OF_KEY, DELIVERIES.c.undecided)
ANSWER = select(DELIVERIES.c.answer).where(OF_KEY)
DIGEST = select(DELIVERIES.c.digest).where(OF_KEY)


class Inbox:
    """The deliveries that were handled, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def accept(self, delivery: Delivery, now: datetime) -> None:
        """Claim the delivery for this transaction, waiting for another that has it in hand; raise AlreadyHandled when it is done."""
        entry = once(self.connection.dialect.name, DELIVERIES)
        row = {"key": delivery.key, "kind": delivery.kind, "at": now, "digest": delivery.digest, "undecided": False}
        if self.connection.execute(entry, row).first() is None and not self.retaken(delivery):
            held = self.connection.execute(DIGEST, {"delivery": delivery.key}).scalar_one()
            raise AlreadyHandled(self.answer_to(delivery), differs=bool(held) and held != delivery.digest)

    def retaken(self, delivery: Delivery) -> bool:
        """Claim a delivery once more that came before and decided nothing; say whether it was one."""
        claim = RETAKING.values(undecided=False, digest=delivery.digest)
        return self.connection.execute(claim, {"delivery": delivery.key}).rowcount == 1

    def answer(self, delivery: Delivery, answer: dict[str, Any], undecided: bool = False) -> None:
        """Keep what the delivery is answered, and whether that decided nothing: then it is handled anew when it comes again."""
        self.connection.execute(ANSWERING, {"delivery": delivery.key, "answer": answer, "undecided": undecided})

    def answer_to(self, delivery: Delivery) -> dict[str, Any] | None:
        """Return what the delivery was answered, or None."""
        return self.connection.execute(ANSWER, {"delivery": delivery.key}).scalar_one_or_none()

    def latest(self) -> dict[str, datetime]:
        """Return when the last delivery of each kind came."""
        question = select(DeliveryRow.kind, func.max(DeliveryRow.at).label("at")).group_by(DeliveryRow.kind)
        return {row.kind: row.at for row in self.connection.execute(question)}

    def forget(self, before: datetime) -> int:
        """Forget the deliveries of that time; return how many there were."""
        return self.connection.execute(delete(DELIVERIES).where(DELIVERIES.c.at < before)).rowcount
