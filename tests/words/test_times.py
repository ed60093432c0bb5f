"""Times as they are typed in English and by number, and the days and clocks they mean."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words import Unreadable
from bot.words.times import read_when

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 11, 24, 15, 7, 33, tzinfo=SHANGHAI)


def local(text: str, now: datetime = TUESDAY, zone: ZoneInfo = SHANGHAI, day_first: bool | None = None) -> str:
    when = read_when(text, now, zone, day_first=day_first)
    return f"{when.instant.astimezone(zone):%a %Y-%m-%d %H:%M}"


def refused(text: str, now: datetime = TUESDAY, zone: ZoneInfo = SHANGHAI, day_first: bool | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read_when(text, now, zone, day_first=day_first)
    assert caught.value.word == text
    return caught.value.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-27", "Fri 2026-11-27 17:00"),
        ("2026/11/27", "Fri 2026-11-27 17:00"),
        ("2026.11.27", "Fri 2026-11-27 17:00"),
        ("20261127", "Fri 2026-11-27 17:00"),
        ("2026-11-27 09:30", "Fri 2026-11-27 09:30"),
        ("2026–11–27 09:30", "Fri 2026-11-27 09:30"),
        ("2026-11-27T09:30", "Fri 2026-11-27 09:30"),
        ("2026-11-27T09:30:00+08:00", "Fri 2026-11-27 09:30"),
        ("2026-11-27T09:30+0800", "Fri 2026-11-27 09:30"),
        ("2026-11-27 09:30+08", "Fri 2026-11-27 09:30"),
        ("2026-11-27T09:30Z", "Fri 2026-11-27 17:30"),
        ("2026-11-27t09:30:00.123z", "Fri 2026-11-27 17:30"),
        ("2026-11-27T09:30-05:30", "Fri 2026-11-27 23:00"),
        ("27 Nov", "Fri 2026-11-27 17:00"),
        ("27th of November", "Fri 2026-11-27 17:00"),
        ("the 27th Nov", "Fri 2026-11-27 17:00"),
        ("27-Nov-2026", "Fri 2026-11-27 17:00"),
        ("27Nov2026", "Fri 2026-11-27 17:00"),
        ("Nov 27 5pm", "Fri 2026-11-27 17:00"),
        ("November 27th, 2026 at 5 p.m.", "Fri 2026-11-27 17:00"),
        ("Nov. 27, 17:30", "Fri 2026-11-27 17:30"),
        ("Fri 27 Nov 2026, 17:00", "Fri 2026-11-27 17:00"),
        ("17:00, Friday 27 November", "Fri 2026-11-27 17:00"),
        ("27 Nov (Fri) 5pm", "Fri 2026-11-27 17:00"),
        ("27/11", "Fri 2026-11-27 17:00"),
        ("11/27", "Fri 2026-11-27 17:00"),
        ("27.11.", "Fri 2026-11-27 17:00"),
        ("27.11.2026 17:00", "Fri 2026-11-27 17:00"),
        ("11/27/2026 5pm", "Fri 2026-11-27 17:00"),
        ("12/12", "Sat 2026-12-12 17:00"),
        ("1 Jan", "Fri 2027-01-01 17:00"),
        ("23 Nov", "Tue 2027-11-23 17:00"),
        ("29 Feb", "Tue 2028-02-29 17:00"),
        ("31 Dec next year", "Fri 2027-12-31 17:00"),
        ("15th", "Tue 2026-12-15 17:00"),
        ("the 30th 9am", "Mon 2026-11-30 09:00"),
        ("31st", "Thu 2026-12-31 17:00"),
        ("3rd of next month", "Thu 2026-12-03 17:00"),
        ("２０２６－１１－２７　０９：３０", "Fri 2026-11-27 09:30"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert local(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri 5pm", "Fri 2026-11-27 17:00"),
        ("5pm Fri", "Fri 2026-11-27 17:00"),
        ("by Friday at 17:00", "Fri 2026-11-27 17:00"),
        ("Friday @ 5:30 PM", "Fri 2026-11-27 17:30"),
        ("fri. 5.30pm", "Fri 2026-11-27 17:30"),
        ("Tue 5pm", "Tue 2026-11-24 17:00"),
        ("Tue 3pm", "Tue 2026-12-01 15:00"),
        ("Tuesday", "Tue 2026-11-24 17:00"),
        ("mon", "Mon 2026-11-30 17:00"),
        ("coming weds", "Wed 2026-11-25 17:00"),
        ("thurs noon", "Thu 2026-11-26 12:00"),
        ("sun eod", "Sun 2026-11-29 17:00"),
        ("this Fri", "Fri 2026-11-27 17:00"),
        ("next Fri", "Fri 2026-12-04 17:00"),
        ("next Friday 9am", "Fri 2026-12-04 09:00"),
        ("next Tue", "Tue 2026-12-01 17:00"),
        ("next Mon", "Mon 2026-11-30 17:00"),
        ("Fri next week", "Fri 2026-12-04 17:00"),
        ("Fri this week", "Fri 2026-11-27 17:00"),
        ("today", "Tue 2026-11-24 17:00"),
        ("today 18:00", "Tue 2026-11-24 18:00"),
        ("tonight 8pm", "Tue 2026-11-24 20:00"),
        ("tomorrow", "Wed 2026-11-25 17:00"),
        ("tomorrow noon", "Wed 2026-11-25 12:00"),
        ("noon tomorrow", "Wed 2026-11-25 12:00"),
        ("tmr 12am", "Wed 2026-11-25 00:00"),
        ("day after tomorrow 9:00", "Thu 2026-11-26 09:00"),
        ("16:00", "Tue 2026-11-24 16:00"),
        ("3pm", "Wed 2026-11-25 15:00"),
        ("12:30pm", "Wed 2026-11-25 12:30"),
        ("Fri 24:00", "Sat 2026-11-28 00:00"),
        ("eod", "Tue 2026-11-24 17:00"),
        ("end of day tomorrow", "Wed 2026-11-25 17:00"),
        ("eow", "Fri 2026-11-27 17:00"),
        ("end of next week", "Fri 2026-12-04 17:00"),
        ("end of month", "Mon 2026-11-30 17:00"),
        ("the end of the month 12:00", "Mon 2026-11-30 12:00"),
        ("end of next month", "Thu 2026-12-31 17:00"),
        ("end of Feb", "Sun 2027-02-28 17:00"),
        ("end of quarter", "Thu 2026-12-31 17:00"),
        ("end of next quarter", "Wed 2027-03-31 17:00"),
        ("eoy", "Thu 2026-12-31 17:00"),
    ],
)
def test_days_of_the_week_and_relative_days(text: str, expected: str) -> None:
    assert local(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 3 days", "Fri 2026-11-27 17:00"),
        ("3 days", "Fri 2026-11-27 17:00"),
        ("3d", "Fri 2026-11-27 17:00"),
        ("within three days", "Fri 2026-11-27 17:00"),
        ("3 days from now", "Fri 2026-11-27 17:00"),
        ("in 3 days at 9am", "Fri 2026-11-27 09:00"),
        ("in 2 weeks", "Tue 2026-12-08 17:00"),
        ("in a week", "Tue 2026-12-01 17:00"),
        ("in 1 month", "Thu 2026-12-24 17:00"),
        ("in 3 months noon", "Wed 2027-02-24 12:00"),
        ("in a year", "Wed 2027-11-24 17:00"),
        ("in 4 hours", "Tue 2026-11-24 19:07"),
        ("4h", "Tue 2026-11-24 19:07"),
        ("in an hour", "Tue 2026-11-24 16:07"),
        ("in half an hour", "Tue 2026-11-24 15:37"),
        ("in 90 minutes", "Tue 2026-11-24 16:37"),
        ("in 48 hours", "Thu 2026-11-26 15:07"),
    ],
)
def test_times_from_now(text: str, expected: str) -> None:
    assert local(text) == expected


def test_months_that_are_too_short_end_sooner() -> None:
    assert local("in 1 month", now=datetime(2027, 1, 31, tzinfo=SHANGHAI)) == "Sun 2027-02-28 17:00"


@pytest.mark.parametrize(
    ("text", "had_time"), [("Fri", False), ("in 3 days", False), ("Fri 5pm", True), ("in 4 hours", True), ("eod", True), ("noon", True)]
)
def test_whether_a_time_of_day_was_said(text: str, had_time: bool) -> None:
    assert read_when(text, TUESDAY, SHANGHAI).had_time is had_time


def test_a_day_alone_is_meant_at_the_default_time() -> None:
    assert read_when("Fri", TUESDAY, SHANGHAI, default_time=time(9, 30)).instant == datetime(2026, 11, 27, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("day_first", "expected"), [(True, "Mon 2027-05-03 17:00"), (False, "Fri 2027-03-05 17:00")])
def test_day_and_month_by_number_follow_the_speaker(day_first: bool, expected: str) -> None:
    assert local("3/5", day_first=day_first) == expected


@pytest.mark.parametrize("day_first", [None, True, False])
def test_only_one_order_of_day_and_month_is_possible(day_first: bool | None) -> None:
    assert local("27/11", day_first=day_first) == local("11-27", day_first=day_first) == "Fri 2026-11-27 17:00"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "when_unknown"),
        ("soon", "when_unknown"),
        ("5", "when_unknown"),
        ("1700", "when_unknown"),
        ("ACME", "when_unknown"),
        ("next week", "when_unknown"),
        ("weekend", "when_unknown"),
        ("in 3 working days", "when_unknown"),
        ("next Fri next week", "when_unknown"),
        ("next Fri 27 Nov", "when_unknown"),
        ("25:00", "when_unknown"),
        ("24:30", "when_unknown"),
        ("Fri 17:75", "when_unknown"),
        ("13pm", "when_unknown"),
        ("0am", "when_unknown"),
        ("Fri 9:00-17:00", "when_unknown"),
        ("Fri 9am 5pm", "when_unknown"),
        ("27-28 Nov", "when_unknown"),
        ("13/13", "when_no_such_date"),
        ("x" * 100, "when_unknown"),
        ("31 Nov", "when_no_such_date"),
        ("29 Feb 2027", "when_no_such_date"),
        ("2026-13-01", "when_no_such_date"),
        ("2027-02-29", "when_no_such_date"),
        ("0000-01-01", "when_no_such_date"),
        ("32nd", "when_no_such_date"),
        ("31st of this month", "when_no_such_date"),
        ("3/4", "when_ambiguous"),
        ("03/04/2027", "when_ambiguous"),
        ("27/11/26", "when_ambiguous"),
        ("26-11-27", "when_ambiguous"),
        ("midnight", "when_ambiguous"),
        ("Fri midnight", "when_ambiguous"),
        ("Thu 27 Nov 2026", "when_ambiguous"),
        ("Fri 27 Nov 2027", "when_ambiguous"),
        ("yesterday", "when_past"),
        ("last Friday", "when_past"),
        ("this Mon", "when_past"),
        ("today 9:00", "when_past"),
        ("2026-11-24 15:07", "when_past"),
        ("1 Jan 2020", "when_past"),
        ("0001-01-01", "when_past"),
        ("in 0 days 9am", "when_past"),
        ("in 0 minutes", "when_past"),
        ("2036-11-25", "when_too_far"),
        ("9999-12-31 23:59", "when_too_far"),
        ("in 11 years", "when_too_far"),
        ("in 9999 years", "when_too_far"),
        ("in 9999 weeks", "when_too_far"),
    ],
)
def test_what_is_no_clear_time_is_refused(text: str, reason: str) -> None:
    assert refused(text) == reason


def test_ten_years_ahead_is_not_too_far() -> None:
    assert local("2036-11-24 15:07") == "Mon 2036-11-24 15:07"


def test_the_end_of_a_day_or_week_that_is_over_is_past() -> None:
    saturday = datetime(2026, 11, 28, 18, tzinfo=SHANGHAI)
    assert [refused(text, now=saturday) for text in ("eod", "eow", "today", "this Fri")] == ["when_past"] * 4


@pytest.mark.parametrize(
    ("zone", "gap", "twice", "earlier"),
    [
        ("Europe/Berlin", "2027-03-28 02:30", "2027-10-31 02:30", "2027-10-31 00:30"),
        ("America/New_York", "2027-03-14 02:30", "2027-11-07 01:30", "2027-11-07 05:30"),
        ("Australia/Lord_Howe", "2027-10-03 02:15", "2027-04-04 01:45", "2027-04-03 14:45"),
    ],
)
def test_hours_that_the_clocks_skip_or_repeat(zone: str, gap: str, twice: str, earlier: str) -> None:
    assert refused(gap, zone=ZoneInfo(zone)) == "when_gap"
    assert read_when(twice, TUESDAY, ZoneInfo(zone)).instant == datetime.fromisoformat(earlier).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"), [(BERLIN, datetime(2027, 3, 27, 20)), (BERLIN, datetime(2027, 10, 30, 20)), (NEW_YORK, datetime(2027, 3, 13, 20))]
)
def test_days_keep_the_clock_and_hours_their_length_across_summer_time(zone: ZoneInfo, day: datetime) -> None:
    now = day.replace(tzinfo=zone)
    assert read_when("tomorrow 20:00", now, zone).instant.astimezone(zone).hour == 20
    assert read_when("in 24 hours", now, zone).instant - now.astimezone(UTC) == timedelta(hours=24)
    assert read_when("in 24 hours", now, zone).instant.astimezone(zone).hour != 20


def test_a_gap_that_is_over_does_not_spoil_a_weekday() -> None:
    sunday = datetime(2027, 3, 28, 12, tzinfo=BERLIN)
    assert local("Sun 02:30", now=sunday, zone=BERLIN) == "Sun 2027-04-04 02:30"


def test_today_is_the_speakers_day() -> None:
    now = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert (local("today 18:00", now=now), local("today 18:35", now=now, zone=NEW_YORK)) == ("Wed 2026-11-25 18:00", "Tue 2026-11-24 18:35")


ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "Asia/Kolkata", "Europe/London", "America/St_Johns", "Pacific/Kiritimati", "UTC")]
)
NOWS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
AHEAD = st.timedeltas(timedelta(minutes=2), timedelta(days=3600))


@given(NOWS, AHEAD, ZONES, st.sampled_from(["%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S%z"]))
def test_an_instant_that_was_formatted_is_read_back(now: datetime, ahead: timedelta, zone: ZoneInfo, form: str) -> None:
    instant = (now + ahead).replace(microsecond=0)
    assert read_when(instant.astimezone(zone).strftime(form), now, zone).instant == instant


@given(NOWS, AHEAD, ZONES, st.sampled_from(["%a %d %b %Y, %H:%M", "%d %B %Y %I:%M %p", "%Y年%m月%d日 %H:%M", "%Y/%m/%d %H点%M分"]))
def test_a_wall_clock_time_that_was_formatted_is_read_back(now: datetime, ahead: timedelta, zone: ZoneInfo, form: str) -> None:
    wall = (now + ahead).astimezone(zone).replace(second=0, microsecond=0, fold=0)
    if form.endswith("点%M分") and 0 < wall.hour < 7:
        wall = wall.replace(hour=17)
    if wall.astimezone(UTC) > now:
        assert read_when(wall.strftime(form), now, zone).instant.astimezone(zone).replace(fold=0) == wall


@given(
    NOWS,
    ZONES,
    st.sampled_from(["Fri 5pm", "next Sun", "tomorrow noon", "in 3 days", "12月31日", "月底 24:00", "下周五下午3点", "15th", "29 Feb"]),
)
def test_a_time_is_always_ahead(now: datetime, zone: ZoneInfo, text: str) -> None:
    assert read_when(text, now, zone).instant > now


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            "next fri 5pm 17:00 in 3 days 27 nov / - : 2026 99 下周五 下午 五 点 半 3 天 后 月 底 日 utc +08 z the end of month".split()
        )
    ).map(" ".join)
)
def test_nothing_but_unreadable_is_raised(text: str) -> None:
    try:
        instant = read_when(text, TUESDAY, SHANGHAI).instant
    except Unreadable:
        return
    assert instant.tzinfo is UTC
