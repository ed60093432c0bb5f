"""What the calendar does about honours: rounds begin and nominations close, once, and nobody is honoured by it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.handbook import load_handbook
from bot.policy.honours.nominating import Words, for_person
from bot.policy.honours.record import Phase, Round, State
from bot.policy.people import Person, Role
from scheduler import honours
from scheduler.job import Occasion
from storage import Store

HANDBOOK = load_handbook(None)
AFTER = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def staffed(store: Store) -> Store:
    """Return a store that knows one of the HR department."""
    with store.change() as shelves:
        shelves.people.put(Person(id="U8", name="Hana", roles=frozenset({Role.HR, Role.COLLEAGUE})))
    return store


def run(store: Store, *moments: datetime) -> Sequence[Round]:
    """Let the calendar speak at these moments; return the rounds, oldest first."""
    for moment in moments:
        for job in honours.JOBS:
            job.run(Occasion(moment, store, HANDBOOK))
    with store.look() as shelves:
        return shelves.rounds.latest(100)[::-1]


def told(store: Store, found: Round) -> list[str]:
    with store.look() as shelves:
        return [said.key.partition(":")[0] for said in shelves.outbox.about(found.subject)]


def test_rounds_begin_after_the_end_of_a_period_each_once(staffed: Store) -> None:
    before = run(staffed, datetime(2026, 12, 31, 15, 59, tzinfo=UTC))  # the year still has a minute in Shanghai
    assert before == []
    found = run(staffed, datetime(2026, 12, 31, 16, 0, tzinfo=UTC), AFTER, AFTER)
    assert sorted((one.type, one.period) for one in found) == [
        ("best_presales", "2026"),
        ("best_solution", "2026Q4"),
        ("team_player", "2026Q4"),
    ]
    assert {one.state for one in found} == {Phase.OPEN} and told(staffed, found[0]) == ["honours.opened"]


def test_nominations_close_when_the_last_day_has_passed_and_nothing_more_happens(staffed: Store) -> None:
    [first, *_] = run(staffed, AFTER)
    last_day = datetime(first.closes.year, first.closes.month, first.closes.day, 15, 59, tzinfo=UTC)
    assert {one.state for one in run(staffed, last_day)} == {Phase.OPEN}
    later = [last_day + timedelta(minutes=1), last_day + timedelta(days=20)]
    assert {one.state for one in run(staffed, *later, *later)} == {Phase.NOMINATIONS_CLOSED}
    assert told(staffed, first) == ["honours.opened", "honours.closed"]


def test_long_after_a_period_no_round_begins_unless_somebody_waits(staffed: Store) -> None:
    late = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert run(staffed, late) == []
    with staffed.change() as shelves:
        shelves.nominations.enter(for_person("team_player", "2026Q3", "U1", "U2", Words("Good"), late))
    [found] = run(staffed, late)
    assert (found.type, found.period) == ("team_player", "2026Q3") and found.closes > late.date()


def test_a_cancelled_round_does_not_begin_again(staffed: Store) -> None:
    [first, *others] = run(staffed, AFTER)
    with staffed.change() as shelves:
        shelves.rounds.save(first.amended(state=Phase.CANCELLED))
    assert len(run(staffed, AFTER)) == 1 + len(others)


def test_the_calendar_decides_nothing(staffed: Store) -> None:
    run(staffed, AFTER)
    with staffed.change() as shelves:
        shelves.nominations.enter(for_person("team_player", "2026Q4", "U1", "U2", Words("Good"), AFTER))
    run(staffed, *(AFTER + timedelta(days=days) for days in range(0, 80, 5)))
    with staffed.look() as shelves:
        [one] = shelves.nominations.of("team_player", "2026Q4")
    assert one.state is State.SUBMITTED


def test_the_department_hears_of_a_round_that_begins_on_a_holiday_when_it_is_at_work(staffed: Store) -> None:
    new_year = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)  # two in the night of a holiday in Shanghai
    staffed.clock.move_to(new_year)  # type: ignore[attr-defined]
    [first, *_] = run(staffed, new_year)
    with staffed.look() as shelves:
        [said] = shelves.outbox.about(first.subject)
        assert said.not_before == datetime(2027, 1, 4, 9, 0, tzinfo=UTC)  # Hana keeps the hours of UTC
