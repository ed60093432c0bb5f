"""§5.1: a measure is made of what was counted, is none where that is too little, and never falls for more of a good."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.measures import HUNDRED, Inputs, Whose, measured, on_scale, spread_over
from bot.policy.appraisals.record import Measure, Measured
from bot.policy.calendar import Calendar
from bot.policy.quality import Quality, quality_counts
from tests.policy.appraisals.standard import ENGINEER, EVERYBODY, HANDBOOK, NOW, PROJECTS, inputs, of_person, rules

SHIPPED = rules()
RULES = [rules(win_rate__basis=basis, win_rate__missed_counts=missed) for basis in ("submitted", "decided") for missed in ("true", "false")]
NUMBERS = some.integers(0, 9)
MARK = some.integers(1, 5)


@some.composite
def anything(draw: some.DrawFn) -> Inputs:
    """Draw what may have been counted for somebody: parts are never more than their wholes."""
    n = {name: draw(NUMBERS) for name in ("submitted", "won", "lost", "disqualified", "missed", "research_quality", "solution_quality")}
    won = draw(some.integers(0, n["submitted"]))
    counted = {
        **n,
        "submitted_won": won,
        "pending": draw(some.integers(0, n["submitted"] - won)),
        "sales": draw(some.integers(0, 9_000_000)),
        "research_quality_sum": draw(some.integers(0, 100 * n["research_quality"])),
        "research_reworked": draw(some.integers(0, n["research_quality"])),
        "solution_quality_sum": draw(some.integers(0, 100 * n["solution_quality"])),
    }
    documents, answers = (draw(some.lists(MARK, max_size=6)) for _ in range(2))
    counted |= {"marks": len(documents), "marks_sum": sum(documents)}
    counted |= {"answers": len(answers), "answers_weight": len(answers), "answers_sum": sum(answers)}
    others = draw(some.lists(MARK, max_size=6))
    besides = {"answers": str(len(others)), "answers_weight": str(len(others)), "answers_sum": str(sum(others))}
    peers = tuple(draw(some.lists(some.tuples(MARK, MARK), max_size=5)))
    return inputs(peers, besides, **counted)


def one(found: tuple[Measured, ...], measure: Measure) -> Measured:
    return next(each for each in found if each.measure is measure)


def test_all_seven_come_in_the_order_of_the_handbook() -> None:
    assert [each.measure for each in measured(inputs(), EVERYBODY, SHIPPED)] == list(Measure)


def test_nothing_is_not_nought() -> None:
    for each in measured(inputs(), EVERYBODY, SHIPPED):
        assert (each.n, each.value, each.score, each.weight) == (0, None, None, 0)


@given(anything(), some.sampled_from(RULES))
def test_too_few_cases_are_no_figure_and_weigh_nothing(counted: Inputs, ruled: Rules) -> None:
    for each in measured(counted, EVERYBODY, ruled):
        too_few = each.n < SHIPPED.appraisals.measures[each.measure].too_few
        assert too_few == (each.value is None) == (each.score is None)
        assert each.weight == 0 or not too_few


@given(anything())
def test_scores_are_of_a_hundred_and_weights_sum_to_just_that_or_there_are_none(counted: Inputs) -> None:
    found = measured(counted, EVERYBODY, SHIPPED)
    assert all(0 <= each.score <= HUNDRED for each in found if each.score is not None)
    weights = [each.weight for each in found if each.score is not None]
    assert sum(weights) == (HUNDRED if weights else 0)
    assert all(weight == weight.quantize(Decimal("0.1")) and weight > 0 for weight in weights)


@given(some.dictionaries(some.sampled_from(Measure), some.integers(0, 100)))
def test_spread_weights_sum_to_a_hundred_whatever_was_given(weights: dict[Measure, int]) -> None:
    spread = spread_over(weights)
    assert sum(spread.values()) == (HUNDRED if any(weights.values()) else 0)
    for measure, weight in spread.items():
        assert abs(weight - HUNDRED * weights[measure] / sum(weights.values())) < Decimal("0.1")
        assert weights[measure] or not weight


MORE = {
    Measure.WIN_RATE: {"submitted": 1, "submitted_won": 1, "won": 1},
    Measure.SALES_AMOUNT: {"sales": 10_000},
    Measure.RESEARCH_ACCURACY: {"research_quality": 1, "research_quality_sum": 100},
    Measure.SOLUTION_QUALITY: {"solution_quality": 1, "solution_quality_sum": 100},
    Measure.BID_DOCUMENT_QUALITY: {"marks": 3, "marks_sum": 15},
    Measure.CUSTOMER_SATISFACTION: {"answers": 1, "answers_weight": 1, "answers_sum": 5},
}
WORSE = {
    Measure.WIN_RATE: {"submitted": 1, "lost": 1},
    Measure.RESEARCH_ACCURACY: {"research_reworked": 1},
    Measure.SOLUTION_QUALITY: {"solution_quality": 1},
    Measure.BID_DOCUMENT_QUALITY: {"marks": 3, "marks_sum": 3},
    Measure.CUSTOMER_SATISFACTION: {"answers": 1, "answers_weight": 1, "answers_sum": 1},
}


def added(counted: Inputs, amounts: dict[str, int]) -> Inputs:
    sums, team = ({**old, **{name: old.get(name, Decimal()) + amounts[name] for name in amounts}} for old in (counted.sums, counted.team))
    return counted._replace(sums=sums, team=team)


@pytest.mark.parametrize("measure", MORE)
@given(counted=anything(), ruled=some.sampled_from(RULES))
def test_more_of_a_good_never_lowers_its_score(measure: Measure, counted: Inputs, ruled: Rules) -> None:
    before, after = (one(measured(each, EVERYBODY, ruled), measure) for each in (counted, added(counted, MORE[measure])))
    assert before.score is None or (after.score is not None and after.score >= before.score)


@pytest.mark.parametrize("measure", WORSE)
@given(counted=anything(), ruled=some.sampled_from(RULES))
def test_what_goes_wrong_never_raises_its_score(measure: Measure, counted: Inputs, ruled: Rules) -> None:
    before, after = (one(measured(each, EVERYBODY, ruled), measure) for each in (counted, added(counted, WORSE[measure])))
    assert before.score is None or (after.score is not None and after.score <= before.score)


@given(anything())
def test_a_colleague_who_praises_never_lowers_teamwork(counted: Inputs) -> None:
    before, after = (
        one(measured(each, EVERYBODY, SHIPPED), Measure.TEAMWORK) for each in (counted, counted._replace(peers=[*counted.peers, (5, 5)]))
    )
    assert before.score is None or (after.score is not None and after.score >= before.score)


@given(some.lists(some.tuples(MARK, MARK), max_size=2))
def test_of_too_few_colleagues_nothing_is_told_but_their_number(peers: list[tuple[int, int]]) -> None:
    found = one(measured(inputs(tuple(peers)), EVERYBODY, SHIPPED), Measure.TEAMWORK)
    assert (found.part, found.whole, found.value, found.n) == (0, 0, None, len(peers))


def test_colleagues_are_hidden_below_three_whatever_the_handbook_calls_few() -> None:
    few = rules(appraisals__measures__teamwork__too_few="1")
    assert one(measured(inputs(((5, 5), (4, 4))), EVERYBODY, few), Measure.TEAMWORK).value is None
    many = rules(appraisals__peers={"least": "5", "most": "8"})
    assert one(measured(inputs(((5, 5),) * 4), EVERYBODY, many), Measure.TEAMWORK).value is None


def test_the_other_bases_figure_is_not_touched() -> None:
    counted = inputs(submitted=4, submitted_won=1, won=3, lost=1)
    shares = [one(measured(counted, EVERYBODY, rules(win_rate__basis=basis)), Measure.WIN_RATE) for basis in ("submitted", "decided")]
    assert [(each.part, each.whole, each.value) for each in shares] == [(1, 4, 25), (3, 4, 75)]


def test_a_scale_is_level_beyond_its_ends_and_straight_between_its_points() -> None:
    scale = SHIPPED.appraisals.measures[Measure.SALES_AMOUNT]
    found = [on_scale(Decimal(value), scale) for value in (-5, 0, 50, 100, 110, 120, 500)]
    assert found == [0, 0, 40, 80, 90, 100, 100]
    flat = rules(appraisals__measures__teamwork__scale=[["50", "70"]]).appraisals.measures[Measure.TEAMWORK]
    assert [on_scale(Decimal(value), flat) for value in (0, 50, 100)] == [70, 70, 70]


@given(some.lists(some.decimals(0, 200, places=2), min_size=2, max_size=2))
def test_a_larger_value_never_has_a_smaller_score(values: list[Decimal]) -> None:
    for yardstick in SHIPPED.appraisals.measures.values():
        low, high = (on_scale(value, yardstick) for value in sorted(values))
        assert low <= high


def test_whoever_served_no_day_has_no_sales_target_to_be_held_to() -> None:
    assert one(measured(inputs(won=1, sales=10), Whose(ENGINEER, 1, 0, 92), SHIPPED), Measure.SALES_AMOUNT).value is None


def test_a_posts_own_weights_take_the_place_of_all() -> None:
    weights = {measure.value: str(weight) for measure, weight in zip(Measure, (40, 10, 10, 10, 10, 10, 10), strict=True)}
    found = measured(inputs(), Whose(PROJECTS), rules(appraisals__post_weights={PROJECTS: weights}))
    assert [each.given for each in found] == [40, 10, 10, 10, 10, 10, 10]


def test_research_that_was_done_again_is_counted_where_its_accuracy_is() -> None:
    calendar = Calendar(HANDBOOK.company)
    once = quality_counts(Quality.RESEARCH, (Decimal(90), 1), NOW, ["U1"], calendar, {}, reworked=1)
    again = quality_counts(Quality.RESEARCH, (Decimal(70), 1), NOW, ["U1"], calendar, {})
    sums = {
        name: sum(part.get(name, Decimal()) for part in (of_person(once, "U1"), of_person(again, "U1"))) for name in of_person(once, "U1")
    }
    found = one(measured(Inputs(sums, {}), EVERYBODY, SHIPPED), Measure.RESEARCH_ACCURACY)
    assert (found.part, found.whole, found.value) == (160, 2, 75)  # (90 + 70) / 2 - 10 x 1 / 2
