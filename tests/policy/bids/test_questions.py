"""§4.4.2: one expert is asked for one answer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.handbook import load_handbook
from bot.policy.bids import OPEN, Bid, Member, Question, State, questions
from bot.policy.calendar import Calendar
from bot.policy.people import OnlyFor
from bot.policy.refusal import Refusal

CHINA = Calendar(load_handbook().company)
NOW = datetime(2026, 11, 27, 2, tzinfo=UTC)  # Friday, 10:00 in Shanghai
DUE = NOW + timedelta(hours=5)
WANTED = Question(id=0, asker="U1", expert="U2", text="Which voltage?", due=DUE)


def a_bid(**changes: object) -> Bid:
    facts = {"id": 42, "customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "registered_at": NOW}
    return Bid.model_validate(facts | {"state": State.PREPARING} | changes)


ASKED = questions.ask(a_bid(), WANTED, NOW).bid


def test_questions_are_numbered() -> None:
    again = questions.ask(ASKED, WANTED.amended(text="Which current?"), NOW).bid
    assert [(question.id, question.text) for question in again.questions] == [(1, "Which voltage?"), (2, "Which current?")]


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"expert": "U1"}, "themselves"), ({"text": ""}, "write the question"), ({"due": NOW}, "already passed"), ({}, "not answered yet")],
)
def test_a_question_that_makes_no_sense_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(Refusal, match=why):
        questions.ask(ASKED, WANTED.amended(**changes), NOW)


@pytest.mark.parametrize("state", sorted(set(State) - OPEN))
def test_nothing_is_asked_or_answered_when_the_matter_is_closed(state: State) -> None:
    with pytest.raises(Refusal):
        questions.ask(a_bid(state=state), WANTED, NOW)
    with pytest.raises(Refusal):
        questions.answer(ASKED.amended(state=state), 1, "230 V", "U2", NOW)
    assert questions.unanswered(ASKED.amended(state=state), DUE) == []


def test_only_the_expert_answers() -> None:
    with pytest.raises(OnlyFor) as refused:
        questions.answer(ASKED, 1, "230 V", "U1", NOW)
    assert refused.value.may == ("U2",)
    assert questions.answer(ASKED, 1, "230 V", "U2", NOW).bid.questions[0].answer == "230 V"


def test_a_question_is_chased_from_when_its_answer_was_due_until_it_comes() -> None:
    assert questions.unanswered(ASKED, DUE - timedelta(seconds=1)) == []
    assert [question.id for question in questions.unanswered(ASKED, DUE)] == [1]
    assert questions.unanswered(questions.answer(ASKED, 1, "230 V", "U2", NOW).bid, DUE) == []


def test_an_answer_is_due_by_the_end_of_the_next_working_day_and_before_the_deadline() -> None:
    monday = datetime(2026, 11, 30, 10, tzinfo=UTC)  # 18:00 in Shanghai
    assert questions.answer_due(a_bid(), CHINA, "Asia/Shanghai", NOW) == monday
    assert questions.answer_due(a_bid(deadline=DUE), CHINA, "Asia/Shanghai", NOW) == DUE


@pytest.mark.parametrize(
    ("confidential", "person", "sees"), [(False, "U9", True), (True, "U9", False), (True, "U2", True), (True, "U1", True)]
)
def test_an_expert_outside_the_team_sees_nothing_of_a_confidential_bid(confidential: bool, person: str, sees: bool) -> None:
    assert questions.sees_bid(a_bid(confidential=confidential, members=(Member(person="U2"),)), person) is sees
