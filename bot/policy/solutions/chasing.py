"""Who is reminded of a solution that waits for them (§4.2.1, §4.2.3), and who hears that an answer or marks are overdue."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.policy.solutions.record import Solution
from bot.policy.solutions.steps import unanswered, waiting


class Matter(StrEnum):
    """What somebody is told."""

    ANSWER = "answer"
    SCORE = "score"
    OVERDUE = "overdue"


class Chase(NamedTuple):
    """One thing that a person is told once; `part` is the question's number, or the sitting and its expert."""

    matter: Matter
    part: str
    person: str


def chases(solution: Solution, now: datetime, before: timedelta) -> Iterator[Chase]:
    """Yield what is to be told by now: a reminder `before` something is due, and to whoever waits that it is overdue."""
    for asked in waiting(solution):
        part = f"{solution.sitting}-{asked.expert}"
        yield from told(Matter.SCORE, part, asked.expert, f"s{part}", solution.owner, asked.due, now, before)
    for one in unanswered(solution):
        yield from told(Matter.ANSWER, str(one.id), one.person, f"c{one.id}", one.asker, one.due, now, before)


def told(matter: Matter, part: str, person: str, late: str, waits: str, due: datetime, now: datetime, before: timedelta) -> Iterator[Chase]:
    """Yield what is to be told of one thing that is waited for."""
    if due - before <= now:
        yield Chase(matter, part, person)
    if due <= now:
        yield Chase(Matter.OVERDUE, late, waits)
