"""How a cycle goes on (§5.2, §5.3): by the calendar, or by the HR department; never past what is still open."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.handbook import Handbook
from bot.language import N_
from bot.policy.appraisals.cycle import MACHINE, Cycle, Kind, Move, Phase, rules_of
from bot.policy.appraisals.opening import today
from bot.policy.appraisals.record import APPEALING, BEFORE_MANAGER, ENDED, SELF_OWED, TOLD, UNPUBLISHED, State
from bot.policy.calendar import Calendar
from bot.policy.machine import Step
from bot.policy.refusal import Refusal

Counts = Mapping[State, int]

UNSCORED = BEFORE_MANAGER | {State.MANAGER_DRAFT}
# What has run its course once the time for appeals is over: what nobody appealed against, and what was decided.
SETTLED = TOLD - APPEALING - ENDED
# In which states an appraisal keeps the cycle from a step.
IN_THE_WAY: Mapping[Move, frozenset[State]] = {
    Move.REVIEW: SELF_OWED,
    Move.CALIBRATE: UNSCORED,
    Move.PUBLISH: UNSCORED,
    Move.HEAR: UNPUBLISHED,
    Move.CLOSE: frozenset(State) - ENDED,
}
UNTOLD = frozenset({Phase.DRAFT, Phase.OPEN, Phase.MANAGER_REVIEW, Phase.CALIBRATION, Phase.PUBLISHED})
DUES: Mapping[Phase, tuple[str, ...]] = {
    Phase.OPEN: ("self_due", "manager_due", "calibration_due"),
    Phase.MANAGER_REVIEW: ("manager_due", "calibration_due"),
    Phase.CALIBRATION: ("calibration_due",),
}


class Item(StrEnum):
    """What can be open in a cycle."""

    SCORER = "scorer"
    HANDOVER = "handover"
    SELF = "self"
    SCORE = "score"
    APPEAL = "appeal"
    RESULT = "result"


ITEM_NAMES: Mapping[Item, str] = {
    Item.SCORER: N_("nobody to score them"),
    Item.HANDOVER: N_("two managers, and one is to be chosen"),
    Item.SELF: N_("self-review not handed in"),
    Item.SCORE: N_("not scored"),
    Item.APPEAL: N_("appeal not settled"),
    Item.RESULT: N_("may still appeal"),
}
# In which states an item is open; the first two moreover depend on who scores.
ITEM_STATES: Mapping[Item, frozenset[State]] = {
    Item.SCORER: UNSCORED,
    Item.HANDOVER: UNSCORED,
    Item.SELF: SELF_OWED,
    Item.SCORE: UNSCORED - SELF_OWED,
    Item.APPEAL: APPEALING,
    Item.RESULT: SETTLED,
}
ITEMS: Mapping[Phase, tuple[Item, ...]] = {
    Phase.OPEN: (Item.SCORER, Item.HANDOVER, Item.SELF),
    Phase.MANAGER_REVIEW: (Item.SCORER, Item.HANDOVER, Item.SELF, Item.SCORE),
    Phase.CALIBRATION: (Item.SCORER, Item.HANDOVER, Item.SELF, Item.SCORE),
    Phase.PUBLISHED: (Item.SCORER, Item.SCORE),
    Phase.APPEAL_WINDOW: (Item.APPEAL, Item.RESULT),
}


class Unsettled(Refusal):
    """Refuse a step of a cycle in which something is still open; what that is can be listed."""

    def __init__(self, cycle: Cycle, move: Move, left: int) -> None:
        reason = N_("{period} cannot go on while something is open: {n}.")
        super().__init__(reason, period=cycle.period, n=str(left))
        self.cycle = cycle
        self.move = move


def left(move: Move, counts: Counts) -> int:
    """Return how many appraisals keep a cycle from a step."""
    return sum(counts.get(state, 0) for state in IN_THE_WAY.get(move, ()))


def check_settled(cycle: Cycle, move: Move, counts: Counts) -> None:
    """Refuse a step that the cycle cannot take, and one that something open keeps it from."""
    MACHINE.check(cycle, move)
    if open_ones := left(move, counts):
        raise Unsettled(cycle, move, open_ones)


def is_over(day: date | None, now: datetime, handbook: Handbook) -> bool:
    """Tell whether a day has passed at the head office: the whole of it counts."""
    return day is not None and today(now, handbook.company) > day


def due_of(cycle: Cycle) -> date | None:
    """Return the last day of the phase in which a cycle is, or None."""
    days = {
        Phase.OPEN: cycle.self_due,
        Phase.MANAGER_REVIEW: cycle.manager_due,
        Phase.CALIBRATION: cycle.calibration_due,
        Phase.APPEAL_WINDOW: cycle.appeal_until or (cycle.published_at.date() if cycle.published_at else None),
    }
    return days.get(cycle.state)


def waits_for(cycle: Cycle, others: tuple[Cycle, ...]) -> Cycle | None:
    """Return the quarter for whose results a year has to wait before its managers score, or None."""
    if cycle.kind is not Kind.YEAR:
        return None
    quarters = (one for one in others if one.kind is Kind.QUARTER and one.period.startswith(f"{cycle.period}Q"))
    return next((one for one in quarters if one.state in UNTOLD), None)


def review(cycle: Cycle, counts: Counts, others: tuple[Cycle, ...], actor: str, now: datetime) -> Step[Cycle]:
    """Give the cycle to the managers, once no self-review is owed any more."""
    check_settled(cycle, Move.REVIEW, counts)
    if waiting := waits_for(cycle, others):
        raise Refusal(N_("{period} waits for the results of {quarter}."), period=cycle.period, quarter=waiting.period)
    return MACHINE.advance(cycle, Move.REVIEW, actor, now, done="")


def calibrate(cycle: Cycle, counts: Counts, actor: str, now: datetime) -> Step[Cycle]:
    """Begin calibration, once everybody is scored."""
    check_settled(cycle, Move.CALIBRATE, counts)
    return MACHINE.advance(cycle, Move.CALIBRATE, actor, now, done="")


def back(cycle: Cycle, why: str, actor: str, now: datetime) -> Step[Cycle]:
    """Go back from calibration to the managers."""
    return MACHINE.advance(cycle, Move.BACK, actor, now, why, done="")


def publish(cycle: Cycle, counts: Counts, handbook: Handbook, actor: str, now: datetime) -> Step[Cycle]:
    """Have the results told: a person decides this, and it cannot be taken back."""
    check_settled(cycle, Move.PUBLISH, counts)
    return MACHINE.advance(cycle, Move.PUBLISH, actor, now, published_at=now, done="", appeal_until=appeal_until(cycle, handbook, now))


def appeal_until(cycle: Cycle, handbook: Handbook, now: datetime) -> date | None:
    """Return the last day on which results that are told now can be appealed against; None where the company knows no appeals."""
    appeal = rules_of(cycle).appraisals.appeal
    return Calendar(handbook.company).add_working_days(today(now, handbook.company), appeal.within) if appeal else None


def prolonged(cycle: Cycle, handbook: Handbook, now: datetime) -> Step[Cycle] | None:
    """Let a result that is told now be appealed against as long as those that were told before; None where that is so already."""
    until = appeal_until(cycle, handbook, now)
    if until is None or cycle.appeal_until is None or until <= cycle.appeal_until:
        return None
    return MACHINE.advance(cycle, Move.PROLONG, "", now, appeal_until=until)


def hear(cycle: Cycle, now: datetime) -> Step[Cycle]:
    """Say that all results are told: appeals are heard."""
    return MACHINE.advance(cycle, Move.HEAR, "", now)


def close(cycle: Cycle, counts: Counts, actor: str, now: datetime) -> Step[Cycle]:
    """Close a cycle in which everything has ended."""
    check_settled(cycle, Move.CLOSE, counts)
    return MACHINE.advance(cycle, Move.CLOSE, actor, now)


def cancel(cycle: Cycle, why: str, actor: str, now: datetime) -> Step[Cycle]:
    """Cancel a cycle; its period is free for another one."""
    return MACHINE.advance(cycle, Move.CANCEL, actor, now, why, slot=None, done="")


def postpone(cycle: Cycle, days: Mapping[str, date], handbook: Handbook, actor: str, now: datetime) -> Step[Cycle]:
    """Set the last days of the phases that are not over; all whom the phase concerns are gone through once more, to be told."""
    MACHINE.check(cycle, Move.POSTPONE)
    changes: dict[str, Any] = {name: days[name] for name in DUES[cycle.state] if name in days}
    after = [getattr(cycle, name) if name not in changes else changes[name] for name in DUES[cycle.state]]
    for name, day, least in zip(DUES[cycle.state], after, [today(now, handbook.company), *after], strict=False):
        if day < least:
            raise Refusal(N_("A phase cannot end before today, nor before the one that it follows."), field=name)
    return MACHINE.advance(cycle, Move.POSTPONE, actor, now, done="", **changes)
