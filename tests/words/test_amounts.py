"""Amounts of money as they are typed in English and Chinese."""

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.money import Money
from bot.words import Unreadable
from bot.words.amounts import is_amount, read_amount, take_amount
from bot.words.text import words


def said(text: str, default: str = "USD", language: str = "en") -> str:
    money = read_amount(text, default, language=language)
    return f"{money.currency} {money.amount.normalize():f}"


def refused(text: str, default: str = "USD") -> str:
    with pytest.raises(Unreadable) as caught:
        read_amount(text, default)
    return caught.value.reason


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.2m", "1200000"),
        ("1.2M", "1200000"),
        ("350k", "350000"),
        ("350 k", "350000"),
        ("1.5bn", "1500000000"),
        ("2b", "2000000000"),
        ("1.5tn", "1500000000000"),
        ("3mm", "3000000"),
        ("1.2 million", "1200000"),
        ("350 thousand", "350000"),
        ("2 Billion", "2000000000"),
        ("80000", "80000"),
        ("80,000", "80000"),
        ("80 000", "80000"),
        ("80\u00a0000", "80000"),
        ("80'000", "80000"),
        ("80’000", "80000"),
        ("80_000", "80000"),
        ("80.000", "80000"),
        ("+80k", "80000"),
        ("80,000,", "80000"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567,89", "1234567.89"),
        ("1'234'567.89", "1234567.89"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("1.234m", "1234000"),
        ("1,234k", "1234000"),
        ("1,2m", "1200000"),
        ("1.234.567k", "1234567000"),
        ("12,34", "12.34"),
        ("12.5", "12.5"),
        ("0.500", "0.5"),
        ("0.5m", "500000"),
        ("８０，０００", "80000"),
        ("0.01", "0.01"),
        ("9999999999999.99", "9999999999999.99"),
    ],
)
def test_numbers_with_separators_and_scales(text: str, number: str) -> None:
    assert said(text) == f"USD {number}"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("350万", "3500000"),
        ("350萬", "3500000"),
        ("３５０万", "3500000"),
        ("3.5亿", "350000000"),
        ("3.5億", "350000000"),
        ("1,234万", "12340000"),
        ("1.234万", "12340"),
        ("三百五十万", "3500000"),
        ("一亿二千万", "120000000"),
        ("3亿5000万", "350000000"),
        ("3亿 5000万", "350000000"),
        ("3亿0500万", "305000000"),
        ("3亿零5百万", "305000000"),
        ("5百万", "5000000"),
        ("3千万", "30000000"),
        ("3.5千万", "35000000"),
        ("两千万", "20000000"),
        ("十万", "100000"),
        ("十五万", "150000"),
        ("三万五", "35000"),
        ("三万五千", "35000"),
        ("三万零五", "30005"),
        ("3万5000", "35000"),
        ("一万二千三百四十五", "12345"),
        ("一百零五万", "1050000"),
        ("三点五亿", "350000000"),
        ("三五〇万", "3500000"),
        ("叁佰伍拾万", "3500000"),
        ("貳拾萬", "200000"),
        ("2万亿", "2000000000000"),
        ("五千", "5000"),
        ("三百", "300"),
    ],
)
def test_chinese_numerals(text: str, number: str) -> None:
    assert said(text) == f"USD {number}"


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("USD 80k", "USD"),
        ("80k usd", "USD"),
        ("80kUSD", "USD"),
        ("CNY80k", "CNY"),
        ("RMB 80k", "CNY"),
        ("80k rmb", "CNY"),
        ("€80k", "EUR"),
        ("80k €", "EUR"),
        ("80k euros", "EUR"),
        ("£80k", "GBP"),
        ("NT$80k", "TWD"),
        ("NT$ 80k", "TWD"),
        ("NTD 80k", "TWD"),
        ("HK$80k", "HKD"),
        ("US$80k", "USD"),
        ("US $80k", "USD"),
        ("USD $80k", "USD"),
        ("S$80k", "SGD"),
        ("A$80k", "AUD"),
        ("$80k CAD", "CAD"),
        ("80k US dollars", "USD"),
        ("JPY 80k", "JPY"),
        ("80k yen", "JPY"),
        ("₩80k", "KRW"),
        ("CHF 80'000", "CHF"),
        ("TRY 80k", "TRY"),
        ("人民币8万", "CNY"),
        ("人民币：8万元", "CNY"),
        ("8万元人民币", "CNY"),
        ("8萬元人民幣", "CNY"),
        ("8万美元", "USD"),
        ("8万美金", "USD"),
        ("欧元8万", "EUR"),
        ("8万港元", "HKD"),
        ("港币8万", "HKD"),
        ("新台币8万", "TWD"),
        ("8萬新臺幣", "TWD"),
        ("8万日元", "JPY"),
        ("8萬日圓", "JPY"),
        ("8万英镑", "GBP"),
        ("捌万圆整", "CNY"),
        ("人民币捌万元整", "CNY"),
        ("USD 8万元", "USD"),
    ],
)
def test_currencies_by_code_sign_and_name(text: str, currency: str) -> None:
    assert said(text, "BRL") == f"{currency} 80000"


