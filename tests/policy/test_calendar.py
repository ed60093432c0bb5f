"""Working days, working hours and quarters: make-up days, summer time and the ends of quarters."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import WorkingHours, load_handbook
from bot.policy.calendar import Calendar

COMPANY = load_handbook().company
CHINA = Calendar(COMPANY)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
CALENDARS = st.sampled_from([Calendar(COMPANY, region) for region in ("CN", "TW", "US", "US-CA", "HK")])


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-27", True),
        ("2026-11-28", False),
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-10", True),
        ("2026-09-20", True),
        ("2026-02-14", True),
        ("2026-02-17", False),
        ("2026-05-09", True),
    ],
)
def test_make_up_weekends_are_worked_and_holidays_are_not(day, works):
    assert CHINA.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("region", "day", "works"),
    [
        ("US", "2026-11-26", False),
        ("CN", "2026-11-26", True),
        ("US-CA", "2026-11-27", False),
        ("US", "2021-12-31", False),
        ("TW", "2026-10-10", False),
        ("HK", "2026-07-01", False),
    ],
)
def test_each_region_keeps_its_own_holidays(region, day, works):
    assert Calendar(COMPANY, region).is_working_day(date.fromisoformat(day)) is works


def test_the_companys_own_days_come_before_the_regions():
    own = COMPANY.model_copy(update={"extra_holidays": (date(2026, 11, 27),), "extra_workdays": (date(2026, 10, 1),)})
    assert not Calendar(own).is_working_day(date(2026, 11, 27))
    assert Calendar(own).is_working_day(date(2026, 10, 1))


def test_a_company_without_a_region_keeps_only_its_week():
    plain = COMPANY.model_copy(update={"holidays": None, "working_week": ("sun", "mon", "tue", "wed", "thu")})
    assert Calendar(plain).is_working_day(date(2026, 10, 1))
    assert not Calendar(plain).is_working_day(date(2026, 10, 2))
    assert Calendar(plain).is_working_day(date(2026, 10, 4))


@pytest.mark.parametrize(
    ("day", "n", "reached"),
    [
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-27", 0, "2026-11-27"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-11-27", 5, "2026-12-04"),
    ],
)
def test_working_days_are_added_over_weekends_and_holidays(day, n, reached):
    assert CHINA.add_working_days(date.fromisoformat(day), n) == date.fromisoformat(reached)


@given(calendar=CALENDARS, day=DAYS, n=st.integers(-60, 60))
def test_working_days_added_can_be_taken_away_and_counted(calendar, day, n):
    start = calendar.add_working_days(day, 0)
    reached = calendar.add_working_days(start, n)
    assert calendar.is_working_day(reached)
    assert calendar.add_working_days(reached, -n) == start
    assert calendar.working_days_between(start, reached) == n


@given(calendar=CALENDARS, day=DAYS, later=st.integers(0, 30), n=st.integers(-30, 30))
def test_a_later_start_never_ends_earlier(calendar, day, later, n):
    if n == 0 or calendar.is_working_day(day):
        assert calendar.add_working_days(day, n) <= calendar.add_working_days(day + timedelta(days=later), n)


@given(calendar=CALENDARS, days=st.lists(DAYS, min_size=3, max_size=3))
def test_stretches_of_working_days_add_up(calendar, days):
    first, second, third = days
    whole = calendar.working_days_between(first, third)
    assert whole == calendar.working_days_between(first, second) + calendar.working_days_between(second, third)


@pytest.mark.parametrize(
    ("asked", "zone", "answered"),
    [
        ("2026-11-27T09:00+08:00", "Asia/Shanghai", "2026-11-27T09:00+08:00"),
        ("2026-11-27T17:59+08:00", "Asia/Shanghai", "2026-11-27T17:59+08:00"),
        ("2026-11-27T08:59+08:00", "Asia/Shanghai", "2026-11-27T09:00+08:00"),
        ("2026-11-27T18:00+08:00", "Asia/Shanghai", "2026-11-30T09:00+08:00"),
        ("2026-09-30T18:00+08:00", "Asia/Shanghai", "2026-10-08T09:00+08:00"),
        ("2026-11-26T23:30Z", "Asia/Shanghai", "2026-11-27T01:00Z"),
        ("2026-11-26T23:30Z", "America/Los_Angeles", "2026-11-26T23:30Z"),
    ],
)
def test_the_next_working_moment_is_now_or_the_start_of_a_working_day(asked, zone, answered):
    assert CHINA.next_working_moment(instant(asked), zone) == instant(answered)
    assert CHINA.within_hours(instant(asked), zone) is (asked == answered)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("2026-03-06T23:00Z", "2026-03-09T13:00Z"),
        ("2026-03-05T23:00Z", "2026-03-06T14:00Z"),
        ("2026-10-30T22:00Z", "2026-11-02T14:00Z"),
        ("2026-10-29T22:00Z", "2026-10-30T13:00Z"),
    ],
)
def test_the_working_day_begins_by_the_clock_on_the_wall_when_summer_time_changes(asked, answered):
    assert Calendar(COMPANY, "US").next_working_moment(instant(asked), "America/New_York") == instant(answered)


def test_hours_that_the_clock_skips_begin_with_the_next_one_that_it_shows():
    nights = WorkingHours.model_validate({"start": "02:30", "end": "06:00"})
    sundays = Calendar(COMPANY.model_copy(update={"working_week": ("sun",), "holidays": None}))
    asked = instant("2026-03-08T05:00Z")
    assert sundays.next_working_moment(asked, "America/New_York", nights) == instant("2026-03-08T07:30Z")


@given(asked=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)), calendar=CALENDARS)
def test_the_next_working_moment_is_within_hours_and_never_before(asked, calendar):
    moment = calendar.next_working_moment(asked, "America/New_York")
    assert moment >= asked
    assert calendar.within_hours(moment, "America/New_York")


@pytest.mark.parametrize(
    ("begins", "day", "year", "number", "start", "end"),
    [
        (1, "2026-03-31", 2026, 1, "2026-01-01", "2026-03-31"),
        (1, "2026-04-01", 2026, 2, "2026-04-01", "2026-06-30"),
        (1, "2026-12-31", 2026, 4, "2026-10-01", "2026-12-31"),
        (4, "2026-03-31", 2025, 4, "2026-01-01", "2026-03-31"),
        (4, "2026-04-01", 2026, 1, "2026-04-01", "2026-06-30"),
        (2, "2028-02-29", 2028, 1, "2028-02-01", "2028-04-30"),
        (12, "2027-02-28", 2026, 1, "2026-12-01", "2027-02-28"),
        (12, "2026-11-30", 2025, 4, "2026-09-01", "2026-11-30"),
    ],
)
def test_quarters_follow_the_financial_year(begins, day, year, number, start, end):
    quarter = Calendar(COMPANY.model_copy(update={"fiscal_year_start": begins})).fiscal_quarter(date.fromisoformat(day))
    assert (quarter.year, quarter.number) == (year, number)
    assert (quarter.start, quarter.end) == (date.fromisoformat(start), date.fromisoformat(end))


@given(day=DAYS, begins=st.integers(1, 12))
def test_every_day_is_in_exactly_its_quarter(day, begins):
    calendar = Calendar(COMPANY.model_copy(update={"fiscal_year_start": begins}))
    quarter = calendar.fiscal_quarter(day)
    assert day in quarter
    assert calendar.fiscal_quarter(quarter.end + timedelta(days=1)) > quarter
    assert calendar.quarter(quarter.year, quarter.number) == quarter
