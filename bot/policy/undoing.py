"""The way back within minutes: undo, for every kind of record that keeps its history."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.language import N_
from bot.policy.record import Event
from bot.policy.refusal import Refusal

UNDO = "undo"


def undoable(history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int, number: str) -> Event:
    """Return the event whose `was` is what an undo brings back: of what one press changed in several steps, the first.

    `history` is the record's events, oldest first; `change` the id of the one that is meant, if it must be just that. Undo is
    for the person who made the change, within `minutes`; afterwards a manager corrects it.
    """
    last = history[-1]
    if last.action == UNDO or change not in (None, last.id):
        raise Refusal(N_("That was changed since; there is nothing to undo on {number}."), number=number)
    if last.actor != actor:
        raise Refusal(N_("Only the person who made the change can undo it."))
    if now - last.at > timedelta(minutes=minutes):
        raise Refusal(N_("The {minutes} minutes for undoing have passed. A manager can correct it, with a reason."), minutes=minutes)
    return next(event for event in history if event.request == last.request)
