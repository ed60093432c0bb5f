"""Tallies: what each record adds, and the sums of that, kept up to date as records change, so that a report costs the same at any size."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Index, Select, bindparam, delete, distinct, func, select, union_all
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.tallies import Party, Scope, TallyKey
from storage.base import Base, Choice, inserting, table_of

# Whole hundredths: SQLite would add decimals as floats, while both databases add integers exactly. Money is reckoned to the cent
# anyway, and 64 bits hold ninety million million of it.
UNIT = 100
LOCK = 0x7461_6C6C  # any number that nothing else in the database locks by
KEY = ("scope", "who", "period", "measure")


class EntryRow(Base):
    """What one record adds to one tally."""

    __tablename__ = "entries"

    subject: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[Scope] = mapped_column(Choice, primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(Choice, primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index(None, "scope", "who", "period", "measure"),)


class TallyRow(Base):
    """One tally: the sum of its entries."""

    __tablename__ = "tallies"

    scope: Mapped[Scope] = mapped_column(Choice, primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(Choice, primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


ENTRIES, TALLIES = table_of(EntryRow), table_of(TallyRow)
MINE = select(ENTRIES).where(ENTRIES.c.subject == bindparam("subject"))
THESE = delete(ENTRIES).where(ENTRIES.c.subject == bindparam("of"), *(ENTRIES.c[name] == bindparam(f"of_{name}") for name in KEY))


class Drift(NamedTuple):
    """A tally that is not the sum of its entries, and by how much it is too small."""

    key: TallyKey
    lacking: Decimal


class Tallies:
    """The tallies, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, subject: str, counts: Mapping[TallyKey, Decimal]) -> bool:
        """Let a record add just this to the tallies, in place of what it added before; say whether that is a change."""
        known = self.entries(subject)
        changed = sorted(key for key in known.keys() | counts.keys() if known.get(key) != counts.get(key))
        if not changed:
            return False
        self.queue()
        gone = [{"of": subject} | {f"of_{name}": part for name, part in key._asdict().items()} for key in changed if key not in counts]
        if gone:
            self.connection.execute(THESE, gone)
        fresh = [{"subject": subject, **row(key, counts[key])} for key in changed if key in counts]
        if fresh:
            entry = inserting(self.connection, ENTRIES)
            self.connection.execute(
                entry.on_conflict_do_update(index_elements=["subject", *KEY], set_={"amount": entry.excluded.amount}), fresh
            )
        self.raise_by({key: counts.get(key, Decimal(0)) - known.get(key, Decimal(0)) for key in changed})
        return True

    def raise_by(self, amounts: Mapping[TallyKey, Decimal]) -> None:
        """Add to tallies; additions commute, so it does not matter what else is being added at the time."""
        entry = inserting(self.connection, TALLIES)
        added = {"amount": TALLIES.c.amount + entry.excluded.amount}
        self.connection.execute(
            entry.on_conflict_do_update(index_elements=list(KEY), set_=added), [row(key, amounts[key]) for key in sorted(amounts)]
        )

    def queue(self) -> None:
        """Wait until nobody else is adding: two that met on the same tallies in different order would stop each other."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(select(func.pg_advisory_xact_lock(LOCK)))

    def entries(self, subject: str) -> dict[TallyKey, Decimal]:
        """Return what a record adds."""
        return {key_of(found): in_units(found.amount) for found in self.connection.execute(MINE, {"subject": subject})}

    def of(self, party: Party, periods: Collection[str]) -> dict[str, Decimal]:
        """Return the sums over some quarters, by measure."""
        question = select(TALLIES.c.measure, func.sum(TALLIES.c.amount)).where(*these(TALLIES, party, periods)).group_by(TALLIES.c.measure)
        return {measure: in_units(amount) for measure, amount in self.connection.execute(question)}

    def subjects(self, party: Party, periods: Collection[str], measures: Collection[str], limit: int = 1000, offset: int = 0) -> list[str]:
        """Return the records that these tallies are made of, the latest number first."""
        size = func.length(ENTRIES.c.subject)
        question = self.made_of(party, periods, measures, ENTRIES.c.subject).group_by(ENTRIES.c.subject)
        page = question.order_by(size.desc(), ENTRIES.c.subject.desc()).limit(limit).offset(offset)
        return list(self.connection.execute(page).scalars())

    def count(self, party: Party, periods: Collection[str], measures: Collection[str]) -> int:
        """Return of how many records these tallies are made."""
        return int(self.connection.execute(self.made_of(party, periods, measures, func.count(distinct(ENTRIES.c.subject)))).scalar_one())

    def people(self, periods: Collection[str]) -> list[str]:
        """Return the people for whom anything was counted in some quarters."""
        known = select(distinct(TALLIES.c.who)).where(TALLIES.c.scope == Scope.PERSON, TALLIES.c.period.in_(periods), TALLIES.c.amount != 0)
        return sorted(self.connection.execute(known).scalars())

    def touched_by(self, person: str) -> list[str]:
        """Return the records that count for a person."""
        question = select(distinct(ENTRIES.c.subject)).where(ENTRIES.c.scope == Scope.PERSON, ENTRIES.c.who == person)
        return sorted(self.connection.execute(question).scalars())

    def drifts(self) -> Iterator[Drift]:
        """Yield the tallies that are not the sum of their entries, as of one moment."""
        entered = select(*(ENTRIES.c[name] for name in KEY), ENTRIES.c.amount)
        both = union_all(entered, select(*(TALLIES.c[name] for name in KEY), -TALLIES.c.amount)).subquery()
        lacking = func.sum(both.c.amount)
        parts = [both.c[name] for name in KEY]
        for found in self.connection.execute(select(*parts, lacking.label("amount")).group_by(*parts).having(lacking != 0)):
            yield Drift(key_of(found), in_units(found.amount))

    def made_of(self, party: Party, periods: Collection[str], measures: Collection[str], wanted: Any) -> Select[Any]:
        """Return the question for something about the entries of some tallies."""
        return select(wanted).where(*these(ENTRIES, party, periods), ENTRIES.c.measure.in_([str(measure) for measure in measures]))


def these(table: Any, party: Party, periods: Collection[str]) -> list[Any]:
    """Return the conditions for one party's rows of some quarters."""
    return [table.c.scope == party.scope, table.c.who == party.who, table.c.period.in_(periods)]


def row(key: TallyKey, amount: Decimal) -> dict[str, Any]:
    """Return a key and an amount as the database keeps them; raise ValueError for one that would have to be rounded."""
    scaled = amount * UNIT
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} is not in whole hundredths")
    return {**key._asdict(), "amount": int(scaled)}


def key_of(found: Any) -> TallyKey:
    """Return the key of a row."""
    return TallyKey(Scope(found.scope), found.who, found.period, found.measure)


def in_units(amount: int | Decimal) -> Decimal:
    """Return an amount of hundredths as what it stands for; sums come as decimals from PostgreSQL."""
    return Decimal(int(amount)) / UNIT
