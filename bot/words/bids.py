"""`CUSTOMER [amount] [due WHEN]`, the words after `/bid new`, as values."""

import re
from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.policy.money import Money
from bot.words import Unreadable
from bot.words.amounts import is_amount, take_amount
from bot.words.text import Word, plain, words
from bot.words.times import When, read_when

_DUE = re.compile(
    r"(?:(?:due|by|before|deadline|closing|closes)(?::(?P<glued>.*))?"
    r"|(?:投[标標])?(?:截止(?:[时時][间間]|日期)?|截至|期限|到期(?:日|[时時][间間])?)[到至于於为為是]?:?(?P<tail>.*))",
    re.IGNORECASE,
)
_DUE_LAST = re.compile(r"(?P<when>.*?)(?P<word>[之以]?前|[之以]?前?(?:截止|到期))")
_PAUSE = re.compile("(?<=[，；、])")  # white space seldom follows it
_MOST_WORDS = 12  # of a time; more are none
_ENDS = " ,;:-–—，；、："

_ReadWhen = Callable[[str], When]
_TakeAmount = Callable[[list[Word]], tuple[Money | None, list[Word]]]


class CustomerAmountDue(NamedTuple):
    """What `/bid new` was told: the customer's name as typed, and what else was said."""

    customer: str
    amount: Money | None = None
    due: When | None = None


class _Due(NamedTuple):
    """The words before a deadline, the deadline, and an amount that came after it."""

    before: list[Word]
    due: When | None = None
    amount: Money | None = None


def read_customer_amount_due(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    default_currency: str,
    default_time: time = time(17),
    day_first: bool | None = None,
    language: str = "en",
) -> CustomerAmountDue:
    """Return the customer, amount and deadline that text names; quotes keep a name such as `"ACME 3m"` whole.

    The deadline follows `due`, `by`, 截止 and their like, or stands before a last 截止, 到期 or 前. Raises Unreadable.
    """
    read = partial(read_when, now=now, zone=zone, default_time=default_time, day_first=day_first)
    take = partial(take_amount, default_currency=default_currency, language=language)
    before, due, late_amount = _take_due([part for word in words(text) for part in _at_pauses(word)], read, take)
    amount, name = take(before)
    if not name or is_amount(before):
        raise Unreadable("customer_missing", text)
    if amount and late_amount:
        raise Unreadable("amount_ambiguous", text)
    return CustomerAmountDue(_as_name(name), amount or late_amount, due)


def _at_pauses(word: Word) -> list[Word]:
    if word.quoted:
        return [word]
    return [Word(plain(part), part) for part in _PAUSE.split(word.typed) if part]


def _take_due(typed: list[Word], read: _ReadWhen, take: _TakeAmount) -> _Due:
    """Split at the first word for a deadline that a time follows; refuse when only something else follows."""
    unread: Unreadable | None = None
    for place in range(1, len(typed)):
        match = _DUE.fullmatch(typed[place].text)
        if match is None or typed[place].quoted or _ends_due(typed, place):
            continue
        try:
            return _read_due(typed, place, match["glued"] or match["tail"] or "", read, take)
        except Unreadable as unreadable:
            if unreadable.reason != "when_unknown":
                raise
            unread = unreadable
    if unread:
        raise unread
    return _take_due_last(typed, read)


def _ends_due(typed: list[Word], place: int) -> bool:
    return place == len(typed) - 1 and _DUE_LAST.fullmatch(typed[place].text) is not None


def _read_due(typed: list[Word], place: int, glued: str, read: _ReadWhen, take: _TakeAmount) -> _Due:
    """Read what follows the word for a deadline: a time, or a time and the amount."""
    following = [Word(glued, glued)] * bool(glued) + typed[place + 1 : place + 1 + _MOST_WORDS]
    said = " ".join(word.text for word in following)
    if len(typed) - place > _MOST_WORDS or not said:
        raise Unreadable("when_unknown", said or typed[place].typed)
    try:
        return _Due(typed[:place], read(said))
    except Unreadable as unreadable:
        amount, rest = take(following) if unreadable.reason == "when_unknown" else (None, [])
        if amount is None:
            raise
        return _Due(typed[:place], read(" ".join(word.text for word in rest)), amount)


def _take_due_last(typed: list[Word], read: _ReadWhen) -> _Due:
    """Split off the longest time that stands before a last 截止, 到期 or 前."""
    match = _DUE_LAST.fullmatch(typed[-1].text) if len(typed) > 1 and not typed[-1].quoted else None
    if match is None:
        return _Due(typed)
    for start in range(max(1, len(typed) - _MOST_WORDS), len(typed)):
        said = " ".join([*(word.text for word in typed[start:-1]), match["when"]])
        try:
            return _Due(typed[:start], read(said))
        except Unreadable as unreadable:
            if unreadable.reason != "when_unknown":
                raise
    if match["word"].endswith("前"):
        return _Due(typed)
    raise Unreadable("when_unknown", typed[-1].typed)


def _as_name(name: list[Word]) -> str:
    typed = " ".join(word.typed for word in name)
    return typed if name[-1].quoted else typed.rstrip(_ENDS) or typed
