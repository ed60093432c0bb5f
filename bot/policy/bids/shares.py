"""Shares of the credit for a bid (§5.1.1): drafted at "go", agreed by everybody who has one, fixed once the outcome is known."""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from bot.language import N_
from bot.policy.bids.record import OPEN, UNDECIDED, Bid, Share
from bot.policy.bids.steps import Step, change
from bot.policy.refusal import Refusal

WHOLE, CENT = Decimal(100), Decimal("0.01")
PERCENT = "percent_"  # what the names of a form's fields begin with, before the person's id


def draft_shares(bid: Bid) -> tuple[Share, ...]:
    """Return equal shares of the owner and the team; the owner's takes up what rounding leaves. One person alone agrees."""
    people = tuple(dict.fromkeys((bid.owner, *bid.team)))
    each = (WHOLE / len(people)).quantize(CENT, ROUND_DOWN)
    parts = [WHOLE - each * (len(people) - 1), *[each] * (len(people) - 1)]
    return tuple(Share(person=person, percent=part, agreed=len(people) == 1) for person, part in zip(people, parts, strict=True))


def propose_shares(bid: Bid, percents: Mapping[str, Decimal], actor: str, now: datetime) -> Step:
    """Change the shares: everybody has to agree anew but the one who proposes them."""
    check_changeable(bid)
    parts = whole({person: percent for person, percent in percents.items() if percent})
    if parts == {share.person: share.percent for share in bid.shares}:
        raise Refusal(N_("Those are the shares already."))
    alone = len(parts) == 1
    shares = tuple(Share(person=person, percent=part, agreed=alone or person == actor) for person, part in parts.items())
    return change(bid, actor, now, shares=shares)


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


def agree_shares(bid: Bid, person: str, now: datetime) -> Step:
    """Record that a person agrees to the shares as they are."""
    check_changeable(bid)
    own = next((share for share in bid.shares if share.person == person), None)
    if own is None:
        raise Refusal(N_("You have no share of {customer} ({number})."), customer=bid.customer, number=bid.number)
    if own.agreed:
        raise Refusal(N_("You have agreed already."))
    shares = tuple(share.amended(agreed=True) if share is own else share for share in bid.shares)
    return change(bid, person, now, shares=shares)


def check_changeable(bid: Bid) -> None:
    """Refuse to touch the shares before there is a "go", or after the outcome."""
    if bid.state in UNDECIDED:
        raise Refusal(N_("Shares of the credit are agreed once it is decided to bid."))
    if bid.state not in OPEN:
        raise Refusal(N_("The outcome is known, so the shares are fixed. Correcting the outcome opens them again."))


def without_share(bid: Bid) -> tuple[str, ...]:
    """Return those of the team who have no share although shares were drafted."""
    held = {share.person for share in bid.shares}
    return tuple(person for person in bid.team if held and person not in held)
