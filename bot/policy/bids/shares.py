"""Shares of the credit for a bid (§5.1.1): drafted at "go", agreed by everybody who has one, fixed once the outcome is known."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from bot.language import N_
from bot.policy.bids.record import OPEN, UNDECIDED, Bid
from bot.policy.bids.steps import Step, change
from bot.policy.refusal import Refusal
from bot.policy.shares import Share, equal, proposed


def draft_shares(bid: Bid) -> tuple[Share, ...]:
    """Return equal shares of the owner and the team; the owner's takes up what rounding leaves. One person alone agrees."""
    return equal(bid.contributors)


def propose_shares(bid: Bid, percents: Mapping[str, Decimal], actor: str, now: datetime) -> Step:
    """Change the shares: everybody has to agree anew but the one who proposes them."""
    check_changeable(bid)
    return change(bid, actor, now, shares=proposed(percents, bid.shares, actor))


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
    return tuple(person for person in bid.contributors if held and person not in held)
