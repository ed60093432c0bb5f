"""§4.4.2: the team, the parts, and the milestones planned back from the deadline."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy.bids import Action, Bid, Member, PartKind, State, preparation
from bot.policy.calendar import Calendar
from bot.policy.people import OnlyFor
from bot.policy.refusal import Refusal

HANDBOOK = load_handbook()
STEPS = HANDBOOK.bids.milestones
CHINA = Calendar(HANDBOOK.company)
CALENDARS = st.sampled_from([Calendar(HANDBOOK.company, region) for region in ("CN", "TW", "US", "HK")])
ZONES = st.sampled_from(["Asia/Shanghai", "America/Los_Angeles", "UTC", "Pacific/Auckland"])
DEADLINES = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, 10:00 in Shanghai
DEADLINE = datetime(2026, 12, 11, 9, tzinfo=UTC)  # a Friday, 17:00 in Shanghai


def a_bid(**changes: object) -> Bid:
    facts = {"id": 42, "customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "registered_at": NOW}
    return Bid.model_validate(facts | {"deadline": DEADLINE, "zone": "Asia/Shanghai", "state": State.GO_DECIDED} | changes)


def member(person: str, role: str = "") -> Member:
    return Member(person=person, role=role)


def team_of(bid: Bid, *members: Member, leaving: tuple[str, ...] = ()) -> Bid:
    return preparation.name_team(bid, members, CHINA, STEPS, "U1", NOW, leaving).bid


PREPARED = team_of(a_bid(), member("U2", "technical"), member("U3", "commercial, price"))


def test_naming_the_team_begins_the_preparation() -> None:
    step = preparation.name_team(a_bid(), [member("U2", "technical")], CHINA, STEPS, "U1", NOW)
    assert (step.event.action, step.bid.state) == (Action.PREPARE, State.PREPARING)
    assert {part.kind: part.owner for part in step.bid.parts} == {"commercial": "U1", "technical": "U2", "price": "U1"}


def test_milestones_are_planned_back_over_working_days() -> None:
    planned = {step.name: step.day for step in PREPARED.milestones}
    assert planned == {
        "kick_off": date(2026, 11, 27),
        "first_draft": date(2026, 12, 3),
        "review": date(2026, 12, 7),
        "final_version": date(2026, 12, 9),
        "sealing": date(2026, 12, 10),
    }


@given(DEADLINES, ZONES, CALENDARS, st.permutations(STEPS))
def test_milestones_fall_on_working_days_in_order_and_before_the_deadline(deadline, zone, calendar, steps) -> None:
    planned = preparation.planned(a_bid(deadline=deadline, zone=zone), calendar, steps)
    days = [step.day for step in planned]
    assert all(calendar.is_working_day(day) for day in days)
    assert days == sorted(days) and len(days) == len(STEPS)
    assert days[-1] <= deadline.astimezone(ZoneInfo(zone)).date()
    assert [step.days_before for step in planned] == sorted((step.days_before for step in steps), reverse=True)


@given(DEADLINES, DEADLINES, CALENDARS)
def test_a_moved_deadline_plans_as_if_it_had_always_been_there(before, after, calendar) -> None:
    first = a_bid(deadline=before)
    planned = first.amended(milestones=preparation.planned(first, calendar, STEPS))
    moved = preparation.replanned(planned.amended(deadline=after), calendar)
    assert moved.milestones == preparation.planned(first.amended(deadline=after), calendar, STEPS)
    assert preparation.replanned(moved, calendar) == moved


def test_a_milestone_of_the_last_day_is_before_a_deadline_at_the_weekend() -> None:
    assert preparation.working_day_before(date(2026, 11, 29), 0, CHINA) == date(2026, 11, 27)
    assert preparation.working_day_before(date(2026, 11, 27), 0, CHINA) == date(2026, 11, 27)


def test_what_is_past_and_not_reached_is_late() -> None:
    soon = team_of(a_bid(deadline=NOW + timedelta(days=4)), member("U2", "technical"))
    assert [step.name for step in preparation.late(soon, NOW)] == ["kick_off", "first_draft"]


def test_parts_are_due_when_the_draft_is_or_later_when_that_is_past() -> None:
    assert {part.due for part in PREPARED.parts} == {datetime(2026, 12, 3, 10, tzinfo=UTC)}
    soon = team_of(a_bid(deadline=NOW + timedelta(days=4)), member("U2", "technical"))
    assert {part.due for part in soon.parts} == {datetime(2026, 11, 23, 10, tzinfo=UTC)}
    tonight = NOW + timedelta(hours=6)
    assert {part.due for part in team_of(a_bid(deadline=tonight), member("U2")).parts} == {tonight}
    assert {part.due for part in team_of(a_bid(deadline=None), member("U2")).parts} == {None}


def test_naming_again_adds_and_moves_parts_and_keeps_the_rest() -> None:
    again = team_of(PREPARED, member("U4", "price"))
    assert again.team == ("U2", "U3", "U4")
    assert {part.kind: part.owner for part in again.parts} == {"commercial": "U3", "technical": "U2", "price": "U4"}
    assert preparation.duties(again, "U3") == ["commercial"]


def test_the_part_of_somebody_who_leaves_is_the_owners() -> None:
    left = team_of(PREPARED, leaving=("U2",))
    assert left.team == ("U3",)
    assert next(part.owner for part in left.parts if part.kind is PartKind.TECHNICAL) == "U1"


def test_a_part_has_one_owner() -> None:
    with pytest.raises(Refusal, match="one owner"):
        team_of(a_bid(), member("U2", "price"), member("U3", "price"))


@pytest.mark.parametrize("state", sorted(set(State) - preparation.PREPARATION))
def test_a_team_is_named_only_between_the_decision_and_handing_in(state: State) -> None:
    with pytest.raises(Refusal):
        team_of(a_bid(state=state), member("U2"))


@pytest.mark.parametrize(("actor", "may"), [("U1", True), ("U2", True), ("U3", False)])
def test_a_part_is_finished_by_its_owner_or_the_bids(actor: str, may: bool) -> None:
    if not may:
        with pytest.raises(OnlyFor) as refused:
            preparation.finish(PREPARED, "technical", actor, NOW)
        assert refused.value.may == ("U2", "U1")
        return
    done = preparation.finish(PREPARED, "technical", actor, NOW).bid
    assert [part.kind for part in done.parts if part.done_at == NOW] == ["technical"]
    assert preparation.finish(done, "technical", actor, NOW, done=False).bid == PREPARED


def test_a_part_is_not_due_after_the_deadline() -> None:
    with pytest.raises(Refusal, match="after the deadline") as refused:
        preparation.set_parts(PREPARED, {PartKind.PRICE: DEADLINE + timedelta(minutes=1)}, [], "U1", NOW)
    assert refused.value.field == "price_due"


def test_a_moved_deadline_takes_parts_along_but_not_those_with_a_date_of_their_own() -> None:
    own = DEADLINE - timedelta(days=10)
    given_one = preparation.set_parts(PREPARED, {PartKind.PRICE: own}, ["kick_off"], "U1", NOW).bid
    moved = preparation.move_deadline(given_one, DEADLINE + timedelta(days=7), "Asia/Shanghai", CHINA, STEPS, "U1", NOW).bid
    assert {part.kind: part.due for part in moved.parts} == {
        "commercial": datetime(2026, 12, 10, 10, tzinfo=UTC),
        "technical": datetime(2026, 12, 10, 10, tzinfo=UTC),
        "price": own,
    }
    assert [step.name for step in moved.milestones if step.done] == ["kick_off"]


def test_no_part_stays_due_after_a_deadline_that_moves_closer() -> None:
    closer = NOW + timedelta(hours=30)
    moved = preparation.move_deadline(PREPARED, closer, "Asia/Shanghai", CHINA, STEPS, "U1", NOW).bid
    assert all(part.due is not None and part.due <= closer for part in moved.parts)


@pytest.mark.parametrize(
    ("state", "deadline", "why"), [(State.SUBMITTED, DEADLINE, "cannot move"), (State.PREPARING, NOW, "already passed")]
)
def test_a_deadline_moves_only_ahead_and_while_it_matters(state: State, deadline: datetime, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        preparation.move_deadline(a_bid(state=state), deadline, "UTC", CHINA, STEPS, "U1", NOW)


def test_a_first_deadline_plans_the_milestones_of_a_bid_in_preparation() -> None:
    without = team_of(a_bid(deadline=None), member("U2"))
    assert without.milestones == ()
    moved = preparation.move_deadline(without, DEADLINE, "Asia/Shanghai", CHINA, STEPS, "U1", NOW).bid
    assert moved.milestones == PREPARED.milestones