@pytest.mark.parametrize(
    ("text", "default", "currency"),
    [
        ("$80k", "USD", "USD"),
        ("$80k", "TWD", "TWD"),
        ("$80k", "HKD", "HKD"),
        ("$80k", "CNY", "USD"),
        ("8万元", "CNY", "CNY"),
        ("8萬元", "TWD", "TWD"),
        ("8万元", "USD", "CNY"),
        ("¥8万", "CNY", "CNY"),
        ("￥８万", "JPY", "JPY"),
        ("¥80k", "JPY", "JPY"),
        ("¥8万", "USD", "CNY"),
        ("¥8万元", "USD", "CNY"),
        ("80k kr", "SEK", "SEK"),
        ("80k", "EUR", "EUR"),
    ],
)
def test_a_shared_sign_means_the_default_currency_if_it_can(text: str, default: str, currency: str) -> None:
    assert said(text, default) == f"{currency} 80000"


def test_a_yuan_sign_from_a_chinese_speaker_is_yuan() -> None:
    assert said("¥80k", "USD", language="zh_Hant") == "CNY 80000"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "amount_unknown"),
        ("lots", "amount_unknown"),
        ("USD", "amount_unknown"),
        ("k", "amount_unknown"),
        ("万", "amount_unknown"),
        ("百万", "amount_unknown"),
        ("3万5万", "amount_unknown"),
        ("3.5亿2千万", "amount_unknown"),
        ("3亿5000", "amount_unknown"),
        ("5百千", "amount_unknown"),
        ("1e6", "amount_unknown"),
        ("NaN", "amount_unknown"),
        ("Infinity", "amount_unknown"),
        ("0x10", "amount_unknown"),
        ("80k-100k", "amount_unknown"),
        ("1,23,45", "amount_unknown"),
        ("9 999 99", "amount_unknown"),
        ("1.2.3", "amount_unknown"),
        ("3万k", "amount_unknown"),
        ("80k XYZ", "amount_unknown"),
        ("21世纪", "amount_unknown"),
        ("try 80000", "amount_unknown"),
        ("=1+1", "amount_unknown"),
        ("9" * 70, "amount_unknown"),
        ("-5m", "amount_negative"),
        ("−5m", "amount_negative"),
        ("$-80k", "amount_negative"),
        ("-$80k", "amount_negative"),
        ("(80k)", "amount_negative"),
        ("minus 80k", "amount_negative"),
        ("负350万", "amount_negative"),
        ("0", "amount_zero"),
        ("-0", "amount_zero"),
        ("USD 0.00", "amount_zero"),
        ("零元", "amount_zero"),
        ("10000000000000", "amount_too_large"),
        ("9999999999999999", "amount_too_large"),
        ("20万亿", "amount_too_large"),
        ("9" * 50 + "万1千", "amount_too_large"),
        ("0.001k USD 1", "amount_unknown"),
        ("0.0001", "amount_too_precise"),
        ("1.2345", "amount_too_precise"),
        ("JPY 80.5", "amount_too_precise"),
        ("₩0.5", "amount_too_precise"),
        ("¥350", "amount_ambiguous"),
        ("80k kr", "amount_ambiguous"),
        ("USD 80k EUR", "amount_ambiguous"),
    ],
)
def test_what_is_no_clear_amount_is_refused(text: str, reason: str) -> None:
    assert refused(text) == reason


