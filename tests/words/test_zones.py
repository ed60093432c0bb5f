"""Time zones that are named with a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.words import Unreadable
from bot.words.times import read_when

NOW = datetime(2026, 11, 24, 15, 7, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "utc", "zone"),
    [
        ("Fri 17:00", "27 16:00", "Europe/Berlin"),
        ("Fri 17:00 Beijing time", "27 09:00", "Asia/Shanghai"),
        ("Fri 17:00 (Beijing time)", "27 09:00", "Asia/Shanghai"),
        ("北京时间周五17:00", "27 09:00", "Asia/Shanghai"),
        ("周五17:00 北京時間", "27 09:00", "Asia/Shanghai"),
        ("Fri 5pm Hong Kong local time", "27 09:00", "Asia/Hong_Kong"),
        ("週五下午5點 台北時間", "27 09:00", "Asia/Taipei"),
        ("Fri 17:00 SGT", "27 09:00", "Asia/Singapore"),
        ("Fri 17:00 JST", "27 08:00", "Asia/Tokyo"),
        ("周五17:00 首尔时间", "27 08:00", "Asia/Seoul"),
        ("Fri 17:00 London time", "27 17:00", "Europe/London"),
        ("Fri 17:00 eastern time", "27 22:00", "America/New_York"),
        ("Fri 17:00 America/New_York", "27 22:00", "America/New_York"),
        ("Fri 17:00 asia/shanghai", "27 09:00", "Asia/Shanghai"),
        ("Fri 17:00 UTC", "27 17:00", "UTC"),
        ("17:00 GMT Fri", "27 17:00", "UTC"),
        ("2026-11-27T17:00Z", "27 17:00", "UTC"),
        ("2026-11-27T17:00+00:00", "27 17:00", "UTC"),
        ("Fri 17:00 UTC+8", "27 09:00", "Europe/Berlin"),
        ("Fri 17:00 GMT+08:00", "27 09:00", "Europe/Berlin"),
        ("Fri 17:00 UTC -5", "27 22:00", "Europe/Berlin"),
        ("2026-11-27 17:00+05:30", "27 11:30", "Europe/Berlin"),
        ("Fri 17:00 CET", "27 16:00", "Europe/Berlin"),
    ],
)
def test_a_named_zone_tells_the_time(text: str, utc: str, zone: str) -> None:
    when = read_when(text, NOW, ZoneInfo("Europe/Berlin"))
    assert (f"{when.instant:%d %H:%M}", when.zone) == (utc, zone)


@pytest.mark.parametrize(
    ("text", "own", "utc"),
    [
        ("Fri 17:00 CST", "Asia/Shanghai", "27 09:00"),
        ("Fri 17:00 CST", "Asia/Taipei", "27 09:00"),
        ("Fri 17:00 CST", "America/Chicago", "27 23:00"),
        ("Fri 17:00 EST", "America/New_York", "27 22:00"),
    ],
)
def test_a_shared_abbreviation_is_the_speakers_own(text: str, own: str, utc: str) -> None:
    when = read_when(text, NOW, ZoneInfo(own))
    assert (f"{when.instant:%d %H:%M}", when.zone) == (utc, own)


@pytest.mark.parametrize(
    ("text", "own", "reason"),
    [
        ("Fri 17:00 CST", "Europe/Berlin", "when_ambiguous"),
        ("1 Jul 17:00 CST", "America/Chicago", "when_ambiguous"),
        ("1 Jul 17:00 EST", "America/New_York", "when_ambiguous"),
        ("Fri 17:00 IST", "Asia/Shanghai", "when_ambiguous"),
        ("Fri 17:00 Nowhere/Land", "Asia/Shanghai", "when_unknown"),
        ("Fri 17:00 America/Argentina", "Asia/Shanghai", "when_unknown"),
        ("Fri 17:00 UTC+15", "Asia/Shanghai", "when_unknown"),
        ("Fri 17:00 UTC+8:75", "Asia/Shanghai", "when_unknown"),
        ("Fri 17:00 Atlantis time", "Asia/Shanghai", "when_unknown"),
    ],
)
def test_an_unclear_zone_is_refused(text: str, own: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_when(text, NOW, ZoneInfo(own))


def test_relative_days_are_those_of_the_named_zone() -> None:
    when = read_when("tomorrow 09:00 Beijing time", datetime(2026, 11, 24, 20, tzinfo=ZoneInfo("UTC")), ZoneInfo("America/New_York"))
    assert f"{when.instant:%d %H:%M}" == "26 01:00"
