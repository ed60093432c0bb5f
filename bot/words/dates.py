"""Days as people name them, each as the days that it may mean, in order: `fri`, `27 nov`, `in 3 days`, `end of month`."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from bot.words import Unreadable

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKS = {None: 0, "this": 0, "next": 1, "next next": 2, "last": -1}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_YEARS_TRIED = 9  # finds a 29 February from any year

_MONTH = (
    "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>\d{4}|this year|next year)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>this|next next|next|last|coming) )?"
    r"(?P<day>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?"
    r"(?: (?P<of>this|next) week\b)?"
)
COUNT = rf"\d{{1,4}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}"


class Days(NamedTuple):
    """The days that words may mean, in order, and the day of the week that they claim for it."""

    possible: Sequence[date]
    weekday: int | None = None


def read_days(text: str, today: date, *, day_first: bool | None) -> Days:
    """Return the days that lower-case words may mean, seen from today. Raises Unreadable."""
    named = _WEEKDAY.search(text)
    rest = " ".join((text[: named.start()] + " " + text[named.end() :]).split()) if named else text
    if named is None:
        return Days(_read(text, today, day_first))
    weekday = _WEEKDAYS.index(named["day"][:3])
    if not rest:
        return Days(_weekdays(weekday, named["which"], named["of"], today))
    if named["which"] or named["of"]:
        raise Unreadable("when_unknown")
    return Days(_read(rest, today, day_first), weekday)


def count_of(word: str) -> int:
    """Return the number that a digit or English number word stands for."""
    return _COUNTS.get(word) or int(word)


def _read(text: str, today: date, day_first: bool | None) -> Sequence[date]:
    for pattern, reader in _READERS:
        if match := pattern.fullmatch(text):
            return reader(match, today, day_first)
    raise Unreadable("when_unknown")


def _weekdays(weekday: int, which: str | None, of: str | None, today: date) -> Sequence[date]:
    """Return the day of one week, counted from Monday; a bare weekday is today's or the next one's."""
    if of and which:
        raise Unreadable("when_unknown")
    if of or which in ("this", "next", "next next", "last"):
        monday = today - timedelta(days=today.weekday())
        return [monday + timedelta(days=weekday, weeks=_WEEKS[of or which])]
    coming = today + timedelta(days=(weekday - today.weekday()) % 7)
    return [coming, coming + timedelta(weeks=1)]


def _of_year(year: int, month: int, day: int) -> Sequence[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        raise Unreadable("when_no_such_date") from None


def _of_any_year(month: int, day: int, today: date) -> Sequence[date]:
    days = []
    for year in range(today.year, today.year + _YEARS_TRIED):
        with suppress(ValueError):
            days.append(date(year, month, day))
    if not days:
        raise Unreadable("when_no_such_date")
    return days


def _near(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    days = {"yesterday": -1, "today": 0, "tonight": 0, "day after tomorrow": 2}
    return [today + timedelta(days=days.get(match["word"], 1))]


def _ahead(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    count, unit = count_of(match["count"]), match["unit"][0]
    try:
        lengths = {"d": relativedelta(days=count), "w": relativedelta(weeks=count), "m": relativedelta(months=count)}
        day = today + lengths.get(unit, relativedelta(years=count))
    except (OverflowError, ValueError):
        raise Unreadable("when_too_far") from None
    return [day]


def _end(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    """Return the last day of a month, quarter or year, or the Friday of a week."""
    later = int(match["which"] == "next")
    ends = {
        "w": relativedelta(weeks=later, days=4 - today.weekday()),
        "m": relativedelta(months=later, day=31),
        "q": relativedelta(months=-today.month % 3 + 3 * later, day=31),
        "y": relativedelta(years=later, month=12, day=31),
    }
    day: date = today + ends[(match["span"] or match["short"])[0]]
    return [day]


def _end_of_month(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    first = _with_month(match, today, 1)
    return [day + relativedelta(day=31) for day in first]


def _named_month(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    return _with_month(match, today, int(match["day"]))


def _with_month(match: re.Match[str], today: date, day: int) -> Sequence[date]:
    month, year = MONTHS.index(match["month"][:3]) + 1, match["year"]
    if not year:
        return _of_any_year(month, day, today)
    return _of_year(int(year) if year.isdigit() else today.year + (year == "next year"), month, day)


def _day_of_month(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    """Return that day of this and the following months that have it, or of the month that is named."""
    first, day = today.replace(day=1), int(match["day"])
    if match["which"]:
        month: date = first + relativedelta(months=int(match["which"] == "next"))
        return _of_year(month.year, month.month, day)
    months = [first + relativedelta(months=later) for later in range(3)]
    days = [month + timedelta(days=day - 1) for month in months if 1 <= day <= (month + relativedelta(day=31)).day]
    if not days:
        raise Unreadable("when_no_such_date")
    return days


def _year_first(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    return _of_year(int(match["year"]), int(match["month"]), int(match["day"]))


def _two_numbers(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    """Return day and month in the order that is possible, or else the one that the speaker is known to use."""
    one, two = int(match["one"]), int(match["two"])
    if one <= 12 and two <= 12 and one != two and day_first is None:
        raise Unreadable("when_ambiguous")
    day, month = (one, two) if one > 12 or (two <= 12 and day_first) else (two, one)
    return _of_year(int(match["year"]), month, day) if match["year"] else _of_any_year(month, day, today)


def _short_year(match: re.Match[str], today: date, day_first: bool | None) -> Sequence[date]:
    raise Unreadable("when_ambiguous")


_Reader = Callable[[re.Match[str], date, bool | None], Sequence[date]]
_READERS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(r"(?:the )?(?P<word>today|tonight|tomorrow|tmrw?|day after tomorrow|yesterday)"), _near),
    (re.compile(rf"(?:(?:in|within) )?(?P<count>{COUNT}) ?(?P<unit>d|days?|w|wks?|weeks?|months?|years?)(?: from now)?"), _ahead),
    (re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"), _year_first),
    (re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"), _year_first),
    (re.compile(r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?:(?P=mark)(?P<year>\d{4})|\.)?"), _two_numbers),
    (re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d\d"), _short_year),
    (re.compile(rf"(?:the )?{_DAY}[ -]?(?:of )?{_MONTH}[ -]?{_YEAR}?"), _named_month),
    (re.compile(rf"{_MONTH} ?{_DAY}(?: {_YEAR})?"), _named_month),
    (re.compile(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)(?: of (?P<which>this|next) month)?"), _day_of_month),
    (re.compile(r"(?:the )?end of (?:the )?(?:(?P<which>this|next) )?(?P<span>week|month|quarter|year)|eo(?P<short>[wmqy])"), _end),
    (re.compile(rf"(?:the )?end of {_MONTH}(?: {_YEAR})?"), _end_of_month),
]
