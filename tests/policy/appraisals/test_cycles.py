"""When a cycle begins, who is in it, how it goes on, and who is reminded when (§5.2, §5.3)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.handbook import Handbook
from bot.policy.appraisals import changes, opening, phases, reminders
from bot.policy.appraisals.changes import Change
from bot.policy.appraisals.cycle import Cycle, Kind, Move, Phase
from bot.policy.appraisals.record import ENDED, Appraisal, Scoring, State
from bot.policy.calendar import Calendar
from bot.policy.people import Person, Role
from bot.policy.refusal import Refusal
from tests.policy.appraisals.standard import HANDBOOK, NOW

CALENDAR = Calendar(HANDBOOK.company)
QUARTER = opening.ended(NOW, HANDBOOK)[0]
CYCLE = opening.drafted(QUARTER, HANDBOOK, "", NOW).amended(id=7)
ANN = Person(id="ann", name="Ann", post="presales_engineer", manager="may")
MAY, LIN = Person(id="may", name="May"), Person(id="lin", name="Lin")
GONE = MAY.amended(deleted=True)


def handbook(**company: Any) -> Handbook:
    """Return the shipped handbook for another company."""
    return HANDBOOK.model_copy(update={"company": HANDBOOK.company.model_copy(update=company)})


def appraisal(**facts: Any) -> Appraisal:
    """Return Ann's appraisal, scored by May."""
    known = {"id": 1, "cycle": 7, "period": "2026Q3", "person": "ann", "manager": "may", "served": 92, "days": 92, "opened_at": NOW}
    return Appraisal.model_validate(known | facts)


def span(**facts: Any) -> opening.Span | None:
    """Return how long somebody served in the third quarter."""
    return opening.span(ANN.amended(**facts), QUARTER.start, QUARTER.end, HANDBOOK.appraisals, Role.STAFF)


def in_phase(phase: Phase, **facts: Any) -> Cycle:
    """Return the cycle in a phase."""
    return CYCLE.amended(state=phase, **facts)


@pytest.mark.parametrize(
    ("month", "now", "periods"),
    [
        (1, datetime(2027, 1, 4, 1, tzinfo=UTC), ["2026Q4", "2026"]),
        (1, datetime(2027, 1, 4, 0, 59, tzinfo=UTC), []),
        (1, datetime(2027, 3, 31, 1, tzinfo=UTC), ["2026Q4", "2026"]),
        (1, datetime(2027, 4, 1, 1, tzinfo=UTC), ["2027Q1"]),
        (4, datetime(2027, 4, 1, 1, tzinfo=UTC), ["2026Q4", "2026"]),
        (4, datetime(2027, 1, 4, 1, tzinfo=UTC), ["2026Q3"]),
    ],
)
def test_a_cycle_is_due_from_the_first_working_day_after_its_quarter(month: int, now: datetime, periods: list[str]) -> None:
    assert [of.name for of in opening.due(now, handbook(fiscal_year_start=month))] == periods


def test_phases_follow_each_other_by_working_days() -> None:
    assert (CYCLE.self_due, CYCLE.manager_due, CYCLE.calibration_due) == (date(2026, 12, 2), date(2026, 12, 11), date(2026, 12, 18))


def test_holidays_are_no_working_days_of_a_phase() -> None:
    later = opening.drafted(QUARTER, handbook(extra_holidays=(date(2026, 11, 25),)), "", NOW)
    assert later.self_due == date(2026, 12, 3)


def test_a_cycle_keeps_the_rules_that_it_began_with() -> None:
    assert CYCLE.handbook == HANDBOOK.version and CYCLE.rules["appraisals"]["least_days"] == "30"


def test_a_period_that_is_not_over_has_no_cycle() -> None:
    with pytest.raises(Refusal, match="not over"):
        opening.check_ended(QUARTER, datetime(2026, 9, 30, 15, tzinfo=UTC), HANDBOOK.company)
    opening.check_ended(QUARTER, datetime(2026, 9, 30, 16, tzinfo=UTC), HANDBOOK.company)


@pytest.mark.parametrize(
    ("facts", "served"),
    [
        ({}, 92),
        ({"started": date(2020, 1, 1)}, 92),
        ({"started": date(2026, 9, 1)}, 30),
        ({"started": date(2026, 9, 2)}, None),
        ({"started": date(2026, 11, 1)}, None),
        ({"post": "sales"}, None),
        ({"post": ""}, None),
        ({"roles": frozenset({Role.COLLEAGUE})}, None),
        ({"deleted": True}, None),
        ({"guest": True}, None),
    ],
)
def test_the_staff_of_the_posts_who_served_long_enough_are_in_it(facts: dict[str, Any], served: int | None) -> None:
    found = span(**facts)
    assert (found.served if found else None) == served


