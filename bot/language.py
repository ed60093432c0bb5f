"""The three languages: every sentence, date, number and amount that a person reads is made here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_currency_name, get_currency_precision

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
SOURCE = "en"
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "bidwell"
NO_DATA = "\N{EN DASH}"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_OFFSET_ONLY = re.compile(r"([+-])(\d\d)(\d\d)?")


@dataclass(frozen=True)
class _Style:
    """How one language writes dates, lists and large numbers."""

    locale: Locale
    lists: Locale
    day: str
    moment: str
    units: tuple[tuple[Decimal, str], ...]
    short_amount: str


_ENGLISH_UNITS = ((Decimal("1e12"), "T"), (Decimal("1e9"), "B"), (Decimal("1e6"), "M"), (Decimal("1e3"), "K"))
_SIMPLIFIED_UNITS = ((Decimal("1e12"), "万亿"), (Decimal("1e8"), "亿"), (Decimal("1e4"), "万"))
_TRADITIONAL_UNITS = ((Decimal("1e12"), "萬億"), (Decimal("1e8"), "億"), (Decimal("1e4"), "萬"))
_CHINESE_DAY = "y年M月d日 EEE"


def _chinese(name: str, units: tuple[tuple[Decimal, str], ...]) -> _Style:
    locale = Locale.parse(name)
    return _Style(locale, locale, _CHINESE_DAY, f"{_CHINESE_DAY} HH:mm", units, "{number}{currency}")


_STYLES = {
    # British lists ("a, b and c"), but the three-letter months of plain English ("Sep").
    "en": _Style(Locale("en"), Locale("en", "GB"), "EEE d MMM y", "EEE d MMM y, HH:mm", _ENGLISH_UNITS, "{code} {number}"),
    "zh-Hans": _chinese("zh_Hans", _SIMPLIFIED_UNITS),
    "zh-Hant": _chinese("zh_Hant", _TRADITIONAL_UNITS),
}
# A span shorter than the limit is rounded to the step: nobody plans by the minute a week ahead.
_ROUNDING = (
    (timedelta(hours=1), timedelta(minutes=1)),
    (timedelta(hours=12), timedelta(minutes=5)),
    (timedelta(days=7), timedelta(hours=1)),
    (timedelta.max, timedelta(days=1)),
)


class Source(str):
    """A text in the source language, which is translated where it is shown, also when it is a value put into another text."""

    __slots__ = ()


def N_(text: str) -> Source:  # noqa: N802 - the name that gettext users know
    """Mark a text for the catalogues where it is defined."""
    return Source(text)


def language_for(locale: str | None) -> str:
    """Return the language to speak with a person whose Slack locale this is."""
    parts = set(re.split("[-_]", (locale or "").lower()))
    if "zh" not in parts:
        return SOURCE
    if "hans" in parts or not parts & {"hant", "tw", "hk", "mo"}:
        return "zh-Hans"
    return "zh-Hant"


def catalogue_path(language: str) -> Path:
    """Return where the translations into this language are kept."""
    return CATALOGUES / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


class Translator:
    """Speaks one language; called with an English text it returns that text in the language, its placeholders filled."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self._translations = translations
        self._style = _STYLES[language]

    def __call__(self, text: str, **values: object) -> str:
        """Translate a text and put the values in place of its {placeholders}, exactly as given."""
        return _fill(self.template(text), {name: self(value) if isinstance(value, Source) else value for name, value in values.items()})

    def template(self, text: str) -> str:
        """Translate a text and leave its {placeholders} for the caller to fill."""
        # The empty text is the catalogue's own header.
        return self._translations.gettext(text) if text else ""

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """Translate the form of a text that fits n; {n} is written as a number of this language."""
        return _fill(self._translations.ngettext(one, many, n), {"n": self.number(n)} | values)

    def moment(self, instant: datetime, zone: str) -> str:
        """Return day, time and zone of an aware instant as a clock in the zone shows them."""
        local = _local(instant, zone)
        return f"{format_datetime(local, self._style.moment, locale=self._style.locale)} {_zone_name(local)}"

    def clock(self, instant: datetime, zone: str) -> str:
        """Return only time and zone of an aware instant, for where the day is already said."""
        local = _local(instant, zone)
        return f"{local:%H:%M} {_zone_name(local)}"

    def day(self, day: date) -> str:
        """Return a day with its weekday."""
        return format_date(day, self._style.day, locale=self._style.locale)

    def number(self, value: int | Decimal) -> str:
        """Return a number in full, its digits grouped."""
        return format_decimal(value, locale=self._style.locale, decimal_quantization=False)

    def percent(self, numerator: int | Decimal | None, denominator: int | Decimal | None) -> str:
        """Return a ratio as a percentage with one decimal, halves rounded up; a dash when there is no data."""
        if numerator is None or not denominator:
            return NO_DATA
        percentage = Decimal(numerator) * 100 / Decimal(denominator)
        return f"{format_decimal(_round(percentage, 1), '#,##0.0', locale=self._style.locale)}%"

    def amount(self, value: Decimal | int, currency: str) -> str:
        """Return an exact amount, with the ISO code of its currency (the signs of several look the same)."""
        exact = Decimal(value)
        decimals = max(-int(exact.normalize().as_tuple().exponent), 0)
        if decimals:
            decimals = max(decimals, get_currency_precision(currency))
        return f"{currency} {self._decimal(exact, decimals)}"

    def short_amount(self, value: Decimal | int, currency: str) -> str:
        """Return an amount to about three digits, for tables and announcements."""
        number = self._shortened(Decimal(value))
        name = get_currency_name(currency, locale=self._style.locale)
        return _fill(self._style.short_amount, {"number": number, "currency": name, "code": currency})

    def span(self, length: timedelta) -> str:
        """Return a length of time in its two largest units, rounded as people round it."""
        _ = self
        minutes = round(_rounded(abs(length)) / timedelta(minutes=1))
        days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
        parts = [
            _.plural("{n} day", "{n} days", days) if days else "",
            _.plural("{n} hour", "{n} hours", hours) if hours else "",
            _.plural("{n} minute", "{n} minutes", minutes) if minutes else "",
        ]
        said = [part for part in parts if part]
        return " ".join(said) if said else _("less than a minute")

    def until(self, length: timedelta) -> str:
        """Return how far ahead, or for a negative length how long ago, something is."""
        _ = self
        return _("{span} ago", span=_.span(length)) if length < timedelta() else _("in {span}", span=_.span(length))

    def list(self, items: Sequence[str]) -> str:
        """Return the items as one phrase."""
        return format_list(items, locale=self._style.lists)

    def _decimal(self, value: Decimal, decimals: int) -> str:
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, pattern, locale=self._style.locale)

    def _shortened(self, value: Decimal) -> str:
        for size, unit in self._style.units:
            scaled = _three_digits(value / size)
            if abs(scaled) >= 1:
                return f"{self.number(scaled)}{unit}"
        return self.number(_three_digits(value))


