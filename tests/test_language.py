"""The three languages: which one a person is spoken to in, and how it writes dates, lengths of time, numbers and amounts."""

import timeit
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import LANGUAGES, N_, Translator, language_for, translator

EN, HANS, HANT = (translator(language) for language in LANGUAGES)
INSTANT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en-US", "en"),
        ("fr-FR", "en"),
        ("", "en"),
        (None, "en"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("ZH-mo", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
    ],
)
def test_each_locale_has_its_language(locale, language):
    assert language_for(locale) == language
    assert translator(locale or "").language == language


def test_a_translator_is_made_once():
    assert translator("zh-Hans") is translator("zh-CN")


def test_a_message_is_translated_and_filled():
    assert EN("in {span}", span="2 days") == "in 2 days"
    assert HANS("in {span}", span="2 天") == "2 天后"
    assert HANT("in {span}", span="2 天") == "2 天後"


def test_a_marked_text_is_translated_where_it_is_shown():
    label = N_("less than a minute")
    assert (label, HANS(label)) == ("less than a minute", "不到一分钟")


def test_values_are_shown_exactly_as_given():
    assert EN("{span} ago", span="{other} <!channel> %s") == "{other} <!channel> %s ago"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_without_a_value_never_stops_the_program(language):
    speak = translator(language)
    assert "{span}" in speak("in {span}")
    assert "{span}" in speak("in {span}", another="x")
    assert speak("no such message {", x=1) == "no such message {"
    assert speak("") == ""


def test_a_template_keeps_its_placeholders():
    assert HANS.template("{span} ago") == "{span}前"


@pytest.mark.parametrize(("speak", "one", "many"), [(EN, "1 day", "1,200 days"), (HANS, "1 天", "1,200 天"), (HANT, "1 天", "1,200 天")])
def test_a_plural_agrees_with_its_number(speak, one, many):
    assert (speak.plural("{n} day", "{n} days", 1), speak.plural("{n} day", "{n} days", 1200)) == (one, many)


@pytest.mark.parametrize(
    ("speak", "said"),
    [(EN, "Fri 27 Nov 2026, 17:00 CST"), (HANS, "2026年11月27日 周五 17:00 CST"), (HANT, "2026年11月27日 週五 17:00 CST")],
)
def test_a_moment_is_said_in_full_with_its_zone(speak, said):
    assert speak.moment(INSTANT, "Asia/Shanghai") == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "04:00 EST"),
        ("UTC", "09:00 UTC"),
        ("Asia/Singapore", "17:00 UTC+8"),
        ("America/Sao_Paulo", "06:00 UTC-3"),
        ("Asia/Kathmandu", "14:45 UTC+5:45"),
        ("Pacific/Kiritimati", "23:00 UTC+14"),
    ],
)
def test_a_zone_without_letters_of_its_own_is_said_as_its_offset(zone, said):
    assert EN.clock(INSTANT, zone) == said


def test_the_zone_is_that_of_the_season():
    assert EN.moment(datetime(2026, 7, 1, 9, tzinfo=UTC), "Europe/London") == "Wed 1 Jul 2026, 10:00 BST"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        EN.moment(INSTANT.replace(tzinfo=None), "UTC")


def test_a_day_has_its_weekday():
    day = date(2026, 9, 1)
    assert [speak.day(day) for speak in (EN, HANS, HANT)] == ["Tue 1 Sep 2026", "2026年9月1日 周二", "2026年9月1日 週二"]


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        (1_200_000, "USD", "USD 1,200,000"),
        (Decimal("1200000.00"), "USD", "USD 1,200,000"),
        (Decimal("1E+6"), "CNY", "CNY 1,000,000"),
        (Decimal("1234.5"), "CNY", "CNY 1,234.50"),
        (Decimal("0.125"), "USD", "USD 0.125"),
        (Decimal("12345678901234567890.12"), "USD", "USD 12,345,678,901,234,567,890.12"),
        (Decimal(5), "JPY", "JPY 5"),
        (Decimal(0), "TWD", "TWD 0"),
        (Decimal(-80), "TWD", "TWD -80"),
    ],
)
def test_an_amount_is_exact_and_names_its_currency(value, currency, said):
    assert EN.amount(value, currency) == said
    assert HANS.amount(value, currency) == said


