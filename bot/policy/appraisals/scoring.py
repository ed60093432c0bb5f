"""Scores and grades (§5.3): what the measures come to, and which grade a score is."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from bot.handbook import Appraisals, Formula, Year
from bot.policy.appraisals.record import Grade, Measured, Part

TENTH, SCALE = Decimal("0.1"), Decimal(20)  # a mark of 5 is 100
BETTER = tuple(Grade)  # the best first
EXCELLENT = frozenset({Grade.OUTSTANDING, Grade.EXCELLENT})
Weighed = tuple[Decimal | None, int]


class Gate(StrEnum):
    """Why a year is graded otherwise than by its score."""

    TOO_SHORT = "too_short"
    NOT_OUTSTANDING = "not_outstanding"
    LEAK = "leak"


class YearGrade(NamedTuple):
    """The grade of a year, None where too few of its quarters were graded, and the gates that changed it."""

    grade: Grade | None
    gates: tuple[Gate, ...] = ()


def rounded(score: Decimal) -> Decimal:
    """Return a score to the one place that is shown; grades are told from this, so that none differs from what is shown."""
    return score.quantize(TENTH, ROUND_HALF_UP)


def mean_of(parts: Iterable[Weighed]) -> Decimal | None:
    """Return the weighted mean, unrounded; a part without data drops out, and the others count for it. None without any."""
    known = [(score, weight) for score, weight in parts if score is not None and weight]
    total = sum(weight for _score, weight in known)
    return sum((score * weight for score, weight in known), Decimal()) / total if total else None


def measures_score(measures: Sequence[Measured]) -> Decimal | None:
    """Return what the measures come to, 0 to 100 and unrounded: the sum of weight x score over the sum of weights of those that apply."""
    return mean_of((one.score, int(one.given)) for one in measures)


def marks_score(marks: Mapping[Part, int]) -> Decimal | None:
    """Return what marks of 1 to 5 come to, 20 to 100; None without marks."""
    return SCALE * sum(marks.values()) / len(marks) if marks else None


def score_of(measures: Sequence[Measured], manager: Mapping[Part, int], own: Mapping[Part, int], formula: Formula) -> Decimal | None:
    """Return a quarter's score (§5.3.1), to one place; None where there is nothing to make it of."""
    parts = (
        (measures_score(measures), formula.measures),
        (marks_score(manager), formula.manager),
        (marks_score(own), formula.own),
    )
    score = mean_of(parts)
    return None if score is None else rounded(score)


def year_score(quarters: Sequence[Decimal | None], manager: Mapping[Part, int], rules: Year) -> Decimal | None:
    """Return a year's score (§5.3.2), to one place: the mean of its quarters' scores and the manager's marks for the year."""
    known = [score for score in quarters if score is not None]
    mean = sum(known, Decimal()) / len(known) if known else None
    score = mean_of(((mean, rules.quarters), (marks_score(manager), rules.manager)))
    return None if score is None else rounded(score)


def grade_of(score: Decimal, bands: Mapping[str, Decimal]) -> Grade:
    """Return the grade of a score: the best one whose band begins there or below."""
    return next((grade for grade in BETTER if grade in bands and score >= bands[grade]), Grade.FAIL)


def quarter_grade(score: Decimal | None, rules: Appraisals) -> Grade | None:
    """Return the grade that a quarter's score suggests, None without a score."""
    return None if score is None else grade_of(score, rules.bands)


def year_grade(score: Decimal | None, quarters: Sequence[Grade | None], rules: Year, *, leak: bool = False) -> YearGrade:
    """Return the grade that a year's score suggests (§5.3.2), within its gates.

    Outstanding takes enough excellent quarters and no failed one; whoever leaked secrets does not get more than a pass; with too few
    graded quarters there is no grade.
    """
    graded = [grade for grade in quarters if grade is not None]
    if score is None or len(graded) < rules.least_quarters:
        return YearGrade(None, (Gate.TOO_SHORT,))
    grade, gates = grade_of(score, rules.bands), []
    steady = sum(one in EXCELLENT for one in graded) >= rules.excellent_for_outstanding and Grade.FAIL not in graded
    if grade is Grade.OUTSTANDING and not steady:
        grade, gates = Grade.EXCELLENT, [Gate.NOT_OUTSTANDING]
    if leak and BETTER.index(grade) < BETTER.index(Grade.PASS):
        grade, gates = Grade.PASS, [*gates, Gate.LEAK]
    return YearGrade(grade, tuple(gates))
