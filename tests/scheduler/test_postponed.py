"""Days of a cycle that change are told to everybody who was told them (§5.3), and colleagues' answers are fixed in time (§5.1.4)."""

from datetime import date, timedelta

import pytest

from bot.clock import MovableClock
from bot.policy.appraisals import phases
from bot.policy.appraisals.cycle import Phase, rules_of
from bot.policy.appraisals.record import Measure, Measured, State
from bot.policy.bids import Bid
from bot.policy.calendar import Calendar
from bot.policy.tallies import period
from storage import Store
from storage.appraising import keep_cycle, tell_team
from storage.measuring import measures_now
from tests.scheduler.cycles import HANDBOOK, IN_QUARTER, OPENS, after, at, noon, of, put, said, staffed, the_cycle

QUARTER = period(2026, 3, Calendar(HANDBOOK.company))


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(IN_QUARTER)


@pytest.fixture
def opened(store: Store) -> Store:
    """Return a store in which a cycle is open, Bob is asked about Ann, and May has her list already."""
    staffed(store)
    bid = {"customer": "ACME", "customer_key": "acme", "owner": "Uann", "currency": "CNY", "registered_at": IN_QUARTER}
    with store.change() as shelves:
        shelves.bids.add(Bid.model_validate({**bid, "members": [{"person": "Ubob"}]}))
    at(store, OPENS)
    at(store, OPENS + timedelta(hours=1))
    with store.change() as shelves:
        tell_team(shelves, the_cycle(store), "Umay", HANDBOOK)
    return store


def postponed(store: Store, days: int, *names: str) -> date:
    """Put the last days of phases off; return the first of them."""
    cycle, now = the_cycle(store), store.clock.now()
    later = {name: getattr(cycle, name) + timedelta(days=days) for name in names}
    with store.change() as shelves:
        keep_cycle(shelves, phases.postpone(cycle, later, HANDBOOK, "Uhana", now), HANDBOOK)
    return later[names[0]]


def told(store: Store, kind: str, who: str) -> str:
    """Return what somebody was told last of one kind."""
    with store.look() as shelves:
        found = [one for one in shelves.outbox.after(0, 10_000) if one.key.startswith(f"{kind}:") and one.target == who]
    return str(found[-1].message)


def named(day: date) -> str:
    """Return a day as English messages write it."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def teamwork(store: Store) -> Measured:
    """Return what anybody would be shown of how Ann works together."""
    one = of(store, "ann")
    with store.look() as shelves:
        person = shelves.people.get("Uann")
        assert person is not None
        rules = rules_of(the_cycle(store))
        found = measures_now(shelves, person, QUARTER, rules, served=one.served, days=one.days, cycle=one.cycle)
    return next(each for each in found if each.measure is Measure.TEAMWORK)


KINDS = (("appraisals.opened", "Uann"), ("appraisals.peers", "Ubob"), ("appraisals.team", "Umay"))


def test_whoever_was_told_the_last_day_of_self_reviews_is_told_the_new_one(opened: Store) -> None:
    old = named(the_cycle(opened).self_due)
    assert [kind for kind, who in KINDS if old not in told(opened, kind, who)] == []
    new = named(postponed(opened, 7, "self_due", "manager_due", "calibration_due"))
    assert [kind for kind, who in KINDS if old not in told(opened, kind, who)] == []  # nobody waits until all are told
    at(opened, OPENS + timedelta(hours=2))
    assert [kind for kind, who in KINDS if new not in told(opened, kind, who) or old in told(opened, kind, who)] == []
    assert len(said(opened, "appraisals.opened")) == 3


def test_a_reminder_follows_the_new_day_too(opened: Store) -> None:
    at(opened, noon(the_cycle(opened).self_due))
    assert "is due" in told(opened, "appraisals.reminder", "Uann")
    new = named(postponed(opened, 7, "self_due", "manager_due", "calibration_due"))
    at(opened, opened.clock.now() + timedelta(hours=1))
    assert new in told(opened, "appraisals.reminder", "Uann") and new in told(opened, "appraisals.peer_reminder", "Ubob")


def test_managers_are_told_their_new_last_day_and_are_late_only_after_it(opened: Store) -> None:
    put(opened, of(opened, "ann"), state=State.SELF_SUBMITTED, self_submitted_at=OPENS)
    at(opened, after(the_cycle(opened).self_due))
    at(opened, after(the_cycle(opened).manager_due))
    assert the_cycle(opened).state is Phase.MANAGER_REVIEW and "was due" in told(opened, "appraisals.team_reminder", "Umay")
    new = named(postponed(opened, 14, "manager_due", "calibration_due"))
    at(opened, opened.clock.now() + timedelta(hours=1))
    assert new in told(opened, "appraisals.team", "Umay")
    assert f"is due {new}" in told(opened, "appraisals.team_reminder", "Umay")


def test_a_list_loses_its_buttons_when_its_cycle_is_cancelled(opened: Store) -> None:
    put(opened, of(opened, "ann"), state=State.SELF_SUBMITTED, self_submitted_at=OPENS)
    with opened.change() as shelves:
        keep_cycle(shelves, phases.cancel(the_cycle(opened), "A mistake", "Uhana", opened.clock.now()), HANDBOOK)
    at(opened, OPENS + timedelta(hours=2))
    assert "appraisals.score" not in told(opened, "appraisals.team", "Umay")


def test_what_colleagues_say_is_told_to_nobody_while_it_can_change(opened: Store) -> None:
    with opened.change() as shelves:
        [rating] = shelves.ratings.about(the_cycle(opened).id, "Uann")
        shelves.ratings.save(rating.amended(communication=4, problem_solving=5, rated_at=OPENS))
        for who in ("Ux", "Uy"):
            facts = {"rater": who, "communication": 3, "problem_solving": 3, "rated_at": OPENS}
            shelves.ratings.add(rating.amended(id=0, **facts))
    assert teamwork(opened).n == 0
    at(opened, after(the_cycle(opened).self_due))
    assert the_cycle(opened).state is Phase.MANAGER_REVIEW and teamwork(opened).n == 3
    at(opened, after(the_cycle(opened).self_due) + timedelta(hours=1))
    assert "closed" in told(opened, "appraisals.peers", "Ubob")