@cache
def _load(language: str) -> Translator:
    if language == SOURCE:
        return Translator(language, NullTranslations())
    compiled = BytesIO()
    with catalogue_path(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.replace("-", "_")))
    compiled.seek(0)
    return Translator(language, GNUTranslations(compiled))


def translator(language: str) -> Translator:
    """Return the translator for a language, or for the language of a locale; read once, then kept."""
    return _load(language_for(language))


def _fill(text: str, values: dict[str, object]) -> str:
    # A placeholder without a value stays visible: a wrong translation must not stop a reminder.
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text) if values else text


def _local(instant: datetime, zone: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone cannot be shown in another")
    return instant.astimezone(ZoneInfo(zone))


def _zone_name(local: datetime) -> str:
    name = local.tzname() or ""
    offset = _OFFSET_ONLY.fullmatch(name)
    if offset is None:
        return name
    sign, hours, minutes = offset.groups()
    return f"UTC{sign}{int(hours)}" + (f":{minutes}" if minutes else "")


def _round(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _three_digits(value: Decimal) -> Decimal:
    """Round to three digits, but never one that stands before the point."""
    decimals = max(2 - value.adjusted(), 0) if value else 0
    rounded = _round(value, decimals).normalize()
    return rounded + 0 if rounded == rounded.to_integral() else rounded


def _rounded(length: timedelta) -> timedelta:
    step = next(step for limit, step in _ROUNDING if length < limit)
    return round(length / step) * step
