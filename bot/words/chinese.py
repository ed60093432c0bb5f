"""Chinese times put into the English words that `times` reads: `下周五下午5点半` becomes `next fri 17:30`."""

import re
from collections.abc import Callable

from bot.words import Unreadable
from bot.words.dates import MONTHS
from bot.words.numerals import number

_SIMPLIFIED = str.maketrans("後週禮點時間號兩個鐘內這國臺東紐約倫韓當爾敦", "后周礼点时间号两个钟内这国台东纽约伦韩当尔敦")
_WEEKDAYS = dict(zip("一二三四五六日天", ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "sun"), strict=True))
_WHICH = {"这": "this", "本": "this", "今": "this", "下": "next", "明": "next", "下下": "next next", "上": "last"}
_NEXT_DAYS = {"大后": "in 3 days", "后": "in 2 days", "明": "tomorrow", "今": "today", "当": "today", "昨": "yesterday", "前": "yesterday"}
_UNITS = {"天": "days", "日": "days", "周": "weeks", "星期": "weeks", "礼拜": "weeks", "个月": "months", "年": "years"}
_SHORT_UNITS = {"小时": "hours", "钟头": "hours", "分": "minutes"}
_SPANS = {"月": "month", "季": "quarter", "季度": "quarter", "年": "year"}
_PLACES = {"北京": "beijing", "上海": "shanghai", "中国": "china", "香港": "hong kong", "台北": "taipei", "台湾": "taiwan"}
_PLACES |= {"新加坡": "singapore", "东京": "tokyo", "日本": "japan", "首尔": "seoul", "韩国": "korea"}
_PLACES |= {"伦敦": "london", "巴黎": "paris", "柏林": "berlin", "纽约": "new york", "美东": "eastern", "美西": "pacific"}
# The hours that each part of the day may mean; an hour that fits none of them (晚上12点), or none named (5点), is left open.
_PERIODS = {
    **dict.fromkeys(("凌晨",), range(1, 7)),
    **dict.fromkeys(("清晨", "早晨", "早上", "上午"), range(4, 13)),
    **dict.fromkeys(("中午",), range(11, 16)),
    **dict.fromkeys(("下午", "午后"), range(12, 20)),
    **dict.fromkeys(("傍晚",), range(16, 21)),
    **dict.fromkeys(("晚上", "夜里", "晚间"), range(17, 24)),
}


def in_english(text: str) -> str:
    """Return plain lower-case text with its Chinese words of time in English; other words stay. Raises Unreadable."""
    if text.isascii():
        return text
    text = text.translate(_SIMPLIFIED)
    for pattern, rewrite in _REWRITES:
        text = pattern.sub(rewrite, text)
    return " ".join(text.split())


def _numeral(match: re.Match[str]) -> str:
    value = number(match[0])
    return match[0] if value is None else str(int(value))


def _weekday(match: re.Match[str]) -> str:
    return f" {_WHICH.get(match['which'], '')} {_WEEKDAYS[match['day']]} "


def _ahead(match: re.Match[str]) -> str:
    return f" in {match['count']} {_UNITS[match['unit']]} "


def _elapsed(match: re.Match[str]) -> str:
    if not match["half"]:
        return f" in {match['count']} {_SHORT_UNITS[match['unit']]} "
    return f" in {30 + 60 * int(match['count'] or 0)} minutes "


def _end(match: re.Match[str]) -> str:
    return f" end of {_WHICH.get(match['which'], '')} {_SPANS[match['span']]} "


def _month(number: str) -> str:
    if not 1 <= int(number) <= len(MONTHS):
        raise Unreadable("when_no_such_date")
    return MONTHS[int(number) - 1]


def _date(match: re.Match[str]) -> str:
    year = match["year"] or (f"{_WHICH[match['which']]} year" if match["which"] else "")
    return f" {match['day']} {_month(match['month'])} {year} "


def _day_of_month(match: re.Match[str]) -> str:
    return f" {match['day']}th " + (f"of {_WHICH[match['which']]} month " if match["which"] else "")


def _time(match: re.Match[str]) -> str:
    """Tell a time of day by the 24-hour clock."""
    hour, minute = int(match["hour"]), match["minute"] or match["colon"] or "0"
    minute = "30" if match["half"] else str(15 * int(match["quarter"])) if match["quarter"] else minute
    if match["period"]:
        meant = [each for each in (hour, hour + 12) if each in _PERIODS[match["period"]]]
    else:
        meant = [] if match["mark"] == "点" and 0 < hour < 7 else [hour]
    if len(meant) != 1:
        raise Unreadable("when_ambiguous")
    return f" {meant[0]:02}:{int(minute):02} "


def _any(names: dict[str, str] | dict[str, range]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_REWRITES: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(rf"({_any(_PLACES)})时间"), lambda match: f" {_PLACES[match[1]]} time "),
    (re.compile(r"([今明后昨])([晚早])上?"), r"\1天\2上"),
    (re.compile(r"(?P<which>下下|[下上本这]?)个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"), _weekday),
    (re.compile("[〇零一二两三四五六七八九十百]+"), _numeral),
    (re.compile(rf"(?P<count>\d{{1,4}})(?:个(?!月))?(?P<unit>{_any(_UNITS)})(?:之|以)?[后内]"), _ahead),
    (re.compile(r"(?P<count>\d{0,4})(?:个?(?P<half>半)个?|(?<=\d)个?)(?P<unit>小时|钟头|(?<!半)分)钟?(?:之|以)?[后内]"), _elapsed),
    (re.compile("(大?后|[今明当昨前])[天日]"), lambda match: f" {_NEXT_DAYS[match[1]]} "),
    (re.compile(r"(\d{1,2})月[底末]"), lambda match: f" end of {_month(match[1])} "),
    (re.compile(r"(?P<which>[下本这今明]?)(?:个|年(?=年))?(?P<span>季度|[月季年])[底末]"), _end),
    (re.compile(r"(?:(?P<year>\d{4})年|(?P<which>[今明])年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"), _date),
    (re.compile(r"(?:(?P<which>[下本这])个?月)?(?P<day>\d{1,2})[日号]"), _day_of_month),
    (
        re.compile(
            rf"(?P<period>{_any(_PERIODS)})?\s*(?P<hour>\d{{1,2}})"
            r"(?:(?P<mark>[点时])[钟整]?(?:(?P<quarter>[123])刻|(?P<half>半)|(?P<minute>\d{1,2})分?)?|:(?P<colon>\d\d)(?!\d))"
        ),
        _time,
    ),
    (re.compile("中午|正午"), " noon "),
    (re.compile("午夜|半夜"), " midnight "),
    (re.compile("[之以]?前|[的在于。、]"), " "),
]
