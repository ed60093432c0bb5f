"""From the approval to the customer's word (§4.2.3): sent, confirmed or to be changed, withdrawn, and the way back."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language import N_
from bot.policy.machine import Step, event
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.policy.solutions.record import Confirmation, Sent, Solution, State, Wish
from bot.policy.solutions.steps import Action, Needs, advance, check, check_ready
from bot.policy.undoing import undoable


def send(solution: Solution, to: str, needs: Needs, actor: str, now: datetime) -> Step[Solution]:
    """Record that the solution went to the customer; it needs its cost-benefit analysis."""
    check_ready(solution, Action.SEND, needs)
    return advance(solution, Action.SEND, actor, now, sent=(*solution.sent, Sent(to=to, by=actor, at=now)))


def confirm(solution: Solution, given: Confirmation, zone: str) -> Step[Solution]:
    """Record who confirmed for the customer, and how; days are those of the person in `zone`."""
    check(solution, Action.CONFIRM)
    if not given.who:
        raise Refusal(N_("Who confirmed it? Please name the person at the customer."), field="who")
    if given.day > given.at.astimezone(ZoneInfo(zone)).date():
        raise Refusal(N_("That day is still to come."), field="day")
    return advance(solution, Action.CONFIRM, given.by, given.at, confirmation=given)


def ask_changes(solution: Solution, text: str, actor: str, now: datetime) -> Step[Solution]:
    """Record what the customer wants changed."""
    check(solution, Action.CHANGES)
    if not text:
        raise Refusal(N_("What does the customer want changed?"), field="text")
    return advance(solution, Action.CHANGES, actor, now, text, wishes=(*solution.wishes, Wish(text=text, by=actor, at=now)))


def withdraw(solution: Solution, why: str, actor: str, now: datetime) -> Step[Solution]:
    """Record that the solution is given up, and why."""
    check(solution, Action.WITHDRAW)
    if not why:
        raise Refusal(N_("Please say why, in a few words."), field="text")
    return advance(solution, Action.WITHDRAW, actor, now, why, why=why)


def undo(solution: Solution, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int) -> Step[Solution]:
    """Take back the last change; entering the solution is taken back by taking it out of the books."""
    first = undoable(history, change, actor, now, minutes, solution.number)
    before = solution.amended(state=State.RETRACTED) if first.was is None else Solution.model_validate(first.was)
    return Step(before, event(before, solution, Action.UNDO, actor, now))
