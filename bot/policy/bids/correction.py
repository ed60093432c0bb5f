"""Putting right, with a reason, what was recorded wrongly and can be undone no more: an outcome, a submission, a withdrawal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.language import N_
from bot.policy.bids.record import CORRECTABLE, DECIDED, PENDING, Bid, State
from bot.policy.bids.steps import Action, Step, advance
from bot.policy.bids.submission import stood
from bot.policy.record import Event
from bot.policy.refusal import Refusal

NO_OUTCOME: dict[str, Any] = {
    "decided_at": None,
    "decided_by": "",
    "awarded": None,
    "awarded_currency": "",
    "loss_reason": "",
    "winner": "",
    "price_gap": None,
    "note": "",
}
NOT_SENT: dict[str, Any] = {"submitted_at": None, "late": False, "channel": "", "proof": "", "gaps": (), "defence": None}
ENDS = {State.WITHDRAWN: Action.WITHDRAW, State.TENDER_CANCELLED: Action.CANCEL}


def correct(bid: Bid, why: str, actor: str, now: datetime, history: Sequence[Event] = ()) -> Step:
    """Take an outcome, a submission or a withdrawal back for good reason, after the minutes of undo.

    A bid that was handed in awaits its result again; one that was not goes back to where it stood, by its `history`, oldest
    event first.
    """
    if bid.state not in CORRECTABLE:
        raise Refusal(N_("{customer} ({number}) has nothing to correct."), customer=bid.customer, number=bid.number)
    if not why:
        raise Refusal(N_("What is wrong? Please say it in a sentence."), field="reason")
    step = advance(bid, Action.CORRECT, actor, now, reason=why, **facts(bid))
    if awaits_again(bid):
        return step
    taken = [event for event in history if event.action == ENDS.get(bid.state, Action.SUBMIT)]
    before = State(taken[-1].before) if taken else stood(bid)
    back = step.bid.amended(state=before, decided_at=bid.deadline if before is State.MISSED_DEADLINE else None)
    return Step(back, step.event.amended(after=back.state, became=back.snapshot()))


def awaits_again(bid: Bid) -> bool:
    """Say whether a correction leaves the bid awaiting its result; a tender called off before we handed in has none to await."""
    return bid.state in DECIDED and (bid.state is not State.TENDER_CANCELLED or bid.submitted_at is not None)


def facts(bid: Bid) -> dict[str, Any]:
    """Return the fields that a correction empties."""
    return NOT_SENT if bid.state in PENDING else NO_OUTCOME
