"""Tallies: what each record adds, and the sums of that, kept up to date as records change, so that a report costs the same at any size."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Connection,
    Index,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    column,
    delete,
    distinct,
    func,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.tallies import Party, Scope, TallyKey
from storage.base import Base, table_of

# Whole hundredths: SQLite would add decimals as floats, while both databases add integers exactly. Money is reckoned to the cent
# anyway, and 64 bits hold ninety million million of it.
UNIT = 100
LOCK = 0x7461_6C6C  # any number that nothing else in the database locks by
KEY = ("scope", "who", "period", "measure")


class EntryRow(Base):
    """What one record adds to one tally."""

    __tablename__ = "entries"

    subject: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index(None, "scope", "who", "period", "measure"),)


class TallyRow(Base):
    """One tally: the sum of its entries."""

    __tablename__ = "tallies"

    scope: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


ENTRIES, TALLIES = table_of(EntryRow), table_of(TallyRow)
MINE = select(*(ENTRIES.c[name] for name in (*KEY, "amount"))).where(ENTRIES.c.subject == bindparam("subject"))
OF_KEY = [f"of_{name}" for name in KEY]
THESE = delete(ENTRIES).where(ENTRIES.c.subject == bindparam("of"), *(ENTRIES.c[name] == bindparam(f"of_{name}") for name in KEY))
QUEUE = select(func.pg_advisory_xact_lock(LOCK))
Insertion = postgresql.Insert | sqlite.Insert


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
        known, fresh = self.kept(subject), {key: in_hundredths(amount) for key, amount in counts.items()}
        changed = sorted(key for key in known.keys() | fresh.keys() if known.get(key) != fresh.get(key))
        if not changed:
            return False
        self.queue()
        if gone := [key for key in changed if key not in fresh]:
            named = [dict(zip(OF_KEY, words_of(key), strict=True)) for key in gone]
            self.connection.execute(THESE, [{"of": subject, **words} for words in named])
        self.insert(replacing, [(subject, *words_of(key), fresh[key]) for key in changed if key in fresh])
        self.insert(adding, [(*words_of(key), fresh.get(key, 0) - known.get(key, 0)) for key in changed])
        return True

    def raise_by(self, amounts: Mapping[TallyKey, Decimal]) -> None:
        """Add to sums; additions commute, so it does not matter what else is being added at the time."""
        self.queue()
        self.insert(adding, [(*words_of(key), in_hundredths(amounts[key])) for key in sorted(amounts)])

    def insert(self, insertion: Callable[[str], Insertion], rows: Sequence[tuple[str | int, ...]]) -> None:
        """Run an insertion of rows, which have the columns of its table."""
        dialect = self.connection.dialect.name
        if rows and dialect == "postgresql":
            self.connection.execute(insertion(dialect), {"rows": json.dumps(rows)})
        elif rows:
            self.connection.exec_driver_sql(spelled(insertion(dialect)), list(rows))

    def queue(self) -> None:
        """Wait until nobody else is adding: two that met on the same tallies in different order would stop each other."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(QUEUE)

    def entries(self, subject: str) -> dict[TallyKey, Decimal]:
        """Return what a record adds."""
        return {key: in_units(amount) for key, amount in self.kept(subject).items()}

    def kept(self, subject: str) -> dict[TallyKey, int]:
        """Return what a record adds, in hundredths."""
        return {TallyKey(*key): amount for *key, amount in self.connection.execute(MINE, {"subject": subject})}

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
        known = (
            select(TALLIES.c.who)
            .distinct()
            .where(TALLIES.c.scope == str(Scope.PERSON), TALLIES.c.period.in_(periods), TALLIES.c.amount != 0)
        )
        return sorted(self.connection.execute(known).scalars())

    def touched_by(self, person: str) -> list[str]:
        """Return the records that count for a person."""
        question = select(ENTRIES.c.subject).distinct().where(ENTRIES.c.scope == str(Scope.PERSON), ENTRIES.c.who == person)
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
    return [table.c.scope == str(party.scope), table.c.who == party.who, table.c.period.in_(periods)]


@cache
def replacing(dialect: str) -> Insertion:
    """Return the statement that keeps an entry, in place of the one of the same key."""
    entry = inserting(dialect, ENTRIES)
    return entry.on_conflict_do_update(index_elements=["subject", *KEY], set_={"amount": entry.excluded.amount})


@cache
def adding(dialect: str) -> Insertion:
    """Return the statement that adds to a sum."""
    entry = inserting(dialect, TALLIES)
    return entry.on_conflict_do_update(index_elements=list(KEY), set_={"amount": TALLIES.c.amount + entry.excluded.amount})


def inserting(dialect: str, table: Table) -> Insertion:
    """Return an insertion that can say what is to happen when the row exists."""
    if dialect != "postgresql":
        return sqlite.insert(table)
    # Of rows that come as one JSON text: each row of its own would cost PostgreSQL, and its driver, as much as a statement.
    rows = cast(bindparam("rows", type_=Text), postgresql.JSONB)
    row = func.jsonb_array_elements(rows).table_valued(column("value", postgresql.JSONB)).c.value
    parts = [cast(row[place].as_string(), part.type) for place, part in enumerate(table.c)]
    return postgresql.insert(table).from_select(list(table.c), select(*parts))


@cache
def spelled(insertion: Insertion) -> str:
    """Return an insertion as SQLite's driver takes it: SQLAlchemy's look at each of many rows costs more than the row."""
    return str(insertion.compile(dialect=sqlite.dialect()))


def in_hundredths(amount: Decimal) -> int:
    """Return an amount as the database keeps it; raise ValueError for one that would have to be rounded."""
    scaled = amount * UNIT
    if scaled != int(scaled):
        raise ValueError(f"{amount} is not in whole hundredths")
    return int(scaled)


def words_of(key: TallyKey) -> tuple[str, str, str, str]:
    """Return a key as plain words: drivers differ in what they make of an enumeration, and a column's own conversion is slower."""
    scope, who, period, measure = key
    return str(scope), who, period, str(measure)


def key_of(found: Any) -> TallyKey:
    """Return the key of a row."""
    return TallyKey(Scope(found.scope), found.who, found.period, found.measure)


def in_units(amount: int | Decimal) -> Decimal:
    """Return an amount of hundredths as what it stands for; sums come as decimals from PostgreSQL."""
    return Decimal(int(amount)) / UNIT
