"""Surveys: links that cannot be forged, answers that count once, and satisfaction reckoned by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from bot.policy.refusal import Refusal
from bot.policy.satisfaction import satisfaction
from bot.policy.surveys import (
    CUSTOMER,
    Answer,
    Shut,
    State,
    Survey,
    answer,
    begun,
    lasting,
    reported,
    shut,
    sign,
    signed,
    undo,
)

NOW = datetime(2026, 11, 23, 9, 30, 0, 5, tzinfo=UTC)
END = lasting(NOW, timedelta(days=14))
KEY = bytes(range(32))


class Mark(NamedTuple):
    score: int | None
    verified: bool = True


def survey(**facts: Any) -> Survey:
    basic = {"id": 7, "customer_name": "ACME", "customer_key": "acme", "language": "en", "asked_by": "U1", "created": NOW, "expires": END}
    return Survey(**{**basic, **facts})


def test_a_link_opens_the_survey_that_it_was_made_for() -> None:
    assert signed(KEY, sign(KEY, 7, END)) == 7


@given(some.text(max_size=80))
def test_what_was_not_signed_opens_nothing(token: str) -> None:
    assert signed(KEY, token) is None


@given(number=some.integers(1, 999_999_999), place=some.integers(0, 200), letter=some.sampled_from("0123456789abcXYZ-_"))
def test_a_link_with_one_character_changed_opens_nothing(number: int, place: int, letter: str) -> None:
    token = sign(KEY, number, END)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    assert signed(KEY, changed) == (number if changed == token else None)


def test_a_link_signed_with_another_key_or_for_another_time_opens_nothing() -> None:
    token = sign(KEY, 7, END)
    later = sign(KEY, 7, END + timedelta(days=1))
    assert signed(b"another" * 5, token) is None
    assert signed(KEY, "-".join([*later.split("-")[:2], token.split("-", 2)[2]])) is None


@pytest.mark.parametrize(
    ("asked", "now", "why"),
    [
        (survey(), NOW, None),
        (survey(), END - timedelta(seconds=1), None),
        (survey(), END, Shut.EXPIRED),
        (None, NOW, Shut.UNKNOWN),
        (survey(expires=None), NOW, Shut.UNKNOWN),
        (survey(state=State.WITHDRAWN), NOW, Shut.WITHDRAWN),
        (survey(state=State.ANSWERED, score=4), END, Shut.ANSWERED),
    ],
)
def test_a_survey_is_open_until_it_is_answered_taken_back_or_expired(asked: Survey | None, now: datetime, why: Shut | None) -> None:
    assert shut(asked, now) is why


def test_what_the_customer_answers_is_verified_and_counts_once() -> None:
    step = answer(survey(), Answer(score=4, again=5, comment="Good"), NOW)
    assert (step.record.score, step.record.again, step.record.understood, step.record.verified) == (4, 5, None, True)
    assert (step.record.answered_at, step.event.actor, step.event.after) == (NOW, CUSTOMER, "answered")
    with pytest.raises(Refusal, match=r"is \{state\}"):
        answer(step.record, Answer(score=1), NOW)


def test_an_answer_that_comes_too_late_is_refused() -> None:
    with pytest.raises(Refusal, match="has passed"):
        answer(survey(), Answer(score=4), END)


def test_what_a_colleague_heard_is_not_verified() -> None:
    heard = reported(survey(expires=None), Answer(score=5, comment="Great"))
    assert (heard.state, heard.verified, heard.score, heard.answered_at) == (State.ANSWERED, False, 5, NOW)
    assert begun(heard).event.action == "report"
    assert begun(survey()).event.action == "ask"


@pytest.mark.parametrize("wrong", [{"score": 0}, {"score": 6}, {}, {"score": 3, "again": 9}, {"score": 3, "comment": "x" * 2001}])
def test_marks_are_one_to_five_and_the_first_is_needed(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Answer(**wrong)


def test_asking_can_be_undone_but_not_what_the_customer_answered() -> None:
    asked = begun(survey())
    history = [asked.event.amended(id=1, request="r1")]
    assert undo(asked.record, history, 1, "U1", NOW, 10).record.state is State.WITHDRAWN
    told = answer(asked.record, Answer(score=2), NOW)
    history.append(told.event.amended(id=2, request="r2"))
    for change in (1, 2, None):
        with pytest.raises(Refusal):
            undo(told.record, history, change, "U1", NOW, 10)


# By hand, k = 5: (sum of weight x mark + 5 x team) / (sum of weights + 5) x 20, where an unverified answer weighs 0.5.
@pytest.mark.parametrize(
    ("marks", "team", "part", "whole", "satisfied"),
    [
        # (5 + 5 x 4) / (1 + 5) x 20 = 25/6 x 20 = 83.33...: one happy customer does not make 100
        ([Mark(5)], Decimal(4), 500, 6, 1),
        # (5 + 4 + 0.5 x 3 + 5 x 4) / (1 + 1 + 0.5 + 5) x 20 = 30.5/7.5 x 20 = 81.33...
        ([Mark(5), Mark(4), Mark(3, verified=False)], Decimal(4), 610, Decimal("7.5"), 2),
        # (0.5 + 5 x 4) / (0.5 + 5) x 20 = 20.5/5.5 x 20 = 74.54...: hearsay of one angry customer
        ([Mark(1, verified=False)], Decimal(4), 410, Decimal("5.5"), 0),
        # (5 x 20 + 5 x 3) / (20 + 5) x 20 = 115/25 x 20 = 92: many answers speak for themselves
        ([Mark(5)] * 20, Decimal(3), 2300, 25, 20),
        # without a team (4 + 2) / 2 x 20 = 60
        ([Mark(4), Mark(2)], None, 120, 2, 1),
        # a survey that nobody answered yet does not count
        ([Mark(4), Mark(None)], None, 80, 1, 1),
    ],
)
def test_satisfaction_is_the_mean_drawn_towards_the_team(
    marks: list[Mark], team: Decimal | None, part: int, whole: int | Decimal, satisfied: int
) -> None:
    figure = satisfaction(marks, team)
    assert figure is not None
    assert (figure.part, figure.whole, figure.satisfied) == (part, whole, satisfied)


def test_satisfaction_says_of_how_many_answers_it_is_made() -> None:
    figure = satisfaction([Mark(5), Mark(4), Mark(3, verified=False)], Decimal(4))
    assert figure is not None
    assert (figure.n, figure.verified, round(figure.value, 2)) == (3, 2, Decimal("81.33"))
    assert satisfaction([], Decimal(4)) is None


@given(some.lists(some.builds(Mark, some.integers(1, 5), some.booleans()), min_size=1), some.none() | some.decimals(1, 5, places=2))
def test_satisfaction_stays_between_the_worst_and_the_best_mark(marks: list[Mark], team: Decimal | None) -> None:
    figure = satisfaction(marks, team)
    assert figure is not None
    assert 20 <= round(figure.value, 9) <= 100
