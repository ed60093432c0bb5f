"""Days of the past and the future, counted in weekdays, so that nothing happens on a Saturday whenever the sandbox starts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def moment(start: datetime, n: int, clock_time: time, zone: str) -> datetime:
    """Return the n-th weekday after the start (before it, when n is negative) at that time in the zone, in UTC."""
    there = ZoneInfo(zone)
    return datetime.combine(weekday(start.astimezone(there).date(), n), clock_time, there).astimezone(UTC)


def weekday(day: date, n: int) -> date:
    """Return the n-th day from Monday to Friday after a day, or before it when n is negative; n is not 0."""
    counted_from = min(day.weekday(), 5 if n < 0 else 4)
    weeks, rest = divmod(counted_from + n, 5)
    return day + timedelta(days=7 * weeks + rest - day.weekday())
