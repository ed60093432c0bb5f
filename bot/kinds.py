"""The kinds of value that a setting of the handbook may have, each with the words that mend a wrong one."""

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import holidays
from babel.numbers import is_currency
from pydantic import AfterValidator, BeforeValidator

from bot.language import LANGUAGES

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class Wrong(ValueError):
    """A value that cannot be used: what is wrong with it, and how to mend it."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mend = mend


def _pattern(pattern: str, mend: str) -> AfterValidator:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise Wrong(f'"{text}" cannot be used here', mend)
        return text

    return AfterValidator(check)


def one_of(known: Iterable[str], mend: str = "") -> AfterValidator:
    """Return a check that a text is one of those known; the nearest of them is offered."""
    names = tuple(known)

    def check(text: str) -> str:
        if text in names:
            return text
        near = get_close_matches(text, names, n=1)
        offer = f"did you mean {near[0]}?" if near else mend or f"write one of {', '.join(names)}"
        raise Wrong(f'"{text}" is not known', offer)

    return AfterValidator(check)


def unique(key: Callable[[Any], Hashable] = lambda item: item) -> AfterValidator:
    """Return a check that no two items of a list are the same, or have the same key."""

    def check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        seen = [key(item) for item in items]
        twice = next((item for item in seen if seen.count(item) > 1), None)
        if twice is not None:
            raise Wrong(f'"{twice}" is listed twice', "keep one of the two")
        return items

    return AfterValidator(check)


def _not_empty(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if not items:
        raise Wrong("is an empty list", "write at least one item")
    return items


at_least_one = AfterValidator(_not_empty)


def _whole_number(text: object) -> int:
    if not (isinstance(text, str) and re.fullmatch(r"-?[0-9]{1,9}", text)):
        raise Wrong(f"{_quoted(text)} is not a whole number", "write digits only, for example 10")
    return int(text)


def _amount(text: object) -> Decimal:
    try:
        amount = Decimal(text) if isinstance(text, str) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and amount > 0):
        raise Wrong(f"{_quoted(text)} is not an amount above zero", "write digits only, for example 5000000")
    return amount


def _factor(text: object) -> Decimal:
    if not (isinstance(text, str) and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", text)):
        raise Wrong(f"{_quoted(text)} is not a number from 0 on", "write digits, with at most four behind the point, for example 1.2")
    return Decimal(text)


def _flag(text: object) -> bool:
    if text not in ("true", "false"):
        raise Wrong(f"{_quoted(text)} is neither true nor false", "write true or false")
    return text == "true"


def _duration(text: object) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,4})([dhm])", text) if isinstance(text, str) else None
    if found is None:
        raise Wrong(f"{_quoted(text)} is not a length of time", "write a number above zero and its unit, for example 7d, 4h or 30m")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _clock_time(text: object) -> time:
    if not (isinstance(text, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text)):
        raise Wrong(f"{_quoted(text)} is not a time of day", "write hours and minutes with two digits each, for example 09:00")
    return time.fromisoformat(text)


def _day(text: object) -> date:
    try:
        return date.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        raise Wrong(f"{_quoted(text)} is not a day", "write year, month and day, for example 2026-02-14") from None


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (LookupError, ValueError, OSError):
        near = get_close_matches(text, available_timezones(), n=1)
        raise Wrong(f'"{text}" is not a time zone', f"did you mean {near[0]}?" if near else "write for example Asia/Shanghai") from None


def _currency(text: str) -> str:
    if not is_currency(text):
        raise Wrong(f'"{text}" is not a currency', "write its three capital letters, for example CNY, TWD or USD")
    return text


def _region(text: str) -> str:
    country, _, subdivision = text.partition("-")
    try:
        holidays.country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError:
        mend = "write a country such as CN, TW or US, or one of its parts as in US-CA, or null"
        raise Wrong(f'no holidays are known for "{text}"', mend) from None
    return text


def _or_none(text: object) -> object:
    # Told apart from null only by whoever wrote it: both say that there is none.
    return text or None


def _descending(lengths: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    if any(later >= earlier for earlier, later in pairwise(lengths)):
        raise Wrong("the lengths of time are not in order", "write the longest first and none twice, for example [7d, 1d, 4h]")
    return lengths


def _in_every_language(names: dict[str, str]) -> dict[str, str]:
    missing = [language for language in LANGUAGES if not names.get(language)]
    if missing:
        raise Wrong(f"has no words in {', '.join(missing)}", f"give one line for each of {', '.join(LANGUAGES)}")
    if len(names) > len(LANGUAGES):
        raise Wrong("has words in a language that is not known", f"keep only {', '.join(LANGUAGES)}")
    return names


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else "this"


Text = Annotated[str, _pattern(r"\S(.*\S)?", "write at least one letter, on one line")]
Name = Annotated[str, _pattern(r"[a-z][a-z0-9_]*", "write small letters, digits and _ only, for example sales_team")]
Whole = Annotated[int, BeforeValidator(_whole_number)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
Factor = Annotated[Decimal, BeforeValidator(_factor)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Durations = Annotated[tuple[Duration, ...], AfterValidator(_descending)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[tuple[Day, ...], unique()]
Weekday = Annotated[str, one_of(WEEKDAYS)]
Zone = Annotated[str, AfterValidator(_zone)]
Currency = Annotated[str, AfterValidator(_currency)]
Region = Annotated[str, AfterValidator(_region)]
Language = Annotated[str, one_of(LANGUAGES)]
Channel = Annotated[
    Annotated[str, _pattern(r"#[^\s#]+|[CG][A-Z0-9]{2,}", "write its name as #name, its id, or null for none")] | None,
    BeforeValidator(_or_none),
]
PublicAddress = Annotated[
    Annotated[str, _pattern(r"https?://[^\s/?#]+(/[^\s?#]*)?", "write for example https://presales.example.com, or null for none")] | None,
    BeforeValidator(_or_none),
]
InLanguages = Annotated[dict[str, str], AfterValidator(_in_every_language)]
