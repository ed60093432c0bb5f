"""Money: never negative, never finer than its currency."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from bot.policy.money import Money


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("0", "CNY"), ("0.01", "USD"), ("9999999999999.99", "EUR"), ("350", "JPY"), ("350.00", "JPY"), ("1.2E+6", "TWD"), ("1.25", "KWD")],
)
def test_an_amount_that_can_be_paid(amount: str, currency: str) -> None:
    assert Money(amount=Decimal(amount), currency=currency).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("-0.01", "CNY"),
        ("0.001", "USD"),
        ("10000000000000", "USD"),
        ("0.5", "JPY"),
        ("1.5", "KRW"),
        ("1.5", "VND"),
        ("NaN", "USD"),
        ("Infinity", "USD"),
        ("1", "usd"),
        ("1", "ABC"),
        ("1", ""),
    ],
)
def test_an_amount_that_cannot_be_paid(amount: str, currency: str) -> None:
    with pytest.raises(ValidationError):
        Money(amount=Decimal(amount), currency=currency)


def test_equal_amounts_are_one_value() -> None:
    assert len({Money(amount=Decimal(80000), currency="USD"), Money(amount=Decimal("80000.00"), currency="USD")}) == 1


def test_money_does_not_change() -> None:
    with pytest.raises(ValidationError):
        Money(amount=Decimal(1), currency="USD").currency = "EUR"
