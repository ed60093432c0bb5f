"""Numbers as people write them: with the separators of several countries, or in Chinese numerals."""

import re
from decimal import Decimal

_USUAL = str.maketrans(
    "〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖兩貳參叄陸拾佰仟萬億点點",
    "00122345678912345678922336十百千万亿..",
)
_UNITS = (("亿", 8), ("万", 4), ("千", 3), ("百", 2), ("十", 1))
_WHOLE = re.compile(r"\d+")
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?:(?P<group>[ ,.'_])\d{3})(?:(?P=group)\d{3})*)(?:(?!(?P=group))[.,](?P<part>\d+))?")
_DECIMAL = re.compile(r"(?P<whole>\d+)[.,](?P<part>\d+)")
DIGITS = "0-9〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖兩貳參叄陸"
UNITS = "十百千万亿拾佰仟萬億"


def number(text: str, *, scaled: bool = False) -> Decimal | None:
    """Return the number that text writes, or None; `scaled` when a word such as `million` follows it."""
    usual = text.translate(_USUAL)
    return _chinese(usual.replace(" ", "")) if any(unit in usual for unit, _ in _UNITS) else _separated(usual, scaled)


def _separated(text: str, scaled: bool) -> Decimal | None:
    """Read digits with separators.

    A separator that comes again, or before another kind, groups thousands; so does a single one before exactly three digits
    (`1.234` is 1234, since no amount has three decimals), unless it is a dot before a scale (`1.234m`) or follows a zero (`0.500`).
    Any other single dot or comma is the decimal point.
    """
    if _WHOLE.fullmatch(text):
        return Decimal(text)
    grouped = _GROUPED.fullmatch(text)
    if grouped and not text.startswith("0") and not (scaled and text.count(".") == 1 and grouped["group"] == "."):
        return Decimal(re.sub(r"\D", "", grouped["whole"]) + "." + (grouped["part"] or "0"))
    decimal = _DECIMAL.fullmatch(text)
    return Decimal(f"{decimal['whole']}.{decimal['part']}") if decimal else None


def _chinese(text: str) -> Decimal | None:
    """Read numerals by their largest unit: what stands before it counts that unit, what follows is smaller."""
    for unit, zeros in _UNITS:
        head, found, tail = text.rpartition(unit)
        if found:
            count, rest = _count(head, unit, zeros), _rest(tail, zeros)
            if count is None or rest is None or (rest and count != count.to_integral_value()):
                return None
            return count.scaleb(zeros) + rest
    return _separated(text, scaled=True)


def _count(head: str, unit: str, zeros: int) -> Decimal | None:
    if not head:
        return Decimal(1) if unit == "十" else None
    if unit in head or (zeros < 4 and any(smaller in head for smaller, _ in _UNITS)):
        return None
    return _chinese(head)


def _rest(tail: str, zeros: int) -> Decimal | None:
    """Read what follows a unit: nothing, a single digit of the next lower place (三万五 is 35,000), or a number that fills that place."""
    if not tail:
        return Decimal(0)
    if len(tail) == 1 and tail.isdecimal():
        return Decimal(tail).scaleb(zeros - 1)
    value = _chinese(tail)
    if value is None or value >= Decimal(1).scaleb(zeros):
        return None
    placed = tail.startswith("0") or not _WHOLE.fullmatch(tail) or value >= Decimal(1).scaleb(zeros - 1)
    return value if placed else None