@given(st.decimals(Decimal("-1e15"), Decimal("1e15"), places=4))
def test_no_digit_of_an_amount_is_lost(value):
    assert Decimal(EN.amount(value, "USD").removeprefix("USD ").replace(",", "")) == value


@pytest.mark.parametrize(
    ("value", "en", "hans", "hant"),
    [
        (1_200_000, "USD 1.2M", "120万美元", "120萬美元"),
        (350_000_000, "USD 350M", "3.5亿美元", "3.5億美元"),
        (12_345, "USD 12.3K", "1.23万美元", "1.23萬美元"),
        (999, "USD 999", "999美元", "999美元"),
        (999_999, "USD 1M", "100万美元", "100萬美元"),
        (12_345_678, "USD 12.3M", "1,235万美元", "1,235萬美元"),
        (99_999_999, "USD 100M", "1亿美元", "1億美元"),
        (2_500_000_000_000, "USD 2.5T", "2.5万亿美元", "2.5萬億美元"),
        (Decimal("0.5"), "USD 0.5", "0.5美元", "0.5美元"),
        (0, "USD 0", "0美元", "0美元"),
        (-1_200_000, "USD -1.2M", "-120万美元", "-120萬美元"),
    ],
)
def test_a_short_amount_keeps_about_three_digits(value, en, hans, hant):
    assert [speak.short_amount(value, "USD") for speak in (EN, HANS, HANT)] == [en, hans, hant]


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(days=2), "2 days"),
        (timedelta(days=1, hours=5), "1 day 5 hours"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(hours=3, minutes=7), "3 hours 5 minutes"),
        (timedelta(hours=23, minutes=59), "1 day"),
        (timedelta(minutes=59, seconds=40), "1 hour"),
        (timedelta(minutes=45), "45 minutes"),
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(days=6, hours=23, minutes=50), "7 days"),
        (timedelta(days=30, hours=11), "30 days"),
    ],
)
def test_a_length_of_time_is_said_in_two_units(length, said):
    assert EN.span(length) == EN.span(-length) == said


def test_the_distance_of_a_moment_says_its_direction():
    assert (EN.until(timedelta(days=2)), EN.until(timedelta(hours=-1))) == ("in 2 days", "1 hour ago")
    assert (HANS.until(timedelta(days=2)), HANT.until(timedelta(hours=-1))) == ("2 天后", "1 小時前")


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [(2, 3, "66.7%"), (1, 2, "50.0%"), (1, 800, "0.1%"), (3, 2000, "0.2%"), (0, 4, "0.0%"), (0, 0, "–"), (None, 3, "–"), (1, None, "–")],
)
def test_a_ratio_is_rounded_half_up_and_no_data_is_not_zero(numerator, denominator, said):
    assert EN.percent(numerator, denominator) == said


def test_numbers_are_grouped_and_kept_whole():
    assert (EN.number(1_234_567), HANS.number(Decimal("0.123456789"))) == ("1,234,567", "0.123456789")


def test_items_become_one_phrase():
    items = ["a", "b", "c"]
    assert [speak.list(items) for speak in (EN, HANS, HANT)] == ["a, b and c", "a、b和c", "a、b和c"]
    assert (EN.list(["a"]), EN.list([])) == ("a", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_costs_microseconds(language):
    speak: Translator = translator(language)
    runs = [timeit.timeit(lambda: speak("in {span}", span="2 days"), number=2000) / 2000 for _ in range(5)]
    assert min(runs) < 25e-6
