"""The words after `/bid new`: customer, amount and deadline."""

from contextlib import suppress
from datetime import datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words import Unreadable
from bot.words.bids import CustomerAmountDue, read_customer_amount_due

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = datetime(2026, 11, 24, 15, 7, 33, tzinfo=SHANGHAI)


def read(text: str) -> CustomerAmountDue:
    return read_customer_amount_due(text, now=TUESDAY, zone=SHANGHAI, default_currency="CNY")


def told(text: str) -> tuple[str, str, str]:
    customer, amount, due = read(text)
    shown = f"{amount.currency} {amount.amount.normalize():f}" if amount else ""
    return customer, shown, f"{due.instant.astimezone(SHANGHAI):%m-%d %H:%M}" if due else ""


@pytest.mark.parametrize(
    ("text", "customer", "amount", "due"),
    [
        ("ACME", "ACME", "", ""),
        ("ACME 1.2m", "ACME", "CNY 1200000", ""),
        ("ACME due Fri", "ACME", "", "11-27 17:00"),
        ("ACME 1.2m due Fri 5pm", "ACME", "CNY 1200000", "11-27 17:00"),
        ("3M", "3M", "", ""),
        ("3M 3m", "3M", "CNY 3000000", ""),
        ("3M due 3 Dec", "3M", "", "12-03 17:00"),
        ('"ACME 3m" 2m', "ACME 3m", "CNY 2000000", ""),
        ("“ACME due Fri” due tomorrow", "ACME due Fri", "", "11-25 17:00"),
        ("Acme Inc USD 80,000 due in 3 days", "Acme Inc", "USD 80000", "11-27 17:00"),
        ("O’Neil &amp; Sons €80k by noon tomorrow", "O’Neil & Sons", "EUR 80000", "11-25 12:00"),
        ("Studio 54 deadline: 27 Nov 2026", "Studio 54", "", "11-27 17:00"),
        ("ACME due:Fri 5pm", "ACME", "", "11-27 17:00"),
        ("ACME due date: Fri", "ACME", "", "11-27 17:00"),
        ("ACME due by Fri", "ACME", "", "11-27 17:00"),
        ("ACME due Fri by 5pm", "ACME", "", "11-27 17:00"),
        ("ACME, 1.2m, due Fri", "ACME", "CNY 1200000", "11-27 17:00"),
        ("ACME – 80k – due Fri", "ACME", "CNY 80000", "11-27 17:00"),
        ("ACME due Fri 5pm 1.2m", "ACME", "CNY 1200000", "11-27 17:00"),
        ("ACME due diligence 2m due Fri", "ACME due diligence", "CNY 2000000", "11-27 17:00"),
        ("Due North 2m", "Due North", "CNY 2000000", ""),
        ("北京银行 350万 截止 下周五 17:00", "北京银行", "CNY 3500000", "12-04 17:00"),
        ("北京银行 350万 截止下周五17:00", "北京银行", "CNY 3500000", "12-04 17:00"),
        ("北京银行 350万 截止时间：12月31日", "北京银行", "CNY 3500000", "12-31 17:00"),
        ("臺灣銀行 NT$350萬 投標截止日期 十二月三十一日", "臺灣銀行", "TWD 3500000", "12-31 17:00"),
        ("北京银行，350万，截至12月31日", "北京银行", "CNY 3500000", "12-31 17:00"),
        ("北京银行 350万 下周五17点截止", "北京银行", "CNY 3500000", "12-04 17:00"),
        ("北京银行 350万 下周五 17:00 到期", "北京银行", "CNY 3500000", "12-04 17:00"),
        ("北京银行 350万 下周五前", "北京银行", "CNY 3500000", "12-04 17:00"),
        ("“甲，乙公司” 350万，月底前", "甲，乙公司", "CNY 3500000", "11-30 17:00"),
        ("「北京 银行」350万 期限 月底", "北京 银行", "CNY 3500000", "11-30 17:00"),
        ("华为（北京） ３５０万", "华为（北京）", "CNY 3500000", ""),
        ("21世纪 到期 3天后", "21世纪", "", "11-27 17:00"),
        ("大会堂前", "大会堂前", "", ""),
        ("广场 门前", "广场 门前", "", ""),
    ],
)
def test_customer_amount_and_deadline(text: str, customer: str, amount: str, due: str) -> None:
    assert told(text) == (customer, amount, due)


@pytest.mark.parametrize(
    ("text", "reason", "word"),
    [
        ("", "customer_missing", ""),
        (" \u3000", "customer_missing", ""),
        ("USD 80,000", "customer_missing", "USD 80,000"),
        ("1.2 million due Fri", "customer_missing", "1.2 million due Fri"),
        ("ACME due", "when_unknown", "due"),
        ("ACME 1.2m due whenever", "when_unknown", "whenever"),
        ("Designs by Anna", "when_unknown", "Anna"),
        ("ACME due " + "so " * 30, "when_unknown", "so so so so so so so so so so so so"),
        ("北京银行 截至 某天", "when_unknown", "某天"),
        ("北京银行 某天截止", "when_unknown", "某天截止"),
        ("ACME due yesterday", "when_past", "yesterday"),
        ("北京银行 昨天截止", "when_past", "昨天"),
        ("ACME due 3/4 by 5pm", "when_ambiguous", "3/4 by 5pm"),
        ("ACME -5m due Fri", "amount_negative", "-5m"),
        ("ACME $0 due Fri", "amount_zero", "$0"),
        ("ACME 1m due Fri 2m", "amount_ambiguous", "ACME 1m due Fri 2m"),
    ],
)
def test_unclear_words_are_refused(text: str, reason: str, word: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert (caught.value.reason, caught.value.word.strip()) == (reason, word)


PIECES = "ACME 3M 1.2m USD 80,000 350万 due by 截止 前 fri 5pm 下周五 下周五17点截止 \" ' “ ” 「 」 - , <@U1|x> in 3 days".split(" ")


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_nothing_but_unreadable_is_raised(text: str) -> None:
    try:
        told_values = read(text)
    except Unreadable:
        return
    assert told_values.customer.strip()


@pytest.mark.parametrize("piece", ["due ", "' ", "'a ", '"a ', "<@", "<a|", "1 ", "1,", "截止 ", "前", "「", "- "])
def test_endless_text_is_read_in_time(piece: str) -> None:
    started = perf_counter()
    with suppress(Unreadable):
        read(piece * 10_000)
    assert perf_counter() - started < 2
