"""Amounts as people type them on forms: read, and refused when they cannot be true."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from bot.language import N_
from bot.policy.money import Money
from bot.policy.refusal import Refusal
from bot.words.amounts import read_amount
from handlers.context import Turn


def asked_by(info: ValidationInfo) -> Turn:
    """Return the turn that a form is read for."""
    assert isinstance(info.context, Turn)
    return info.context


def money_from(text: Any, info: ValidationInfo) -> Any:
    """Read an amount as typed on a form; without a currency it is in the company's."""
    turn = asked_by(info)
    return read_amount(text, turn.handbook.company.currency, language=turn.person.speaks) if isinstance(text, str) else text


Amount = Annotated[Money, BeforeValidator(money_from)]


def credible(turn: Turn, amount: Money | None) -> Money | None:
    """Return the amount unless it is beyond what the handbook takes for possible."""
    if amount is not None and amount.amount > turn.handbook.bids.amount_limit:
        raise Refusal(N_("That amount is too large to be true."), field="amount")
    return amount
