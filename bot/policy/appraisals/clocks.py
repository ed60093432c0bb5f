"""The clocks of an appeal (§5.3): what it waits for, until which working day, and whether that day is over."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from bot.policy.appraisals.opening import today
from bot.policy.appraisals.record import Appeal, Appraisal, State
from bot.policy.calendar import Calendar
from bot.policy.refusal import Refusal


class Owed(StrEnum):
    """What an appeal waits for."""

    TALK = "talk"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECIDE = "decide"


class Due(NamedTuple):
    """What an appeal waits for, and its last day."""

    owed: Owed
    day: date


class OutOfTime(Refusal):
    """Refuse what is too late or too early; `day` is the one that decides."""

    def __init__(self, reason: str, day: date) -> None:
        super().__init__(reason, day=day.isoformat())
        self.day = day


def due_of(appraisal: Appraisal) -> Due | None:
    """Return what an appeal waits for and until when; None where it waits for nothing."""
    if appraisal.state is State.APPEALED:
        return Due(Owed.TALK, of(appraisal).talk_due)
    answer_due = of(appraisal).answer_due if appraisal.state is State.MANAGER_TALK else None
    if answer_due:
        return Due(Owed.ANSWER, answer_due)
    found = appraisal.appeal if appraisal.state is State.HR_REVIEW else None
    if found is None:
        return None
    owed, day = (Owed.DECIDE, found.decide_due) if found.accepted else (Owed.ACCEPT, found.accept_due)
    return Due(owed, day) if day else None


def is_overdue(appraisal: Appraisal, now: datetime, calendar: Calendar) -> bool:
    """Say whether the last day of what an appeal waits for is over."""
    due = due_of(appraisal)
    return due is not None and today(now, calendar.company) > due.day


def of(appraisal: Appraisal) -> Appeal:
    """Return the appeal; raise LookupError where there is none."""
    if appraisal.appeal is None:
        raise LookupError(f"no appeal against {appraisal.number}")
    return appraisal.appeal
