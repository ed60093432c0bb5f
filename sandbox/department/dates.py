"""Days of the past and the future, counted in working days, so that nothing happens on a day off whenever the sandbox starts."""

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from sandbox.department.rules import calendar


def moment(start: datetime, n: int, clock_time: time, zone: str) -> datetime:
    """Return the n-th working day after the start (before it, when n is negative) at that time in the zone, in UTC.

    Days are counted from the date at the head office: it is the same day for everybody, whatever the hour of the start.
    """
    day = working_day(start.astimezone(ZoneInfo(calendar().company.time_zone)).date(), n)
    return datetime.combine(day, clock_time, ZoneInfo(zone)).astimezone(UTC)


@cache
def working_day(day: date, n: int) -> date:
    """Return the n-th day on which the company works after a day, or before it when n is negative; n is not 0."""
    return calendar().add_working_days(day, n)
