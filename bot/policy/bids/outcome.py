"""Handing in and what comes of it (§4.4.3, §5.1.1), and the ways back: undo, and correction by a manager."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.language import N_
from bot.policy.bids.record import PENDING, Bid, State
from bot.policy.bids.steps import Action, Step, advance, check, event
from bot.policy.money import Money
from bot.policy.record import Event
from bot.policy.refusal import Refusal

# The states that a bid passes on its way to being handed in, with the word under which skipping one is kept.
WAY = {State.REGISTERED: "assessed", State.ASSESSING: "decided", State.CONDITIONAL: "decided", State.GO_DECIDED: "prepared"}
WAY |= {State.PREPARING: "reviewed", State.IN_REVIEW: "reviewed"}


class AmountNeeded(Refusal):
    """Refuse a win without an amount."""

    def __init__(self) -> None:
        super().__init__(N_("How much was awarded? The amount is needed for the sales figures."), field="awarded")


class ReasonNeeded(Refusal):
    """Refuse a loss without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Why was it not won? Please choose the main reason."), field="loss_reason")


def submit(bid: Bid, actor: str, now: datetime, channel: str = "", proof: str = "") -> Step:
    """Record that the bid was handed in; after the deadline it is recorded as late, and steps that were skipped as gaps."""
    if bid.state in PENDING:
        raise Refusal(N_("{customer} ({number}) is submitted already."), customer=bid.customer, number=bid.number)
    late = bid.deadline is not None and now > bid.deadline
    return advance(bid, Action.SUBMIT, actor, now, submitted_at=now, channel=channel, proof=proof, late=late, gaps=skipped(bid))


def skipped(bid: Bid) -> tuple[str, ...]:
    """Return the gaps of a bid that is handed in now: each step between where it stands and being ready, once."""
    ahead = list(WAY.values())[list(WAY).index(bid.state) :] if bid.state in WAY else []
    return tuple(dict.fromkeys([*bid.gaps, *ahead]))


def win(bid: Bid, awarded: Money | None, actor: str, now: datetime) -> Step:
    """Record the award; the amount is the one given or else the one asked, and there must be one."""
    money = awarded or bid.asked
    if money is None:
        check(bid, Action.WIN)
        raise AmountNeeded
    return advance(bid, Action.WIN, actor, now, decided_at=now, awarded=money.amount, currency=money.currency)


def lose(bid: Bid, reason: str, note: str, actor: str, now: datetime) -> Step:
    """Record that the bid was not won; a reason from the handbook's list is needed, or nothing can be learned."""
    if not reason:
        check(bid, Action.LOSE)
        raise ReasonNeeded
    return advance(bid, Action.LOSE, actor, now, decided_at=now, loss_reason=reason, note=note)


def fill_gap(bid: Bid, missing: Action, actor: str, now: datetime) -> Step:
    """Record afterwards the step without which an outcome cannot be told; the gap stays on the record."""
    if missing is Action.DEFEND:
        return advance(bid, Action.DEFEND, actor, now, gaps=(*bid.gaps, "defended"))
    gaps = tuple(dict.fromkeys([*skipped(bid), "submitted"]))
    return advance(bid, Action.SUBMIT, actor, now, submitted_at=now, gaps=gaps)


def undo(bid: Bid, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int) -> Step:
    """Take back the last change, by the person who made it, within `minutes`; afterwards it is a correction by a manager.

    `history` is the bid's events, oldest first; `change` the id of the one that is meant, if it must be just that. What one
    press changed in several steps goes back in one.
    """
    last = history[-1]
    if last.action == Action.UNDO or change not in (None, last.id):
        raise Refusal(N_("That was changed since; there is nothing to undo on {number}."), number=bid.number)
    if last.actor != actor:
        raise Refusal(N_("Only the person who made the change can undo it."))
    if now - last.at > timedelta(minutes=minutes):
        raise Refusal(N_("The {minutes} minutes for undoing have passed. A manager can correct it, with a reason."), minutes=minutes)
    first = next(event for event in history if event.request == last.request)
    before = bid.amended(state=State.RETRACTED) if first.was is None else Bid.model_validate(first.was)
    return Step(before, event(before, bid, Action.UNDO, actor, now))
