"""Jobs run at their times, by one process, whatever happens to others; and months can be made to pass."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from bot.clock import Clock, MovableClock
from bot.handbook import Handbook, load_handbook
from bot.views.blocks import Message
from scheduler import JOBS, Scheduler
from scheduler.job import Job, Occasion
from scheduler.outbox import Sender
from scheduler.scheduler import next_multiple
from storage import Store
from tests.scheduler.fake_slack import FakeSlack
from tests.scheduler.statements import statements

MINUTE, QUARTER, DAY = timedelta(minutes=1), timedelta(minutes=15), timedelta(days=1)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
Make = Callable[..., Scheduler]


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return load_handbook()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON - timedelta(minutes=5))


@pytest.fixture
def make(store: Store, clock: MovableClock, handbook: Handbook, sender: Sender) -> Make:
    return lambda *jobs: Scheduler(store, clock, handbook, sender, jobs)


def test_passing_time_runs_each_job_at_its_strides_in_order(make: Make, clock: MovableClock) -> None:
    runs: list[tuple[str, datetime]] = []

    def noting(name: str) -> Callable[[Occasion], None]:
        return lambda occasion: runs.append((name, occasion.now.replace(second=0, microsecond=0)))

    often, seldom = Job("often", noting("often"), MINUTE), Job("seldom", noting("seldom"), MINUTE, stride=timedelta(hours=1))
    make(often, seldom).pass_time(NOON + timedelta(minutes=40))
    at = [NOON, NOON, NOON + QUARTER, NOON + 2 * QUARTER]
    assert runs == list(zip(["often", "seldom", "often", "often"], at, strict=True))
    assert clock.now() >= NOON + timedelta(minutes=40)


def test_what_a_job_says_is_sent_before_time_goes_on(make: Make, slack: FakeSlack) -> None:
    there: list[list[str]] = []

    def speak(occasion: Occasion) -> None:
        there.append(slack.said("C1"))
        with occasion.store.change() as shelves:
            shelves.outbox.say(f"at {occasion.now:%H:%M}", "C1", Message(f"{occasion.now:%H:%M}"))

    make(Job("speak", speak, MINUTE)).pass_time(NOON + 2 * QUARTER)
    assert there == [[], ["12:00"], ["12:00", "12:15"]]


def test_a_planned_message_is_sent_at_its_own_time(store: Store, clock: MovableClock, make: Make, slack: FakeSlack) -> None:
    planned = NOON + timedelta(minutes=7)
    with store.change() as shelves:
        shelves.outbox.say("a", "C1", Message("a"), not_before=planned)
    make(*JOBS).pass_time(NOON + QUARTER)
    with store.look() as shelves:
        said = shelves.outbox.find("a")
    assert said is not None and said.sent is not None and planned <= said.sent < planned + MINUTE


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what the sandbox runs on
def test_a_quarter_in_which_nothing_happens_asks_the_database_little(make: Make, store: Store, clock: MovableClock) -> None:
    with statements(store) as asked:
        make(*JOBS).pass_time(NOON + timedelta(days=92))
    assert asked.count / 92 < 900
    assert clock.now() >= NOON + timedelta(days=92)


def test_a_job_that_fails_does_not_stop_the_others(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    runs: list[datetime] = []

    def fail(_: Occasion) -> None:
        raise ZeroDivisionError

    make(Job("bad", fail, MINUTE), Job("good", lambda occasion: runs.append(occasion.now), MINUTE)).pass_time(NOON + 2 * QUARTER)
    assert len(runs) == 3
    assert [record.exc_info is not None for record in caplog.records] == [True, False, False]


def test_time_cannot_be_made_to_pass_on_the_real_clock(store: Store, handbook: Handbook, sender: Sender) -> None:
    with pytest.raises(TypeError):
        Scheduler(store, Clock(), handbook, sender, JOBS).pass_time(NOON)


def test_a_job_is_run_by_one_process_at_a_time(make: Make) -> None:
    runs: list[datetime] = []
    job = Job("job", lambda occasion: runs.append(occasion.now), MINUTE)
    one, two = make(job), make(job)
    one.run_alone(job)
    two.run_alone(job)
    one.run_alone(job)
    assert len(runs) == 2


def test_every_job_runs_at_the_start_and_is_left_to_others_at_the_end(make: Make, store: Store) -> None:
    ran = Event()
    job = Job("job", lambda _: ran.set(), DAY)
    scheduler = make(job)
    scheduler.start()
    assert ran.wait(20)
    scheduler.stop()
    ran.clear()
    make(job).run_alone(job)
    assert ran.is_set()


def test_a_scheduler_that_never_started_can_be_stopped(make: Make) -> None:
    make(*JOBS).stop()


def test_old_deliveries_and_late_messages_are_given_up(make: Make, store: Store) -> None:
    with store.change() as shelves:
        shelves.outbox.say("a", "C1", Message("a"), not_before=NOON + 3 * DAY, expires=NOON + 3 * DAY)
    make(*JOBS).pass_time(NOON + 5 * DAY)
    with store.look() as shelves:
        said = shelves.outbox.find("a")
    assert said is not None and said.failed == "expired"


@pytest.mark.parametrize(
    ("now", "stride", "multiple"),
    [
        (NOON, QUARTER, NOON + QUARTER),
        (NOON - timedelta(microseconds=1), QUARTER, NOON),
        (NOON, DAY, NOON + timedelta(hours=12)),
    ],
)
def test_strides_are_full_quarters_and_days(now: datetime, stride: timedelta, multiple: datetime) -> None:
    assert next_multiple(now, stride) == multiple
