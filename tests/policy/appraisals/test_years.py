"""A year's lists (§5.3.2): who may get what, by the handbook, with the grades behind it and what is missing."""

from decimal import Decimal

import pytest

from bot.policy.appraisals.record import Appraisal, Grade, State
from bot.policy.appraisals.results import publish
from bot.policy.appraisals.scoring import Gate
from bot.policy.appraisals.years import Gap, Use, candidates, gates_of, mean_of_quarters
from tests.policy.appraisals.standard import rules
from tests.results import ANN, BOB, FRIDAY, LEE, cycle, scored

RULES = rules().appraisals.year
YEAR = cycle("2026")
FOUR = {f"2026Q{n}": (Decimal(90 + n), Grade.EXCELLENT) for n in range(1, 5)}
SHORT = {"2026Q1": (Decimal(70), Grade.PASS), "2026Q2": (None, None)}


def year(who: str = ANN, grade: Grade | None = Grade.EXCELLENT, **facts: object) -> Appraisal:
    known = {"period": "2026", "quarters": FOUR, "served": 365, "days": 365, "score": Decimal(93), "suggested": grade}
    return publish(scored(who, Grade.GOOD).amended(**{**known, "grade": grade, **facts}), YEAR, FRIDAY).record


def test_the_mean_of_the_quarters_is_to_one_place_and_none_without_any() -> None:
    assert mean_of_quarters(year()) == Decimal("92.5")
    assert mean_of_quarters(year(quarters=SHORT)) == Decimal("70.0")
    assert mean_of_quarters(year(quarters={})) is None


@pytest.mark.parametrize(
    ("facts", "gates"),
    [
        ({}, ()),
        ({"score": Decimal(96), "suggested": Grade.OUTSTANDING}, ()),
        ({"score": Decimal(96), "quarters": {**FOUR, "2026Q1": (Decimal(50), Grade.FAIL)}}, (Gate.NOT_OUTSTANDING,)),
        ({"score": Decimal(93), "suggested": Grade.PASS}, (Gate.LEAK,)),
        ({"quarters": SHORT}, (Gate.TOO_SHORT,)),
        ({"quarters": SHORT, "score": None}, (Gate.TOO_SHORT,)),
        ({"score": None}, ()),
    ],
)
def test_what_changed_the_grade_is_told(facts: dict[str, object], gates: tuple[Gate, ...]) -> None:
    assert gates_of(year(**facts), RULES) == gates


def test_the_best_come_first_and_other_grades_are_not_on_the_list() -> None:
    people = [year(ANN, Grade.GOOD), year(BOB, Grade.OUTSTANDING), year(LEE, Grade.EXCELLENT), year("UPASS", Grade.PASS)]
    assert [one.appraisal.person for one in candidates(people, Use.PAY, RULES)] == [BOB, LEE, ANN]
    assert [one.appraisal.person for one in candidates(people, Use.PROMOTION, RULES)] == [BOB, LEE]


def test_nobody_is_listed_before_publication_and_the_calibrated_grade_counts() -> None:
    assert candidates([year().amended(state=State.CALIBRATED)], Use.PAY, RULES) == []
    assert candidates([year().amended(calibrated=Grade.PASS)], Use.PAY, RULES) == []


def test_what_is_missing_is_named() -> None:
    [whole] = candidates([year()], Use.AWARDS, RULES)
    [less] = candidates([year(quarters=SHORT, served=100, post="").amended(state=State.APPEALED)], Use.AWARDS, RULES)
    assert whole.gaps == () and set(less.gaps) == set(Gap)
    assert [name for name, _score, _grade in whole.history] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
