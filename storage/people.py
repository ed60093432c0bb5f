"""People, as the workspace's directory and the administrators describe them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.policy.people import Person, Role
from bot.words.text import fold
from storage.base import Base, Shelf, Words, inserting, table_of


class PersonRow(Base):
    """One person."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    team_id: Mapped[str]
    email: Mapped[str]
    zone: Mapped[str]
    locale: Mapped[str]
    language: Mapped[str]
    post: Mapped[str]
    manager: Mapped[str] = mapped_column(index=True)
    team: Mapped[str]
    roles: Mapped[frozenset[Role]] = mapped_column(Words)
    started: Mapped[date | None]
    deleted: Mapped[bool]
    bot: Mapped[bool]
    guest: Mapped[bool]
    stranger: Mapped[bool]
    updated: Mapped[int]


PEOPLE = table_of(PersonRow)
HIGHEST = 50  # steps up a line of managers; there are never that many, unless somebody manages their own manager
INSIDE = ~(PEOPLE.c.deleted | PEOPLE.c.bot | PEOPLE.c.guest | PEOPLE.c.stranger)


def upwards() -> Select[Any]:
    """Return the question for a person and their managers, the nearest first."""
    line = select(PEOPLE, literal(0).label("step")).where(PEOPLE.c.id == bindparam("id")).cte(recursive=True)
    above = select(PEOPLE, line.c.step + 1).where(PEOPLE.c.id == line.c.manager, line.c.step < HIGHEST)
    line = line.union_all(above)
    return select(*(line.c[column.name] for column in PEOPLE.c)).order_by(line.c.step)


def downwards() -> Select[Any]:
    """Return the question for the ids of a person and of all who report to them, directly or not."""
    team = select(PEOPLE.c.id).where(PEOPLE.c.id == bindparam("id")).cte(recursive=True)
    team = team.union(select(PEOPLE.c.id).where(PEOPLE.c.manager == team.c.id, INSIDE))
    return select(team.c.id)


LINE, TEAM = upwards(), downwards()
TEAMS = select(PEOPLE.c.id, PEOPLE.c.team).where(PEOPLE.c.id.in_(bindparam("ids", expanding=True)))
AMONG = select(PEOPLE).where(PEOPLE.c.id.in_(bindparam("ids", expanding=True)))
ZONES = select(PEOPLE.c.zone).where(INSIDE).distinct()


class People(Shelf[Person]):
    """The people, within one transaction."""

    row = PersonRow
    record = Person

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.forget()

    def forget(self) -> None:
        """Forget what was asked so far in this transaction, which is not asked twice."""
        self.known: dict[str, Person] = {}
        self.lines: dict[str, list[str]] = {}
        self.teams_below: dict[str, list[str]] = {}

    def get(self, key: str, lock: bool = False) -> Person | None:
        """Return the person or None; `lock` keeps others from changing them until this transaction ends."""
        if lock or key not in self.known:
            found = super().get(key, lock)
            self.known |= {key: found} if found else {}
            return found
        return self.known[key]

    def put(self, person: Person) -> None:
        """Remember a person, in place of what was known of them."""
        self.forget()
        entry = inserting(self.connection, PEOPLE)
        replacing = {name: entry.excluded[name] for name in Person.model_fields}
        self.connection.execute(entry.on_conflict_do_update(index_elements=["id"], set_=replacing), dict(person))

    def all(self) -> list[Person]:
        """Return everybody, by name."""
        return self.all_of(select(PEOPLE).order_by(PEOPLE.c.name, PEOPLE.c.id))

    def active(self) -> list[Person]:
        """Return those who work here, by name."""
        return self.all_of(select(PEOPLE).where(INSIDE).order_by(PEOPLE.c.name, PEOPLE.c.id))

    def among(self, ids: Collection[str]) -> list[Person]:
        """Return those of these who are known, whether they still work here or not."""
        return self.all_of(AMONG, {"ids": list(ids)}) if ids else []

    def zones(self) -> list[str]:
        """Return the zones in which somebody works here."""
        return list(self.connection.execute(ZONES).scalars())

    def by_email(self, email: str) -> Person | None:
        """Return the person with this address, in whatever case, or None; an active account comes first."""
        same = select(PEOPLE).where(func.lower(PEOPLE.c.email) == email.lower())
        return self.one(same.order_by(PEOPLE.c.deleted, PEOPLE.c.id).limit(1))

    def reports_of(self, manager: str) -> list[Person]:
        """Return those who report to this person, by name."""
        return self.all_of(select(PEOPLE).where(PEOPLE.c.manager == manager, INSIDE).order_by(PEOPLE.c.name, PEOPLE.c.id))

    def managers_of(self, id: str) -> list[str]:
        """Return the ids of a person's manager, of that one's manager and so on to the top."""
        if id not in self.lines:
            line = self.all_of(LINE, {"id": id})
            self.known |= {person.id: person for person in line}
            self.lines[id] = list(dict.fromkeys(person.manager for person in line if person.manager))
        return self.lines[id]

    def team_of(self, person: Person) -> list[str]:
        """Return the ids of the person, of those who have the same manager, and of all who report to the person, however far down."""
        peers = {peer.id for peer in self.reports_of(person.manager)} if person.manager else set()
        return sorted(peers | set(self.below(person.id)))

    def below(self, id: str) -> list[str]:
        """Return the ids of a person and of all who report to them, however far down."""
        if id not in self.teams_below:
            self.teams_below[id] = list(self.connection.execute(TEAM, {"id": id}).scalars())
        return self.teams_below[id]

    def teams(self, ids: Collection[str]) -> dict[str, str]:
        """Return the team of each of these people."""
        return {found.id: found.team for found in self.connection.execute(TEAMS, {"ids": list(ids)})}

    def find(self, folded_name: str) -> list[Person]:
        """Return those who work here under this name, folded as `fold` does."""
        return [person for person in self.active() if fold(person.name) == folded_name]
