"""Customers, and who is meant by a name."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.customers import Customer, Standing
from storage.base import Base, Choice, Shelf, Words, inserting, table_of


class CustomerRow(Base):
    """One customer."""

    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str]
    aliases: Mapped[tuple[str, ...]]
    industry: Mapped[str]
    contacts: Mapped[tuple[Any, ...]] = mapped_column(Words)
    enquiries: Mapped[tuple[Any, ...]] = mapped_column(Words)
    opinions: Mapped[tuple[Any, ...]] = mapped_column(Words)
    chase_at: Mapped[datetime | None]
    unanswered: Mapped[int]
    state: Mapped[Standing] = mapped_column(Choice)
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
    merged_into: Mapped[int]

    __table_args__ = (Index(None, "chase_at"), Index(None, "unanswered"))


class CustomerNameRow(Base):
    """A folded name, and the one customer whom it means."""

    __tablename__ = "customer_names"

    key: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[int] = mapped_column(index=True)


CUSTOMERS, NAMES = table_of(CustomerRow), table_of(CustomerNameRow)
THIS = NAMES.c.key == bindparam("key")
CALLED = select(CUSTOMERS).join(NAMES, NAMES.c.customer == CUSTOMERS.c.id).where(THIS)
SAME = NAMES.c.customer == select(NAMES.c.customer).where(THIS).correlate(None).scalar_subquery()
OTHERS = select(NAMES.c.key).where(SAME, NAMES.c.key != bindparam("key")).order_by(NAMES.c.key)


class Customers(Shelf[Customer]):
    """The customers, within one transaction."""

    row = CustomerRow
    record = Customer
    generated = True

    def called(self, key: str) -> Customer | None:
        """Return the customer whom a folded name means, or None."""
        return self.one(CALLED, {"key": key})

    def keys(self, key: str) -> list[str]:
        """Return every folded name that means the same customer as this one, itself first."""
        return [key, *self.connection.execute(OTHERS, {"key": key}).scalars()]

    def enter(self, customer: Customer) -> Customer:
        """Return the customer of that name, entered now if there was none; two who enter it at once get the same."""
        known = self.called(customer.key)
        if known is not None:
            return known
        added = self.add(customer)
        claimed = inserting(self.connection, NAMES).values(key=customer.key, customer=added.id).on_conflict_do_nothing()
        if self.connection.execute(claimed).rowcount:
            return added
        self.connection.execute(delete(CUSTOMERS).where(CUSTOMERS.c.id == added.id))
        return self.called(customer.key) or added

    def rename(self, customer: Customer) -> None:
        """Let the customer's name and aliases, and no others, mean this customer or the one that it was merged into."""
        meant = customer.merged_into or customer.id
        keys = () if customer.state is Standing.RETRACTED else (customer.key, *customer.aliases)
        self.connection.execute(delete(NAMES).where(NAMES.c.customer == customer.id, NAMES.c.key.not_in(keys)))
        for key in keys:
            name = inserting(self.connection, NAMES).values(key=key, customer=meant)
            self.connection.execute(name.on_conflict_do_update(index_elements=["key"], set_={"customer": meant}))

    def names(self, limit: int = 5000) -> list[str]:
        """Return the names of customers, latest first."""
        alive = select(CUSTOMERS.c.name).where(CUSTOMERS.c.state == Standing.KNOWN).order_by(CUSTOMERS.c.id.desc())
        return list(self.connection.execute(alive.limit(limit)).scalars())

    def listed(self, limit: int = 50, offset: int = 0) -> list[Customer]:
        """Return one page of customers, latest first."""
        known = select(CUSTOMERS).where(CUSTOMERS.c.state == Standing.KNOWN).order_by(CUSTOMERS.c.id.desc())
        return self.all_of(known.limit(limit).offset(offset))

    def count(self) -> int:
        """Return how many customers there are in all pages."""
        return self.connection.execute(select(func.count()).select_from(CUSTOMERS).where(CUSTOMERS.c.state == Standing.KNOWN)).scalar_one()

    def to_chase(self, until: datetime) -> list[Customer]:
        """Return the customers who wait for an answer that is due by then."""
        return self.all_of(select(CUSTOMERS).where(CUSTOMERS.c.chase_at <= until).order_by(CUSTOMERS.c.chase_at))

    def with_opinions(self) -> list[Customer]:
        """Return the customers with opinions that nobody has answered yet."""
        return self.all_of(
            select(CUSTOMERS).where(CUSTOMERS.c.unanswered > 0, CUSTOMERS.c.state == Standing.KNOWN).order_by(CUSTOMERS.c.id)
        )

    def merged_into(self, customer: int) -> list[Customer]:
        """Return the duplicates that were merged into a customer."""
        return self.all_of(select(CUSTOMERS).where(CUSTOMERS.c.merged_into == customer))
