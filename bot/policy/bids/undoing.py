"""The way back within minutes: undo."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.language import N_
from bot.policy.bids.record import Bid, State
from bot.policy.bids.steps import Action, Step, event
from bot.policy.record import Event
from bot.policy.refusal import Refusal


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
