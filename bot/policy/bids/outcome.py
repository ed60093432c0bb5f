"""What came of a bid (§4.4.3, §5.1.1), and what it taught us."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.language import N_
from bot.policy.bids.record import CLOSED, UNSUBMITTED, Bid, Debrief, Defence
from bot.policy.bids.steps import Action, Step, advance, check
from bot.policy.bids.submission import skipped
from bot.policy.money import Money
from bot.policy.refusal import Refusal


class AmountNeeded(Refusal):
    """Refuse a win without an amount."""

    def __init__(self) -> None:
        super().__init__(N_("How much was awarded? The amount is needed for the sales figures."), field="awarded")


class ReasonNeeded(Refusal):
    """Refuse a loss without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Why was it not won? Please choose the main reason."), field="loss_reason")


def win(bid: Bid, awarded: Money | None, actor: str, now: datetime) -> Step:
    """Record the award; the amount is the one given or else the one asked, and there must be one."""
    money = awarded or bid.asked
    if money is None:
        check(bid, Action.WIN)
        raise AmountNeeded
    facts: dict[str, Any] = {"awarded": money.amount, "awarded_currency": money.currency}
    return advance(bid, Action.WIN, actor, now, decided_at=now, decided_by=actor, **facts)


def lose(bid: Bid, reason: str, note: str, actor: str, now: datetime, winner: str = "", price_gap: Decimal | None = None) -> Step:
    """Record that the bid was not won; a reason from the handbook's list is needed, or nothing can be learned.

    `price_gap` is by how many per cent our price lay above the winner's, negative when below.
    """
    if not reason:
        check(bid, Action.LOSE)
        raise ReasonNeeded
    facts: dict[str, Any] = {"loss_reason": reason, "note": note, "winner": winner, "price_gap": price_gap}
    return advance(bid, Action.LOSE, actor, now, decided_at=now, decided_by=actor, **facts)


def disqualify(bid: Bid, why: str, actor: str, now: datetime) -> Step:
    """Record that the buyer rejected our bid as invalid, and why."""
    if not why:
        check(bid, Action.DISQUALIFY)
        raise Refusal(N_("Why was it rejected? Please say it in a sentence."), field="note")
    return advance(bid, Action.DISQUALIFY, actor, now, decided_at=now, decided_by=actor, note=why)


def cancel(bid: Bid, note: str, actor: str, now: datetime) -> Step:
    """Record that the buyer called the tender off; it counts in no rate."""
    return advance(bid, Action.CANCEL, actor, now, decided_at=now, decided_by=actor, note=note)


def withdraw(bid: Bid, why: str, actor: str, now: datetime) -> Step:
    """Record that we do not hand the bid in after all, and why."""
    if not why:
        check(bid, Action.WITHDRAW)
        raise Refusal(N_("Why is it withdrawn? Please say it in a sentence."), field="note")
    return advance(bid, Action.WITHDRAW, actor, now, decided_at=now, decided_by=actor, note=why)


def miss(bid: Bid, now: datetime) -> Step:
    """Record, by the clock, that the deadline passed without the bid being handed in."""
    if bid.deadline is None or now <= bid.deadline:
        raise Refusal(N_("The deadline of {customer} ({number}) has not passed."), customer=bid.customer, number=bid.number)
    return advance(bid, Action.MISS, "", now, decided_at=bid.deadline)


def fill_gap(bid: Bid, missing: Action, actor: str, now: datetime) -> Step:
    """Record afterwards the step without which an outcome cannot be told; the gap stays on the record."""
    if missing is Action.DEFEND:
        held = bid.defence or Defence(at=now)
        return advance(bid, Action.DEFEND, actor, now, defence=held, gaps=(*bid.gaps, "defended"))
    gaps = tuple(dict.fromkeys([*skipped(bid), "submitted"]))
    return advance(bid, Action.SUBMIT, actor, now, submitted_at=now, gaps=gaps)


def debrief(bid: Bid, went_well: str, to_improve: str, lessons: str, actor: str, now: datetime) -> Step:
    """Keep what a finished bid taught us."""
    if bid.state not in CLOSED:
        raise Refusal(N_("{customer} ({number}) is not finished yet."), customer=bid.customer, number=bid.number)
    if not (went_well or to_improve or lessons):
        raise Refusal(N_("Please write at least one of the three."), field="lessons")
    kept = Debrief(by=actor, at=now, went_well=went_well, to_improve=to_improve, lessons=lessons)
    return advance(bid, Action.DEBRIEF, actor, now, debrief=kept)


def is_missed(bid: Bid, now: datetime) -> bool:
    """Say whether the deadline passed without the bid being handed in."""
    return bid.state in UNSUBMITTED and bid.deadline is not None and bid.deadline < now
