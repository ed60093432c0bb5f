"""A result says of too few cases, and of the grade's reason, what is true of it."""

from decimal import Decimal

import pytest

from bot.language import translator
from bot.policy.appraisals.record import Appraisal, Measure, Measured, Scoring, State
from bot.views.appraisals.results import result
from bot.views.appraisals.standing import cases_of
from tests.results import cycle, measured, scored

SPREAD = "too few cases, so its weight is spread over the others"
AS_ONE = {"part": Decimal(3), "whole": Decimal(5), "value": None, "score": None, "given": Decimal(20), "weight": Decimal(0)}


def told(**facts: object) -> str:
    """Return what a person reads of a published result."""
    one: Appraisal = scored().amended(state=State.PUBLISHED, published_at=scored().opened_at, **facts)
    return str(result(translator("en"), cycle(), one).blocks)


def test_where_some_measures_count_the_weight_of_the_others_is_spread() -> None:
    assert SPREAD in told(measured=measured())


def test_where_all_measures_have_too_few_cases_nothing_is_spread() -> None:
    words = told(measured=tuple(Measured(measure=measure, n=0, **AS_ONE) for measure in Measure), score=None)
    assert "too few cases" in words and "spread" not in words


def test_a_reason_for_a_grade_is_titled_by_whether_one_was_suggested() -> None:
    scoring = Scoring(manager="U1", why="because")
    assert "Why the grade is not the one suggested by the score" in told(scoring=scoring)
    words = told(scoring=scoring, suggested=None)
    assert "Why this grade, as the measures suggested none" in words and "not the one suggested" not in words


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure.WIN_RATE, "18 cases"),
        (Measure.BID_DOCUMENT_QUALITY, "18 marks"),
        (Measure.CUSTOMER_SATISFACTION, "18 answers"),
        (Measure.TEAMWORK, "18 colleagues"),
    ],
)
def test_a_measure_says_what_it_counts(measure: Measure, words: str) -> None:
    assert cases_of(translator("en"), Measured(measure=measure, n=18, **AS_ONE)) == words
