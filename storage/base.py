"""What all rows share: naming, column types that mean the same on both databases, and the shelf that turns rows into records."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar, cast

from pydantic_core import to_jsonable_python
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Insert,
    MetaData,
    Numeric,
    RowMapping,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.policy.record import Record

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
PLACES = 4


class Instant(TypeDecorator[datetime]):
    """A moment in time: aware going in, in UTC coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as the database keeps it; raise ValueError for one that names no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Amount(TypeDecorator[Decimal]):
    """An amount of money, exact to four places; as text on SQLite, which has no decimals."""

    impl = Numeric(20, PLACES)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of this database."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric(20, PLACES))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Return the amount as the database keeps it; raise ValueError for one that would have to be rounded."""
        if value is None:
            return None
        if value != round(value, PLACES):
            raise ValueError(f"{value} has more than {PLACES} decimal places")
        return f"{value:f}" if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, _dialect: Dialect) -> Decimal | None:
        """Return the amount without the zeros that only the column's width added."""
        if value is None:
            return None
        amount = Decimal(value)
        return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


class Words(TypeDecorator[Any]):
    """A list or a dict, as JSON; sets come as sorted lists, so that equal records are equal rows."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        """Return plain JSON data."""
        plain = to_jsonable_python(value)
        return sorted(plain) if isinstance(value, set | frozenset) else plain


class Choice(TypeDecorator[str]):
    """One of an enumeration, kept as its word."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return the word itself: drivers differ in what they make of an enumeration."""
        return value.value if isinstance(value, StrEnum) else value


class Base(DeclarativeBase):
    """The schema; constraints have names by rule, so that a migration can find them on either database."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        datetime: Instant,
        Decimal: Amount,
        dict[str, Any]: Words,
        tuple[str, ...]: Words,
    }


def table_of(row: type[Base]) -> Table:
    """Return the table of a row; statements name tables, because those that name the class cost several times as much."""
    return cast(Table, row.__table__)


def inserting(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an insertion that can say what is to happen when the row exists: each database has its own, of the same words."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


# Statements are built once: building one, and finding it in SQLAlchemy's cache, costs as much as running it.


@cache
def once(dialect: str, table: Table) -> Insert:
    """Return an insertion that leaves the row alone when it exists, and returns its key when it did not."""
    entry = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return entry.on_conflict_do_nothing().returning(*table.primary_key)


@cache
def entering(table: Table) -> Insert:
    """Return the insertion of a row."""
    return insert(table)


@cache
def by_id(table: Table, lock: bool) -> Select[Any]:
    """Return the question for the row of an id."""
    question = select(table).where(table.c.id == bindparam("this_id"))
    return question.with_for_update() if lock else question


@cache
def replacing(table: Table) -> Update:
    """Return the change of all columns of the row of an id."""
    return update(table).where(table.c.id == bindparam("this_id"))


RecordT = TypeVar("RecordT", bound=Record)


class Shelf(Generic[RecordT]):
    """The records of one kind, within one transaction; their rows have exactly their fields."""

    row: ClassVar[type[Base]]
    record: type[RecordT]
    generated: ClassVar[bool] = False  # whether the database gives out the ids

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.table = table_of(self.row)

    def add(self, record: RecordT) -> RecordT:
        """Remember a new record; return it with its id."""
        values = dict(vars(record))
        if self.generated:
            del values["id"]
        [key] = self.connection.execute(entering(self.table), values).inserted_primary_key or (None,)
        return record.amended(id=key) if self.generated else record

    def get(self, key: Any, lock: bool = False) -> RecordT | None:
        """Return the record or None; `lock` keeps others from changing it until this transaction ends."""
        return self.one(by_id(self.table, lock), {"this_id": key})

    def save(self, record: RecordT) -> None:
        """Replace the record of this id by this one; raise LookupError when there is none."""
        values = dict(vars(record))
        key = values["this_id"] = values.pop("id")
        if not self.connection.execute(replacing(self.table), values).rowcount:
            raise LookupError(f"no {self.record.__name__} {key}")

    def after(self, last: int, limit: int) -> list[RecordT]:
        """Return the records after the one of this number, by number; the last one's leads to the next page."""
        return self.all_of(select(self.table).where(self.table.c.id > last).order_by(self.table.c.id).limit(limit))

    def read(self, row: RowMapping) -> RecordT:
        """Return the record of a row."""
        return self.record.model_validate(dict(row))

    def one(self, question: Select[Any], parameters: Mapping[str, Any] | None = None) -> RecordT | None:
        """Return the only answer, or None."""
        row = self.connection.execute(question, parameters or {}).mappings().one_or_none()
        return None if row is None else self.read(row)

    def all_of(self, question: Select[Any], parameters: Mapping[str, Any] | None = None) -> list[RecordT]:
        """Return every answer."""
        return [self.read(row) for row in self.connection.execute(question, parameters or {}).mappings()]
