"""§2.1.2, §4.2 and §5.1.2: how a solution goes from its plan to the customer's confirmation, and what its quality is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import check, load_handbook
from bot.policy import solutions as policy
from bot.policy.machine import Step
from bot.policy.money import Money
from bot.policy.people import OnlyFor, Role
from bot.policy.refusal import Refusal
from bot.policy.solutions import (
    Action,
    Asked,
    Confirmation,
    Consultation,
    Lack,
    Link,
    Needs,
    NotReady,
    OutOfTurn,
    Plan,
    Requirement,
    Score,
    Secrecy,
    Solution,
    State,
    Verdict,
)
from bot.policy.solutions.chasing import Chase, Matter, chases
from bot.policy.solutions.writing import payback

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DUE = NOW + timedelta(days=3)
HANDBOOK = load_handbook()
NEEDS = Needs(("overview", "budget"), 2, Decimal("3.5"))
COST, BENEFIT = Money(amount=Decimal(1200), currency="CNY"), Money(amount=Decimal(600), currency="CNY")
OWNER = frozenset({Role.OWNER})


def a_solution(**changes: object) -> Solution:
    facts = {"id": 7, "opportunity": 1, "customer_name": "ACME", "customer_key": "acme", "owner": "U1", "opened_at": NOW}
    return Solution.model_validate(facts | changes)


def asked(*people: str) -> list[Asked]:
    return [Asked(expert=person, by="U1", at=NOW, due=DUE) for person in people]


def score(person: str, mark: int = 4, **marks: int) -> Score:
    given = dict.fromkeys(("feasibility", "soundness", "cost_benefit", "innovation"), mark) | marks
    return Score(expert=person, sitting=0, at=NOW, **given)


def planned() -> Solution:
    return policy.plan(a_solution(), Plan(goal="half the time", outline="three modules", by="U1", at=NOW)).record


def written() -> Solution:
    return policy.write(planned(), NEEDS.sections, "U1", NOW, done=True).record


def in_review(*people: str) -> Solution:
    return policy.ask_experts(written(), asked(*(people or ("U8", "U9"))), [], NEEDS, "U1", NOW).record


def judged(solution: Solution, *scores: Score) -> Solution:
    for one in scores:
        solution = policy.judge(solution, one, NEEDS).record
    return solution


def approved() -> Solution:
    return judged(in_review(), score("U8"), score("U9"))


def test_a_solution_goes_from_its_plan_to_the_customers_confirmation() -> None:
    valued = policy.value(approved(), COST, BENEFIT, None, "", NEEDS, "U1", NOW).record
    sent = policy.send(valued, "Ms Li", NEEDS, "U1", NOW).record
    given = Confirmation(who="Ms Li", day=date(2026, 11, 23), by="U1", at=NOW)
    assert policy.confirm(sent, given, "UTC").record.state is State.CONFIRMED


def test_a_step_that_does_not_come_next_is_refused_and_changes_nothing() -> None:
    with pytest.raises(OutOfTurn):
        policy.send(planned(), "", NEEDS, "U1", NOW)
    with pytest.raises(OutOfTurn):
        policy.write(a_solution(), ["overview"], "U1", NOW, done=True)


def test_a_review_needs_every_required_section_and_the_refusal_names_each_with_who_writes_it() -> None:
    begun = policy.write(planned(), ["overview"], "U1", NOW, owner="U2").record
    with pytest.raises(NotReady) as no:
        policy.ask_experts(begun, asked("U9"), [], NEEDS, "U1", NOW)
    assert [(one.lack, one.name, one.who) for one in no.value.missing] == [
        (Lack.SECTION, "overview", ("U2",)),
        (Lack.SECTION, "budget", ("U1",)),
    ]


@pytest.mark.parametrize("author", ["U1", "U2", "U3"])
def test_nobody_reviews_what_they_wrote(author: str) -> None:
    solution = policy.write(written(), ["overview"], "U3", NOW, owner="U2").record
    solution = policy.write(solution, ["modules"], "U3", NOW, done=True).record
    with pytest.raises(OnlyFor, match="Nobody reviews their own work"):
        policy.ask_experts(solution, asked("U9", author), [], NEEDS, "U1", NOW)


def test_marks_are_hidden_until_all_are_in() -> None:
    half = judged(in_review(), score("U8", 5))
    assert half.state is State.INTERNAL_REVIEW and policy.seen(half) == [] and policy.solution_quality(half) == (0, 0)
    assert len(policy.seen(judged(half, score("U9", 5)))) == 2


def test_a_review_is_settled_only_when_it_has_as_many_experts_as_the_deal_takes() -> None:
    alone = judged(in_review("U8"), score("U8", 5))
    assert alone.state is State.INTERNAL_REVIEW and policy.seen(alone) == []
    with pytest.raises(NotReady) as no:
        policy.approve(alone, NEEDS, "U1", NOW)
    assert [(one.lack, one.name) for one in no.value.missing] == [(Lack.EXPERT, "1")]
    more = policy.ask_experts(alone, asked("U9"), [], NEEDS, "U1", NOW).record
    assert judged(more, score("U9", 4)).state is State.APPROVED


def test_a_review_that_waits_names_whom_it_waits_for() -> None:
    with pytest.raises(NotReady) as no:
        policy.approve(judged(in_review(), score("U8")), NEEDS, "U1", NOW)
    assert [(one.lack, one.who) for one in no.value.missing] == [(Lack.SCORE, ("U9",))]


@pytest.mark.parametrize(("marks", "state"), [((3, 4), State.APPROVED), ((3, 3), State.OPTIMISING), ((1, 5), State.OPTIMISING)])
def test_the_floor_itself_is_enough_and_less_is_to_be_optimised(marks: tuple[int, int], state: State) -> None:
    assert judged(in_review(), score("U8", marks[0]), score("U9", marks[1])).state is state


def test_only_who_was_asked_gives_marks() -> None:
    with pytest.raises(OnlyFor):
        policy.judge(in_review(), score("U7"), NEEDS)


def test_an_expert_changes_their_marks_until_all_are_in() -> None:
    changed = judged(in_review(), score("U8", 1), score("U8", 5), score("U9", 4))
    assert changed.state is State.APPROVED and len(changed.scores) == 2


def test_each_round_of_optimisation_is_counted_and_says_what_changed() -> None:
    low = judged(in_review(), score("U8", 2), score("U9", 2))
    assert low.round == 1
    with pytest.raises(NotReady) as no:
        policy.ask_experts(low, asked("U8", "U9"), [], NEEDS, "U1", NOW)
    assert [one.lack for one in no.value.missing] == [Lack.CHANGE]
    better = policy.optimise(low, "smaller modules", "U1", NOW).record
    again = policy.ask_experts(better, asked("U8", "U9"), [], NEEDS, "U1", NOW).record
    assert (again.sitting, again.round, policy.waiting(again)) == (2, 1, list(again.asked))
    assert judged(again, score("U8"), score("U9")).state is State.APPROVED


def test_what_is_taken_out_of_its_review_loses_the_marks_that_nobody_saw() -> None:
    half = judged(in_review(), score("U8", 1))
    taken = policy.optimise(half, "a mistake of ours", "U1", NOW).record
    assert (taken.state, taken.round, taken.scores) == (State.OPTIMISING, 1, ())


def test_changes_asked_by_the_customer_begin_a_new_round() -> None:
    sent = policy.send(policy.value(approved(), COST, BENEFIT, 24, "", NEEDS, "U1", NOW).record, "", NEEDS, "U1", NOW).record
    wished = policy.ask_changes(sent, "cheaper", "U1", NOW).record
    assert wished.state is State.CHANGES_REQUESTED
    assert policy.optimise(wished, "one server less", "U1", NOW).record.round == 1


def test_sending_needs_the_cost_benefit_analysis_and_approved_figures_stay() -> None:
    with pytest.raises(NotReady) as no:
        policy.send(approved(), "", NEEDS, "U1", NOW)
    assert [one.lack for one in no.value.missing] == [Lack.VALUE]
    valued = policy.value(approved(), COST, BENEFIT, None, "", NEEDS, "U1", NOW).record
    with pytest.raises(NotReady):
        policy.value(valued, BENEFIT, COST, None, "", NEEDS, "U1", NOW)


@pytest.mark.parametrize(("cost", "benefit", "months"), [(1200, 600, 24), (1000, 3000, 4), (100, 99, 13), (1, 1, 12)])
def test_the_payback_is_reckoned_in_months_rounded_up(cost: int, benefit: int, months: int) -> None:
    assert payback(Decimal(cost), Decimal(benefit)) == months


def test_cost_and_benefit_are_in_one_currency() -> None:
    with pytest.raises(Refusal, match="same currency"):
        policy.value(planned(), COST, Money(amount=Decimal(5), currency="USD"), None, "", NEEDS, "U1", NOW)


@pytest.mark.parametrize(
    ("amount", "currency", "experts"),
    [(None, "CNY", 2), (5_000_000, "CNY", 2), (5_000_001, "CNY", 3), (50_000_001, "CNY", 5), (1_000_000, "USD", 3), (10, "CHF", 5)],
)
def test_how_many_experts_a_deal_takes_follows_its_size(amount: int | None, currency: str, experts: int) -> None:
    worth = None if amount is None else Money(amount=Decimal(amount), currency=currency)
    assert policy.quorum(worth, HANDBOOK.solutions, HANDBOOK.company) == experts


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("expert_floor: 5.5", "is too large"),
        ("experts: 4", "begins with no more experts"),
        ("more_experts: [{above: 9, experts: 3}, {above: 8, experts: 5}]", "not in order"),
        ("sections: []", "empty list"),
    ],
)
def test_a_handbook_that_cannot_be_is_refused_with_its_line(tmp_path: Path, written: str, problem: str) -> None:
    file = tmp_path / "handbook.yaml"
    file.write_text(f"solutions:\n  {written}\n")
    [fault] = check(file)
    assert problem in fault


def test_quality_is_the_mean_of_feasibility_soundness_and_innovation_times_twenty() -> None:
    done = judged(in_review(), score("U8", 5, cost_benefit=1), score("U9", 4, innovation=3, cost_benefit=5))
    assert policy.solution_quality(done) == (Decimal("86.67"), 1)
    assert policy.solution_quality(done.amended(state=State.RETRACTED)) == (0, 0)
    assert policy.solution_quality(a_solution()) == (0, 0)


def test_quality_is_of_the_latest_review_in_which_all_marks_are_in() -> None:
    low = judged(in_review(), score("U8", 2), score("U9", 2))
    again = policy.ask_experts(policy.optimise(low, "better", "U1", NOW).record, asked("U8", "U9"), [], NEEDS, "U1", NOW).record
    assert policy.solution_quality(judged(again, score("U8", 5))) == (40, 1)
    assert policy.solution_quality(judged(again, score("U8", 5), score("U9", 5))) == (100, 1)


def test_gaps_are_the_key_requirements_that_no_section_answers() -> None:
    needed = [Requirement(id=1, text="500 users"), Requirement(id=2, text="1 second"), Requirement(id=3, text="audit")]
    covered = policy.cover(planned(), {1: ["overview"], 2: ["overview", "plan"], 3: []}, "U1", NOW).record
    assert [one.id for one in policy.gaps(covered, needed)] == [3]
    moved = policy.cover(covered, {1: []}, "U1", NOW).record
    assert [one.id for one in policy.gaps(moved, needed)] == [1, 3]


@pytest.mark.parametrize("url", ["https://docs.example/a?b=c", "http://wiki/plan", "HTTPS://X.example/方案"])
def test_a_document_is_a_web_address(url: str) -> None:
    assert policy.checked_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "docs.example/a",
        "ftp://docs.example",
        "javascript:alert(1)",
        "https://",
        "https://me:secret@docs.example",
        "https://a b.example",
        "https://[x",
        "file:///etc/passwd",
        "https://x/" + "a" * 1000,
    ],
)
def test_anything_else_is_no_document(url: str) -> None:
    with pytest.raises(Refusal) as no:
        policy.checked_url(url)
    assert no.value.field == "link"


def consultation(**changes: object) -> Consultation:
    facts = {"id": 0, "asker": "U1", "person": "U5", "text": "Can it run on site?", "at": NOW, "due": DUE}
    return Consultation.model_validate(facts | changes)


def test_another_department_says_whether_it_is_feasible_and_why_not() -> None:
    solution = policy.consult(planned(), consultation()).record
    with pytest.raises(OnlyFor):
        policy.answer(solution, 1, Verdict.FEASIBLE, "", "U6", NOW)
    with pytest.raises(Refusal, match="stands in the way"):
        policy.answer(solution, 1, Verdict.NOT_FEASIBLE, "", "U5", NOW)
    told = policy.answer(solution, 1, Verdict.CONDITIONAL, "with two servers", "U5", NOW).record
    assert told.consultations[0].answer == "with two servers" and told.chase_at is None


@pytest.mark.parametrize("wrong", [{"person": "U1"}, {"text": ""}, {"due": NOW}])
def test_a_question_needs_somebody_else_words_and_time(wrong: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        policy.consult(planned(), consultation(**wrong))


def test_who_is_waited_for_is_reminded_and_who_waits_hears_that_it_is_late() -> None:
    solution = policy.consult(in_review(), consultation(due=DUE + timedelta(days=1))).record
    assert solution.chase_at == DUE
    early = list(chases(solution, DUE - timedelta(hours=4), timedelta(hours=4)))
    assert early == [Chase(Matter.SCORE, "1-U8", "U8"), Chase(Matter.SCORE, "1-U9", "U9")]
    late = list(chases(judged(solution, score("U8")), DUE, timedelta(hours=4)))
    assert late == [Chase(Matter.SCORE, "1-U9", "U9"), Chase(Matter.OVERDUE, "s1-U9", "U1")]
    assert list(chases(solution.amended(state=State.WITHDRAWN), DUE + timedelta(days=9), timedelta())) == []


def test_undo_brings_back_what_was_and_takes_a_new_solution_out_of_the_books() -> None:
    first, step = policy.opened(a_solution(), "U1", NOW), policy.plan(a_solution(), Plan(goal="x", outline="y", by="U1", at=NOW))
    history = [each.event.amended(id=number, request=f"r{number}") for number, each in enumerate((first, step), start=1)]
    assert policy.undo(step.record, history, None, "U1", NOW, 10).record == a_solution()
    assert policy.undo(first.record, history[:1], None, "U1", NOW, 10).record.state is State.RETRACTED


# How a person takes each step that can be offered, with what it asks for; experts and other departments are told apart by name.
TAKEN: dict[Action, Callable[[Solution], Step[Solution]]] = {
    Action.PLAN: lambda one: policy.plan(one, Plan(goal="x", outline="y", by="U1", at=NOW)),
    Action.SECTION: lambda one: policy.write(one, NEEDS.sections, "U1", NOW, done=not one.sections or not one.sections[0].done_at),
    Action.VALUE: lambda one: policy.value(one, COST, BENEFIT, None, "", NEEDS, "U1", NOW),
    Action.COVER: lambda one: policy.cover(one, {1: [] if one.sections and one.sections[0].answers else [NEEDS.sections[0]]}, "U1", NOW),
    Action.REVIEW: lambda one: policy.ask_experts(one, asked("U8", f"X{len(one.asked)}"), [], NEEDS, "U1", NOW),
    Action.APPROVE: lambda one: policy.approve(one, NEEDS, "U1", NOW),
    Action.SEND: lambda one: policy.send(one, "", NEEDS, "U1", NOW),
    Action.CONFIRM: lambda one: policy.confirm(one, Confirmation(who="Li", day=NOW.date(), by="U1", at=NOW), "UTC"),
    Action.CHANGES: lambda one: policy.ask_changes(one, "cheaper", "U1", NOW),
    Action.OPTIMISE: lambda one: policy.optimise(one, "smaller", "U1", NOW),
    Action.CONSULT: lambda one: policy.consult(one, consultation(text=str(len(one.consultations)))),
    Action.WITHDRAW: lambda one: policy.withdraw(one, "no budget", "U1", NOW),
}


@given(st.lists(st.tuples(st.sampled_from([*TAKEN]), st.integers(1, 5)), max_size=25))
def test_what_is_offered_is_accepted_and_nothing_else(choices: list[tuple[Action, int]]) -> None:
    solution = a_solution()
    for choice, mark in choices:
        offered = policy.next_steps(solution, OWNER, NEEDS)
        for action, take in TAKEN.items():
            try:
                take(solution)
            except Refusal:
                assert action not in offered
            else:
                assert action in offered
        if choice in offered:
            solution = TAKEN[choice](solution).record
        elif policy.waiting(solution):
            solution = policy.judge(solution, score(policy.waiting(solution)[0].expert, mark), NEEDS).record
        hidden = solution.sitting if solution.state is State.INTERNAL_REVIEW else 0
        assert all(one.sitting != hidden for one in policy.seen(solution))


def test_nobody_outside_is_offered_a_step() -> None:
    assert policy.next_steps(a_solution(), frozenset({Role.STAFF}), NEEDS) == []


def test_a_link_keeps_its_class_until_it_is_taken_away() -> None:
    link = Link(url="https://docs.example/a", secrecy=Secrecy.CONFIDENTIAL)
    linked = policy.write(planned(), ["overview"], "U1", NOW, link=link).record
    assert policy.write(linked, ["overview"], "U1", NOW, done=True).record.sections[0].link == link
    assert policy.write(linked, ["overview"], "U1", NOW, unlink=True).record.sections[0].link is None
