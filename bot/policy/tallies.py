"""Tallies (§5.1): what is counted for a person, a team or the company in a quarter of the financial year, and who may see it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.policy.calendar import Calendar, Quarter


class Scope(StrEnum):
    """Whose figures they are."""

    PERSON = "person"
    TEAM = "team"
    COMPANY = "company"


class Party(NamedTuple):
    """Somebody for whom is counted: `who` is a person's id or a team's name; the company has none."""

    scope: Scope
    who: str = ""


COMPANY = Party(Scope.COMPANY)


class TallyKey(NamedTuple):
    """What one number counts: for whom, in which quarter ("2026Q3"), and what."""

    scope: Scope
    who: str
    period: str
    measure: str


class Reading(NamedTuple):
    """A figure as a pair, to be rounded only where it is shown; `n` is of how many cases it is made, `enough` whether they are enough."""

    part: Decimal
    whole: Decimal
    n: int
    enough: bool = True


class Period(NamedTuple):
    """A quarter of the financial year, or all four."""

    quarters: tuple[Quarter, ...]

    @property
    def name(self) -> str:
        """Return the name by which it is typed and kept: 2026Q3, or 2026 for the year."""
        first = self.quarters[0]
        return name_of(first) if len(self.quarters) == 1 else str(first.year)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its quarters."""
        return tuple(name_of(quarter) for quarter in self.quarters)

    @property
    def start(self) -> date:
        """Return the first day."""
        return self.quarters[0].start

    @property
    def end(self) -> date:
        """Return the last day."""
        return self.quarters[-1].end

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """Return when it begins and when the next one begins, by a zone's clock."""
        first, after = self.start, self.end + timedelta(days=1)
        return tuple(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) for day in (first, after))  # type: ignore[return-value]


def name_of(quarter: Quarter) -> str:
    """Return the name of a quarter."""
    return f"{quarter.year}Q{quarter.number}"


def quarter_at(instant: datetime, calendar: Calendar) -> str:
    """Return the name of the quarter that an instant lies in, by the clock of the head office (§5.2)."""
    return name_of(calendar.fiscal_quarter(instant.astimezone(ZoneInfo(calendar.company.time_zone)).date()))


def period(year: int, number: int | None, calendar: Calendar) -> Period:
    """Return quarter 1 to 4 of a financial year, or for None the year."""
    numbers = (number,) if number else (1, 2, 3, 4)
    return Period(tuple(calendar.quarter(year, each) for each in numbers))


def current(now: datetime, calendar: Calendar, *, year: bool = False) -> Period:
    """Return the quarter, or the year, that is now."""
    quarter = calendar.fiscal_quarter(now.astimezone(ZoneInfo(calendar.company.time_zone)).date())
    return period(quarter.year, None if year else quarter.number, calendar)


def before(this: Period, calendar: Calendar) -> Period:
    """Return the quarter before a quarter, the year before a year."""
    quarter = calendar.fiscal_quarter(this.start - timedelta(days=1))
    return period(quarter.year, quarter.number if len(this.quarters) == 1 else None, calendar)


def overseers(people: Iterable[str], managers: Mapping[str, str]) -> frozenset[str]:
    """Return who is above each of these people in the line, or that very person; `managers` names everybody's manager."""
    lines = [frozenset(line(person, managers)) for person in people]
    return frozenset.intersection(*lines) if lines else frozenset()


def line(person: str, managers: Mapping[str, str]) -> list[str]:
    """Return a person and their managers, nearest first."""
    above = [person]
    while (manager := managers.get(above[-1], "")) and manager not in above:
        above.append(manager)
    return above


def parties(people: Iterable[str], teams: Mapping[str, str]) -> list[Party]:
    """Return for whom a piece of work counts once each: the people, their teams, and the company."""
    different = dict.fromkeys(people)
    named = dict.fromkeys(team for person in different if (team := teams.get(person, "")))
    return [*(Party(Scope.PERSON, person) for person in different), *(Party(Scope.TEAM, team) for team in named), COMPANY]
