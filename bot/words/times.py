"""Times as people type them, read as exact instants: `Fri 5pm`, `in 3 days`, `2026-11-27T17:00+08:00`, `下周五 17:00`."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.tz import datetime_exists
from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.words import Unreadable
from bot.words.chinese import in_english
from bot.words.dates import COUNT, Days, count_of, read_days
from bot.words.text import plain
from bot.words.zones import Place, check_called, take_zone

FARTHEST = relativedelta(years=10)
_ZONES_APART = timedelta(days=2)  # more than any two clocks of the world
_NOON = ("noon", "midday")
_LONGEST = 80  # characters
_ELAPSED = re.compile(rf"(?:(?:in|within) )?(?P<count>half an?|{COUNT}) ?(?P<unit>h|hrs?|hours?|mins?|minutes?)(?: from now)?")
_CLOCK = re.compile(
    r"\b(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>\d{1,2}):(?P<minute24>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?![\d:])"
    r"|(?P<word>noon|midday|midnight|eod|cob|end of (?:the )?day|close of business)\b)"
)
_FILLERS = re.compile(r"\b(?:on|at|by|before|due|date:?)(?!\w)|[,;()@]")
_ISO_T = re.compile(r"(?<=\d)t(?=\d)")


class When(BaseModel):
    """An instant that somebody named: in UTC, with the zone whose clock was meant and whether a time of day was said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instant: AwareDatetime
    zone: str
    had_time: bool


def read_when(text: str, now: datetime, zone: ZoneInfo, default_time: time = time(17), day_first: bool | None = None) -> When:
    """Return the instant that text names on the speaker's clock.

    A day without time is meant at `default_time`. A bare weekday, a time, a day of the month or a date without year is the next one that
    is still ahead; `next Fri` and 下周五 are the Friday of next week, `this Fri` that of this week, weeks begin on Monday. The week ends on
    Friday. `in 3 days` counts days of the calendar, `in 4 hours` real hours. A local time that happens twice is the earlier one.
    `day_first` says how the speaker orders 3/4, when that is known. Raises Unreadable.
    """
    try:
        return _read(_in_english(text), now, zone, default_time, day_first)
    except Unreadable as unreadable:
        raise Unreadable(unreadable.reason, text) from None


def _in_english(text: str) -> str:
    if len(text) > _LONGEST:
        raise Unreadable("when_unknown")
    return in_english(plain(text).lower())


def _read(text: str, now: datetime, zone: ZoneInfo, default_time: time, day_first: bool | None) -> When:
    place, zoneless = take_zone(text, zone)
    moment = _tidy(_ISO_T.sub(" ", zoneless))
    if elapsed := _ELAPSED.fullmatch(moment):
        return When(instant=_after(elapsed, now), zone=place.name, had_time=True)
    clock = _CLOCK.search(moment)
    named = _tidy(moment[: clock.start()] + " " + moment[clock.end() :]) if clock else moment
    days = _days(named, clock, now.astimezone(place.clock).date(), day_first)
    local = _first_ahead(days.possible, _time_of_day(clock, default_time), place, now)
    if days.weekday not in (None, local.day.weekday()):
        raise Unreadable("when_ambiguous")
    return When(instant=local.instant, zone=place.name, had_time=clock is not None)


def _tidy(text: str) -> str:
    return " ".join(_FILLERS.sub(" ", text).split()).strip(" .-")


def _after(elapsed: re.Match[str], now: datetime) -> datetime:
    """Return the whole minute that many hours or minutes from now, however the clocks are moved meanwhile."""
    minutes = 60 if elapsed["unit"].startswith("h") else 1
    count = timedelta(minutes=30) if elapsed["count"].startswith("half") else timedelta(minutes=minutes * count_of(elapsed["count"]))
    instant = (now.astimezone(UTC) + count).replace(second=0, microsecond=0)
    if instant <= now:
        raise Unreadable("when_past")
    return instant


def _days(text: str, clock: re.Match[str] | None, today: date, day_first: bool | None) -> Days:
    """Return the days that are named; a time alone is today's or tomorrow's, the end of the day only today's."""
    if text or clock is None:
        return read_days(text, today, day_first=day_first)
    return Days([today] if clock["word"] and clock["word"] not in _NOON else [today, today + timedelta(days=1)])


def _time_of_day(clock: re.Match[str] | None, default: time) -> timedelta:
    """Return how far into its day a time is; `midnight` might be either end of it."""
    word = clock["word"] if clock else None
    if word == "midnight":
        raise Unreadable("when_ambiguous")
    if word in _NOON:
        return timedelta(hours=12)
    if clock is None or word:
        return timedelta(hours=default.hour, minutes=default.minute, seconds=default.second)
    return _told(clock)


def _told(clock: re.Match[str]) -> timedelta:
    """Return how far into its day a clock's hour and minute are; 24:00 is the end of it."""
    hour, minute = int(clock["hour"] or clock["hour24"]), int(clock["minute"] or clock["minute24"] or 0)
    since = timedelta(hours=hour, minutes=minute, seconds=int(clock["second"] or 0))
    if minute > 59 or since > timedelta(days=1) or (clock["half"] and not 1 <= hour <= 12):
        raise Unreadable("when_unknown")
    if clock["half"]:
        return since % timedelta(hours=12) + timedelta(hours=12 * (clock["half"] == "p"))
    return since


class _Local(NamedTuple):
    """A day that was meant, and the instant on it."""

    day: date
    instant: datetime


def _first_ahead(days: Sequence[date], since_midnight: timedelta, place: Place, now: datetime) -> _Local:
    """Return the first of the days on which that time is still ahead, where clocks show such a time at all."""
    nearest, farthest = now.astimezone(UTC), now.astimezone(UTC) + FARTHEST
    for day in days:
        if day < nearest.date() - _ZONES_APART:
            continue
        if day > farthest.date() + _ZONES_APART:
            raise Unreadable("when_too_far")
        wall = (datetime.combine(day, time()) + since_midnight).replace(tzinfo=place.clock)
        if wall.astimezone(UTC) > now:
            return _Local(day, _checked(wall, place, farthest))
    raise Unreadable("when_past")


def _checked(wall: datetime, place: Place, farthest: datetime) -> datetime:
    if not datetime_exists(wall):
        raise Unreadable("when_gap")
    check_called(place, wall)
    instant = wall.astimezone(UTC)
    if instant > farthest:
        raise Unreadable("when_too_far")
    return instant
