"""Calibration (§5.3): a second look that keeps both grades, and averages that give nobody away."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy.appraisals import calibration as policy
from bot.policy.appraisals.calibration import Judge
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import Appraisal, Grade, Scoring, State
from bot.policy.appraisals.suggesting import grades_of
from bot.policy.people import Forbidden
from bot.policy.refusal import Refusal

HANDBOOK = load_handbook(None)
NOW = datetime(2026, 10, 28, 2, tzinfo=UTC)
FACTS: dict[str, Any] = {"start": date(2026, 7, 1), "end": date(2026, 9, 30), "handbook": HANDBOOK.version, "opened_at": NOW}
DUES: dict[str, Any] = {name: NOW.date() for name in ("self_due", "manager_due", "calibration_due")}
CYCLE = Cycle(id=1, period="2026Q3", slot="2026Q3", kind=Kind.QUARTER, state=Phase.CALIBRATION, rules=kept_rules(HANDBOOK), **FACTS, **DUES)
YEAR = CYCLE.amended(kind=Kind.YEAR, period="2026")
HR, BOSS, MAY = Judge("hana", hr=True, above=False), Judge("boss", hr=False, above=True), Judge("may", hr=False, above=False)


def scored(person: str = "ann", **changes: Any) -> Appraisal:
    facts: dict[str, Any] = {"manager": "may", "served": 92, "days": 92, "opened_at": NOW, "state": State.MANAGER_SUBMITTED}
    graded: dict[str, Any] = {"score": Decimal(85), "suggested": Grade.GOOD, "grade": Grade.GOOD}
    return Appraisal(cycle=1, period="2026Q3", person=person, **facts | graded | changes)


def refused(why: str, *given: Any, field: str | None = None) -> None:
    with pytest.raises(Refusal) as no:
        policy.calibrate(*given, NOW)
    assert why in no.value.reason and no.value.field == field


def test_a_calibrated_grade_counts_and_the_managers_own_is_kept_beside() -> None:
    step = policy.calibrate(scored(), CYCLE, Grade.PASS, "Out of line", HR, NOW)
    assert step.record.state is State.CALIBRATED and step.event.reason == "Out of line"
    assert (step.record.grade, step.record.calibrated, step.record.final_grade) == (Grade.GOOD, Grade.PASS, Grade.PASS)
    assert [(one.was, one.became, one.by, one.why) for one in step.record.calibrations] == [(Grade.GOOD, Grade.PASS, "hana", "Out of line")]


def test_calibration_takes_a_reason_and_another_grade() -> None:
    refused("Please give a reason", scored(), CYCLE, Grade.PASS, "", HR, field="why")
    refused("That is the grade already", scored(), CYCLE, Grade.GOOD, "Why not", HR, field="grade")


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.CALIBRATION])
def test_grades_are_calibrated_in_that_phase_only(phase: Phase) -> None:
    refused("not calibrated now", scored(), CYCLE.amended(state=phase), Grade.PASS, "Why", HR)
    assert policy.grades_open(scored(), CYCLE.amended(state=phase), HR) == []


def test_nobody_calibrates_themselves_not_even_hr() -> None:
    refused("their own grade", scored("hana"), CYCLE, Grade.EXCELLENT, "I was good", HR)
    assert policy.grades_open(scored("hana"), CYCLE, HR) == []


def test_who_scored_does_not_calibrate() -> None:
    refused("does not calibrate them as well", scored(), CYCLE, Grade.PASS, "Second thoughts", MAY)
    refused("does not calibrate them as well", scored(), CYCLE, Grade.PASS, "Second thoughts", MAY._replace(above=True))
    refused("does not calibrate them as well", scored(), CYCLE, Grade.PASS, "Second thoughts", MAY._replace(hr=True))
    assert policy.grades_open(scored(), CYCLE, MAY._replace(hr=True)) == []


def test_who_scored_somebody_whom_another_scores_now_does_not_calibrate_either() -> None:
    handed_over = scored(manager="new", scoring=Scoring(manager="may"))
    refused("does not calibrate them as well", handed_over, CYCLE, Grade.PASS, "Second thoughts", MAY._replace(hr=True))


def test_who_is_beside_does_not_calibrate() -> None:
    with pytest.raises(Forbidden):
        policy.calibrate(scored(), CYCLE, Grade.PASS, "From the side", Judge("bob", hr=False, above=False), NOW)


def test_a_manager_above_moves_a_grade_by_one_and_hr_by_more() -> None:
    refused("is for the HR department", scored(), CYCLE, Grade.FAIL, "Far off", BOSS, field="grade")
    assert policy.calibrate(scored(), CYCLE, Grade.FAIL, "Far off", HR, NOW).record.calibrated is Grade.FAIL
    assert policy.grades_open(scored(), CYCLE, BOSS) == [Grade.EXCELLENT, Grade.PASS]
    lowered = policy.calibrate(scored(), CYCLE, Grade.PASS, "A little", BOSS, NOW).record
    refused("is for the HR department", lowered, CYCLE, Grade.FAIL, "And again", BOSS, field="grade")


def test_outstanding_is_for_a_year_only() -> None:
    refused("for a year only", scored(), CYCLE, Grade.OUTSTANDING, "Brilliant", HR, field="grade")
    assert policy.calibrate(scored(), YEAR, Grade.OUTSTANDING, "Brilliant", HR, NOW).record.calibrated is Grade.OUTSTANDING


def test_a_grade_may_go_back_to_what_the_manager_gave() -> None:
    lowered = policy.calibrate(scored(), CYCLE, Grade.PASS, "Out of line", HR, NOW).record
    back = policy.calibrate(lowered, CYCLE, Grade.GOOD, "A mistake", HR, NOW).record
    assert back.calibrated is None and back.final_grade is Grade.GOOD and len(back.calibrations) == 2


JUDGES = st.sampled_from([HR, BOSS, MAY, Judge("ann", hr=True, above=True), Judge("bob", hr=False, above=False)])


@given(st.sampled_from([CYCLE, YEAR]), st.lists(st.tuples(st.sampled_from(Grade), st.text(max_size=3), JUDGES), max_size=12))
def test_whatever_is_changed_both_values_are_kept(cycle: Cycle, wishes: Sequence[tuple[Grade, str, Judge]]) -> None:
    one = scored()
    for grade, why, judge in wishes:
        before, offered = one, policy.grades_open(one, cycle, judge)
        try:
            one = policy.calibrate(one, cycle, grade, why, judge, NOW).record
        except Refusal:
            assert grade not in offered or not why
            continue
        assert grade in offered and why and grade in grades_of(cycle)
        assert one.calibrations == (*before.calibrations, one.calibrations[-1])
        assert (one.calibrations[-1].was, one.calibrations[-1].became) == (before.final_grade, grade)
    assert one.grade is Grade.GOOD and one.final_grade is (one.calibrations[-1].became if one.calibrations else Grade.GOOD)


def team(name: str, manager: str, size: int, score: int) -> list[Appraisal]:
    return [scored(f"{name}-{manager}-{n}", team=name, manager=manager, score=Decimal(score)) for n in range(size)]


def test_averages_are_told_by_team_and_by_manager_with_how_lenient_each_is() -> None:
    found = policy.averages([*team("North", "may", 4, 90), *team("South", "kim", 4, 80)], 4)
    assert found.everybody.mean == Decimal("85.0") and found.everybody.leniency is None
    assert [(one.name, one.mean, one.leniency) for one in found.managers] == [
        ("kim", Decimal("80.0"), Decimal("-5.0")),
        ("may", Decimal("90.0"), Decimal("5.0")),
    ]
    assert found.teams[0].grades == {Grade.GOOD: 4}


def test_groups_of_few_people_are_hidden_and_so_is_what_would_give_them_away() -> None:
    found = policy.averages([*team("North", "may", 6, 90), *team("South", "kim", 5, 80), *team("West", "lee", 1, 60)], 4)
    assert {one.name: one.mean is not None for one in found.teams} == {"North": True, "South": False, "West": False}


def test_of_few_people_not_even_the_whole_is_shown() -> None:
    found = policy.averages(team("North", "may", 3, 90), 4)
    assert found.everybody.mean is None and found.teams[0].mean is None


def test_a_team_and_its_managers_do_not_give_away_who_is_left_over() -> None:
    people = [*team("North", "may", 5, 90), *team("North", "kim", 2, 70), *team("South", "kim", 6, 70)]
    found = policy.averages(people, 4)
    shown = {one.name for one in [*found.teams, *found.managers] if one.mean is not None}
    assert not {"North", "may"} <= shown  # North without may's people are two of kim's


def test_only_those_who_are_scored_count() -> None:
    people = [*team("North", "may", 4, 90), scored("x", state=State.MANAGER_DRAFT), scored("y", score=None)]
    assert policy.averages(people, 4).everybody.people == 4


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("wxyz")), max_size=40), st.integers(2, 6))
def test_no_hidden_group_can_be_told_by_subtraction(places: Sequence[tuple[str, str]], least: int) -> None:
    people = [scored(f"p{n}", team=name, manager=manager) for n, (name, manager) in enumerate(places)]
    found = policy.averages(people, least)
    for groups in (found.teams, found.managers):
        hidden = [one.people for one in groups if one.mean is None]
        assert all(one.people >= least for one in groups if one.mean is not None)
        assert not hidden or sum(hidden) >= least or found.everybody.mean is None
        assert not any(one.people for one in [found.everybody] if one.mean is not None and one.people < least)
