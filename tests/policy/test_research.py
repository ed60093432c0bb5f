"""Requirement research (§4.1): which step leads where, what each needs, and what it says of quality."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy import research as policy
from bot.policy.calendar import Calendar
from bot.policy.people import OnlyFor, Role
from bot.policy.refusal import Refusal
from bot.policy.research import (
    TRANSITIONS,
    Action,
    Asked,
    Confirmation,
    Contact,
    Facts,
    Item,
    Lack,
    Member,
    Need,
    NotReady,
    Outline,
    OutOfTurn,
    Research,
    Review,
    State,
    Template,
    Verdict,
    Way,
    is_measurable,
)
from bot.policy.research.nudges import Matter, nudges

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, ten in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = load_handbook().research
CALENDAR = Calendar(load_handbook().company)
OUTLINE = Outline(kind=Template.INTERVIEW, text="1. Today?", by="U1", at=NOW)
TEAM = (Member(person="U1", duty="", lead=True), Member(person="U2", duty="interviews"))
KEY = Item(id=1, text="Fast search", need=Need.PERFORMANCE, priority="must", key=True, acceptance="at most 2 s", authors=("U1",))


def research(state: State = State.PLANNED, **facts: Any) -> Research:
    return Research(id=1, opportunity=1, customer_name="ACME", customer_key="acme", owner="U1", opened_at=NOW, state=state, **facts)


def in_review(**facts: Any) -> Research:
    return research(State.IN_REVIEW, **{"members": TEAM, "outlines": (OUTLINE,), "items": (KEY,), "review_since": NOW, **facts})


def judged(reviewer: str = "U3", verdict: Verdict = Verdict.APPROVE, mark: int = 4, at: datetime = NOW) -> Review:
    return Review(reviewer=reviewer, accuracy=mark, completeness=mark, verdict=verdict, at=at, comment="x")


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("planned", "facts", "preparing"),
        ("planned", "team", "preparing"),
        ("planned", "outline", "preparing"),
        ("preparing", "start", "in_progress"),
        ("in_progress", "analyse", "analysing"),
        ("analysing", "review", "in_review"),
        ("in_review", "send_back", "analysing"),
        ("in_review", "approve", "approved"),
        ("approved", "supersede", "superseded"),
        *((state, "cancel", "cancelled") for state in ("planned", "preparing", "in_progress", "analysing", "in_review")),
    ],
)
def test_the_way_of_research(before: str, action: str, after: str) -> None:
    assert TRANSITIONS[State(before), Action(action)] is State(after)


def test_there_are_no_other_ways_and_none_out_of_the_end() -> None:
    moves = {(state, target) for (state, _action), target in TRANSITIONS.items() if state is not target}
    assert len(moves) == 12
    assert not {state for state, _target in moves} & {State.SUPERSEDED, State.CANCELLED, State.RETRACTED}


@pytest.mark.parametrize("state", list(State))
def test_what_does_not_come_next_is_refused_with_what_does(state: State) -> None:
    for action in Action:
        if (state, action) not in TRANSITIONS:
            with pytest.raises(OutOfTurn) as refused:
                policy.check(research(state), action)
            assert all((state, possible) in TRANSITIONS for possible in refused.value.possible)


def test_the_conduct_needs_a_lead_a_duty_and_something_to_ask_by() -> None:
    with pytest.raises(NotReady) as refused:
        policy.start(research(), "U1", NOW)
    assert [one.lack for one in refused.value.missing] == [Lack.LEAD, Lack.DUTY, Lack.OUTLINE]
    with pytest.raises(NotReady) as refused:
        policy.start(research(State.PREPARING, members=TEAM[:1], outlines=(OUTLINE,)), "U1", NOW)
    assert [one.lack for one in refused.value.missing] == [Lack.DUTY]
    begun = policy.start(research(State.PREPARING, members=TEAM, outlines=(OUTLINE,)), "U1", NOW)
    assert begun.record.state is State.IN_PROGRESS and begun.event.before == "preparing"


def test_a_team_has_one_lead() -> None:
    named = policy.name_team(research(members=TEAM), [Member(person="U3", lead=True)], "U1", NOW).record.members
    assert [member.person for member in named if member.lead] == ["U3"] and len(named) == 3
    with pytest.raises(Refusal, match="one lead"):
        policy.name_team(research(), [Member(person=person, lead=True) for person in ("U1", "U2")], "U1", NOW)
    assert policy.name_team(research(members=TEAM), TEAM[:1], "U1", NOW, leaving=["U2"]).record.writers == ("U1",)


def test_an_outline_takes_the_place_of_the_one_of_its_kind() -> None:
    both = policy.write_outline(research(outlines=(OUTLINE,)), OUTLINE.amended(kind=Template.QUESTIONNAIRE)).record
    assert [one.kind for one in both.outlines] == [Template.INTERVIEW, Template.QUESTIONNAIRE]
    assert len(policy.write_outline(both, OUTLINE.amended(text="2")).record.outlines) == 2


def talk(at: datetime = NOW, **facts: Any) -> Contact:
    return Contact(**{"id": 0, "way": Way.PHONE, "at": at, "who": "Mr Wang", "by": "U1", **facts})


def test_the_first_contact_held_begins_the_conduct() -> None:
    prepared = research(State.PREPARING, members=TEAM, outlines=(OUTLINE,))
    step = policy.log_contact(prepared, talk(notes="slow", pains="waiting"), "U1", NOW)
    assert step.record.state is State.IN_PROGRESS and step.record.contacts[0].id == 1
    with pytest.raises(NotReady):
        policy.log_contact(research(), talk(notes="slow"), "U1", NOW)


def test_a_planned_contact_is_to_come_and_is_logged_in_its_place() -> None:
    planned = policy.log_contact(research(), talk(NOW + DAY), "U1", NOW).record
    assert planned.state is State.PLANNED and not planned.contacts[0].held
    with pytest.raises(Refusal, match="Write what was said"):
        policy.log_contact(planned, talk(), "U1", NOW)
    with pytest.raises(Refusal, match="still to come"):
        policy.log_contact(planned, talk(NOW + DAY, notes="x"), "U1", NOW)
    running = planned.amended(state=State.IN_PROGRESS)
    logged = policy.log_contact(running, talk(NOW + DAY, id=1, notes="x"), "U1", NOW + 2 * DAY).record
    assert len(logged.contacts) == 1 and logged.contacts[0].held
    with pytest.raises(Refusal, match="taken back"):
        policy.log_contact(running, talk(id=7, notes="x"), "U1", NOW)


@pytest.mark.parametrize(
    "acceptance",
    [
        "2 s",
        "99.9%",
        "per cent of all",
        "within the same day",
        "no more than before",
        "≤ today's",
        "百分之九十五",
        "三秒",
        "不超过现有水平",
        "至少与现有系统一致",
        "两倍",
    ],
)
def test_a_number_a_share_a_time_or_a_comparison_can_be_measured(acceptance: str) -> None:
    assert is_measurable(acceptance)


@pytest.mark.parametrize(
    "acceptance", ["", "fast", "user friendly", "as the customer likes it", "运行稳定", "界面友好，日志完整", "meets needs"]
)
def test_fine_words_cannot(acceptance: str) -> None:
    assert not is_measurable(acceptance)


@given(st.text(), st.integers(0, 9))
def test_any_digit_will_do(words: str, digit: int) -> None:
    assert is_measurable(f"{words}{digit}")


def test_the_review_needs_requirements_and_key_ones_that_can_be_measured() -> None:
    with pytest.raises(NotReady) as refused:
        policy.ask_review(research(State.ANALYSING), "U3", "U1", NOW)
    assert [one.lack for one in refused.value.missing] == [Lack.ITEM]
    items = (KEY.amended(acceptance="fast"), KEY.amended(id=2, key=False, acceptance=""), KEY.amended(id=3, acceptance=""))
    with pytest.raises(NotReady) as refused:
        policy.ask_review(research(State.ANALYSING, items=items), "U3", "U1", NOW)
    assert [one.item and one.item.id for one in refused.value.missing] == [1, 3]
    asked = policy.ask_review(research(State.ANALYSING, items=(KEY,)), "U3", "U1", NOW).record
    assert asked.state is State.IN_REVIEW and asked.review_since == NOW and "U3" in asked.team and "U3" not in asked.writers


def test_whoever_changes_a_requirement_is_its_author() -> None:
    kept = policy.keep_item(research(State.ANALYSING, items=(KEY,)), KEY.amended(text="Faster"), "U2", NOW).record
    assert kept.items[0].authors == ("U1", "U2") and len(kept.items) == 1
    added = policy.keep_item(kept, KEY.amended(id=0), "U1", NOW).record
    assert [item.id for item in added.items] == [1, 2]
    assert [item.id for item in policy.remove_item(added, 1, "U1", NOW).record.items] == [2]
    with pytest.raises(Refusal, match="removed"):
        policy.remove_item(added, 9, "U1", NOW)


def test_requirements_stand_by_priority_key_ones_first() -> None:
    items = [
        KEY.amended(id=n, priority=priority, key=key)
        for n, (priority, key) in enumerate([("later", True), ("must", False), ("must", True)])
    ]
    assert [item.id for item in policy.by_priority(research(items=tuple(items)), ["must", "later"])] == [2, 1, 0]


@pytest.mark.parametrize("author", ["U1", "U4", "U5", "U6", "U7"])
def test_nobody_reviews_what_they_wrote(author: str) -> None:
    known = Facts(background="x", by="U4", at=NOW)
    outlines, contacts = (OUTLINE.amended(by="U5"),), (talk(id=1, by="U6"),)
    written = in_review(facts=known, outlines=outlines, contacts=contacts, items=(KEY.amended(authors=("U7",)),), members=())
    with pytest.raises(Refusal, match="their own work"):
        policy.review(written, judged(author), 1)
    with pytest.raises(Refusal, match="their own work"):
        policy.ask_review(written, author, "U1", NOW)


def test_the_refusal_names_who_may() -> None:
    with pytest.raises(OnlyFor) as refused:
        policy.check_reviewer(in_review(), "U1")
    assert refused.value.may == ("U2",)


def test_enough_approvals_of_one_round_approve() -> None:
    once = policy.review(in_review(), judged(), 2).record
    assert once.state is State.IN_REVIEW
    again = policy.review(once, judged(mark=5), 2).record
    assert again.state is State.IN_REVIEW and [review.accuracy for review in again.reviews] == [5]
    both = policy.review(again, judged("U4", at=NOW + HOUR), 2).record
    assert both.state is State.APPROVED and both.approved_at == NOW + HOUR


def test_what_is_sent_back_begins_a_new_round() -> None:
    back = policy.review(in_review(asked=(Asked(reviewer="U3", by="U1", at=NOW),)), judged(verdict=Verdict.SEND_BACK), 1)
    assert back.record.state is State.ANALYSING and back.event.reason == "x" and back.record.asked == ()
    once_more = policy.ask_review(back.record, "U4", "U1", NOW + DAY).record
    assert [one.reviewer for one in policy.waiting(once_more)] == ["U4"]
    approved = policy.review(in_review(reviews=(judged("U3"),), review_since=NOW + DAY), judged("U4", at=NOW + DAY), 2).record
    assert approved.state is State.IN_REVIEW, "an approval of an earlier round does not count"


def test_what_cannot_be_measured_is_never_approved() -> None:
    with pytest.raises(NotReady):
        policy.review(in_review(items=(KEY.amended(acceptance="fast"),)), judged(), 1)


def confirmed(mark: int) -> Confirmation:
    return Confirmation(mark=mark, who="Mr Wang", at=NOW, by="U1")


@pytest.mark.parametrize(
    ("mark", "reviews", "parts", "overall"),
    [
        (4, (5, 4), (80, 90), 85),
        (None, (5,), (None, 100), 100),
        (3, (), (60, None), 60),
        (None, (), (None, None), None),
        (5, (4, 4, 5), (100, Decimal("86.67")), Decimal("93.34")),
    ],
)
def test_accuracy_is_half_the_customer_and_half_the_reviewers(mark: Any, reviews: Any, parts: Any, overall: Any) -> None:
    done = research(
        State.APPROVED,
        reviews=tuple(judged(f"U{n}", mark=each) for n, each in enumerate(reviews)),
        confirmation=confirmed(mark) if mark else None,
    )
    assert policy.accuracy(done) == parts
    assert policy.overall(policy.accuracy(done), RULES.weights) == overall
    assert policy.research_quality(done, RULES.weights) == ((0, 0) if overall is None else (overall, 1))
    assert policy.research_quality(done.amended(state=State.IN_REVIEW), RULES.weights) == (0, 0)


@given(st.integers(1, 5), st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_accuracy_lies_between_its_parts(mark: int, marks: list[int]) -> None:
    done = research(State.APPROVED, reviews=tuple(judged(f"U{n}", mark=each) for n, each in enumerate(marks)), confirmation=confirmed(mark))
    parts = policy.accuracy(done)
    low, high = sorted(part for part in parts if part is not None)
    score = policy.overall(parts, RULES.weights)
    assert score is not None and low - Decimal("0.01") <= score <= high + Decimal("0.01")


def test_a_new_version_goes_on_from_the_analysis_and_counts_as_rework() -> None:
    approved = research(State.APPROVED, items=(KEY,), members=TEAM, reviews=(judged(),), confirmation=confirmed(4), approved_at=NOW)
    with pytest.raises(Refusal, match="Say why"):
        policy.new_version(approved, "", NOW)
    newer = policy.new_version(approved, "new law", NOW + DAY).amended(id=2)
    assert (newer.state, newer.version, newer.supersedes, newer.reviews, newer.confirmation) == (State.ANALYSING, 2, 1, (), None)
    assert newer.items == approved.items and newer.members == approved.members
    older = policy.supersede(approved, newer, "U1", NOW + DAY).record
    assert older.state is State.SUPERSEDED and older.superseded_by == 2
    assert [policy.rework(each) for each in (approved, older, newer)] == [0, 1, 0]
    assert policy.research_quality(older, RULES.weights) == (80, 1)


def test_the_first_step_offered_mends_what_is_missing() -> None:
    owner = frozenset({Role.OWNER})
    first = [
        policy.next_steps(each, owner)[0]
        for each in (
            research(),
            research(State.PREPARING, outlines=(OUTLINE,)),
            research(State.PREPARING, members=TEAM),
            research(State.PREPARING, members=TEAM, outlines=(OUTLINE,)),
            research(State.IN_PROGRESS),
            research(State.ANALYSING),
            research(State.ANALYSING, items=(KEY,)),
            research(State.APPROVED),
        )
    ]
    assert first[1:] == [Action.TEAM, Action.OUTLINE, Action.START, Action.CONTACT, Action.ITEM, Action.REVIEW, Action.CONFIRM]
    assert policy.next_steps(research(), frozenset({Role.STAFF})) == []


def test_confirming_lies_in_the_past_and_cancelling_has_a_reason() -> None:
    with pytest.raises(Refusal, match="still to come"):
        policy.confirm(research(State.APPROVED), confirmed(4).amended(at=NOW + HOUR), NOW)
    with pytest.raises(Refusal, match="why"):
        policy.cancel(research(), "", "U1", NOW)


def asked_at(moment: datetime, **facts: Any) -> list[Matter]:
    zones = {"U1": "Asia/Shanghai", "U3": "Asia/Shanghai"}
    return [nudge.matter for nudge in nudges(in_review(**facts), moment, RULES.nudges, CALENDAR, zones)]


def test_planned_contacts_and_waiting_reviews_are_asked_about_in_their_time() -> None:
    contacts = (talk(NOW + DAY, id=1), talk(id=2, notes="held"), talk(NOW + DAY, id=3, by="U9"))
    hours = [DAY - 2 * HOUR, DAY - HOUR, DAY, DAY + 4 * HOUR, 20 * DAY]
    assert [asked_at(NOW + hour, contacts=contacts) for hour in hours] == [[], [Matter.NEAR], [], [Matter.NOTES], []]
    asked = (Asked(reviewer="U3", by="U1", at=NOW),)
    wednesday = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    times = [NOW, wednesday - HOUR, wednesday]
    assert [asked_at(time, asked=asked) for time in times] == [[], [], [Matter.REVIEW]]
    assert asked_at(wednesday, asked=asked, reviews=(judged(at=NOW + HOUR),)) == []


def test_priorities_and_templates_of_the_handbook() -> None:
    assert all(first != second for first, second in pairwise(priority.id for priority in RULES.priorities))
    assert {template.kind for template in RULES.templates} == set(Template)
