"""What the calendar says about bids: once each, to the right people, whatever happens to one of them."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.handbook import load_handbook
from bot.policy.bids import Bid, Debrief, Milestone, Part, PartKind, State, change
from bot.policy.bids.preparation import move_deadline
from bot.policy.calendar import Calendar
from bot.policy.people import Person
from scheduler import JOBS, Scheduler, bids
from scheduler.bids import miss_deadlines, remind
from scheduler.job import Occasion
from scheduler.outbox import Sender
from storage import Store
from storage.keeping import keep_bid
from storage.outbox import Said
from tests.scheduler.statements import statements

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # half past eight in Shanghai
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)  # five in the afternoon
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HANDBOOK = load_handbook()
Enter = Callable[..., Bid]
Told = Callable[[str], list[str]]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MONDAY)


@pytest.fixture
def enter(store: Store) -> Enter:
    """Return what enters a bid of U1, whose manager is U9."""
    with store.change() as shelves:
        for person, manager in (("U1", "U9"), ("U2", "U9"), ("U9", "")):
            shelves.people.put(Person(id=person, name=person, zone="Asia/Shanghai", manager=manager))

    def enter(**changes: Any) -> Bid:
        facts = {"customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "zone": "Asia/Shanghai"}
        with store.change() as shelves:
            return shelves.bids.add(Bid(**{**facts, "registered_at": MONDAY - 30 * DAY, "deadline": FRIDAY, **changes}))

    return enter


@pytest.fixture
def time(store: Store, clock: MovableClock, sender: Sender) -> Scheduler:
    return Scheduler(store, clock, HANDBOOK, sender, JOBS)


@pytest.fixture
def told(store: Store) -> Told:
    """Return what tells what a person was told, the first line of each message."""

    def told(person: str) -> list[str]:
        return [first_line(said) for said in outbox(store) if said.target == person and said.ts]

    return told


def outbox(store: Store) -> list[Said]:
    with store.look() as shelves:
        return [
            said
            for key in keys(shelves.connection.exec_driver_sql("SELECT key FROM outbox ORDER BY id"))
            if (said := shelves.outbox.find(key))
        ]


def keys(rows: Iterable[Any]) -> list[str]:
    return [row[0] for row in rows]


def first_line(said: Said) -> str:
    return str(said.message["text"]).split("\n")[0]


def test_each_reminder_is_given_once_to_owner_and_manager(enter: Enter, time: Scheduler, told: Told) -> None:
    enter()
    time.pass_time(FRIDAY - HOUR / 2)
    owner, manager = told("U1"), told("U9")
    assert [line.startswith(("Good morning", ":alarm_clock: ACME (B-1)")) for line in owner] == [True] * 5
    assert [line.startswith(":alarm_clock: <@U1>'s bid for ACME (B-1)") for line in manager] == [True] * 3


def test_a_deadline_that_passes_is_missed_by_the_clock(enter: Enter, time: Scheduler, told: Told, store: Store) -> None:
    bid = enter()
    time.pass_time(FRIDAY + HOUR / 2)
    with store.look() as shelves:
        kept, history = shelves.bids.get(bid.id), shelves.audit.of(bid.subject)
    assert kept and kept.state is State.MISSED_DEADLINE and kept.decided_at == FRIDAY
    assert [(event.actor, event.action) for event in history] == [("", "miss")]
    assert told("U1")[2:-1] == ["ACME (B-1): deadline missed."] * 3
    assert told("U1")[-1].startswith(":warning: The deadline of ACME") and told("U9")[-1].startswith(":warning: The deadline of ACME")


def test_at_night_a_missed_deadline_is_told_in_the_morning(enter: Enter, time: Scheduler, told: Told) -> None:
    enter(deadline=FRIDAY + 5 * HOUR)
    time.pass_time(FRIDAY + 2 * DAY)
    assert not told("U9")[-1].startswith(":warning:")
    time.pass_time(FRIDAY + 3 * DAY)
    assert told("U9")[-1].startswith(":warning:")


def test_a_deadline_missed_long_ago_is_recorded_and_not_told(enter: Enter, time: Scheduler, told: Told, store: Store) -> None:
    bid = enter(deadline=MONDAY - 20 * DAY)
    time.pass_time(MONDAY + HOUR / 4)
    with store.look() as shelves:
        kept = shelves.bids.get(bid.id)
    assert kept and kept.state is State.MISSED_DEADLINE
    assert told("U1") == []


def test_after_downtime_only_the_most_urgent_is_given(enter: Enter, time: Scheduler, clock: MovableClock, told: Told) -> None:
    enter()
    clock.move_to(FRIDAY - 2 * HOUR)
    time.pass_time(FRIDAY - 2 * HOUR + HOUR / 4)
    assert len(told("U1")) == len(told("U9")) == 1


def test_one_digest_a_day_tells_of_all_bids_and_nothing_twice(enter: Enter, time: Scheduler, store: Store) -> None:
    late = (Milestone(name="first_draft", day=(MONDAY - 3 * DAY).date()),)
    for _ in range(3):
        enter(state=State.PREPARING, deadline=FRIDAY + 7 * DAY, milestones=late)
    time.pass_time(MONDAY + 11 * DAY)
    digests = [said for said in outbox(store) if said.key.startswith("digest:U1:")]
    assert [said.key for said in digests] == ["digest:U1:2026-11-23", "digest:U1:2026-11-30", "digest:U1:2026-12-02"]
    assert [len(said.message["blocks"]) for said in digests] == [4, 4, 4]
    assert "first draft was planned for Fri 20 Nov 2026" in digests[0].message["blocks"][1]["text"]["text"]


def test_a_moved_deadline_reminds_anew_and_the_old_reminders_say_so(
    enter: Enter, time: Scheduler, told: Told, store: Store, clock: MovableClock
) -> None:
    bid = enter()
    time.pass_time(FRIDAY - 3 * HOUR)
    before = len(told("U1"))
    with store.change() as shelves:
        step = move_deadline(bid, FRIDAY + 3 * DAY, bid.zone, Calendar(HANDBOOK.company), HANDBOOK.bids.milestones, "U1", clock.now())
        keep_bid(shelves, step, HANDBOOK)
    time.pass_time(clock.now() + HOUR)
    assert set(told("U1")[2:before]) == {"The deadline of ACME (B-1) moved to Mon 30 Nov 2026, 17:00 CST."}
    time.pass_time(FRIDAY + 3 * DAY - HOUR / 2)
    assert [line for line in told("U1")[before:] if "is due Mon 30 Nov" in line] == told("U1")[before:]
    assert len(told("U1")) == before + 3


def test_a_part_owner_is_reminded_until_the_part_is_written(
    enter: Enter, time: Scheduler, told: Told, store: Store, clock: MovableClock
) -> None:
    part = Part(kind=PartKind.TECHNICAL, owner="U2")
    bid = enter(state=State.PREPARING, members=(), parts=(part,))
    time.pass_time(FRIDAY - DAY + HOUR)
    assert told("U2")[-1].startswith(":alarm_clock: ACME (B-1)")
    with store.change() as shelves:
        keep_bid(shelves, change(bid, "U2", clock.now(), parts=(part.amended(done_at=clock.now()),)), HANDBOOK)
    time.pass_time(FRIDAY - HOUR / 2)
    assert told("U2")[-1] == "ACME (B-1): nothing is open with you any more. Thank you!"


def test_a_debrief_is_asked_for_once(enter: Enter, time: Scheduler, store: Store, clock: MovableClock) -> None:
    bid = enter(state=State.WON, decided_at=MONDAY)
    debriefed = Debrief(by="U1", at=MONDAY, lessons="more time")
    enter(state=State.WON, decided_at=MONDAY, debrief=debriefed)
    time.pass_time(MONDAY + 12 * DAY)
    [digest] = [said for said in outbox(store) if said.key.startswith("digest:")]
    assert digest.key == "digest:U1:2026-11-25" and len(digest.message["blocks"]) == 2
    assert "the debrief is missing" in digest.message["blocks"][1]["text"]["text"]
    with store.change() as shelves:
        keep_bid(shelves, change(bid, "U1", clock.now(), debrief=debriefed), HANDBOOK)
    assert "the debrief is missing" not in str(outbox(store)[0].message)


def test_one_failing_bid_never_stops_the_rest(enter: Enter, store: Store, told: Told, caplog: pytest.LogCaptureFixture) -> None:
    enter(zone="Nowhere/Else")
    enter(customer="Beta")
    for job in (remind, miss_deadlines):
        job(Occasion(FRIDAY - HOUR / 2, store, HANDBOOK))
    assert [said.target for said in outbox(store)] == ["U1", "U9"]
    assert {record.message for record in caplog.records} == {"a job failed for one subject"}


def test_people_who_have_left_are_not_written_to(enter: Enter, store: Store) -> None:
    enter()
    with store.change() as shelves:
        shelves.people.put(Person(id="U1", name="U1", zone="Asia/Shanghai", manager="U9", deleted=True))
    remind(Occasion(FRIDAY - HOUR / 2, store, HANDBOOK))
    assert [said.target for said in outbox(store)] == ["U9"]


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what the sandbox runs on
def test_a_day_asks_the_database_little_however_many_bids_are_open(enter: Enter, store: Store, clock: MovableClock, sender: Sender) -> None:
    for number in range(60):
        enter(customer=f"C{number}", registered_at=MONDAY, deadline=FRIDAY + number * 1.5 * DAY)
    with statements(store) as asked:
        Scheduler(store, clock, HANDBOOK, sender, bids.JOBS).pass_time(clock.now() + 92 * DAY)
    # Most strides of a day find nothing to do, and ask one question or two for each job.
    assert asked.count / 92 < 300