@pytest.mark.parametrize(
    ("people", "manager"),
    [
        ([MAY], "may"),
        ([GONE.amended(manager="lin"), LIN], "lin"),
        ([GONE], ""),
        ([GONE.amended(manager="ann")], ""),
        ([], ""),
    ],
)
def test_the_nearest_manager_who_works_here_scores(people: list[Person], manager: str) -> None:
    assert opening.manager_of(ANN, {one.id: one for one in [ANN, *people]}) == manager


def test_a_year_waits_until_the_results_of_its_quarters_are_told() -> None:
    year = in_phase(Phase.OPEN).amended(kind=Kind.YEAR, period="2026")
    quarter = in_phase(Phase.CALIBRATION).amended(period="2026Q4")
    assert phases.waits_for(year, (year, quarter)) == quarter
    assert phases.waits_for(year, (year, quarter.amended(state=Phase.APPEAL_WINDOW))) is None
    assert phases.waits_for(quarter, (year, quarter)) is None
    with pytest.raises(Refusal, match="waits for"):
        phases.review(year, {}, (year, quarter), "hana", NOW)


@pytest.mark.parametrize(
    ("phase", "move", "state"),
    [
        (Phase.OPEN, Move.REVIEW, State.NOT_STARTED),
        (Phase.OPEN, Move.REVIEW, State.SELF_DRAFT),
        (Phase.MANAGER_REVIEW, Move.CALIBRATE, State.SELF_OVERDUE),
        (Phase.MANAGER_REVIEW, Move.CALIBRATE, State.MANAGER_DRAFT),
        (Phase.CALIBRATION, Move.PUBLISH, State.MANAGER_DRAFT),
        (Phase.APPEAL_WINDOW, Move.CLOSE, State.PUBLISHED),
        (Phase.APPEAL_WINDOW, Move.CLOSE, State.HR_REVIEW),
    ],
)
def test_a_cycle_never_goes_past_what_is_open(phase: Phase, move: Move, state: State) -> None:
    with pytest.raises(phases.Unsettled) as no:
        phases.check_settled(in_phase(phase), move, {state: 2, State.FINAL: 5})
    assert no.value.values["n"] == "2"
    phases.check_settled(in_phase(phase), move, {State.FINAL: 5, State.EXCUSED: 1})


@pytest.mark.parametrize("state", sorted(set(State) - ENDED))
def test_a_cycle_is_not_closed_while_anything_in_it_has_not_ended(state: State) -> None:
    with pytest.raises(phases.Unsettled):
        phases.close(in_phase(Phase.APPEAL_WINDOW), {state: 1, State.FINAL: 5}, "hana", NOW)
    assert phases.close(in_phase(Phase.APPEAL_WINDOW), {State.FINAL: 5}, "hana", NOW).record.state is Phase.CLOSED


def test_a_step_out_of_turn_says_where_the_cycle_stands() -> None:
    with pytest.raises(Refusal, match=r"is \{state\}"):
        phases.publish(in_phase(Phase.OPEN), {}, HANDBOOK, "hana", NOW)


def test_publishing_fixes_until_when_one_may_appeal() -> None:
    step = phases.publish(in_phase(Phase.CALIBRATION), {State.CALIBRATED: 3}, HANDBOOK, "hana", NOW)
    assert (step.record.published_at, step.record.appeal_until) == (NOW, date(2026, 11, 30))
    rules = CYCLE.rules | {"appraisals": CYCLE.rules["appraisals"] | {"appeal": None}}
    assert phases.appeal_until(in_phase(Phase.CALIBRATION, rules=rules), HANDBOOK, NOW) is None


def test_a_cancelled_cycle_leaves_its_period_free() -> None:
    assert phases.cancel(in_phase(Phase.OPEN), "wrong", "hana", NOW).record.slot is None


@pytest.mark.parametrize("field", ["self_due", "manager_due", "calibration_due"])
def test_no_phase_is_postponed_to_before_today_or_before_the_one_that_it_follows(field: str) -> None:
    with pytest.raises(Refusal) as no:
        phases.postpone(in_phase(Phase.OPEN), {field: date(2026, 11, 22)}, HANDBOOK, "hana", NOW)
    assert no.value.field == field


def test_a_phase_that_is_over_is_not_postponed() -> None:
    step = phases.postpone(in_phase(Phase.CALIBRATION), {"self_due": date(2027, 1, 1)}, HANDBOOK, "hana", NOW)
    assert step.record.self_due == CYCLE.self_due


