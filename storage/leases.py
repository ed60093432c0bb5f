"""Leases: which process does a thing that only one should do at a time."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, inserting, table_of


class LeaseRow(Base):
    """One thing and who does it until when."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


LEASES = table_of(LeaseRow)


class Leases:
    """The leases, within one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now

    def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease; say False while another holder has it."""
        terms = {"holder": holder, "until": self.now + timedelta(seconds=seconds)}
        free = or_(LEASES.c.holder == holder, LEASES.c.until <= self.now)
        entry = inserting(self.connection, LEASES)
        taking = entry.on_conflict_do_update(index_elements=["name"], set_=terms, where=free).returning(LEASES.c.name)
        return self.connection.execute(taking, {"name": name, **terms}).first() is not None

    def give_back(self, name: str, holder: str) -> None:
        """End a lease early."""
        self.connection.execute(delete(LEASES).where(LEASES.c.name == name, LEASES.c.holder == holder))
