"""Typed words become values here: names, amounts and times, read without guessing."""

from typing import Literal

Reason = Literal[
    "customer_missing",
    "amount_unknown",
    "amount_ambiguous",
    "amount_negative",
    "amount_zero",
    "amount_too_large",
    "amount_too_precise",
    "when_unknown",
    "when_ambiguous",
    "when_no_such_date",
    "when_gap",
    "when_past",
    "when_too_far",
]


class Unreadable(ValueError):
    """Words that do not say one clear value: why (a code, put into a sentence elsewhere), and which words."""

    def __init__(self, reason: Reason, word: str = "") -> None:
        super().__init__(reason, word)
        self.reason = reason
        self.word = word