@pytest.mark.parametrize(
    ("facts", "person", "above", "scorer", "change"),
    [
        ({}, ANN, MAY, MAY, None),
        ({}, ANN.amended(deleted=True), MAY, MAY, Change.LEFT),
        ({}, None, MAY, MAY, Change.LEFT),
        ({}, ANN, LIN, MAY, Change.TAKE_OVER),
        ({"state": State.MANAGER_DRAFT}, ANN, LIN, MAY, Change.ASK),
        ({"state": State.MANAGER_DRAFT, "asked": "lin"}, ANN, LIN, MAY, None),
        ({"state": State.MANAGER_DRAFT}, ANN, LIN, GONE, Change.TAKE_OVER),
        ({}, ANN, GONE, GONE, Change.ORPHANED),
        ({}, ANN, None, MAY, None),
        ({}, ANN, ANN, MAY, None),
        ({"manager": ""}, ANN, None, None, None),
        ({"manager": ""}, ANN, LIN, None, Change.TAKE_OVER),
        ({"state": State.MANAGER_SUBMITTED}, ANN, LIN, MAY, None),
        ({"state": State.PUBLISHED}, ANN.amended(deleted=True), LIN, MAY, None),
    ],
)
def test_an_appraisal_follows_who_comes_and_goes(
    facts: dict[str, Any], person: Person | None, above: Person | None, scorer: Person | None, change: Change | None
) -> None:
    assert changes.change_of(appraisal(**facts), person, above, scorer) is change


def test_what_the_old_manager_began_is_kept_when_another_scores() -> None:
    begun = Scoring(manager="may", comment="so far")
    step = changes.name_scorer(appraisal(state=State.MANAGER_DRAFT, scoring=begun, asked="lin"), "lin", "hana", NOW)
    after = step.record
    assert (after.manager, after.asked, after.earlier, after.scoring) == ("lin", "", (begun,), Scoring(manager="lin"))


def test_nobody_scores_themselves() -> None:
    with pytest.raises(Refusal, match="their own"):
        changes.name_scorer(appraisal(), "ann", "hana", NOW)


@pytest.mark.parametrize("served", [0, 93])
def test_days_served_are_days_of_the_period(served: int) -> None:
    with pytest.raises(Refusal):
        changes.serve(appraisal(), served, "leave", "hana", NOW)


def test_a_question_that_was_decided_is_not_decided_again() -> None:
    with pytest.raises(Refusal, match="decided already"):
        changes.check_asked(appraisal(state=State.MANAGER_DRAFT), "lin")


@pytest.mark.parametrize(
    ("today", "slot"),
    [
        (date(2026, 11, 23), ""),  # the day on which the phase began
        (date(2026, 11, 24), ""),
        (date(2026, 11, 25), "5-20261202"),
        (date(2026, 11, 30), "5-20261202"),
        (date(2026, 12, 1), "1-20261202"),
        (date(2026, 12, 2), "1-20261202"),
        (date(2026, 12, 3), "0-20261202"),
        (date(2027, 1, 3), "0-20261202"),
    ],
)
def test_the_latest_reminder_that_has_come_is_due(today: date, slot: str) -> None:
    assert reminders.slot(date(2026, 12, 2), date(2026, 11, 23), today, (7, 5, 1), CALENDAR) == slot


def test_colleagues_are_reminded_once_before_the_end_and_not_after_it() -> None:
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)]
    found = [reminders.last_call(date(2026, 12, 2), date(2026, 11, 23), day, (7, 1), CALENDAR) for day in days]
    assert found == ["", "1-20261202", "1-20261202", ""]


@pytest.mark.parametrize(
    ("now", "kinds", "day"),
    [
        (datetime(2026, 11, 23, tzinfo=UTC), {}, date(2027, 1, 4)),
        (datetime(2027, 1, 2, tzinfo=UTC), {}, date(2027, 1, 4)),
        (datetime(2027, 1, 4, 1, 0, tzinfo=UTC), {}, date(2027, 4, 1)),
        (datetime(2026, 6, 1, tzinfo=UTC), {"quarterly": False}, date(2027, 1, 4)),
        (datetime(2026, 6, 1, tzinfo=UTC), {"quarterly": False, "annual": False}, None),
    ],
)
def test_the_next_cycle_begins_on_the_first_working_day_after_the_period(now: datetime, kinds: dict[str, bool], day: date | None) -> None:
    rules = HANDBOOK.appraisals.model_copy(update=kinds)
    assert opening.next_beginning(now, HANDBOOK.model_copy(update={"appraisals": rules})) == day
