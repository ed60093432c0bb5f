"""Money: an amount in a currency, exact, never negative; how it is shown is the views' matter."""

from decimal import Decimal
from typing import Annotated, Self

from babel.numbers import get_currency_precision, list_currencies
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

MAX_DIGITS = 15
DECIMALS = 2
_CURRENCIES = frozenset(list_currencies())


def decimals_of(currency: str) -> int:
    """Return how many decimals an amount in this currency has: 2, or 0 for yen, won, dong and their like."""
    return min(DECIMALS, get_currency_precision(currency))


def _known(currency: str) -> str:
    if currency not in _CURRENCIES:
        raise ValueError("not an ISO 4217 currency code")
    return currency


class Money(BaseModel):
    """An amount in a currency; equal when both are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: Decimal = Field(ge=0, max_digits=MAX_DIGITS, decimal_places=DECIMALS)
    currency: Annotated[str, AfterValidator(_known)]

    @model_validator(mode="after")
    def _fits_its_currency(self) -> Self:
        if self.amount != round(self.amount, decimals_of(self.currency)):
            raise ValueError(f"{self.currency} has {decimals_of(self.currency)} decimals")
        return self
