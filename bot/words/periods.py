"""Periods as people type them: quarters and years of the company's financial year (§5.2)."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.policy.calendar import Calendar
from bot.policy.tallies import Period, before, current, period
from bot.words.text import Word, fold

_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NAMED = re.compile(r"(?:fy ?)?(?P<year>20\d\d)年?(?:财年|財年|年度)?(?:[ -]?q(?P<q>[1-4])|第?(?P<n>[1-4一二三四])季度?)?")
_THIS_YEAR = re.compile(r"q(?P<q>[1-4])|第(?P<n>[1-4一二三四])季度?")
_QUARTER_WORDS = frozenset("quarter 季度 本季 本季度 当季 當季".split())
_YEAR_WORDS = frozenset("year 年度 今年 本年 本年度 全年".split())
_LAST_QUARTER = frozenset("last-quarter 上季 上季度 上一季度".split())
_LAST_YEAR = frozenset("last-year 去年 上年 上年度".split())


class Taken(NamedTuple):
    """The period among some words, if there is one, and the words besides."""

    period: Period | None
    rest: list[Word]


def take_period(words: Sequence[Word], now: datetime, calendar: Calendar) -> Taken:
    """Return the first period among the words, quoted ones left alone, and the words besides."""
    for place, word in enumerate(words):
        found = None if word.quoted else read_period(word.text, now, calendar)
        if found:
            return Taken(found, [*words[:place], *words[place + 1 :]])
    return Taken(None, list(words))


def read_period(text: str, now: datetime, calendar: Calendar) -> Period | None:
    """Return the quarter or year that a word says, or None."""
    word = fold(text)
    for known, year in ((_QUARTER_WORDS, False), (_YEAR_WORDS, True)):
        if word in known:
            return current(now, calendar, year=year)
    for known, year in ((_LAST_QUARTER, False), (_LAST_YEAR, True)):
        if word in known:
            return before(current(now, calendar, year=year), calendar)
    if match := _NAMED.fullmatch(word):
        return period(int(match["year"]), _QUARTER.get(match["q"] or match["n"] or ""), calendar)
    match = _THIS_YEAR.fullmatch(word)
    return period(current(now, calendar).quarters[0].year, _QUARTER[match["q"] or match["n"]], calendar) if match else None
