"""The company's calendar (§5.2, §7.1): working days, working hours and financial quarters, in each person's own region and zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from bot.handbook import Company, WorkingHours
from bot.kinds import WEEKDAYS

_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of the financial year, which is named after the year it begins in; `end` is the last day."""

    year: int
    number: int
    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


class Calendar:
    """The working days and hours of one region, by the company's rules."""

    def __init__(self, company: Company, region: str | None = None) -> None:
        self.company = company
        self.region = region or company.holidays

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on a day: the company's own days decide, then the region's, then the week."""
        if day in self.company.extra_workdays:
            return True
        off, worked = _region_days(self.region, day.year)
        if day in self.company.extra_holidays or day in off:
            return False
        return day in worked or WEEKDAYS[day.weekday()] in self.company.working_week

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after a day (before it, when n is negative); for 0, the first from that day on."""
        if n == 0:
            return next(self._working_days(day - _DAY, _DAY))
        days = self._working_days(day, _DAY if n > 0 else -_DAY)
        return next(reached for counted, reached in enumerate(days, start=1) if counted == abs(n))

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after start up to and including end; negative when end comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + _DAY * n for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def within_hours(self, instant: datetime, zone: str, hours: WorkingHours | None = None) -> bool:
        """Tell whether people in the zone are at work at an aware instant; the company's hours unless others are given."""
        return self.next_working_moment(instant, zone, hours) == instant

    def next_working_moment(self, instant: datetime, zone: str, hours: WorkingHours | None = None) -> datetime:
        """Return the instant itself when it is within working hours in the zone, otherwise when they next begin, in UTC."""
        hours = hours or self.company.working_hours
        yesterday = instant.astimezone(ZoneInfo(zone)).date() - _DAY
        day = next(day for day in self._working_days(yesterday, _DAY) if instant < _instant(day, hours.end, zone))
        return max(instant, _instant(day, hours.start, zone))

    def last_working_moment(self, instant: datetime, zone: str, left: timedelta = timedelta(hours=1)) -> datetime:
        """Return the latest instant not after this one at which people in the zone have `left` of their working hours before them."""
        hours = self.company.working_hours
        tomorrow = instant.astimezone(ZoneInfo(zone)).date() + _DAY
        day = next(day for day in self._working_days(tomorrow, -_DAY) if _instant(day, hours.start, zone) <= instant)
        return min(instant, max(_instant(day, hours.end, zone) - left, _instant(day, hours.start, zone)))

    def fiscal_quarter(self, day: date) -> Quarter:
        """Return the quarter of the financial year that a day is in (§5.2)."""
        months = day.month - self.company.fiscal_year_start
        return self.quarter(day.year + months // 12, months % 12 // 3 + 1)

    def quarter(self, year: int, number: int) -> Quarter:
        """Return quarter 1 to 4 of the financial year that begins in a year."""
        month = self.company.fiscal_year_start - 1 + (number - 1) * 3
        return Quarter(year, number, _first_of(year, month), _first_of(year, month + 3) - _DAY)

    def _working_days(self, after: date, step: timedelta) -> Iterator[date]:
        day = after
        while True:
            day += step
            if self.is_working_day(day):
                yield day


@cache
def _region_days(region: str | None, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return a region's days off in a year, and the weekends that are worked to make up for some of them."""
    if region is None:
        return frozenset(), frozenset()
    country, _, subdivision = region.partition("-")
    days = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    return frozenset(days), frozenset(days.weekend_workdays)


def _instant(day: date, clock_time: time, zone: str) -> datetime:
    # In UTC: within one zone, Python compares wall clocks, which go back once a year.
    return datetime.combine(day, clock_time, ZoneInfo(zone)).astimezone(UTC)


def _first_of(year: int, months: int) -> date:
    return date(year + months // 12, months % 12 + 1, 1)
