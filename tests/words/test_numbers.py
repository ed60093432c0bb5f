"""Only what the database can hold is a number; a forged button carries anything."""

import pytest

from bot.words.numbers import is_number, number_in


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("42", 42), ("999999999", 999_999_999), ("007", 7)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert is_number(text) and number_in(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1e3", "²", "٣", "四", " 1", "1234567890", "9" * 30, "B-42"])
def test_anything_else_is_none(text: str) -> None:
    assert not is_number(text) and number_in(text) == 0
