"""What the policy says about demos and the feedback on them (§4.3)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy import demos as policy
from bot.policy.calendar import Calendar
from bot.policy.demos import Action, Demo, Gap, NotReady, Question, Rehearsal, State, Summary
from bot.policy.demos import feedback as entries
from bot.policy.demos.feedback import Feedback, Standing, candidates, demo_satisfaction
from bot.policy.demos.nudges import Matter, nudges
from bot.policy.demos.steps import ENDINGS, TRANSITIONS
from bot.policy.people import OnlyFor, Role
from bot.policy.refusal import Refusal

HANDBOOK = load_handbook(None)
CALENDAR = Calendar(HANDBOOK.company)
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # Monday, half past nine in Shanghai
AT = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)  # Thursday, two in the afternoon
ZONES = {"U1": "Asia/Shanghai", "U2": "Asia/Shanghai"}
PREPARED = {"content": "c", "environment": "e", "tools": "t", "rehearsal": Rehearsal(waiver="a repeat", by="U1")}
OWNER = frozenset({Role.OWNER})


def demo(**facts: Any) -> Demo:
    known = {"id": 1, "opportunity": 1, "customer_name": "ACME", "customer_key": "acme", "owner": "U1", "opened_at": NOW, "at": AT}
    return Demo.model_validate(known | facts)


def entry(**facts: Any) -> Feedback:
    known = {
        "id": 1,
        "demo": 1,
        "opportunity": 1,
        "customer_name": "ACME",
        "source": "C1:1.000001",
        "author": "U1",
        "text": "ok",
        "at": NOW,
    }
    return Feedback.model_validate(known | facts)


@pytest.mark.parametrize("missing", list(Gap))
def test_a_demo_is_ready_only_with_content_environment_tools_and_rehearsal(missing: Gap) -> None:
    lacking = demo(state=State.PREPARING, **{name: value for name, value in PREPARED.items() if name != missing})
    with pytest.raises(NotReady) as no:
        policy.ready(lacking, "U1", NOW)
    assert no.value.missing == [missing]
    assert policy.ready(demo(state=State.PREPARING, **PREPARED), "U1", NOW).record.state is State.READY


def test_what_is_not_prepared_at_all_is_named_thing_by_thing() -> None:
    with pytest.raises(NotReady) as no:
        policy.ready(demo(), "U1", NOW)
    assert no.value.missing == list(Gap)


def test_a_rehearsal_has_a_time_or_a_reason_and_is_over() -> None:
    for rehearsal in (Rehearsal(by="U1"), Rehearsal(at=NOW + timedelta(hours=1), by="U1")):
        with pytest.raises(Refusal):
            policy.rehearse(demo(), rehearsal, NOW)
    assert policy.rehearse(demo(), Rehearsal(at=NOW, by="U1"), NOW).record.state is State.PREPARING


@pytest.mark.parametrize(("days", "state"), [(3, State.READY), (4, State.PREPARING), (-4, State.PREPARING)])
def test_a_demo_that_is_moved_far_has_to_be_made_ready_again(days: int, state: State) -> None:
    ready = demo(state=State.READY, at=NOW + timedelta(days=10), **PREPARED)
    moved = policy.reschedule(ready, NOW + timedelta(days=10 + days), "U1", NOW, HANDBOOK.demos.ready_holds)
    assert moved.record.state is state


def test_a_demo_is_not_moved_into_the_past() -> None:
    with pytest.raises(Refusal, match="ahead"):
        policy.reschedule(demo(), NOW, "U1", NOW, HANDBOOK.demos.ready_holds)


def test_what_is_taken_off_the_checklist_of_a_ready_demo_makes_it_unready() -> None:
    assert policy.prepare(demo(state=State.READY, **PREPARED), "U1", NOW, tools="").record.state is State.PREPARING
    assert policy.prepare(demo(state=State.READY, **PREPARED), "U1", NOW, tools="laptop").record.state is State.READY


def test_only_what_is_ready_is_delivered_and_only_what_was_delivered_is_summed_up() -> None:
    assert {state for state, action in TRANSITIONS if action is Action.DELIVER} == {State.READY}
    assert {state for state, action in TRANSITIONS if action is Action.SUMMARISE} == {State.DELIVERED, State.SUMMARISED}


@pytest.mark.parametrize("action", sorted(ENDINGS))
def test_a_demo_does_not_end_without_a_reason(action: Action) -> None:
    state = next(state for state, taken in TRANSITIONS if taken is action)
    with pytest.raises(Refusal, match="why"):
        policy.end(demo(state=state), action, "", "U1", NOW)
    assert policy.end(demo(state=state), action, "no budget", "U1", NOW).record.why == "no budget"


def test_a_summary_has_the_customers_feedback_and_a_lesson_or_says_that_there_are_none() -> None:
    given_one, blank = demo(state=State.DELIVERED), Summary(by="U1", at=NOW)
    for summary, none_given, none_found in ((blank, False, True), (blank, True, False)):
        with pytest.raises(Refusal):
            policy.summarise(given_one, summary, [], NOW, none_given=none_given, none_found=none_found)
    assert policy.summarise(given_one, blank, [], NOW, none_given=True, none_found=True).record.state is State.SUMMARISED
    full = Summary(feedback="good", problems=("slow",), improvements=("rehearse twice",), by="U1", at=NOW)
    taught = policy.summarise(given_one, full, [], NOW, none_given=False, none_found=False).record
    assert [(one.text, one.improvement) for one in policy.lessons([taught])] == [("slow", False), ("rehearse twice", True)]


def test_an_open_question_is_closed_by_who_owes_the_answer_or_by_those_who_give_the_demo() -> None:
    asked = policy.ask(demo(state=State.DELIVERED), Question(id=0, text="SSO?", owner="U2", due=date(2026, 11, 30)), "U1", NOW).record
    with pytest.raises(OnlyFor):
        policy.answer(asked, 1, "yes", "U3", frozenset({Role.STAFF}), NOW)
    answered = policy.answer(asked, 1, "yes", "U2", frozenset({Role.STAFF}), NOW).record
    assert policy.open_questions(asked) and not policy.open_questions(answered)
    with pytest.raises(Refusal, match="already"):
        policy.answer(answered, 1, "yes", "U1", OWNER, NOW)


def asked_at(moment: datetime, about: Demo) -> list[tuple[Matter, str]]:
    return [(one.matter, one.person) for one in nudges(about, moment, HANDBOOK.demos, CALENDAR, ZONES)]


def test_those_who_give_it_are_reminded_the_day_before_and_an_hour_before() -> None:
    near = demo(state=State.PREPARING, members=("U2",))
    assert asked_at(AT - timedelta(days=1, minutes=1), near) == []
    assert asked_at(AT - timedelta(days=1), near) == [(Matter.NEAR, "U1"), (Matter.NEAR, "U2")]
    slots = {one.slot for hours in (24, 1) for one in nudges(near, AT - timedelta(hours=hours), HANDBOOK.demos, CALENDAR, ZONES)}
    assert len(slots) == 2
    assert asked_at(AT, near) == []


def test_the_day_before_a_monday_morning_is_a_friday() -> None:
    monday = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
    assert asked_at(datetime(2026, 11, 27, 9, 30, tzinfo=UTC), demo(at=monday)) == [(Matter.NEAR, "U1")]


def test_the_summary_is_asked_for_the_same_day_and_once_more_the_next_morning() -> None:
    ready = demo(state=State.READY)
    assert asked_at(AT + timedelta(minutes=59), ready) == []
    assert asked_at(AT + timedelta(hours=1), ready) == [(Matter.SUMMARY, "U1")]
    assert asked_at(datetime(2026, 11, 27, 1, 0, tzinfo=UTC), ready) == [(Matter.SUMMARY, "U1")]
    assert asked_at(AT + timedelta(hours=1), demo(state=State.SUMMARISED)) == []
    late = demo(state=State.DELIVERED, at=datetime(2026, 11, 26, 9, 30, tzinfo=UTC))  # half past five
    assert asked_at(datetime(2026, 11, 26, 9, 45, tzinfo=UTC), late) == [(Matter.SUMMARY, "U1")]


def test_an_open_question_is_chased_when_due_and_a_working_day_later_with_the_owner() -> None:
    owed = demo(state=State.SUMMARISED, questions=[Question(id=1, text="SSO?", owner="U2", due=date(2026, 11, 27))])
    assert asked_at(datetime(2026, 11, 27, 0, 59, tzinfo=UTC), owed) == []
    assert asked_at(datetime(2026, 11, 27, 1, 0, tzinfo=UTC), owed) == [(Matter.QUESTION, "U2")]
    assert (Matter.QUESTION, "U1") in asked_at(datetime(2026, 11, 30, 1, 0, tzinfo=UTC), owed)


def test_feedback_is_about_the_demo_just_given_and_never_guessed() -> None:
    states = (State.PREPARING, State.READY, State.SUMMARISED, State.DELIVERED, State.CANCELLED)
    known = [demo(id=number, state=state) for number, state in enumerate(states, 1)]
    assert [one.id for one in candidates(known)] == [4]
    assert [one.id for one in candidates(known[:3])] == [2, 3]
    assert [one.id for one in candidates(known[:1])] == [1]
    assert candidates(known[4:]) == []


def test_satisfaction_is_the_mean_of_the_ratings_that_count_and_says_that_staff_typed_them_in() -> None:
    rated = [
        entry(rating=4),
        entry(rating=5, state=Standing.EDITED),
        entry(rating=1, state=Standing.RETRACTED),
        entry(rating=1, state=Standing.ASKED),
    ]
    assert demo_satisfaction([*rated, entry()]) == (Decimal("4.5"), 2, "self_reported")
    assert demo_satisfaction([entry()]) is None


def test_what_was_only_asked_about_is_for_its_author_and_forgotten_at_a_no() -> None:
    asked = entry(state=Standing.ASKED, rating=4)
    with pytest.raises(OnlyFor):
        entries.confirm(asked, demo(), "U2", NOW)
    assert entries.confirm(asked, demo(id=2), "U1", NOW).record.demo == 2
    dropped = entries.drop(asked, "U1", NOW)
    assert (dropped.record.state, dropped.record.text, dropped.record.rating) == (Standing.RETRACTED, "", None)
    assert dropped.event.was is not None and dropped.event.was["text"] == ""


def test_an_entry_is_taken_back_by_its_author_or_a_manager_and_never_by_whom_it_is_about() -> None:
    history = [entries.logged(entry(), NOW).event]
    for roles in (frozenset({Role.STAFF}), OWNER, frozenset({Role.TEAM})):
        with pytest.raises(OnlyFor):
            entries.undo(entry(), history, "U9", roles, NOW, 10)
    manager = frozenset({Role.MANAGER})
    assert entries.undo(entry(), history, "U9", manager, NOW, 10).record.state is Standing.RETRACTED
    assert entries.undo(entry(), history, "U1", frozenset(), NOW, 10).record.state is Standing.RETRACTED


def test_undoing_ones_own_edit_brings_the_words_back_and_later_takes_the_entry_back() -> None:
    step = entries.edit(entry(), "better", 5, "U1", NOW)
    history = [entries.logged(entry(), NOW).event, step.event.amended(request="r2")]
    assert entries.undo(step.record, history, "U1", frozenset(), NOW, 10).record == entry()
    late = NOW + timedelta(minutes=11)
    assert entries.undo(step.record, history, "U1", frozenset(), late, 10).record.state is Standing.RETRACTED


@given(st.lists(st.sampled_from(list(Action)), max_size=8))
def test_no_way_leads_round_the_checklist(taken: list[Action]) -> None:
    now = demo()
    for action in taken:
        state = TRANSITIONS.get((now.state, action))
        if action is Action.READY and policy.gaps(now):
            continue
        now = now.amended(state=state) if state else now
    assert now.state not in (State.READY, State.DELIVERED, State.SUMMARISED, State.NO_SHOW)
