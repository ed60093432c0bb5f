"""Shares of the credit as people type them: everybody once, each with a number of per cent."""

from decimal import Decimal, InvalidOperation

from bot.language import N_
from bot.policy.refusal import Refusal
from bot.words.text import Word, plain
from handlers.colleagues import meant, seats
from storage.store import Shelves


def typed_percents(shelves: Shelves, typed: list[Word]) -> dict[str, Decimal]:
    """Return the shares that are typed as people, each with a number."""
    named = [(meant(shelves, seat.person).id, seat.words) for seat in seats(typed)]
    if not named or any(len(said) != 1 for _person, said in named) or len({person for person, _said in named}) < len(named):
        raise Refusal(N_("Write each person once, with their share: @ann 60 @bob 40."))
    return {person: percent(said[0].text) for person, said in named}


def percent(typed: str, field: str | None = None) -> Decimal:
    """Return a number of per cent as typed, with or without its sign."""
    try:
        number = Decimal(plain(typed).rstrip("% ").replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refusal(N_("Write a number of per cent, for example 12.5."), field=field)
    return number