def test_a_refusal_names_the_words() -> None:
    with pytest.raises(Unreadable) as caught:
        read_amount("lots", "USD")
    assert (caught.value.reason, caught.value.word) == ("amount_unknown", "lots")


@pytest.mark.parametrize(
    ("text", "amount", "rest"),
    [
        ("ACME 1.2m", "USD 1200000", ["ACME"]),
        ("3M 3m", "USD 3000000", ["3M"]),
        ('"ACME 3m" 2m', "USD 2000000", ["ACME 3m"]),
        ("Acme Inc USD 80,000", "USD 80000", ["Acme", "Inc"]),
        ("Acme Inc 80,000 usd", "USD 80000", ["Acme", "Inc"]),
        ("Acme 1.2 million US dollars", "USD 1200000", ["Acme"]),
        ("Acme NT$ 80 000", "TWD 80000", ["Acme"]),
        ("7-Eleven 7k", "USD 7000", ["7-Eleven"]),
        ("Studio 54 80k", "USD 80000", ["Studio", "54"]),
        ("Route 66 80 000", "USD 80000", ["Route", "66"]),
        ("Boeing 737 1.2m", "USD 1200000", ["Boeing", "737"]),
        ("1&amp;1 5m", "USD 5000000", ["1&1"]),
        ("21世纪 350万", "USD 3500000", ["21世纪"]),
        ("北京银行 三百五十万", "USD 3500000", ["北京银行"]),
        ("北京 银行 人民币 350万", "CNY 3500000", ["北京", "银行"]),
        ("Expo 2030 5000", "USD 5000", ["Expo", "2030"]),
        ("ACME USD 2030", "USD 2030", ["ACME"]),
        ("ACME 12345", "USD 12345", ["ACME"]),
        ("Acme – 80k", "USD 80000", ["Acme", "–"]),
    ],
)
def test_the_amount_is_taken_from_the_end(text: str, amount: str, rest: list[str]) -> None:
    money, name = take_amount(words(text), "USD")
    assert money is not None
    assert f"{money.currency} {money.amount.normalize():f}" == amount
    assert [word.typed for word in name] == rest


@pytest.mark.parametrize(
    "text",
    [
        *("3M", "5m", "7-Eleven", "Studio 54", "1&1", "360 Security", "21世纪", "北京 21世纪", "Agent 007", "Expo 2030", "Web 2.0"),
        *("Boeing 737", "赵 三百", "Try 2000", "Big Top", '"ACME 3m"', 'ACME 2m "x"', "ACME '2m'", "Ocean 11-12", "Catch -22", ""),
    ],
)
def test_a_name_is_not_mistaken_for_an_amount(text: str) -> None:
    assert take_amount(words(text), "USD") == (None, words(text))


@pytest.mark.parametrize(
    ("text", "reason"), [("ACME -5m", "amount_negative"), ("ACME $0", "amount_zero"), ("ACME ¥3500", "amount_ambiguous")]
)
def test_an_impossible_amount_is_not_taken_for_a_name(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        take_amount(words(text), "USD")


@pytest.mark.parametrize(
    ("text", "alone"), [("USD 80,000", True), ("1.2 million", True), ("3M", False), ("ACME 3m", False), ('"USD" 80,000', False)]
)
def test_an_amount_without_a_name(text: str, alone: bool) -> None:
    assert is_amount(words(text)) is alone


AMOUNTS = st.decimals(min_value="0.01", max_value=10**12, places=2)


@given(
    AMOUNTS,
    st.sampled_from(["en_US", "en_GB", "de_DE", "de_CH", "fr_FR", "zh_Hans_CN", "zh_Hant_TW"]),
    st.sampled_from(["USD", "EUR", "CNY", "TWD", "GBP"]),
)
def test_an_amount_that_was_formatted_is_read_back(amount: Decimal, locale: str, currency: str) -> None:
    shown = format_currency(amount, currency, format="¤¤ #,##0.00", locale=locale)
    assert read_amount(shown, "BRL") == Money(amount=amount, currency=currency)


@given(st.text() | st.text(alphabet="0123456789,. '-$¥€kmb万亿千百十零一二三五点元整USDrmb()"))
def test_nothing_but_unreadable_is_raised(text: str) -> None:
    try:
        amount = read_amount(text, "USD").amount
    except Unreadable:
        return
    assert amount > 0
