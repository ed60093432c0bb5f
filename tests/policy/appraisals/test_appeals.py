"""Appeals (§5.3): in time, talked over, decided by somebody else, each part within its working days."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.appraisals import appeals
from bot.policy.appraisals.appeals import Way, last_day, may_decide, ways_open
from bot.policy.appraisals.clocks import Due, OutOfTime, Owed, due_of, is_overdue
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import Appraisal, Grade, State
from bot.policy.appraisals.results import publish
from bot.policy.appraisals.steps import HR, MANAGER, SELF
from bot.policy.people import Person
from bot.policy.refusal import Refusal
from tests.results import ANN, APPEAL_UNTIL, CALENDAR, ENGINEER, FRIDAY, HANA, MAY, cycle, matter, person, scored

QUARTER = cycle(bases={ENGINEER: 9000})
NATIONAL_DAY = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)  # the day before the holidays of October


def told(of: Cycle = QUARTER, **facts: object) -> Appraisal:
    return publish(scored(**facts), of, FRIDAY).record


def appealed() -> Appraisal:
    return appeals.appeal(matter(told(), QUARTER, ANN), "I won more").record


def with_hr() -> Appraisal:
    talked = appeals.talk(matter(appealed(), QUARTER, MAY), "We did not agree").record
    return appeals.escalate(matter(talked, QUARTER, ANN)).record


def accepted() -> Appraisal:
    return appeals.accept(matter(with_hr(), QUARTER, HANA)).record


def test_the_last_day_counts_whole_and_the_next_one_is_too_late() -> None:
    last = datetime(2026, 11, 27, 15, 59, tzinfo=UTC)  # a minute to midnight in Shanghai
    assert appeals.appeal(matter(told(), QUARTER, ANN, last), "why").record.state is State.APPEALED
    with pytest.raises(OutOfTime) as late:
        appeals.appeal(matter(told(), QUARTER, ANN, last + timedelta(minutes=1)), "why")
    assert late.value.day == APPEAL_UNTIL


def test_without_a_day_of_the_cycle_the_days_run_from_publication_over_weekends_and_holidays() -> None:
    of = QUARTER.amended(appeal_until=None)
    assert last_day(told(of), of, CALENDAR) == date(2026, 11, 27)
    before_holidays = told(of).amended(published_at=NATIONAL_DAY)
    # Eight days off, and the Saturday after them is worked.
    assert last_day(before_holidays, of, CALENDAR) == date(2026, 10, 13)


def test_a_friday_s_appeal_is_talked_over_on_monday() -> None:
    assert due_of(appealed()) == Due(Owed.TALK, date(2026, 11, 23))


def test_holidays_do_not_count_as_days_to_talk() -> None:
    early = told().amended(published_at=NATIONAL_DAY)
    step = appeals.appeal(matter(early, QUARTER, ANN, NATIONAL_DAY), "why")
    assert due_of(step.record) == Due(Owed.TALK, date(2026, 10, 8))


@given(st.integers(0, 400 * 24))
def test_every_deadline_is_a_working_day_and_lies_ahead(hours: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    of = QUARTER.amended(appeal_until=date(2028, 1, 1))
    first = appeals.appeal(matter(told(), of, ANN, now), "why").record
    talked = appeals.talk(matter(first, of, MAY, now), "notes").record
    passed = appeals.escalate(matter(talked, of, ANN, now)).record
    taken = appeals.accept(matter(passed, of, HANA, now)).record
    days = [due.day for one in (first, passed, taken) if (due := due_of(one))]
    assert len(days) == 3 and days == sorted(days)
    assert all(CALENDAR.is_working_day(day) for day in days) and days[0] > (now + timedelta(hours=8)).date()
    assert not any(is_overdue(one, now, CALENDAR) for one in (first, passed, taken))


def test_without_a_reason_to_wait_the_person_goes_on_only_after_the_talk_or_its_day() -> None:
    with pytest.raises(OutOfTime) as early:
        appeals.escalate(matter(appealed(), QUARTER, ANN, FRIDAY + timedelta(days=3)))
    assert early.value.day == date(2026, 11, 23)
    late = appeals.escalate(matter(appealed(), QUARTER, ANN, FRIDAY + timedelta(days=4))).record
    assert late.state is State.HR_REVIEW and due_of(late) == Due(Owed.ACCEPT, date(2026, 11, 26))


def test_what_is_settled_in_the_talk_stays_as_it_was() -> None:
    talked = appeals.talk(matter(appealed(), QUARTER, MAY), "We agreed").record
    settled = appeals.settle(matter(talked, QUARTER, ANN)).record
    assert (settled.state, settled.final_grade, due_of(settled)) == (State.RESOLVED, Grade.GOOD, None)


def test_after_the_talk_the_person_has_two_working_days_and_then_the_result_stands() -> None:
    talked = appeals.talk(matter(appealed(), QUARTER, MAY), "We did not agree").record
    assert due_of(talked) == Due(Owed.ANSWER, date(2026, 11, 24))
    last = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
    assert appeals.stands(talked, person(ANN), last, CALENDAR) == ""
    why = appeals.stands(talked, person(ANN), last + timedelta(minutes=1), CALENDAR)
    done = appeals.stand(talked, why, last).record
    assert (done.state, done.final_grade, due_of(done)) == (State.RESOLVED, Grade.GOOD, None)
    assert done.appeal is not None and done.appeal.stands == appeals.SILENT


@pytest.mark.parametrize("gone", [None, person(ANN, deleted=True)])
def test_the_appeal_of_somebody_who_left_ends_unless_it_is_with_hr(gone: Person | None) -> None:
    talked = appeals.talk(matter(appealed(), QUARTER, MAY), "We did not agree").record
    assert [appeals.stands(one, gone, FRIDAY, CALENDAR) for one in (appealed(), talked)] == [appeals.GONE, appeals.GONE]
    assert [appeals.stands(one, gone, FRIDAY, CALENDAR) for one in (told(), with_hr(), accepted())] == ["", "", ""]


def test_an_appeal_waits_for_the_manager_as_long_as_its_person_is_here() -> None:
    assert appeals.stands(appealed(), person(ANN), FRIDAY + timedelta(days=90), CALENDAR) == ""


def test_hr_has_two_days_to_accept_and_ten_to_decide() -> None:
    assert due_of(with_hr()) == Due(Owed.ACCEPT, date(2026, 11, 24))
    assert due_of(accepted()) == Due(Owed.DECIDE, date(2026, 12, 4))


def test_an_appeal_that_is_not_accepted_leaves_the_result_with_a_reason() -> None:
    done = appeals.decline(matter(with_hr(), QUARTER, HANA), "No new facts").record
    assert done.state is State.UPHELD and done.appeal is not None
    assert (done.appeal.accepted, done.appeal.decision, done.final_grade) == (False, "No new facts", Grade.GOOD)


def test_a_revised_grade_is_added_to_the_calibrations_and_the_bonus_is_reckoned_anew() -> None:
    before = accepted()
    done = appeals.revise(matter(before, QUARTER, HANA), Grade.EXCELLENT, "A win was missing").record
    assert (done.state, done.final_grade, done.grade, done.score) == (State.REVISED, Grade.EXCELLENT, Grade.GOOD, before.score)
    assert [(one.was, one.became, one.by, one.why) for one in done.calibrations] == [
        (Grade.GOOD, Grade.EXCELLENT, HANA, "A win was missing")
    ]
    assert before.bonus and done.bonus and (before.bonus.amount, done.bonus.amount) == (Decimal("9000.00"), Decimal("10800.00"))


def test_a_quarter_is_not_revised_to_a_year_s_grade_nor_to_the_one_it_has() -> None:
    for grade in (Grade.OUTSTANDING, Grade.GOOD):
        with pytest.raises(Refusal) as no:
            appeals.revise(matter(accepted(), QUARTER, HANA), grade, "why")
        assert no.value.field == "grade"


def test_neither_whoever_scored_nor_the_person_decides() -> None:
    for actor in (MAY, ANN):
        assert not may_decide(with_hr(), actor)
        for way in (Way.ACCEPT, Way.DECLINE):
            with pytest.raises(Refusal):
                appeals.check(matter(with_hr(), QUARTER, actor), way)
    handed_over = with_hr().amended(manager="UNEW")
    assert not may_decide(handed_over, MAY) and not may_decide(handed_over, "UNEW")


def test_an_appeal_is_decided_only_once_it_is_accepted_and_accepted_only_once() -> None:
    with pytest.raises(Refusal):
        appeals.uphold(matter(with_hr(), QUARTER, HANA), "why")
    with pytest.raises(Refusal):
        appeals.accept(matter(accepted(), QUARTER, HANA))
    with pytest.raises(Refusal):
        appeals.decline(matter(accepted(), QUARTER, HANA), "why")


def test_where_the_company_knows_no_appeals_there_are_none() -> None:
    of = cycle(appeal=False)
    with pytest.raises(Refusal):
        appeals.appeal(matter(told(of), of, ANN), "why")
    assert ways_open(told(of), of, SELF) == []


def test_before_publication_and_after_the_end_nothing_can_be_done() -> None:
    for one in (scored(), told().amended(state=State.FINAL)):
        assert [ways_open(one, QUARTER, roles) for roles in (SELF, MANAGER, HR)] == [[], [], []]


def test_each_sees_the_next_steps_that_are_theirs() -> None:
    assert ways_open(told(), QUARTER, SELF) == [Way.APPEAL]
    assert (ways_open(appealed(), QUARTER, SELF), ways_open(appealed(), QUARTER, MANAGER)) == ([], [Way.TALK])
    assert ways_open(appealed(), QUARTER, SELF, late=True) == [Way.ESCALATE]
    assert ways_open(with_hr(), QUARTER, HR) == [Way.ACCEPT, Way.DECLINE]
    assert ways_open(accepted(), QUARTER, HR) == [Way.UPHOLD, Way.REVISE]
