"""§5.1-5.4, worked by hand: each line can be followed with a pencil, from what was counted to the grade and the bonus."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from bot.policy.appraisals.bonus import bonus_of
from bot.policy.appraisals.measures import Inputs, Whose, measured
from bot.policy.appraisals.record import Grade, Measure, Part
from bot.policy.appraisals.scoring import Gate, quarter_grade, score_of, year_grade, year_score
from tests.policy.appraisals.standard import ENGINEER, EVERYBODY, PROJECTS, inputs, rules

WIN, SALES, RESEARCH, SOLUTION, DOCUMENT, CUSTOMERS, TEAMWORK = Measure
HALF, YEAR = Whose(ENGINEER, 1, 46, 92), Whose(ENGINEER, 4)
DECIDED, UNPUNISHED = {"win_rate__basis": "decided"}, {"win_rate__missed_counts": "false"}


class One(NamedTuple):
    """What was counted, and the value and score of one measure; None where there are too few cases."""

    worked: str
    measure: Measure
    inputs: Inputs
    value: str | None
    score: str | None
    whose: Whose = EVERYBODY
    changes: Mapping[str, Any] = {}


# The scales of the handbook: win rate [0, 40] [40, 80] [60, 100], sales [0, 0] [100, 80] [120, 100]; all others as they are.
MEASURES = [
    One("2 of 5 submitted = 40%, a point of the scale: 80", WIN, inputs(submitted=5, submitted_won=2), "40", "80"),
    One("2 of 4 = 50%; 80 + 20 x (50 - 40) / (60 - 40) = 90", WIN, inputs(submitted=4, submitted_won=2), "50", "90"),
    One("1 of 4 = 25%; 40 + 40 x 25 / 40 = 65", WIN, inputs(submitted=4, submitted_won=1), "25", "65"),
    One("0 of 3 = 0%: 40", WIN, inputs(submitted=3), "0", "40"),
    One("3 of 3 = 100%, beyond the last point: 100", WIN, inputs(submitted=3, submitted_won=3), "100", "100"),
    One("2 submitted are too few of 3", WIN, inputs(submitted=2, submitted_won=2), None, None),
    One("nothing submitted is not 0%", WIN, inputs(), None, None),
    One("a missed deadline counts: 2 of 4 + 1 = 40%: 80", WIN, inputs(submitted=4, submitted_won=2, missed=1), "40", "80"),
    One(
        "2 submitted and 1 missed are enough: 0 of 2 + 1 = 0%: 40",
        WIN,
        inputs(submitted=2, submitted_won=0, missed=1),
        "0",
        "40",
    ),
    One("it does not: 2 of 4 = 50%: 90", WIN, inputs(submitted=4, submitted_won=2, missed=1), "50", "90", EVERYBODY, UNPUNISHED),
    One("decided: 2 of 2 + 1 + 1 = 50%: 90", WIN, inputs(submitted=9, won=2, lost=1, disqualified=1), "50", "90", EVERYBODY, DECIDED),
    One("decided, missed: 2 of 2 + 2 + 1 = 40%: 80", WIN, inputs(won=2, lost=2, missed=1), "40", "80", EVERYBODY, DECIDED),
    One("decided, not missed: 50%: 90", WIN, inputs(won=2, lost=2, missed=1), "50", "90", EVERYBODY, {**DECIDED, **UNPUNISHED}),
    One("won of earlier quarters count among the decided only: 1 of 4", WIN, inputs(submitted=4, submitted_won=1, won=3), "25", "65"),
    One("3,000,000 of 3,000,000 = 100%: 80", SALES, inputs(won=1, sales=3_000_000), "100", "80"),
    One("1,500,000 of 3,000,000 = 50%; 80 x 50 / 100 = 40", SALES, inputs(won=1, sales=1_500_000), "50", "40"),
    One("3,300,000 = 110%; 80 + 20 x 10 / 20 = 90", SALES, inputs(won=1, sales=3_300_000), "110", "90"),
    One("6,000,000 = 200%, beyond the last point: 100", SALES, inputs(won=1, sales=6_000_000), "200", "100"),
    One("one bid lost, none won: 0%, which is a figure", SALES, inputs(lost=1), "0", "0"),
    One("nothing decided: no figure", SALES, inputs(submitted=4), None, None),
    One("a share in others' bids only: 600,000 = 20%; 80 x 20 / 100 = 16", SALES, inputs(sales=600_000), "20", "16"),
    One("46 of 92 days: 1,200,000 of 1,500,000 = 80%; 64", SALES, inputs(won=1, sales=1_200_000), "80", "64", HALF),
    One(
        "41 of 92 days: 3,000,000 x 41 / 92 = 1,336,956.52",
        SALES,
        inputs(won=1, sales="1336956.52"),
        "100",
        "80",
        Whose(ENGINEER, 1, 41, 92),
    ),
    One("a year: 9,000,000 of 4 x 3,000,000 = 75%; 60", SALES, inputs(won=1, sales=9_000_000), "75", "60", YEAR),
    One(
        "a post's own target: 5,500,000 of 5,000,000 = 110%: 90",
        SALES,
        inputs(won=1, sales=5_500_000),
        "110",
        "90",
        Whose(PROJECTS),
        {"appraisals__post_sales_targets": {PROJECTS: "5000000"}},
    ),
    One("(90 + 70) / 2 = 80", RESEARCH, inputs(research_quality=2, research_quality_sum=160), "80", "80"),
    One("80 - 10 x 1 / 2 = 75", RESEARCH, inputs(research_quality=2, research_quality_sum=160, research_reworked=1), "75", "75"),
    One("5 - 10 x 1 / 1 is below 0: 0", RESEARCH, inputs(research_quality=1, research_quality_sum=5, research_reworked=1), "0", "0"),
    One(
        "no penalty: 80",
        RESEARCH,
        inputs(research_quality=2, research_quality_sum=160, research_reworked=2),
        "80",
        "80",
        EVERYBODY,
        {"appraisals__rework_penalty": "0"},
    ),
    One("(75 + 80.5) / 2 = 77.75", SOLUTION, inputs(solution_quality=2, solution_quality_sum="155.5"), "77.75", "77.75"),
    One("marks 5, 4, 3 = 12; 20 x 12 / 3 = 80", DOCUMENT, inputs(marks=3, marks_sum=12), "80", "80"),
    One(
        "a 5, and no team to be drawn to: 100",
        CUSTOMERS,
        inputs(answers=1, answers_weight=1, answers_sum=5),
        "100",
        "100",
    ),
    One(
        "a 5, and the others' mean is 30 / 10 = 3: (5 + 5 x 3) / (1 + 5) = 10 / 3; x 20 = 66.67",
        CUSTOMERS,
        inputs(others={"answers_weight": "10", "answers_sum": "30"}, answers=1, answers_weight=1, answers_sum=5),
        "66.67",
        "66.67",
    ),
    One(
        "30 answers weigh more: (135 + 5 x 3) / (30 + 5) = 30 / 7; x 20 = 85.71",
        CUSTOMERS,
        inputs(others={"answers_weight": "10", "answers_sum": "30"}, answers=30, answers_weight=30, answers_sum=135),
        "85.71",
        "85.71",
    ),
    One(
        "no pull: 100",
        CUSTOMERS,
        inputs(others={"answers_weight": "10", "answers_sum": "30"}, answers=1, answers_weight=1, answers_sum=5),
        "100",
        "100",
        EVERYBODY,
        {"appraisals__satisfaction_pull": "0"},
    ),
    One(
        "a 5 by the customer and a 2 that a colleague heard: (5 + 0.5 x 2) / 1.5 = 4; x 20 = 80",
        CUSTOMERS,
        inputs(answers=2, answers_weight="1.5", answers_sum=6),
        "80",
        "80",
    ),
    One("4 + 3, 5 + 4, 3 + 5 = 24 of 6 marks; 20 x 24 / 6 = 80", TEAMWORK, inputs(((4, 3), (5, 4), (3, 5))), "80", "80"),
    One("two colleagues are too few of 3", TEAMWORK, inputs(((5, 5), (5, 5))), None, None),
]


@pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.worked)
def test_a_measure_comes_out_as_by_hand(one: One) -> None:
    found = next(each for each in measured(one.inputs, one.whose, rules(**one.changes)) if each.measure is one.measure)
    assert (in_cents(found.value), in_cents(found.score)) == (decimal(one.value), decimal(one.score))


class Whole(NamedTuple):
    """What was counted and marked in a quarter; the weights, the score, the grade, and the bonus of a base of 9,000."""

    worked: str
    inputs: Inputs
    weights: str
    score: str | None
    grade: Grade | None
    bonus: str | None
    whose: Whose = EVERYBODY
    changes: Mapping[str, Any] = {}
    manager: Mapping[Part, int] = {}
    own: Mapping[Part, int] = {}


GIVEN = "20 20 10 15 10 15 10"
SOLUTION_ALONE = "0 0 0 100 0 0 0"
ALL_80 = {
    "submitted": 5,
    "submitted_won": 2,
    "won": 2,
    "lost": 3,
    "sales": 3_000_000,
    "research_quality": 1,
    "research_quality_sum": 80,
    "solution_quality": 1,
    "solution_quality_sum": 80,
    "marks": 3,
    "marks_sum": 12,
    "answers": 1,
    "answers_weight": 1,
    "answers_sum": 4,
}
MIXED = {
    "submitted": 4,
    "submitted_won": 2,
    "won": 2,
    "lost": 2,
    "sales": 1_500_000,
    "research_quality": 1,
    "research_quality_sum": 90,
    "solution_quality": 1,
    "solution_quality_sum": 75,
    "marks": 3,
    "marks_sum": 11,
    "answers": 2,
    "answers_weight": 2,
    "answers_sum": 9,
}
BEST = {
    "submitted": 5,
    "submitted_won": 3,
    "won": 3,
    "lost": 2,
    "sales": 3_600_000,
    "research_quality": 1,
    "research_quality_sum": 100,
    "solution_quality": 1,
    "solution_quality_sum": 100,
    "marks": 3,
    "marks_sum": 15,
    "answers": 1,
    "answers_weight": 1,
    "answers_sum": 5,
}
FOURS, FIVES = ((4, 4),) * 3, ((5, 5),) * 3
BOTH_ONLY = {"win_rate": "50", "sales_amount": "50", **dict.fromkeys(tuple(Measure)[2:], "0")}
TWO_POSTS = {"appraisals__post_weights": {PROJECTS: BOTH_ONLY}}
MIX = {"appraisals__formula": {"measures": "70", "manager": "20", "own": "10"}}
MARKS = {Part.RESULTS: 5, Part.QUALITY: 4, Part.SATISFACTION: 4, Part.TEAMWORK: 3}
TOP = dict.fromkeys(Part, 5)


def solved(quality: str, count: int = 1) -> Inputs:
    """Return what was counted for somebody who made nothing but solutions."""
    return inputs(solution_quality=count, solution_quality_sum=quality)


QUARTERS = [
    Whole("all seven at 80: 80; 9,000 x 1.0", inputs(FOURS, **ALL_80), GIVEN, "80.0", Grade.GOOD, "9000.00"),
    Whole("all seven at 100: 100; 9,000 x 1.2", inputs(FIVES, **BEST), GIVEN, "100.0", Grade.EXCELLENT, "10800.00"),
    Whole(
        "win 90, sales 40, research 90, solution 75, document 220/3, customers 90, teamwork 80: "
        "(20x90 + 20x40 + 10x90 + 15x75 + 10x73.33 + 15x90 + 10x80) / 100 = 7508.33 / 100; 9,000 x 0.8",
        inputs(((4, 3), (5, 4), (3, 5)), **MIXED),
        GIVEN,
        "75.1",
        Grade.PASS,
        "7200.00",
    ),
    Whole("nothing counted: no score, no grade", inputs(), "0 0 0 0 0 0 0", None, None, None),
    Whole("one measure alone has all the weight", solved("75"), SOLUTION_ALONE, "75.0", Grade.PASS, "7200.00"),
    Whole(
        "without a win rate 80 of 100 are left: sales 20/80 = 25, research 12.5, solution 18.75, document 12.5, customers 18.75, "
        "teamwork 12.5; rounded down to 99.9, the tenth goes to the first largest remainder. Sales 90, the others 80: "
        "(20 x 90 + 60 x 80) / 80 = 82.5",
        inputs(FOURS, **{**ALL_80, "submitted": 2, "sales": 3_300_000}),
        "0 25.0 12.5 18.8 12.5 18.7 12.5",
        "82.5",
        Grade.GOOD,
        "9000.00",
    ),
    Whole(
        "without teamwork 90 are left: 22.2 22.2 11.1 16.7 11.1 16.7 by the largest remainders (16.66, 16.66); all at 80",
        inputs(((5, 5), (5, 5)), **ALL_80),
        "22.2 22.2 11.1 16.7 11.1 16.7 0",
        "80.0",
        Grade.GOOD,
        "9000.00",
    ),
    Whole(
        "a post of win rate and sales only: (50 x 90 + 50 x 40) / 100 = 65",
        inputs(((4, 3), (5, 4), (3, 5)), **MIXED),
        "50 50 0 0 0 0 0",
        "65.0",
        Grade.PASS,
        "7200.00",
        Whose(PROJECTS),
        TWO_POSTS,
    ),
    Whole("of that post, solutions alone weigh nothing", solved("75"), "0 0 0 0 0 0 0", None, None, None, Whose(PROJECTS), TWO_POSTS),
    Whole(
        "half the quarter: sales 1,500,000 of 1,500,000 = 100%: 80; (20x90 + 20x80 + 10x90 + 15x75 + 10x73.33 + 15x90 + 10x80) / 100 "
        "= 8308.33 / 100; 9,000 x 1.0 x 46 / 92",
        inputs(((4, 3), (5, 4), (3, 5)), **MIXED),
        GIVEN,
        "83.1",
        Grade.GOOD,
        "4500.00",
        HALF,
    ),
    Whole(
        "70% measures 80, 20% manager 20 x (5+4+4+3) / 4 = 80, 10% own 100: 56 + 16 + 10 = 82",
        inputs(FOURS, **ALL_80),
        GIVEN,
        "82.0",
        Grade.GOOD,
        "9000.00",
        EVERYBODY,
        MIX,
        MARKS,
        TOP,
    ),
    Whole(
        "without a self-review: (70 x 75 + 20 x 80) / 90 = 76.11",
        solved("75"),
        SOLUTION_ALONE,
        "76.1",
        Grade.PASS,
        "7200.00",
        EVERYBODY,
        MIX,
        MARKS,
    ),
    Whole(
        "without any measure: (20 x 80 + 10 x 100) / 30 = 86.67",
        inputs(),
        "0 0 0 0 0 0 0",
        "86.7",
        Grade.GOOD,
        "9000.00",
        EVERYBODY,
        MIX,
        MARKS,
        TOP,
    ),
    Whole("marks weigh nothing by the shipped formula", solved("75"), SOLUTION_ALONE, "75.0", Grade.PASS, "7200.00", manager=TOP, own=TOP),
    Whole("89.94 is shown as 89.9", solved("89.94"), SOLUTION_ALONE, "89.9", Grade.GOOD, "9000.00"),
    Whole("89.95 is shown as 90.0, and is excellent", solved("89.95"), SOLUTION_ALONE, "90.0", Grade.EXCELLENT, "10800.00"),
    Whole("79.94 is shown as 79.9", solved("79.94"), SOLUTION_ALONE, "79.9", Grade.PASS, "7200.00"),
    Whole("79.95 is shown as 80.0, and is good", solved("79.95"), SOLUTION_ALONE, "80.0", Grade.GOOD, "9000.00"),
    Whole("59.94 is shown as 59.9; fail has no bonus", solved("59.94"), SOLUTION_ALONE, "59.9", Grade.FAIL, "0.00"),
    Whole("59.95 is shown as 60.0, and passes", solved("59.95"), SOLUTION_ALONE, "60.0", Grade.PASS, "7200.00"),
    Whole("269.84 / 3 = 89.9467: shown as 89.9", solved("269.84", 3), SOLUTION_ALONE, "89.9", Grade.GOOD, "9000.00"),
    Whole("269.85 / 3 = 89.95: shown as 90.0", solved("269.85", 3), SOLUTION_ALONE, "90.0", Grade.EXCELLENT, "10800.00"),
]


@pytest.mark.parametrize("case", QUARTERS, ids=lambda case: case.worked)
def test_a_quarter_comes_out_as_by_hand(case: Whole) -> None:
    ruled = rules(bonus__bases={ENGINEER: "9000", PROJECTS: "9000"}, **case.changes)
    found = measured(case.inputs, case.whose, ruled)
    score = score_of(found, case.manager, case.own, ruled.appraisals.formula)
    grade = quarter_grade(score, ruled.appraisals)
    bonus = bonus_of(grade, case.whose.post, case.whose.served, case.whose.days, ruled).amount if grade else None
    assert [one.weight for one in found] == [Decimal(weight) for weight in case.weights.split()]
    assert (score, grade, bonus) == (decimal(case.score), case.grade, decimal(case.bonus))


EXCELLENT, GOOD, PASS, FAIL = Grade.EXCELLENT, Grade.GOOD, Grade.PASS, Grade.FAIL
FOUR_MARKS = dict.fromkeys(Part, 4)
YEARS = [
    ("0.6 x 90 + 0.4 x 100 = 94", "90 90 90 90", [EXCELLENT] * 4, TOP, False, "94.0", EXCELLENT, ()),
    ("0.6 x 96.5 + 0.4 x 100 = 97.9", "95 96 97 98", [EXCELLENT] * 4, TOP, False, "97.9", Grade.OUTSTANDING, ()),
    ("0.6 x 84 + 0.4 x 80 = 82.4", "80 82 86 88", [GOOD] * 4, FOUR_MARKS, False, "82.4", GOOD, ()),
    ("0.6 x 50 + 0.4 x 60 = 54", "50 50 50 50", [FAIL] * 4, dict.fromkeys(Part, 3), False, "54.0", FAIL, ()),
    (
        "mean 92.95: 55.77 + 40 = 95.77, but two excellent quarters of three",
        "96 96 89.9 89.9",
        [EXCELLENT, EXCELLENT, GOOD, GOOD],
        TOP,
        False,
        "95.8",
        EXCELLENT,
        (Gate.NOT_OUTSTANDING,),
    ),
    (
        "mean 92.5: 55.5 + 40 = 95.5, three excellent, but one failed",
        "100 100 100 70",
        [EXCELLENT, EXCELLENT, EXCELLENT, FAIL],
        TOP,
        False,
        "95.5",
        EXCELLENT,
        (Gate.NOT_OUTSTANDING,),
    ),
    (
        "three excellent and one pass: 0.6 x 94 + 40 = 96.4",
        "100 100 100 76",
        [*[EXCELLENT] * 3, PASS],
        TOP,
        False,
        "96.4",
        Grade.OUTSTANDING,
        (),
    ),
    ("a leak caps it: 97.9", "95 96 97 98", [EXCELLENT] * 4, TOP, True, "97.9", PASS, (Gate.LEAK,)),
    (
        "both gates: 95.8",
        "96 96 89.9 89.9",
        [EXCELLENT, EXCELLENT, GOOD, GOOD],
        TOP,
        True,
        "95.8",
        PASS,
        (Gate.NOT_OUTSTANDING, Gate.LEAK),
    ),
    ("a leak makes nothing worse than a pass: 54", "50 50 50 50", [FAIL] * 4, dict.fromkeys(Part, 3), True, "54.0", FAIL, ()),
    ("two of four quarters, mean 81: 48.6 + 32 = 80.6", "84 - 78 -", [GOOD, None, PASS, None], FOUR_MARKS, False, "80.6", GOOD, ()),
    (
        "one graded quarter is too few of two: 0.6 x 84 + 32 = 82.4",
        "84 - - -",
        [GOOD, None, None, None],
        FOUR_MARKS,
        False,
        "82.4",
        None,
        (Gate.TOO_SHORT,),
    ),
    ("no quarter at all, the manager's marks alone: 80", "- - - -", [None] * 4, FOUR_MARKS, False, "80.0", None, (Gate.TOO_SHORT,)),
    ("no marks: the mean alone, 88", "86 88 90 88", [GOOD] * 4, {}, False, "88.0", GOOD, ()),
    ("94.925 is shown as 94.9", "94.9 94.9 94.9 95", [EXCELLENT] * 4, {}, False, "94.9", EXCELLENT, ()),
    ("94.95 is shown as 95.0, and is outstanding", "94.9 95 94.9 95", [EXCELLENT] * 4, {}, False, "95.0", Grade.OUTSTANDING, ()),
]


@pytest.mark.parametrize(
    ("scores", "grades", "marks", "leak", "score", "grade", "gates"), [case[1:] for case in YEARS], ids=[case[0] for case in YEARS]
)
def test_a_year_comes_out_as_by_hand(
    scores: str, grades: list[Grade | None], marks: dict[Part, int], leak: bool, score: str, grade: Grade | None, gates: tuple[Gate, ...]
) -> None:
    year = rules().appraisals.year
    quarters = [None if one == "-" else Decimal(one) for one in scores.split()]
    found = year_score(quarters, marks, year)
    assert found == Decimal(score)
    assert year_grade(found, grades, year, leak=leak) == (grade, gates)


BONUSES = [
    ("9,000 x 1.2 x 46 / 92", "9000", "1", EXCELLENT, 46, "5400.00"),
    ("9,000 x 0.9 x 1.0", "9000", "0.9", GOOD, 92, "8100.00"),
    ("1,000.05 x 0.8 x 41 / 92 = 356.539...", "1000.05", "1", PASS, 41, "356.54"),
    ("0.25 x 0.5 x 1.0 = 0.125: half a cent is rounded up", "0.25", "0.5", GOOD, 92, "0.13"),
    ("fail: nothing, whatever the base", "900000", "1.5", FAIL, 92, "0.00"),
    ("no day served: nothing", "9000", "1", EXCELLENT, 0, "0.00"),
]


@pytest.mark.parametrize(("base", "factor", "grade", "served", "bonus"), [case[1:] for case in BONUSES], ids=[case[0] for case in BONUSES])
def test_a_bonus_comes_out_as_by_hand(base: str, factor: str, grade: Grade, served: int, bonus: str) -> None:
    ruled = rules(bonus__bases={ENGINEER: base}, bonus__company_factor=factor)
    assert bonus_of(grade, ENGINEER, served, 92, ruled).amount == Decimal(bonus)


def decimal(text: str | None) -> Decimal | None:
    """Return a number as it is written in a table."""
    return None if text is None else Decimal(text)


def in_cents(value: Decimal | None) -> Decimal | None:
    """Return a value to the second place, which is enough to check it by hand."""
    return None if value is None else value.quantize(Decimal("0.01"))
