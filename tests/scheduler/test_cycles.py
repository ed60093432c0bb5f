"""A cycle begins, goes on and ends by the calendar, whatever restarts and whoever comes and goes (§5.2, §5.3)."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.clock import MovableClock
from bot.handbook import Handbook
from bot.policy.appraisals import changes
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.phases import cancel, publish
from bot.policy.appraisals.record import SELF_OWED, Appraisal, Grade, Scoring, SelfReview, State
from bot.policy.appraisals.steps import MACHINE as STEPS
from bot.policy.appraisals.steps import Action
from bot.policy.bids import Bid
from scheduler.appraisals import opening
from scheduler.appraisals.walking import BATCH, treat
from scheduler.job import Occasion
from storage import Store
from storage.appraising import keep_appraisal, keep_cycle
from storage.asking import Asking
from storage.store import Shelves
from tests.scheduler.cycles import (
    ANN,
    BOB,
    HANA,
    HANDBOOK,
    IN_QUARTER,
    MAY,
    OPENS,
    after,
    at,
    counts,
    cycles,
    engineer,
    move,
    noon,
    of,
    put,
    said,
    staffed,
    the_cycle,
    words,
)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(IN_QUARTER)


@pytest.fixture
def opened(store: Store) -> Store:
    """Return a store in which the cycle of the third quarter is open."""
    staffed(store)
    at(store, OPENS)
    return store


def reviewed(store: Store, *names: str) -> None:
    """Let self-reviews be handed in."""
    for name in names:
        one = of(store, name)
        with store.change() as shelves:
            keep_appraisal(shelves, STEPS.advance(one, Action.SUBMIT, one.person, store.clock.now(), self_review=SelfReview()), HANDBOOK)


def scored(store: Store, *names: str) -> None:
    """Let appraisals be scored."""
    for name in names:
        put(store, of(store, name), state=State.MANAGER_SUBMITTED, grade=Grade.GOOD, scoring=Scoring(manager="Umay"))


def calibrating(store: Store) -> None:
    """Take the cycle as far as calibration."""
    at(store, after(the_cycle(store).self_due))
    scored(store, "may", "ann", "bob")
    at(store, after(the_cycle(store).manager_due))
    assert the_cycle(store).state is Phase.CALIBRATION


def published(store: Store) -> None:
    """Publish as the HR department does, and let the results be told."""
    with store.change() as shelves:
        cycle = the_cycle(store)
        keep_cycle(shelves, publish(cycle, counts(store), HANDBOOK, "Uhana", store.clock.now()), HANDBOOK)
    at(store, store.clock.now())


def test_a_cycle_opens_when_the_first_working_day_after_the_quarter_begins(store: Store) -> None:
    staffed(store)
    at(store, OPENS - timedelta(minutes=1))
    assert cycles(store) == []
    at(store, OPENS)
    cycle = the_cycle(store)
    assert (cycle.period, cycle.state, cycle.total, cycle.opened_by) == ("2026Q3", Phase.OPEN, 3, "")
    assert (cycle.self_due, cycle.manager_due, cycle.calibration_due) == (date(2026, 10, 16), date(2026, 10, 27), date(2026, 11, 3))
    assert counts(store) == {State.NOT_STARTED: 3}
    assert (of(store, "ann").manager, of(store, "may").manager) == ("Umay", "")
    assert len(said(store, "appraisals.opened")) == 3


def test_it_opens_late_after_downtime_but_never_for_an_older_quarter(store: Store) -> None:
    staffed(store)
    at(store, datetime(2027, 2, 1, 3, 0, tzinfo=UTC))
    assert [cycle.period for cycle in cycles(store)] == ["2026Q4", "2026"]


def test_a_desk_that_is_newer_than_the_quarter_opens_none(store: Store) -> None:
    staffed(store, since=datetime(2026, 10, 1, 1, 0, tzinfo=UTC))
    at(store, OPENS)
    assert cycles(store) == []


def test_no_cycle_is_opened_in_which_nobody_would_be(store: Store) -> None:
    staffed(store, HANA, engineer("new", started=date(2026, 9, 20)), engineer("away", deleted=True), engineer("guest", guest=True))
    at(store, OPENS)
    assert cycles(store) == []


def test_who_came_during_the_quarter_has_served_a_part_of_it(store: Store) -> None:
    staffed(store, MAY, engineer("new", started=date(2026, 8, 1)))
    at(store, OPENS)
    assert (of(store, "new").served, of(store, "new").days, of(store, "may").served) == (61, 92, 92)


def test_two_processes_open_one_cycle(store: Store, database: str) -> None:
    staffed(store)
    move(store, OPENS)
    other = Store(database, store.clock)
    occasions = [Occasion(OPENS, one, HANDBOOK) for one in (store, other)]
    with store.look() as shelves:
        [due] = opening.unknown(occasions[0], shelves, opening.due(OPENS, HANDBOOK))
    begun = [cycle for occasion in occasions for cycle in opening.started(occasion, due)]
    assert len(begun) == 1
    for occasion in occasions:
        opening.go_on(occasion, begun[0])
    other.close()
    assert counts(store) == {State.NOT_STARTED: 3} and len(said(store, "appraisals.opened")) == 3


def test_after_a_crash_in_the_middle_the_rest_is_made_and_nobody_is_told_twice(store: Store) -> None:
    staffed(store, MAY, HANA, *(engineer(f"e{n:03}") for n in range(2 * BATCH)))
    move(store, OPENS)
    occasion = Occasion(OPENS, store, HANDBOOK)
    [due] = opening.due(OPENS, HANDBOOK)
    [cycle] = opening.started(occasion, due)
    with store.look() as shelves:
        people, asking = opening.roster(shelves, cycle, HANDBOOK), Asking(shelves, cycle)
    with store.change() as shelves:
        opening.made(occasion, shelves, cycle, asking, people[:BATCH])
    with contextlib.suppress(KeyboardInterrupt), store.change() as shelves:
        opening.made(occasion, shelves, the_cycle(store), asking, people[BATCH:])
        raise KeyboardInterrupt
    assert (the_cycle(store).state, the_cycle(store).done, counts(store)) == (Phase.DRAFT, f"Ue{BATCH - 1:03}", {State.NOT_STARTED: BATCH})
    for _ in range(2):
        at(store, OPENS)
    assert (the_cycle(store).state, counts(store)) == (Phase.OPEN, {State.NOT_STARTED: 2 * BATCH + 1})
    assert len(said(store, "appraisals.opened")) == 2 * BATCH + 1
    with store.look() as shelves:
        assert shelves.audit.broken() == []
        assert [one.action for one in shelves.audit.of(of(store, "e004").subject)] == ["begin"]


def test_a_cycle_that_was_cancelled_is_not_opened_again_and_its_people_hear_of_it(opened: Store) -> None:
    with opened.change() as shelves:
        keep_cycle(shelves, cancel(the_cycle(opened), "too early", "Uhana", OPENS), HANDBOOK)
    at(opened, OPENS + timedelta(hours=1))
    assert [cycle.state for cycle in cycles(opened)] == [Phase.CANCELLED]
    assert counts(opened) == {State.EXCUSED: 3}
    assert "was cancelled" in words(opened, f"appraisals.opened:{of(opened, 'ann').id}")


def test_self_reviews_that_are_not_handed_in_lapse_after_their_day(opened: Store) -> None:
    reviewed(opened, "ann")
    due = the_cycle(opened).self_due
    at(opened, noon(due) + timedelta(hours=11))
    assert the_cycle(opened).state is Phase.OPEN
    at(opened, after(due))
    assert the_cycle(opened).state is Phase.MANAGER_REVIEW
    assert counts(opened) == {State.SELF_SUBMITTED: 1, State.SELF_OVERDUE: 2}


def test_managers_get_one_list_when_their_phase_begins(opened: Store) -> None:
    assert said(opened, "appraisals.team") == []
    for hours in range(3):
        at(opened, after(the_cycle(opened).self_due) + timedelta(hours=hours))
    assert said(opened, "appraisals.team") == [f"appraisals.team:{the_cycle(opened).id}:Umay"]


def test_calibration_waits_for_everybody_to_be_scored(opened: Store) -> None:
    at(opened, after(the_cycle(opened).self_due))
    scored(opened, "may", "ann")
    at(opened, after(the_cycle(opened).manager_due))
    assert the_cycle(opened).state is Phase.MANAGER_REVIEW
    progress = words(opened, f"appraisals.progress:{the_cycle(opened).id}:Uhana")
    assert "should have ended" in progress
    scored(opened, "bob")
    at(opened, after(the_cycle(opened).manager_due) + timedelta(hours=1))
    assert the_cycle(opened).state is Phase.CALIBRATION


def test_results_are_told_by_the_press_of_a_person_only(opened: Store) -> None:
    calibrating(opened)
    at(opened, after(the_cycle(opened).calibration_due) + timedelta(days=20))
    assert the_cycle(opened).state is Phase.CALIBRATION and said(opened, "appraisals.result") == []
    published(opened)
    assert the_cycle(opened).state is Phase.APPEAL_WINDOW
    assert counts(opened) == {State.PUBLISHED: 3} and len(said(opened, "appraisals.result")) == 3
    assert of(opened, "ann").bonus is not None and of(opened, "ann").published_at is not None


def test_appeals_are_not_heard_before_who_was_scored_late_is_told_and_has_as_long_to_appeal(opened: Store) -> None:
    calibrating(opened)
    with opened.change() as shelves:
        keep_cycle(shelves, publish(the_cycle(opened), counts(opened), HANDBOOK, "Uhana", opened.clock.now()), HANDBOOK)
    put(opened, of(opened, "ann"), state=State.MANAGER_DRAFT)
    until = the_cycle(opened).appeal_until
    assert until is not None
    at(opened, after(until))
    assert the_cycle(opened).state is Phase.PUBLISHED and counts(opened) == {State.PUBLISHED: 2, State.MANAGER_DRAFT: 1}
    scored(opened, "ann")
    at(opened, after(until) + timedelta(minutes=1))
    assert the_cycle(opened).state is Phase.APPEAL_WINDOW and counts(opened) == {State.PUBLISHED: 3}
    longer = the_cycle(opened).appeal_until
    assert longer is not None and longer > until + timedelta(days=5)


def test_who_is_not_scored_may_be_excused_while_the_others_are_told(opened: Store) -> None:
    calibrating(opened)
    put(opened, of(opened, "ann"), state=State.MANAGER_DRAFT)
    with opened.change() as shelves:
        shelves.cycles.save(the_cycle(opened).amended(state=Phase.PUBLISHED, published_at=opened.clock.now()))
    put(opened, of(opened, "ann"), state=State.EXCUSED)
    at(opened, opened.clock.now())
    assert the_cycle(opened).state is Phase.APPEAL_WINDOW


def test_after_the_time_for_appeals_what_is_settled_ends_and_the_cycle_closes(opened: Store) -> None:
    calibrating(opened)
    published(opened)
    put(opened, of(opened, "ann"), state=State.ACKNOWLEDGED)
    put(opened, of(opened, "bob"), state=State.HR_REVIEW)
    until = the_cycle(opened).appeal_until
    assert until is not None
    at(opened, noon(until))
    assert counts(opened)[State.PUBLISHED] == 1
    at(opened, after(until))
    assert counts(opened) == {State.FINAL: 2, State.HR_REVIEW: 1}
    assert the_cycle(opened).state is Phase.APPEAL_WINDOW
    put(opened, of(opened, "bob"), state=State.UPHELD)
    at(opened, after(until) + timedelta(hours=1))
    assert the_cycle(opened).state is Phase.CLOSED
    assert "closed" in words(opened, f"appraisals.progress:{the_cycle(opened).id}:Uhana")


def test_a_year_is_judged_from_its_quarters_and_waits_for_the_last_one(store: Store) -> None:
    staffed(store)
    opens = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)
    at(store, opens)
    quarter, year = cycles(store)
    assert (quarter.period, year.period) == ("2026Q4", "2026") and year.self_due > quarter.calibration_due
    at(store, after(year.self_due))
    assert cycles(store)[1].state is Phase.OPEN
    for name in ("may", "ann", "bob"):
        put(store, of(store, name), state=State.MANAGER_SUBMITTED, grade=Grade.GOOD, score="84.5")
    with store.change() as shelves:
        shelves.cycles.save(cycles(store)[0].amended(state=Phase.PUBLISHED, published_at=store.clock.now(), done=""))
    at(store, store.clock.now())
    with store.look() as shelves:
        found = shelves.appraisals.of(year.id, "Uann")
    assert found is not None and found.quarters["2026Q4"][1] is Grade.GOOD
    at(store, store.clock.now())
    assert cycles(store)[1].state is Phase.MANAGER_REVIEW


def test_a_financial_year_that_begins_in_april_has_its_own_quarters(store: Store) -> None:
    company = HANDBOOK.company.model_copy(update={"fiscal_year_start": 4})
    staffed(store)
    at(store, OPENS, HANDBOOK.model_copy(update={"company": company}))
    assert [(one.period, one.start, one.end) for one in cycles(store)] == [("2026Q2", date(2026, 7, 1), date(2026, 9, 30))]


def test_holidays_shift_the_due_days(store: Store) -> None:
    company = HANDBOOK.company.model_copy(update={"extra_holidays": (date(2026, 10, 12), date(2026, 10, 13))})
    staffed(store)
    at(store, OPENS, HANDBOOK.model_copy(update={"company": company}))
    assert the_cycle(store).self_due == date(2026, 10, 20)


def off(**sections: object) -> Handbook:
    return HANDBOOK.model_copy(update={"appraisals": HANDBOOK.appraisals.model_copy(update=sections)})


def test_the_handbook_may_leave_quarters_or_years_out(store: Store) -> None:
    staffed(store)
    at(store, OPENS, off(quarterly=False))
    assert cycles(store) == []
    at(store, datetime(2027, 1, 4, 1, 0, tzinfo=UTC), off(annual=False))
    assert [one.period for one in cycles(store)] == ["2026Q4"]


def test_who_leaves_before_the_results_is_excused(opened: Store) -> None:
    with opened.change() as shelves:
        shelves.people.put(BOB.amended(deleted=True))
    at(opened, OPENS + timedelta(hours=1))
    assert (of(opened, "bob").state, of(opened, "bob").excused_why) == (State.EXCUSED, changes.HAS_LEFT)
    assert of(opened, "ann").state is State.NOT_STARTED


def test_a_new_manager_takes_over_what_the_old_one_has_not_begun(opened: Store) -> None:
    with opened.change() as shelves:
        shelves.people.put(engineer("lin", manager=""))
        shelves.people.put(ANN.amended(manager="Ulin"))
    at(opened, OPENS + timedelta(hours=1))
    assert (of(opened, "ann").manager, of(opened, "ann").asked, of(opened, "bob").manager) == ("Ulin", "", "Umay")
    assert said(opened, "appraisals.handover") == []


def test_the_hr_department_decides_when_the_old_manager_has_begun(opened: Store) -> None:
    begun = Scoring(manager="Umay", comment="so far")
    put(opened, of(opened, "ann"), state=State.MANAGER_DRAFT, scoring=begun)
    with opened.change() as shelves:
        shelves.people.put(engineer("lin", manager=""))
        shelves.people.put(ANN.amended(manager="Ulin"))
    for hours in (1, 2):
        at(opened, OPENS + timedelta(hours=hours))
    one = of(opened, "ann")
    assert (one.manager, one.asked, one.scoring) == ("Umay", "Ulin", begun)
    assert said(opened, "appraisals.handover") == [f"appraisals.handover:{one.id}:Ulin:Uhana"]
    with opened.change() as shelves:
        keep_appraisal(shelves, changes.stay(one, "Uhana", opened.clock.now()), HANDBOOK)
    at(opened, OPENS + timedelta(hours=3))
    assert (of(opened, "ann").manager, of(opened, "ann").asked) == ("Umay", "")


def test_a_manager_who_left_leaves_a_gap_for_the_hr_department(opened: Store) -> None:
    with opened.change() as shelves:
        shelves.people.put(MAY.amended(deleted=True))
    at(opened, OPENS + timedelta(hours=1))
    assert (of(opened, "ann").manager, of(opened, "may").state) == ("", State.EXCUSED)
    assert "nobody to score them" in str(progress_blocks(opened))


def progress_blocks(store: Store) -> object:
    with store.look() as shelves:
        found = shelves.outbox.find(f"appraisals.progress:{the_cycle(store).id}:Uhana")
    assert found is not None
    return found.message["blocks"]


def test_only_those_who_owe_a_self_review_are_reminded_and_each_time_once(opened: Store) -> None:
    assert said(opened, "appraisals.reminder") == []
    reviewed(opened, "ann")
    due = the_cycle(opened).self_due
    before = noon(due) - timedelta(days=1)
    for _ in range(2):
        at(opened, before)
    assert len(said(opened, "appraisals.reminder")) == 2
    for hours in range(2):
        at(opened, after(due) + timedelta(hours=hours))
    assert len(said(opened, "appraisals.reminder")) == 4
    reminders = said(opened, "appraisals.reminder")
    assert not any(f":{of(opened, 'ann').id}:" in key for key in reminders)


def test_a_reminder_follows_its_self_review(opened: Store) -> None:
    at(opened, noon(the_cycle(opened).self_due) - timedelta(days=1))
    [key] = [key for key in said(opened, "appraisals.reminder") if f":{of(opened, 'bob').id}:" in key]
    with opened.change() as shelves:
        shelves.connection.exec_driver_sql("UPDATE outbox SET ts = '1.000001'")
    reviewed(opened, "bob")
    assert "handed in" in words(opened, key)


def test_an_overdue_self_review_is_told_with_its_day_once(opened: Store) -> None:
    due = the_cycle(opened).self_due
    at(opened, noon(due) - timedelta(days=1))
    [early] = [key for key in said(opened, "appraisals.reminder") if f":{of(opened, 'bob').id}:" in key]
    with opened.change() as shelves:
        shelves.connection.exec_driver_sql("UPDATE outbox SET ts = '1.000001'")
    at(opened, after(due))
    [late] = [key for key in said(opened, "appraisals.reminder") if f":{of(opened, 'bob').id}:" in key and key != early]
    assert "is overdue now." in words(opened, early) and "was due" not in words(opened, early)
    assert "was due" in words(opened, late)


def test_nobody_is_reminded_outside_their_working_hours(store: Store) -> None:
    staffed(store, MAY, HANA, engineer("lou", zone="America/New_York"))
    at(store, OPENS)
    with store.look() as shelves:
        found = shelves.outbox.find(f"appraisals.opened:{of(store, 'lou').id}")
    assert found is not None and found.not_before == datetime(2026, 10, 8, 13, 0, tzinfo=UTC)


def test_a_manager_is_reminded_of_all_in_one_message_that_counts_down(opened: Store) -> None:
    cycle = the_cycle(opened)
    at(opened, after(cycle.self_due))
    at(opened, noon(cycle.manager_due) - timedelta(days=1))
    [key] = said(opened, "appraisals.team_reminder")
    assert key.startswith(f"appraisals.team_reminder:{cycle.id}:Umay:1-") and "2 people" in words(opened, key)
    scored(opened, "ann", "bob")
    at(opened, noon(cycle.manager_due))
    assert said(opened, "appraisals.team_reminder") == [key] and "Nobody of your team" in words(opened, key)


def test_what_fails_for_one_does_not_stop_the_others(opened: Store, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def act(_shelves: Shelves, _cycle: Cycle, one: Appraisal) -> None:
        seen.append(one.person)
        if one.person == "Uann":
            raise ZeroDivisionError

    treat(Occasion(OPENS, opened, HANDBOOK), the_cycle(opened), SELF_OWED, act)
    assert seen == ["Uann", "Ubob", "Umay"] and len(caplog.records) == 1


def test_colleagues_are_asked_once_reminded_once_and_told_when_it_is_over(store: Store) -> None:
    staffed(store)
    bid = {"customer": "ACME", "customer_key": "acme", "owner": "Uann", "currency": "CNY", "registered_at": IN_QUARTER}
    with store.change() as shelves:
        shelves.bids.add(Bid.model_validate({**bid, "members": [{"person": "Ubob"}]}))
    for hours in range(2):
        at(store, OPENS + timedelta(hours=hours))
    cycle = the_cycle(store)
    assert said(store, "appraisals.peers") == [f"appraisals.peers:{cycle.id}:{one}" for one in ("Uann", "Ubob")]
    for hours in range(2):
        at(store, noon(cycle.self_due) - timedelta(days=1) + timedelta(hours=hours))
    assert len(said(store, "appraisals.peer_reminder")) == 2
    calibrating(store)
    at(store, store.clock.now())
    assert "closed" in words(store, f"appraisals.peers:{cycle.id}:Ubob")
