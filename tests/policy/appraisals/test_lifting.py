"""§1.1: what would lift a score is worked by hand, and doing what it says reaches at least what it promises."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as some

from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.lifting import Lift, lifts, next_grade, projected, ways
from bot.policy.appraisals.measures import Inputs, measured
from bot.policy.appraisals.record import Grade, Measure
from bot.policy.appraisals.scoring import BETTER, quarter_grade
from tests.policy.appraisals.standard import EVERYBODY, inputs, rules
from tests.policy.appraisals.test_measures import RULES, anything

SHIPPED = rules()
WIN, SALES, RESEARCH, SOLUTION, DOCUMENT, CUSTOMERS, TEAMWORK = Measure


def lift_of(measure: Measure, counted: Inputs, ruled: Rules = SHIPPED) -> Lift | None:
    return next((each for each in lifts(counted, EVERYBODY, ruled) if each.measure is measure), None)


def test_one_more_bid_won() -> None:
    # 1 of 3 = 33.33%: 73.33, fail is below 60, pass below 80. With one more, 2 of 4 = 50%: 90, which is excellent at once.
    # A lost bid makes a sales figure, which would weigh as much: its target is 0 of it here, so it is left out of the weights.
    ruled = rules(appraisals__weights={**dict.fromkeys(Measure, "0"), "win_rate": "100"})
    assert lifts(inputs(submitted=3, submitted_won=1), EVERYBODY, ruled) == (Lift(WIN, Decimal(1), Decimal("90.0"), Grade.EXCELLENT),)


def test_two_more_where_one_is_not_enough() -> None:
    # 1 of 5 = 20%: 60. One more: 2 of 6 = 33.33%: 73.3. Two more: 3 of 7 = 42.86%: 80 + 20 x 2.857 / 20 = 82.9, which is good.
    ruled = rules(appraisals__weights={**dict.fromkeys(Measure, "0"), "win_rate": "100"})
    assert lifts(inputs(submitted=5, submitted_won=1), EVERYBODY, ruled) == (Lift(WIN, Decimal(2), Decimal("82.9"), Grade.GOOD),)


def test_a_bid_that_waits_for_its_result_promises_no_more_than_a_new_one() -> None:
    # 1 of 4 = 25%: 65. The waiting one won: 2 of 4 = 50%: 90. A new one won: 2 of 5 = 40%: 80. Promised is the lesser of the two: good.
    ruled = rules(appraisals__weights={**dict.fromkeys(Measure, "0"), "win_rate": "100"})
    counted = inputs(submitted=4, submitted_won=1, pending=1)
    assert lifts(counted, EVERYBODY, ruled) == (Lift(WIN, Decimal(1), Decimal("80.0"), Grade.GOOD),)


def test_the_smallest_mark_that_reaches_the_next_grade() -> None:
    # (75 + 20 x mark) / 2 >= 80 takes 20 x mark >= 85: a mark of 4.25, which is 4.3: (75 + 86) / 2 = 80.5.
    counted = inputs(solution_quality=1, solution_quality_sum=75)
    assert lift_of(SOLUTION, counted) == Lift(SOLUTION, Decimal("4.3"), Decimal("80.5"), Grade.GOOD)


def test_the_largest_effect_comes_first() -> None:
    # Solution 75 (weight 15) and research 75 (10): both reach 80 by a 5 at most: (15 x 87.5 + 10 x 75) / 25 = 82.5 and 80.0.
    # The smallest that do: solution 4.6: (15 x 83.5 + 750) / 25 = 80.1; research 5.0: (1125 + 10 x 87.5) / 25 = 80.0.
    # A customer who gives a 5 counts besides, with 15: (1125 + 750 + 1500) / 40 = 84.4; a document of 4.6 with 10:
    # (1125 + 750 + 920) / 35 = 79.9, of 4.7: 80.4. A sale, with 20: (1875 + 20 x score) / 45 = 80 takes 86.25, which is
    # 106.25% of 3,000,000: 3,187,500, in round numbers 3,190,000, which is 106.33%: 86.33, and so 80.04.
    counted = inputs(solution_quality=1, solution_quality_sum=75, research_quality=1, research_quality_sum=75)
    assert lifts(counted, EVERYBODY, SHIPPED) == (
        Lift(CUSTOMERS, Decimal(1), Decimal("84.4"), Grade.GOOD),
        Lift(DOCUMENT, Decimal("4.7"), Decimal("80.4"), Grade.GOOD),
        Lift(SOLUTION, Decimal("4.6"), Decimal("80.1"), Grade.GOOD),
        Lift(SALES, Decimal(3_190_000), Decimal("80.0"), Grade.GOOD),
        Lift(RESEARCH, Decimal("5.0"), Decimal("80.0"), Grade.GOOD),
    )


def test_sales_that_reach_the_target() -> None:
    # Sales alone weigh: 2,400,000 of 3,000,000 = 80%: 64. To 100% it takes 600,000: 80, which is good.
    ruled = rules(appraisals__weights={**dict.fromkeys(Measure, "0"), "sales_amount": "100"})
    counted = inputs(won=1, sales=2_400_000)
    assert lifts(counted, EVERYBODY, ruled) == (Lift(SALES, Decimal(600_000), Decimal("80.0"), Grade.GOOD),)


def test_a_win_without_a_large_award_is_not_promised_to_lift_sales() -> None:
    # Solution 79 alone: 79. A win besides would make a sales figure of 0, which weighs 20 of 35: (15 x 79 + 0) / 35 = 33.9.
    assert lift_of(WIN, inputs(solution_quality=1, solution_quality_sum=79)) is None


def test_what_cannot_reach_the_next_grade_is_told_by_how_far_it_comes() -> None:
    # (10 x 60 + 100) / 11 = 63.6 with one more solution at its best, which is still a pass; so every mark tells the most it does.
    counted = inputs(solution_quality=10, solution_quality_sum=600)
    assert lift_of(SOLUTION, counted) == Lift(SOLUTION, Decimal("5.0"), Decimal("63.6"), Grade.PASS)


def test_the_best_grade_and_no_score_leave_nothing_to_say() -> None:
    assert lifts(inputs(solution_quality=1, solution_quality_sum=95), EVERYBODY, SHIPPED) == ()
    assert lifts(inputs(), EVERYBODY, SHIPPED) == ()


def test_the_next_grade_is_the_nearest_above() -> None:
    found = [next_grade(Decimal(score), SHIPPED) for score in ("0", "59.9", "60", "80", "89.9", "90")]
    assert [above and above[0] for above in found] == [Grade.PASS, Grade.PASS, Grade.GOOD, Grade.EXCELLENT, Grade.EXCELLENT, None]


@settings(max_examples=60, deadline=None)
@given(anything(), some.sampled_from(RULES))
def test_doing_what_it_says_reaches_what_it_promises(counted: Inputs, ruled: Rules) -> None:
    now = projected(measured(counted, EVERYBODY, ruled))
    for lift in lifts(counted, EVERYBODY, ruled):
        assert now is not None and lift.score > now and quarter_grade(lift.score, ruled.appraisals) is lift.grade
        for after in ways(lift.measure, lift.amount, counted):
            reached = projected(measured(after, EVERYBODY, ruled))
            assert reached is not None and reached >= lift.score


@settings(max_examples=60, deadline=None)
@given(anything(), some.integers(1, 10))
def test_doing_more_than_it_says_reaches_it_too(counted: Inputs, more: int) -> None:
    marks = {RESEARCH, SOLUTION, DOCUMENT}
    for lift in lifts(counted, EVERYBODY, SHIPPED):
        beyond = min(Decimal(5), lift.amount + Decimal(more) / 10) if lift.measure in marks else lift.amount + more * 10_000
        if lift.measure in marks | {SALES}:
            reached = [projected(measured(after, EVERYBODY, SHIPPED)) for after in ways(lift.measure, beyond, counted)]
            assert all(score is not None and score >= lift.score for score in reached)


@settings(max_examples=60, deadline=None)
@given(anything(), some.sampled_from(RULES))
def test_it_says_the_smallest_step_that_reaches_the_next_grade(counted: Inputs, ruled: Rules) -> None:
    for lift in lifts(counted, EVERYBODY, ruled):
        less = lift.amount - Decimal("0.1")
        if lift.measure in {RESEARCH, SOLUTION, DOCUMENT} and less >= 1:
            reached = [projected(measured(after, EVERYBODY, ruled)) for after in ways(lift.measure, less, counted)]
            assert min(score for score in reached if score is not None) < lift.score
    grades = [BETTER.index(lift.grade) for lift in lifts(counted, EVERYBODY, ruled)]
    assert grades == sorted(grades)
