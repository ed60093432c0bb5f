"""Scoring by the manager (§5.3.1): blind first, extremes explained, deviations reasoned, and nobody about themselves."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy.appraisals import changes
from bot.policy.appraisals import manager as policy
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.manager import Mine
from bot.policy.appraisals.marks import Difference, differences, own_review, uncovered
from bot.policy.appraisals.record import (
    SCORED,
    TOLD,
    Appraisal,
    Grade,
    Measure,
    Measured,
    Part,
    Scoring,
    SelfReview,
    State,
)
from bot.policy.appraisals.scoring import Gate
from bot.policy.appraisals.steps import MACHINE, Action, roles_to
from bot.policy.appraisals.suggesting import Suggestion, grades_of, suggested
from bot.policy.people import OnlyFor, Role
from bot.policy.refusal import Refusal

HANDBOOK = load_handbook(None)
NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
DUE = date(2026, 10, 20)
FACTS: dict[str, Any] = {"start": date(2026, 7, 1), "end": date(2026, 9, 30), "handbook": HANDBOOK.version, "opened_at": NOW}
DUES: dict[str, Any] = {"self_due": DUE, "manager_due": DUE, "calibration_due": DUE, "rules": kept_rules(HANDBOOK)}
QUARTER = Cycle(id=1, period="2026Q3", slot="2026Q3", kind=Kind.QUARTER, state=Phase.MANAGER_REVIEW, **FACTS, **DUES)
YEAR = Cycle(id=2, period="2026", slot="2026", kind=Kind.YEAR, state=Phase.MANAGER_REVIEW, **FACTS, **DUES)
COMPETENCIES = [one.id for one in HANDBOOK.appraisals.competencies]
OWN = SelfReview(marks=dict.fromkeys(Part, 5), competencies=dict.fromkeys(COMPETENCIES, 4), summary="I did well", version=3)
APPRAISAL = Appraisal(
    id=7,
    cycle=1,
    period="2026Q3",
    person="ann",
    manager="may",
    served=92,
    days=92,
    opened_at=NOW,
    state=State.SELF_SUBMITTED,
    self_review=OWN,
    self_submitted_at=NOW,
)
MEASURED = (
    Measured(
        measure=Measure.WIN_RATE,
        part=Decimal(4),
        whole=Decimal(8),
        n=8,
        value=Decimal(50),
        score=Decimal(90),
        given=Decimal(20),
        weight=Decimal(100),
    ),
)
FILLED: dict[str, Any] = {
    "marks": dict.fromkeys(Part, 4),
    "competencies": dict.fromkeys(COMPETENCIES, 3),
    "comment": "Steady",
    "grade": Grade.EXCELLENT,
}


def begun(**changes: Any) -> Appraisal:
    return policy.begin(APPRAISAL.amended(**changes), QUARTER, "may", NOW).record


def filled(**changes: Any) -> Appraisal:
    return policy.draft(begun(), QUARTER, FILLED | changes, "may", NOW).record


def compared(**changes: Any) -> Appraisal:
    return policy.uncover(filled(**changes), QUARTER, "may", NOW).record


def handed_in(**changes: Any) -> Appraisal:
    return policy.hand_in(compared(**changes), QUARTER, MEASURED, {}, "may", NOW).record


def refused(why: str, do: Any, *given: Any, field: str | None = None) -> None:
    with pytest.raises(Refusal) as no:
        do(*given)
    assert why in no.value.reason and no.value.field == field


def test_a_manager_scores_blind_then_compares_then_hands_in_a_grade() -> None:
    done = handed_in()
    assert done.state is State.MANAGER_SUBMITTED and done.handed_in_at == NOW
    assert (done.score, done.suggested, done.grade) == (Decimal("90.0"), Grade.EXCELLENT, Grade.EXCELLENT)
    assert done.measured == MEASURED and done.scoring is not None
    assert done.scoring.blind == dict.fromkeys(Part, 4) and done.scoring.blind_competencies == dict.fromkeys(COMPETENCIES, 3)


@pytest.mark.parametrize("actor", ["bob", "hana", "boss"])
def test_only_the_manager_whose_part_it_is_scores(actor: str) -> None:
    with pytest.raises(OnlyFor) as no:
        policy.begin(APPRAISAL, QUARTER, actor, NOW)
    assert no.value.may == ("may",)


def test_nobody_scores_themselves_even_as_their_own_manager() -> None:
    refused("Nobody scores themselves", policy.begin, APPRAISAL.amended(manager="ann"), QUARTER, "ann", NOW)


def test_who_has_no_manager_is_scored_by_nobody_until_hr_names_somebody() -> None:
    refused("Nobody scores this yet", policy.begin, APPRAISAL.amended(manager=""), QUARTER, "may", NOW)


def test_scoring_waits_for_the_self_review() -> None:
    refused("{called} ({number}) is {state}.", policy.begin, APPRAISAL.amended(state=State.SELF_DRAFT), QUARTER, "may", NOW)


def test_an_overdue_self_review_is_not_waited_for_when_there_is_a_reason() -> None:
    late = APPRAISAL.amended(state=State.SELF_OVERDUE, self_submitted_at=None)
    refused("The self-review is not in", policy.begin, late, QUARTER, "may", NOW, field="late_why")
    step = policy.begin(late, QUARTER, "may", NOW, "On leave")
    assert step.record.late_why == "On leave" and step.event.reason == "On leave" and step.record.state is State.MANAGER_DRAFT


def test_a_self_review_that_was_never_handed_in_is_nobody_elses_to_read_and_counts_for_nothing() -> None:
    late = APPRAISAL.amended(state=State.SELF_OVERDUE, self_submitted_at=None)
    begun = policy.begin(late, QUARTER, "may", NOW, "On leave").record
    seen = policy.uncover(policy.draft(begun, QUARTER, FILLED, "may", NOW).record, QUARTER, "may", NOW).record
    assert own_review(seen) is None
    assert {one.own for one in differences(seen)} == {None}


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.APPEAL_WINDOW, Phase.CLOSED, Phase.CANCELLED])
def test_scores_are_taken_until_all_results_are_told(phase: Phase) -> None:
    refused("its scores stay as they are", policy.begin, APPRAISAL, QUARTER.amended(state=phase), "may", NOW)


def test_a_draft_keeps_what_is_entered_and_counts_its_versions() -> None:
    one = policy.draft(begun(), QUARTER, {"comment": "So far"}, "may", NOW).record
    two = policy.draft(one, QUARTER, {"marks": {Part.RESULTS: 2}, "blind": {Part.RESULTS: 5}}, "may", NOW).record
    assert two.scoring == Scoring(manager="may", comment="So far", marks={Part.RESULTS: 2}, version=2, saved_at=NOW)


@pytest.mark.parametrize("mark", [1, 5])
def test_a_mark_at_either_end_takes_a_comment(mark: int) -> None:
    marks = FILLED["marks"] | {Part.QUALITY: mark}
    refused("A mark of 1 or 5", policy.uncover, filled(marks=marks), QUARTER, "may", NOW, field="comment_part_quality")
    policy.uncover(filled(marks=marks, comments={Part.QUALITY: "I saw it"}), QUARTER, "may", NOW)


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"marks": {}}, "mark_part_results"),
        ({"competencies": {}}, f"mark_skill_{COMPETENCIES[0]}"),
        ({"comment": ""}, "comment"),
    ],
)
def test_the_self_review_stays_covered_until_everything_is_marked(lacking: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as no:
        policy.uncover(filled(**lacking), QUARTER, "may", NOW)
    assert no.value.field == field


def test_blind_marks_are_fixed_for_ever_and_the_self_review_is_uncovered_once() -> None:
    seen = compared()
    refused("uncovered already", policy.uncover, seen, QUARTER, "may", NOW)
    later = policy.draft(seen, QUARTER, {"marks": dict.fromkeys(Part, 2), "competencies": {}}, "may", NOW).record
    assert later.scoring is not None and later.scoring.blind == dict.fromkeys(Part, 4)
    assert later.scoring.marks == dict.fromkeys(Part, 2) and later.scoring.competencies == dict.fromkeys(COMPETENCIES, 3)


def test_nothing_is_compared_before_it_is_uncovered() -> None:
    assert differences(filled()) == [] and not uncovered(filled())
    assert [one.size for one in differences(compared())] == [1] * (len(Part) + len(COMPETENCIES))


def test_the_largest_differences_come_first() -> None:
    marks = FILLED["marks"] | {Part.TEAMWORK: 2}
    assert differences(compared(marks=marks))[0] == Difference(Part.TEAMWORK, 5, 2)


def test_a_mark_that_changes_after_uncovering_takes_a_comment() -> None:
    swayed = policy.draft(compared(), QUARTER, {"marks": FILLED["marks"] | {Part.RESULTS: 3}}, "may", NOW).record
    refused("You changed this mark", policy.hand_in, swayed, QUARTER, MEASURED, {}, "may", NOW, field="comment_part_results")
    said = policy.draft(swayed, QUARTER, {"comments": {Part.RESULTS: "The tender was withdrawn"}}, "may", NOW).record
    assert policy.hand_in(said, QUARTER, MEASURED, {}, "may", NOW).record.state is State.MANAGER_SUBMITTED


def test_nothing_is_handed_in_before_it_was_compared() -> None:
    refused("First fix your marks", policy.hand_in, filled(), QUARTER, MEASURED, {}, "may", NOW)


@pytest.mark.parametrize(
    ("grade", "measured", "reason"),
    [
        (None, MEASURED, "Please choose a grade"),
        (Grade.OUTSTANDING, MEASURED, "for a year only"),
        (Grade.PASS, MEASURED, "This is not the suggested grade"),
        (Grade.GOOD, (), "No grade could be suggested"),
    ],
)
def test_a_grade_is_one_that_is_given_and_takes_a_reason_where_it_was_not_suggested(
    grade: Grade | None, measured: tuple[Measured, ...], reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        policy.hand_in(compared(grade=grade), QUARTER, measured, {}, "may", NOW)


@pytest.mark.parametrize("measured", [MEASURED, ()])
def test_a_reason_makes_another_grade_possible(measured: tuple[Measured, ...]) -> None:
    done = policy.hand_in(compared(grade=Grade.PASS, why="Two deals came late"), QUARTER, measured, {}, "may", NOW)
    assert done.record.grade is Grade.PASS and done.event.reason == "Two deals came late"


def test_a_year_is_suggested_from_its_quarters_within_its_gates() -> None:
    quarters = {f"2026Q{n}": (Decimal(98), Grade.EXCELLENT if n < 3 else Grade.GOOD) for n in (1, 2, 3, 4)}
    one = APPRAISAL.amended(cycle=2, scoring=Scoring(manager="may", marks=dict.fromkeys(Part, 5)))
    found = suggested(YEAR, (), quarters, one)
    assert found == Suggestion(Decimal("98.8"), Grade.EXCELLENT, (Gate.NOT_OUTSTANDING,))
    assert suggested(YEAR, (), {}, one).gates == (Gate.TOO_SHORT,)
    assert grades_of(YEAR)[0] is Grade.OUTSTANDING and grades_of(QUARTER)[0] is Grade.EXCELLENT


def test_a_scoring_is_reopened_for_a_reason_by_its_manager_or_by_hr_until_it_is_published() -> None:
    done = handed_in()
    for actor, roles in (("may", frozenset({Role.MANAGER})), ("hana", frozenset({Role.HR}))):
        step = policy.reopen(done, QUARTER, actor, roles, "A bid was forgotten", NOW)
        assert step.record.state is State.MANAGER_DRAFT and step.event.reason == "A bid was forgotten" and step.record.grade is None
        assert step.record.scoring == done.scoring
    refused("Please give a reason", policy.reopen, done, QUARTER, "may", frozenset({Role.MANAGER}), "", NOW, field="why")
    published = QUARTER.amended(state=Phase.PUBLISHED)
    refused("stay as they are", policy.reopen, done, published, "may", frozenset({Role.MANAGER}), "Late", NOW)
    with pytest.raises(OnlyFor):
        policy.reopen(done, QUARTER, "boss", frozenset({Role.MANAGER}), "I know better", NOW)
    refused("Nobody scores themselves", policy.reopen, done, QUARTER, "ann", frozenset({Role.HR}), "Me", NOW)


def test_a_new_manager_begins_afresh_and_the_earlier_scoring_is_laid_aside() -> None:
    taken = policy.begin(filled().amended(manager="boss"), QUARTER, "boss", NOW).record
    assert taken.scoring == Scoring(manager="boss")
    assert [(one.manager, one.comment) for one in taken.earlier] == [("may", "Steady")]
    refused("not being scored by you", policy.draft, filled().amended(manager="boss"), QUARTER, {}, "boss", NOW)


PEOPLE = ("ann", "may", "boss", "hana", "bob")
ACTIONS = {Mine.SCORE: Action.SCORE, Mine.GO_ON: Action.SCORE, Mine.REOPEN: Action.REOPEN}


@given(st.sampled_from(State), st.sampled_from(Phase), st.sampled_from(PEOPLE), st.booleans())
def test_no_step_is_offered_that_the_machine_refuses(state: State, phase: Phase, person: str, of_hr: bool) -> None:
    cycle, held = QUARTER.amended(state=phase), frozenset({Role.HR} if of_hr else ())
    one = handed_in().amended(state=state)
    roles = roles_to(person, held, one, ["may", "boss"])
    offered = policy.steps_for(one, cycle, person, roles)
    for step in offered:
        if step in ACTIONS:
            MACHINE.check(one, ACTIONS[step])
            policy.check_taken(cycle)
    if Mine.SCORE in offered or Mine.GO_ON in offered:
        assert policy.begin(one, cycle, person, NOW, "A reason").record.state is State.MANAGER_DRAFT
    if Mine.REOPEN in offered:
        assert policy.reopen(one, cycle, person, roles, "A reason", NOW).record.state is State.MANAGER_DRAFT
    assert not (person == "ann" and offered) and not (person == "bob" and not of_hr and offered)
    assert Mine.SEE not in offered or state in SCORED | TOLD


def test_managers_above_read_and_do_not_score() -> None:
    assert policy.steps_for(handed_in(), QUARTER, "boss", frozenset({Role.MANAGER})) == [Mine.SEE]
    assert policy.steps_for(begun(), QUARTER, "boss", frozenset({Role.MANAGER})) == []


def test_a_new_manager_reopens_what_another_scored_before_they_see_the_self_review() -> None:
    taken = handed_in().amended(manager="boss")
    assert policy.steps_for(taken, QUARTER, "boss", frozenset({Role.MANAGER})) == [Mine.REOPEN]
    published = taken.amended(state=State.PUBLISHED)
    assert policy.steps_for(published, QUARTER, "boss", frozenset({Role.MANAGER})) == [Mine.SEE, Mine.DIFFERENCES]


def test_who_is_late_still_hands_in_while_results_are_published_but_nothing_is_taken_back_then() -> None:
    publishing = QUARTER.amended(state=Phase.PUBLISHED)
    late = policy.hand_in(compared(), publishing, MEASURED, {}, "may", NOW).record
    assert late.state is State.MANAGER_SUBMITTED
    refused("its scores stay as they are", policy.reopen, late, publishing, "may", frozenset({Role.MANAGER}), "A slip", NOW)
    assert policy.Mine.REOPEN not in policy.steps_for(late, publishing, "may", frozenset({Role.MANAGER}))


@pytest.mark.parametrize("state", [State.NOT_STARTED, State.SELF_DRAFT, State.SELF_OVERDUE])
def test_a_draft_is_nobody_elses_to_read_even_where_something_was_handed_in_before(state: State) -> None:
    assert own_review(APPRAISAL.amended(state=state)) is None


def test_who_is_readmitted_begins_afresh_and_so_does_the_manager() -> None:
    excused = changes.excuse(handed_in(), "leave", "hana", NOW).record
    again = changes.readmit(excused, "back early", "hana", NOW).record
    assert (again.state, again.self_submitted_at, again.scoring, again.handed_in_at) == (State.NOT_STARTED, None, None, None)
    assert (again.score, again.suggested, again.grade, again.measured) == (None, None, None, ())
    assert again.self_review == OWN and again.earlier == (excused.scoring,)


def test_a_scoring_that_was_only_opened_is_not_kept_when_somebody_is_readmitted() -> None:
    excused = changes.excuse(begun(), "leave", "hana", NOW).record
    assert changes.readmit(excused, "back early", "hana", NOW).record.earlier == ()


def test_while_results_are_published_only_who_is_unscored_can_be_excused_or_given_a_scorer() -> None:
    publishing = QUARTER.amended(state=Phase.PUBLISHED)
    changes.check_untold(begun(), publishing)
    refused("only before the results are published", changes.check_untold, handed_in(), publishing)
    refused("only before the results are published", changes.check_untold, begun(), QUARTER.amended(state=Phase.APPEAL_WINDOW))


def test_of_two_cycles_the_one_in_which_managers_have_to_be_done_first_comes_first() -> None:
    sooner = YEAR.amended(manager_due=date(2026, 10, 1))
    later = QUARTER.amended(manager_due=date(2026, 10, 9))
    assert policy.due_first([later, sooner]) == sooner
    assert policy.due_first([]) is None
