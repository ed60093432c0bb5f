"""§4.4.3: when people are reminded of a deadline, whom, how it is put off; and what they owe."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy.bids import Bid, Condition, Defence, Milestone, Part, PartKind, Question, Share, State
from bot.policy.bids.owed import Duty, morning_of, news, next_morning, owed, wants_debrief
from bot.policy.bids.reminders import AT_ONCE, Matter, Reminder, due, may_snooze, opens, reminders, snoozed_until
from bot.policy.calendar import Calendar
from bot.policy.refusal import Refusal

HANDBOOK = load_handbook()
RULES = HANDBOOK.bids.reminders
CALENDAR = Calendar(HANDBOOK.company)
SHANGHAI = "Asia/Shanghai"
ZONES = {"U1": SHANGHAI, "U2": SHANGHAI, "U9": SHANGHAI}
MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past nine in Shanghai
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)  # five in the afternoon
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def a_bid(**changes: Any) -> Bid:
    facts = {"id": 42, "customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "zone": SHANGHAI}
    return Bid.model_validate({**facts, "registered_at": MONDAY - 30 * DAY, "deadline": FRIDAY, **changes})


def planned(bid: Bid, manager: str = "U9") -> list[Reminder]:
    return reminders(bid, manager, ZONES, RULES, CALENDAR)


def local(instant: datetime) -> str:
    return f"{instant.astimezone(ZoneInfo(SHANGHAI)):%a %H:%M}"


def test_the_owner_is_reminded_at_every_offset_and_the_manager_where_it_escalates() -> None:
    mine = [local(one.at) for one in planned(a_bid()) if one.matter is Matter.DUE]
    theirs = [local(one.at) for one in planned(a_bid()) if one.matter is Matter.ESCALATED]
    assert mine == ["Mon 09:00", "Wed 09:00", "Thu 17:00", "Fri 13:00", "Fri 16:00"]  # 7d fell on a Friday afternoon
    assert theirs == ["Thu 17:00", "Fri 13:00", "Fri 16:00"]


def test_who_has_an_open_part_is_reminded_and_who_has_written_theirs_is_not() -> None:
    parts = (Part(kind=PartKind.TECHNICAL, owner="U2"), Part(kind=PartKind.PRICE, owner="U3", done_at=MONDAY))
    assert {one.person for one in planned(a_bid(parts=parts), manager="")} == {"U1", "U2"}


def test_when_the_owner_is_gone_every_reminder_escalates() -> None:
    zones = {"U9": SHANGHAI}
    assert [one.before for one in reminders(a_bid(), "U9", zones, RULES, CALENDAR)] == list(RULES.before)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.NO_GO, State.WITHDRAWN, State.WON, State.MISSED_DEADLINE, State.RETRACTED])
def test_nobody_is_reminded_of_what_is_settled(state: State) -> None:
    assert planned(a_bid(state=state)) == []


def test_of_several_that_are_overdue_only_the_most_urgent_counts() -> None:
    said = due(planned(a_bid()), FRIDAY - HOUR / 2)
    assert [(one.person, one.before) for one in said] == [("U1", HOUR), ("U9", HOUR)]
    assert due(planned(a_bid()), FRIDAY) == []


def test_a_late_reminder_waits_for_work_but_not_in_the_last_hours() -> None:
    saturday = datetime(2026, 11, 28, 9, tzinfo=UTC)
    [one] = due(planned(a_bid(deadline=saturday), ""), datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert (one.before, local(one.at)) == (DAY, "Fri 17:00")
    evening = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert local(opens(one, evening, CALENDAR, SHANGHAI, RULES.last_hours)) == "Sat 13:00"


def test_over_a_holiday_people_are_reminded_before_it() -> None:
    after_national_day = datetime(2026, 10, 8, 2, tzinfo=UTC)  # ten in the morning of the first working day
    early = [local(one.at) for one in planned(a_bid(registered_at=MONDAY - 90 * DAY, deadline=after_national_day), "")]
    assert early == ["Wed 09:00", "Wed 09:00", "Wed 17:00", "Thu 06:00", "Thu 09:00"]


def test_speakers_are_reminded_of_the_defence() -> None:
    bid = a_bid(state=State.DEFENCE_SCHEDULED, defence=Defence(at=FRIDAY, speakers=("U2",)))
    assert [(one.matter, one.person, local(one.at)) for one in planned(bid)] == [
        (Matter.DEFENCE, "U2", "Thu 17:00"),
        (Matter.DEFENCE, "U2", "Fri 16:00"),
    ]


instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))
zones = st.sampled_from([SHANGHAI, "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"])


@given(deadline=instants, entered=st.timedeltas(timedelta(), timedelta(days=40)), zone=zones)
def test_every_reminder_is_before_the_deadline_and_at_work_or_in_the_last_hours(deadline: datetime, entered: timedelta, zone: str) -> None:
    bid = a_bid(deadline=deadline, registered_at=deadline - entered)
    found = reminders(bid, "U9", {"U1": zone, "U9": zone}, RULES, CALENDAR)
    assert len({(one.person, one.before, one.end) for one in found}) == len(found)
    for one in found:
        assert bid.registered_at <= one.at < deadline
        assert CALENDAR.within_hours(one.at, zone) or one.at >= deadline - RULES.last_hours
        if one.before > AT_ONCE:
            assert morning_of(one.at, CALENDAR, zone) == one.at


@given(deadline=instants, ahead=st.timedeltas(timedelta(), timedelta(days=12)), minutes=st.sampled_from(RULES.snoozes), zone=zones)
def test_a_snooze_never_lands_in_the_last_hours(deadline: datetime, ahead: timedelta, minutes: int, zone: str) -> None:
    now = deadline - ahead
    if ahead <= RULES.last_hours:
        assert may_snooze(deadline, now, RULES) == ()
        with pytest.raises(Refusal):
            snoozed_until(deadline, minutes, now, CALENDAR, zone, RULES.last_hours)
        return
    until = snoozed_until(deadline, minutes, now, CALENDAR, zone, RULES.last_hours)
    assert now < until <= deadline - RULES.last_hours
    assert CALENDAR.within_hours(until, zone) or until == deadline - RULES.last_hours


@given(now=instants, zone=zones)
def test_the_next_working_day_begins_later_than_now(now: datetime, zone: str) -> None:
    coming = next_morning(now, CALENDAR, zone)
    assert coming > now and morning_of(coming, CALENDAR, zone) == coming


def test_a_day_of_snooze_ends_when_work_begins() -> None:
    assert local(snoozed_until(FRIDAY, 1440, MONDAY + 7 * HOUR, CALENDAR, SHANGHAI, RULES.last_hours)) == "Tue 09:00"
    assert local(snoozed_until(FRIDAY, 1440, FRIDAY - 5 * HOUR, CALENDAR, SHANGHAI, RULES.last_hours)) == "Fri 13:00"


def a_busy_bid() -> Bid:
    return a_bid(
        state=State.PREPARING,
        parts=(Part(kind=PartKind.TECHNICAL, owner="U2", due=FRIDAY - DAY),),
        milestones=(Milestone(name="first_draft", day=date(2026, 11, 20)), Milestone(name="review", day=date(2026, 11, 25))),
        questions=(Question(id=1, asker="U2", expert="U3", text="How many?", due=MONDAY - HOUR),),
        conditions=(Condition(text="a partner", owner="U1", due=date(2026, 11, 26)),),
        shares=(Share(person="U2", percent=50),),
    )


def test_what_is_owed_by_whom() -> None:
    assert [one.duty for one in owed(a_busy_bid(), "U1", MONDAY)] == [Duty.REACH, Duty.MEET, Duty.HAND_IN]
    assert [one.duty for one in owed(a_busy_bid(), "U2", MONDAY)] == [Duty.CHASE, Duty.WRITE, Duty.AGREE]
    assert [(one.duty, one.what) for one in owed(a_busy_bid(), "U3", MONDAY)] == [(Duty.ANSWER, "How many?")]
    assert owed(a_busy_bid(), "U4", MONDAY) == []
    assert [one.duty for one in owed(a_bid(state=State.WON), "U1", MONDAY)] == [Duty.DEBRIEF]
    rehearsed = a_bid(state=State.DEFENCE_SCHEDULED, defence=Defence(at=FRIDAY, speakers=("U2",), rehearsed_at=MONDAY))
    assert owed(rehearsed, "U2", MONDAY) == []


def test_the_digest_tells_of_early_reminders_late_milestones_and_missing_answers_only() -> None:
    bid, morning = a_busy_bid(), MONDAY - HOUR / 2
    told = {person: news(bid, person, planned(bid), morning, CALENDAR, SHANGHAI) for person in ("U1", "U2", "U3", "U9")}
    assert told == {
        "U1": ["10080@2611270900", "first_draft@261120"],
        "U2": ["10080@2611270900", "chase@1"],
        "U3": ["answer@1"],
        "U9": [],
    }


def test_a_debrief_is_asked_for_two_working_days_after_the_outcome() -> None:
    thursday = datetime(2026, 11, 26, 3, tzinfo=UTC)
    won = a_bid(state=State.WON, decided_at=thursday)
    assert not wants_debrief(won, datetime(2026, 11, 29, 23, tzinfo=UTC), CALENDAR, SHANGHAI)
    assert wants_debrief(won, datetime(2026, 11, 30, 1, tzinfo=UTC), CALENDAR, SHANGHAI)
    assert not wants_debrief(won, thursday + 30 * DAY, CALENDAR, SHANGHAI)
    assert not wants_debrief(a_bid(state=State.WITHDRAWN, decided_at=thursday), thursday + 5 * DAY, CALENDAR, SHANGHAI)
