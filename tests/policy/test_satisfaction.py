"""§5.1.3: what customers' opinions add to the tallies, and that the figure made of the sums is the figure made of the answers."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from bot.handbook import load_handbook
from bot.policy.calendar import Calendar
from bot.policy.demos import Demo, State
from bot.policy.demos.feedback import Feedback, Standing
from bot.policy.demos.feedback import opinions as opinions_on
from bot.policy.satisfaction import SCALE, WEIGHTS, Answers, Opinion, answer_counts, satisfaction, satisfaction_of
from bot.policy.tallies import COMPANY, Party, Scope, TallyKey

CALENDAR = Calendar(load_handbook(None).company)
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
OPINIONS = some.lists(some.builds(Opinion, some.integers(1, 5), some.booleans(), some.just(NOW)))


def sums(opinions: list[Opinion], who: Party = COMPANY, verified_at: datetime | None = None) -> dict[str, Decimal]:
    counts = answer_counts(opinions, verified_at, ["U1", "U1", "U2"], CALENDAR, {"U1": "East", "U2": "East"})
    return {measure: amount for (scope, name, _period, measure), amount in counts.items() if (scope, name) == who}


def mean(opinions: list[Opinion]) -> Decimal | None:
    weight = sum((WEIGHTS[one.verified] for one in opinions), Decimal())
    return sum((one.score * WEIGHTS[one.verified] for one in opinions), Decimal()) / weight if opinions else None


@given(OPINIONS, OPINIONS, some.integers(0, 20))
def test_the_figure_of_the_sums_is_the_figure_of_the_answers(mine: list[Opinion], others: list[Opinion], k: int) -> None:
    assert satisfaction_of(sums(mine), sums([*mine, *others]), k) == satisfaction(mine, mean(others), k)


def test_a_team_is_not_drawn_towards_itself() -> None:
    given = sums([Opinion(5, True, NOW), Opinion(4, False, NOW)])
    figure = satisfaction_of(given, given)
    assert figure is not None and figure.value == SCALE * 7 / Decimal("1.5")
    assert satisfaction_of({}, given) is None


def test_an_opinion_counts_once_for_each_person_their_team_and_the_company() -> None:
    counts = answer_counts([Opinion(5, False, NOW)], None, ["U1", "U2", "U1"], CALENDAR, {"U1": "East", "U2": "East"})
    assert {(key.scope, key.who) for key in counts} == {("person", "U1"), ("person", "U2"), ("team", "East"), ("company", "")}
    assert counts[TallyKey(Scope.TEAM, "East", "2026Q4", "answers_sum")] == Decimal("2.5")
    assert sums([Opinion(3, True, NOW)]) == {Answers.GIVEN: 1, Answers.VERIFIED: 1, Answers.WEIGHT: 1, Answers.SUM: 3}


def test_what_the_customer_says_later_takes_the_place_of_what_was_written_down() -> None:
    heard, said = Opinion(5, False, NOW), Opinion(2, True, NOW)
    assert sums([heard], verified_at=LATER) == {}
    assert sums([said], verified_at=LATER)[Answers.SUM] == 2
    assert sums([Opinion(5, False, LATER)], verified_at=NOW)[Answers.WEIGHT] == Decimal("0.5")


def test_each_opinion_counts_in_the_quarter_in_which_it_was_given() -> None:
    counts = answer_counts([Opinion(5, True, NOW), Opinion(4, True, NOW - timedelta(days=80))], None, [], CALENDAR, {})
    assert {(key.period, amount) for key, amount in counts.items() if key.measure == Answers.SUM} == {("2026Q4", 5), ("2026Q3", 4)}


def test_ratings_of_a_demo_are_self_reported_and_only_what_stands_counts() -> None:
    demo = Demo(id=1, opportunity=1, customer_name="A", customer_key="a", owner="U1", opened_at=NOW)
    entry = Feedback(demo=1, opportunity=1, customer_name="A", source="s", author="U1", rating=5, at=NOW)
    entries = [entry.amended(state=state) for state in Standing] + [entry.amended(rating=None, text="fine")]
    assert opinions_on(demo, entries) == [Opinion(5, False, NOW)] * 2
    assert opinions_on(demo.amended(state=State.RETRACTED), entries) == []
