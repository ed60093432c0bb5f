"""Amounts of money as people type them: `1.2m`, `USD 80,000`, `¥350万`, `三百五十万美元`."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.policy.money import DECIMALS, MAX_DIGITS, Money, decimals_of
from bot.words import Unreadable
from bot.words.currencies import Sign, meant, sign
from bot.words.numerals import DIGITS, UNITS, number
from bot.words.text import Word, plain

_SCALES = {
    **dict.fromkeys(("k", "thousand"), 3),
    **dict.fromkeys(("m", "mn", "mm", "mln", "million"), 6),
    **dict.fromkeys(("b", "bn", "bln", "billion"), 9),
    **dict.fromkeys(("tn", "trillion"), 12),
}
_SCALE = re.compile("|".join(sorted(_SCALES, key=len, reverse=True)), re.IGNORECASE)
_PARTS = re.compile(
    rf"(?P<before>[^{DIGITS}{UNITS}]*)(?P<digits>[{DIGITS}十拾](?:[{DIGITS}{UNITS}点點 ,.'_]*[{DIGITS}{UNITS}])?)(?P<after>.*)"
)
_MINUS = re.compile(r"-|\bminus\b|[负負]|^\(", re.IGNORECASE)
_TEN_THOUSANDS = re.compile("[万亿萬億]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LONGEST = 60  # characters; 15 digits with separators, currency and unit fit in half of it
_MOST_WORDS = 8


class _Typed(NamedTuple):
    """What was typed, taken apart."""

    text: str
    digits: str
    scale: str
    value: Decimal
    signs: list[Sign]
    negative: bool

    @property
    def in_ten_thousands(self) -> bool:
        return bool(_TEN_THOUSANDS.search(self.digits))

    @property
    def unmistakable(self) -> bool:
        """Say whether nothing but an amount looks like this: `54`, `三百` and `2030` are also parts of names."""
        long = self.digits.isascii() and sum(map(str.isdigit, self.digits)) >= 4 and not _YEAR.fullmatch(self.digits)
        return bool(self.scale or self.signs or self.in_ten_thousands or long)


def read_amount(text: str, default_currency: str, *, language: str = "en") -> Money:
    """Return the money that text names.

    `$` is the default currency if that is a dollar, else US dollars; `元` likewise, else yuan; `¥` is yuan or yen if the default is one of
    them, else yuan when the speaker's language or the unit (`万`) is Chinese. Separators: see `numerals`. Raises Unreadable.
    """
    typed = _taken_apart(plain(text))
    if typed is None:
        raise Unreadable("amount_unknown", text)
    return _money(typed, default_currency, language)


def take_amount(words: Sequence[Word], default_currency: str, *, language: str = "en") -> tuple[Money | None, list[Word]]:
    """Split off the longest run of last words that is unmistakably an amount; the first word and quoted words never are.

    Raises Unreadable for an amount that cannot be, such as a negative one.
    """
    first = max((place for place, word in enumerate(words) if word.quoted), default=0) + 1
    for start in range(max(first, 1, len(words) - _MOST_WORDS), len(words)):
        typed = _taken_apart(_joined(words[start:])) if words[start].text != "-" else None
        if typed and typed.unmistakable:
            return _money(typed, default_currency, language), list(words[:start])
    return None, list(words)


def is_amount(words: Sequence[Word]) -> bool:
    """Say whether several words are an amount and nothing else; a single one may always be a name (`3M`)."""
    typed = _taken_apart(_joined(words)) if len(words) > 1 and not any(word.quoted for word in words) else None
    return typed is not None and typed.unmistakable


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words[: _MOST_WORDS + 1])


def _taken_apart(text: str) -> _Typed | None:
    """Find number, scale and currency in text that is an amount and nothing else."""
    parts = _PARTS.fullmatch(text.lstrip(" ,;").rstrip(" ,;-)")) if len(text) <= _LONGEST else None
    if parts is None:
        return None
    digits, before = parts["digits"], _signs(_MINUS.sub("", parts["before"]).strip(" +:"))
    scale, after = _scale_and_signs(parts["after"].strip(" ").removesuffix("整").removesuffix("正"), generic=bool(before))
    value = number(digits, scaled=bool(scale))
    if before is None or after is None or value is None or (scale and not digits.isascii()):
        return None
    negative = bool(_MINUS.search(parts["before"]))
    return _Typed(text, digits, scale, value.scaleb(_SCALES.get(scale, 0)), before + after, negative)


def _scale_and_signs(text: str, *, generic: bool) -> tuple[str, list[Sign] | None]:
    """Read what follows the digits; 元 says nothing beside another sign (`人民币350万元`, `350万元人民币`)."""
    signs = _signs(text.removeprefix("元") if generic or text != "元" else text)
    scale = _SCALE.match(text)
    if signs is not None or scale is None:
        return "", signs
    return scale[0].lower(), _signs(text[scale.end() :].strip(" "))


def _signs(text: str) -> list[Sign] | None:
    """Read one or more signs of currencies; None when there is another word among them."""
    whole = sign(text) or sign(text.replace(" ", ""))
    if whole:
        return [whole]
    signs = [sign(word) for word in text.split(" ") if word]
    return None if None in signs else [one for one in signs if one]


def _money(typed: _Typed, default: str, language: str) -> Money:
    """Check that an amount can be a price, and whose currency it is."""
    amount = typed.value
    currency = meant(typed.signs, default, chinese=typed.in_ten_thousands or language.startswith("zh"))
    if typed.negative and amount:
        raise Unreadable("amount_negative", typed.text)
    if not amount:
        raise Unreadable("amount_zero", typed.text)
    if amount >= Decimal(1).scaleb(MAX_DIGITS - DECIMALS):
        raise Unreadable("amount_too_large", typed.text)
    if currency is None:
        raise Unreadable("amount_ambiguous", typed.text)
    exact = round(amount, decimals_of(currency))
    if amount != exact:
        raise Unreadable("amount_too_precise", typed.text)
    return Money(amount=exact, currency=currency)
