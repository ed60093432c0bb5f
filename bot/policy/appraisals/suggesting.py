"""The grade that the rules of a cycle suggest (§5.3.1, §5.3.2), and what another one takes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.language import N_
from bot.policy.appraisals.cycle import Cycle, Kind, rules_of
from bot.policy.appraisals.marks import own_review
from bot.policy.appraisals.record import Appraisal, Grade, Measured, Scoring
from bot.policy.appraisals.scoring import Gate, quarter_grade, score_of, year_grade, year_score
from bot.policy.refusal import Refusal

Quarters = Mapping[str, tuple[Decimal | None, Grade | None]]


class Suggestion(NamedTuple):
    """The score of a period and the grade that it suggests, each None where there is nothing to make it of; and what changed the grade."""

    score: Decimal | None
    grade: Grade | None
    gates: tuple[Gate, ...] = ()


def suggested(cycle: Cycle, measured: Sequence[Measured], quarters: Quarters, appraisal: Appraisal, *, leak: bool = False) -> Suggestion:
    """Return the score and grade that the rules of the cycle suggest (§5.3.1, §5.3.2)."""
    rules = rules_of(cycle).appraisals
    marks = appraisal.scoring.marks if appraisal.scoring else {}
    if cycle.kind is Kind.YEAR:
        score = year_score([score for score, _grade in quarters.values()], marks, rules.year)
        found = year_grade(score, [grade for _score, grade in quarters.values()], rules.year, leak=leak)
        return Suggestion(score, found.grade, found.gates)
    own = own_review(appraisal)
    score = score_of(measured, marks, own.marks if own else {}, rules.formula)
    return Suggestion(score, quarter_grade(score, rules))


def grades_of(cycle: Cycle) -> list[Grade]:
    """Return the grades that a cycle gives, the best first: outstanding is for a year only (§5.3.2)."""
    return [grade for grade in Grade if cycle.kind is Kind.YEAR or grade is not Grade.OUTSTANDING]


def check_grade(scoring: Scoring, cycle: Cycle, suggestion: Suggestion) -> None:
    """Refuse a grade that is missing, that is not given for such a period, or that deviates without a reason."""
    if scoring.grade is None:
        raise Refusal(N_("Please choose a grade."), field="grade")
    if scoring.grade not in grades_of(cycle):
        raise Refusal(N_("Outstanding is given for a year only."), field="grade")
    if suggestion.grade is None and not scoring.why:
        raise Refusal(N_("No grade could be suggested. Please say why you give this one."), field="why")
    if scoring.grade is not suggestion.grade and not scoring.why:
        raise Refusal(N_("This is not the suggested grade. Please say why you give it."), field="why")
