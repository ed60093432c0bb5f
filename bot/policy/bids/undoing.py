"""The way back within minutes: undo."""

from collections.abc import Sequence
from datetime import datetime

from bot.policy.bids.record import Bid, State
from bot.policy.bids.steps import Action, Step
from bot.policy.machine import event
from bot.policy.record import Event
from bot.policy.undoing import undoable


def undo(bid: Bid, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int) -> Step:
    """Take back the last change of a bid; entering it is taken back by taking it out of the books."""
    first = undoable(history, change, actor, now, minutes, bid.number)
    before = bid.amended(state=State.RETRACTED) if first.was is None else Bid.model_validate(first.was)
    return Step(before, event(before, bid, Action.UNDO, actor, now))
