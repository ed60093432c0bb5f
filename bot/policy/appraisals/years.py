"""A year (§5.3.2): the mean of its quarters, what keeps its grade from being that of its score, and what it may lead to."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from bot.handbook import Year
from bot.policy.appraisals.record import APPEALING, TOLD, Appraisal, Grade
from bot.policy.appraisals.scoring import BETTER, Gate, rounded, year_grade

QUARTERS = 4


def mean_of_quarters(appraisal: Appraisal) -> Decimal | None:
    """Return the mean of the scores of a year's quarters, to one place; None without any."""
    known = [score for score, _grade in appraisal.quarters.values() if score is not None]
    return rounded(sum(known, Decimal()) / len(known)) if known else None


def gates_of(appraisal: Appraisal, rules: Year) -> tuple[Gate, ...]:
    """Return what changes or changed the grade of a year: only what is known already, so none while it has no score."""
    grades = [grade for _score, grade in appraisal.quarters.values()]
    short = sum(grade is not None for grade in grades) < rules.least_quarters
    if appraisal.score is None:
        return (Gate.TOO_SHORT,) if short else ()
    free = year_grade(appraisal.score, grades, rules)
    capped = year_grade(appraisal.score, grades, rules, leak=True)
    return capped.gates if appraisal.suggested == capped.grade != free.grade else free.gates


class Use(StrEnum):
    """What a year's grade may lead to; the names are those of the handbook."""

    PAY = "pay"
    PROMOTION = "promotion"
    TRAINING = "training"
    AWARDS = "awards"


class Gap(StrEnum):
    """What is missing in what a candidate is judged by."""

    QUARTERS = "quarters"
    SERVED = "served"
    POST = "post"
    APPEAL = "appeal"


class Candidate(NamedTuple):
    """Somebody whose year leads to something: the appraisal, and what is missing in it."""

    appraisal: Appraisal
    gaps: tuple[Gap, ...]

    @property
    def history(self) -> list[tuple[str, Decimal | None, Grade | None]]:
        """Return the quarters of the year in order, each with its score and grade."""
        return [(name, score, grade) for name, (score, grade) in sorted(self.appraisal.quarters.items())]


def candidates(appraisals: Iterable[Appraisal], use: Use, rules: Year) -> list[Candidate]:
    """Return those whose published grade is one of the handbook's for a use, the best first; nothing changes by that."""
    wanted = {Grade(name) for name in getattr(rules, use)}
    found = [one for one in appraisals if one.state in TOLD and one.final_grade in wanted]
    return [Candidate(one, gaps(one)) for one in sorted(found, key=rank)]


def rank(appraisal: Appraisal) -> tuple[int, Decimal, str]:
    """Return where somebody stands on a list: by grade, then by score."""
    grade = appraisal.final_grade
    return BETTER.index(grade) if grade else len(BETTER), -(appraisal.score or Decimal()), appraisal.person


def gaps(appraisal: Appraisal) -> tuple[Gap, ...]:
    """Return what is missing in what a year's grade is made of."""
    graded = [grade for _score, grade in appraisal.quarters.values() if grade is not None]
    missing = {
        Gap.QUARTERS: len(graded) < QUARTERS,
        Gap.SERVED: appraisal.served < appraisal.days,
        Gap.POST: not appraisal.post,
        Gap.APPEAL: appraisal.state in APPEALING,
    }
    return tuple(gap for gap, holds in missing.items() if holds)
