"""Shares of the credit for a deal (§5.1.1): what they sum to, and who has agreed to them."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from pydantic import Field

from bot.language import N_
from bot.policy.record import Record
from bot.policy.refusal import Refusal

WHOLE, CENT = Decimal(100), Decimal("0.01")
PERCENT = "percent_"  # what the names of a form's fields begin with, before the person's id


class Share(Record):
    """A person's share of the credit in per cent, and whether they have agreed to it."""

    person: str
    percent: Decimal = Field(ge=0, le=100, decimal_places=2)
    agreed: bool = False


def equal(people: Sequence[str]) -> tuple[Share, ...]:
    """Return equal shares; the first person's takes up what rounding leaves. One person alone agrees."""
    each = (WHOLE / len(people)).quantize(CENT, ROUND_DOWN)
    parts = [WHOLE - each * (len(people) - 1), *[each] * (len(people) - 1)]
    return tuple(Share(person=person, percent=part, agreed=len(people) == 1) for person, part in zip(people, parts, strict=True))


def proposed(percents: Mapping[str, Decimal], now: Sequence[Share], actor: str) -> tuple[Share, ...]:
    """Return the shares as proposed, with which everybody has to agree anew but the one who proposes them."""
    # Whoever had a share and is left with nothing has to agree to that, like everybody else.
    had = dict.fromkeys((share.person for share in now), Decimal())
    parts = whole({person: percent for person, percent in {**had, **percents}.items() if percent or person in had})
    if parts == {share.person: share.percent for share in now}:
        raise Refusal(N_("Those are the shares already."))
    alone = len(parts) == 1
    return tuple(Share(person=person, percent=part, agreed=alone or person == actor) for person, part in parts.items())


def whole(percents: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return shares that sum to exactly 100; the hundredth that rounding lost is put right, a larger gap is refused."""
    if any(percent < 0 or percent != round(percent, 2) for percent in percents.values()):
        raise Refusal(N_("A share is a number from 0 to 100, with two decimals at most."), field=first_field(percents))
    total = sum(percents.values(), Decimal())
    if abs(WHOLE - total) > CENT:
        raise Refusal(N_("The shares sum to {total}; they must sum to 100."), field=first_field(percents), total=f"{total:f}")
    largest = max(percents, key=lambda person: percents[person])
    return {**percents, largest: percents[largest] + WHOLE - total}


def first_field(percents: Mapping[str, Decimal]) -> str:
    """Return the form's field on which a fault of the shares as a whole is shown."""
    return PERCENT + next(iter(percents), "")
