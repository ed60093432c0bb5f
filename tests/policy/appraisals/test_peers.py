"""Who is asked about whom (§5.1.4), and what they may answer."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.peers import MOST_ASKED, Answer, Deal, answered, chosen, settled
from bot.policy.appraisals.record import PeerRating
from bot.policy.refusal import Refusal
from tests.policy.appraisals.test_self_review import CYCLE

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
RATING = PeerRating(id=1, cycle=1, person="U1", rater="U2", asked_at=NOW)


def deal(number: int, *people: str) -> Deal:
    return Deal(number, frozenset(people))


def test_those_who_shared_most_deals_are_asked_first() -> None:
    deals = [deal(1, "A", "B"), deal(2, "B", "C"), deal(3, "B", "C")]
    assert chosen(deals, (), {}, 8) == [("B", 3), ("C", 3), ("A", 1)]
    assert chosen(deals, (), {}, 1) == [("B", 3)]


def test_among_equals_who_was_asked_least_comes_first() -> None:
    assert [one for one, _ in chosen([deal(1, "A", "B", "C")], (), {"A": 2, "B": 1}, 8)] == ["C", "B", "A"]


def test_nobody_is_asked_who_is_barred_or_was_asked_about_ten_already() -> None:
    assert chosen([deal(1, "A", "B", "C")], {"A"}, {"B": MOST_ASKED}, 8) == [("C", 1)]
    assert chosen([deal(1, "A")], (), {}, -2) == []


@given(st.lists(st.frozensets(st.sampled_from("ABCDEFGH"))), st.integers(0, 9))
def test_the_choice_does_not_hang_on_the_order_of_the_deals(people: list[frozenset[str]], places: int) -> None:
    deals = [Deal(n, group) for n, group in enumerate(people, 1)]
    assert chosen(deals, (), {}, places) == chosen(deals[::-1], (), {}, places)
    assert len(chosen(deals, (), {}, places)) <= places


def test_an_answer_is_two_marks_or_that_one_cannot_say() -> None:
    given = answered(RATING, Answer(4, 5), CYCLE, NOW)
    assert (given.communication, given.problem_solving, given.rated_at, given.declined) == (4, 5, NOW, False)
    declined = answered(given, Answer(4, 5, declined=True), CYCLE, NOW)
    assert (declined.communication, declined.problem_solving, declined.rated_at, declined.declined) == (None, None, None, True)
    assert answered(declined, Answer(1, 1), CYCLE, NOW).declined is False


@pytest.mark.parametrize(("answer", "field"), [(Answer(), "communication"), (Answer(3), "problem_solving")])
def test_half_an_answer_is_none(answer: Answer, field: str) -> None:
    with pytest.raises(Refusal) as no:
        answered(RATING, answer, CYCLE, NOW)
    assert no.value.field == field


@pytest.mark.parametrize("phase", Phase)
def test_an_answer_may_be_changed_until_the_managers_begin(phase: Phase) -> None:
    cycle = CYCLE.amended(state=phase)
    if phase in (Phase.DRAFT, Phase.OPEN):
        assert answered(RATING, Answer(1, 1), cycle, NOW).rated_at == NOW
    else:
        with pytest.raises(Refusal, match="closed"):
            answered(RATING, Answer(1, 1), cycle, NOW)


def test_all_is_settled_when_each_is_answered_or_declined() -> None:
    assert not settled([RATING, RATING.amended(declined=True)])
    assert settled([RATING.amended(rated_at=NOW), RATING.amended(declined=True)])
