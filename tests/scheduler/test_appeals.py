"""Appeals are chased: on the last day of what one waits for, and when it is over the HR department knows, each once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.clock import MovableClock
from bot.policy.appraisals.appeals import Way
from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.record import State
from bot.views.appraisals import hearing
from bot.views.appraisals.appeals import action_of
from scheduler.appraisals import appeals, phases
from scheduler.job import Occasion
from storage import Store
from tests.results import ANN, ENGINEER, FRIDAY, HANA, HUGO, MAY, Bench, cycle, person, scored

MONDAY = FRIDAY + timedelta(days=3)


@pytest.fixture
def bench(database: str) -> Iterator[Bench]:
    """Return a desk on either database, where Ann appealed on a Friday."""
    clock = MovableClock(FRIDAY)
    store = Store(database, clock)
    bench = Bench(store, clock)
    bench.publishes(bench.begins(cycle(bases={ENGINEER: 9000}), scored())[0])
    bench.fills(ANN, action_of(Way.APPEAL), 1, why="I won more")
    yield bench
    store.close()


def chased(bench: Bench, now: datetime) -> list[str]:
    """Run the job at an instant, twice; return the keys of what was told by it so far."""
    bench.clock.move_to(now)
    for _run in range(2):
        appeals.chase(Occasion(now, bench.store, bench.handbook))
    with bench.store.look() as shelves:
        kinds = (hearing.DUE, hearing.LATE, hearing.OPEN)
        return [one.key for one in shelves.outbox.after(0, 1000) if one.key.partition(":")[0] in kinds]


def test_the_manager_is_reminded_on_the_last_day_and_no_earlier(bench: Bench) -> None:
    assert chased(bench, FRIDAY + timedelta(days=2)) == []
    assert chased(bench, MONDAY) == [f"{hearing.DUE}:1:talk:{MAY}"]
    assert chased(bench, MONDAY + timedelta(hours=11)) == [f"{hearing.DUE}:1:talk:{MAY}"]


def test_after_it_hr_is_told_and_the_person_can_go_on_at_once(bench: Bench) -> None:
    told = chased(bench, MONDAY + timedelta(days=1))
    assert told == [f"{hearing.LATE}:1:talk:{HANA}", f"{hearing.LATE}:1:talk:{HUGO}", f"{hearing.OPEN}:1"]
    assert action_of(Way.ESCALATE) in bench.told(ANN)[f"{hearing.OPEN}:1"]
    assert "Mon 23 Nov 2026" in bench.told(HANA)[f"{hearing.LATE}:1:talk:{HANA}"]
    bench.presses(ANN, action_of(Way.ESCALATE), 1)
    assert bench.appraisal().state is State.HR_REVIEW
    assert action_of(Way.ESCALATE) not in bench.told(ANN)[f"{hearing.OPEN}:1"]


def test_hr_is_reminded_of_accepting_and_of_deciding_each_once_due_and_once_late(bench: Bench) -> None:
    bench.fills(MAY, action_of(Way.TALK), 1, why="We talked")
    bench.presses(ANN, action_of(Way.ESCALATE), 1)
    assert chased(bench, MONDAY) == []
    tuesday = MONDAY + timedelta(days=1)
    assert chased(bench, tuesday) == [f"{hearing.DUE}:1:accept:{HANA}", f"{hearing.DUE}:1:accept:{HUGO}"]
    bench.presses(HANA, action_of(Way.ACCEPT), 1)
    late = FRIDAY + timedelta(days=40)
    assert chased(bench, late)[2:] == [f"{hearing.LATE}:1:decide:{HANA}", f"{hearing.LATE}:1:decide:{HUGO}"]


def test_what_is_settled_is_chased_no_more(bench: Bench) -> None:
    bench.fills(MAY, action_of(Way.TALK), 1, why="We talked")
    bench.presses(ANN, action_of(Way.SETTLE), 1)
    assert chased(bench, FRIDAY + timedelta(days=40)) == []


def test_a_reminder_that_was_not_sent_yet_is_taken_back(bench: Bench) -> None:
    night = MONDAY.replace(hour=16)  # past midnight of the last day: nobody is at work
    assert f"{hearing.LATE}:1:talk:{HANA}" in chased(bench, night)
    bench.fills(MAY, action_of(Way.TALK), 1, why="We talked")
    assert f"{hearing.LATE}:1:talk:{HANA}" not in bench.told(HANA)


def stood(bench: Bench, now: datetime) -> State:
    """Let results stand at an instant, twice; return where Ann's stands."""
    bench.clock.move_to(now)
    for _run in range(2):
        appeals.let_stand(Occasion(now, bench.store, bench.handbook))
    return bench.appraisal().state


def test_after_the_talk_silence_lets_the_result_stand_as_was_said_beforehand(bench: Bench) -> None:
    bench.fills(MAY, action_of(Way.TALK), 1, why="We talked")
    for reader in (ANN, HANA, HUGO):
        assert "Tue 24 Nov 2026. After that day the result stands" in bench.told(reader)[f"{hearing.TALKED}:1:{reader}"]
    tuesday = MONDAY + timedelta(days=1)
    assert stood(bench, tuesday - timedelta(hours=1)) is State.MANAGER_TALK
    assert chased(bench, tuesday) == [f"{hearing.DUE}:1:answer:{ANN}"]
    assert action_of(Way.ESCALATE) in bench.told(ANN)[f"{hearing.DUE}:1:answer:{ANN}"]
    assert stood(bench, tuesday + timedelta(days=1)) is State.RESOLVED
    for reader in (ANN, MAY):
        assert "Nobody went on with the appeal in time" in bench.told(reader)[f"{hearing.DECIDED}:1:{reader}"]
    assert "Nobody went on with the appeal in time" in bench.told(HANA)[f"{hearing.TALKED}:1:{HANA}"]


def test_who_goes_on_in_time_is_heard(bench: Bench) -> None:
    bench.fills(MAY, action_of(Way.TALK), 1, why="We talked")
    bench.presses(ANN, action_of(Way.ESCALATE), 1)
    assert stood(bench, FRIDAY + timedelta(days=40)) is State.HR_REVIEW


@pytest.mark.parametrize("talked", [False, True])
def test_the_appeal_of_who_left_ends_and_the_cycle_closes(bench: Bench, *, talked: bool) -> None:
    if talked:
        bench.fills(MAY, action_of(Way.TALK), 1, why="We talked")
    with bench.store.change() as shelves:
        shelves.people.put(person(ANN, manager=MAY, deleted=True))
    assert stood(bench, MONDAY) is State.RESOLVED
    assert "has left" in bench.told(MAY)[f"{hearing.DECIDED}:1:{MAY}"]
    for hours in (0, 1):
        later = FRIDAY + timedelta(days=40, hours=hours)
        bench.clock.move_to(later)
        phases.go_on(Occasion(later, bench.store, bench.handbook))
    assert bench.cycle().state is Phase.CLOSED
