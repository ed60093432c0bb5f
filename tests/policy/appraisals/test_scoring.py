"""§5.3, §5.4.1: a score is made of parts that are known, a grade of the score that is shown, and a bonus of the grade."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as some

from bot.kinds import Wrong
from bot.policy.appraisals.bonus import bonus_of
from bot.policy.appraisals.measures import Inputs, measured
from bot.policy.appraisals.record import Grade, Measured, Part
from bot.policy.appraisals.scoring import (
    BETTER,
    Gate,
    grade_of,
    marks_score,
    mean_of,
    measures_score,
    quarter_grade,
    rounded,
    score_of,
    year_grade,
    year_score,
)
from tests.policy.appraisals.standard import ENGINEER, EVERYBODY, inputs, rules
from tests.policy.appraisals.test_measures import MORE, added, anything

SHIPPED = rules()
SCORES = some.decimals(0, 100, places=3)
SHOWN = some.decimals(0, 100, places=1)
QUARTERLY = BETTER[1:]
MARKS = some.dictionaries(some.sampled_from(Part), some.integers(1, 5))


def test_a_part_without_data_drops_out_and_the_others_count_for_it() -> None:
    assert mean_of([(Decimal(75), 70), (None, 20), (Decimal(100), 10)]) == Decimal(6250) / 80
    assert mean_of([(None, 70), (None, 30)]) is None
    assert mean_of([(Decimal(75), 0)]) is None and mean_of([]) is None


def test_marks_of_five_are_a_hundred_and_of_one_twenty() -> None:
    assert marks_score(dict.fromkeys(Part, 5)) == 100 and marks_score(dict.fromkeys(Part, 1)) == 20
    assert marks_score({}) is None


def test_nothing_known_is_no_score_and_no_grade() -> None:
    assert score_of(measured(inputs(), EVERYBODY, SHIPPED), {}, {}, SHIPPED.appraisals.formula) is None
    assert quarter_grade(None, SHIPPED.appraisals) is None
    assert year_score([None] * 4, {}, SHIPPED.appraisals.year) is None


@given(some.lists(some.tuples(some.none() | SCORES, some.integers(0, 100)), max_size=7))
def test_a_mean_lies_between_its_parts(parts: list[tuple[Decimal | None, int]]) -> None:
    known, found = [score for score, weight in parts if score is not None and weight], mean_of(parts)
    assert (found is None) == (not known)
    assert found is None or min(known) - Decimal("1e-20") <= found <= max(known) + Decimal("1e-20")


def raised(found: tuple[Measured, ...], place: int, by: Decimal) -> list[Measured]:
    return [
        each.amended(score=min(Decimal(100), each.score + by)) if at == place and each.score is not None else each
        for at, each in enumerate(found)
    ]


@given(anything(), some.integers(0, 6), some.decimals(0, 50, places=2))
def test_a_better_measure_never_lowers_the_total(counted: Inputs, place: int, by: Decimal) -> None:
    found = measured(counted, EVERYBODY, SHIPPED)
    before, after = measures_score(found), measures_score(raised(found, place, by))
    assert (before is None and after is None) or (before is not None and after is not None and after >= before)


@given(anything(), some.sampled_from(list(MORE.values())))
def test_more_of_a_good_never_lowers_the_total_while_the_weights_stay(counted: Inputs, more: dict[str, int]) -> None:
    before, after = (measured(each, EVERYBODY, SHIPPED) for each in (counted, added(counted, more)))
    assume([each.weight for each in before] == [each.weight for each in after] and any(each.weight for each in before))
    was, became = measures_score(before), measures_score(after)
    assert was is not None and became is not None and became >= was


@given(SHOWN, SHOWN)
def test_grades_follow_scores(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    for bands in (SHIPPED.appraisals.bands, SHIPPED.appraisals.year.bands):
        assert BETTER.index(grade_of(high, bands)) <= BETTER.index(grade_of(low, bands))


@given(SCORES)
def test_rounding_never_crosses_a_band_otherwise_than_what_is_shown(exact: Decimal) -> None:
    shown = rounded(exact)
    assert abs(shown - exact) <= Decimal("0.05") and shown == Decimal(f"{shown:.1f}")
    grade = quarter_grade(shown, SHIPPED.appraisals)
    expected = next(
        (name for name, band in (("excellent", "90.0"), ("good", "80.0"), ("pass", "60.0")) if f"{shown:05.1f}" >= f"{band:>05}"), "fail"
    )
    assert grade == Grade(expected)


@given(anything(), MARKS, MARKS)
def test_the_score_of_a_quarter_is_the_one_that_is_shown(counted: Inputs, manager: dict[Part, int], own: dict[Part, int]) -> None:
    mixed = rules(appraisals__formula={"measures": "60", "manager": "30", "own": "10"})
    score = score_of(measured(counted, EVERYBODY, mixed), manager, own, mixed.appraisals.formula)
    assert score is None or (rounded(score) == score and 0 <= score <= 100)


def test_every_band_begins_where_it_says() -> None:
    for name, band in SHIPPED.appraisals.bands.items():
        assert quarter_grade(band, SHIPPED.appraisals) == Grade(name)
        assert quarter_grade(band - Decimal("0.1"), SHIPPED.appraisals) != Grade(name)


@some.composite
def written(draw: some.DrawFn) -> dict[str, Any]:
    """Draw what a handbook might say of the bonus, sound or not."""
    factor = some.decimals(0, 10, places=4).map(lambda number: f"{number:f}")
    multipliers = {**{grade.value: draw(factor) for grade in QUARTERLY[:-1]}, "fail": draw(some.sampled_from(["0", "0.5"]))}
    return {
        "multipliers": multipliers,
        "company_factor": draw(factor),
        "bases": {ENGINEER: draw(some.sampled_from(["0.01", "9000", "123456.78"]))},
    }


@given(written(), some.integers(0, 92))
def test_the_bonus_follows_the_grades_by_every_handbook_that_is_sound(bonus: dict[str, Any], served: int) -> None:
    try:
        ruled = rules(bonus=bonus)
    except (Wrong, ValueError):
        return
    amounts = [bonus_of(grade, ENGINEER, served, 92, ruled).amount for grade in QUARTERLY]
    assert all(better is not None and worse is not None and better >= worse for better, worse in pairwise(amounts))
    assert amounts[-1] == 0


def test_the_shipped_bonus_falls_from_grade_to_grade_to_nothing() -> None:
    ruled = rules(bonus__bases={ENGINEER: "9000"})
    assert [bonus_of(grade, ENGINEER, 92, 92, ruled).amount for grade in QUARTERLY] == [10800, 9000, 7200, 0]
    assert bonus_of(Grade.GOOD, "presales_pm", 92, 92, ruled).amount is None


@given(some.lists(some.none() | SHOWN, min_size=4, max_size=4), MARKS)
def test_a_years_score_is_one_that_is_shown(quarters: list[Decimal | None], marks: dict[Part, int]) -> None:
    score = year_score(quarters, marks, SHIPPED.appraisals.year)
    assert (score is None) == (not marks and not any(quarter is not None for quarter in quarters))
    assert score is None or rounded(score) == score


@given(SHOWN, some.lists(some.none() | some.sampled_from(QUARTERLY), min_size=4, max_size=4), some.booleans())
def test_a_gate_never_raises_a_grade(score: Decimal, quarters: list[Grade | None], leak: bool) -> None:
    year = SHIPPED.appraisals.year
    found = year_grade(score, quarters, year, leak=leak)
    if found.grade is None:
        assert found.gates == (Gate.TOO_SHORT,) and sum(quarter is not None for quarter in quarters) < year.least_quarters
        return
    assert BETTER.index(found.grade) >= BETTER.index(grade_of(score, year.bands))
    assert bool(found.gates) == (found.grade is not grade_of(score, year.bands))
    assert not leak or BETTER.index(found.grade) >= BETTER.index(Grade.PASS)
    if found.grade is Grade.OUTSTANDING:
        assert quarters.count(Grade.EXCELLENT) >= 3 and Grade.FAIL not in quarters
