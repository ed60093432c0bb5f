"""Quarters and years as people type them."""

from datetime import UTC, datetime

import pytest

from bot.handbook import load_handbook
from bot.policy.calendar import Calendar
from bot.words.periods import read_period, take_period
from bot.words.text import words

COMPANY = load_handbook(None).company
CALENDAR = Calendar(COMPANY)
APRIL = Calendar(COMPANY.model_copy(update={"fiscal_year_start": 4}))
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("quarter", "2026Q4"),
        ("本季度", "2026Q4"),
        ("year", "2026"),
        ("今年", "2026"),
        ("2026Q3", "2026Q3"),
        ("2026q3", "2026Q3"),
        ("２０２６Ｑ３", "2026Q3"),
        ("2025-Q1", "2025Q1"),
        ("q2", "2026Q2"),
        ("2025", "2025"),
        ("FY2025", "2025"),
        ("2026年第三季度", "2026Q3"),
        ("2025年", "2025"),
        ("第1季度", "2026Q1"),
        ("上季度", "2026Q3"),
        ("去年", "2025"),
    ],
)
def test_a_period_is_read(typed, name):
    found = read_period(typed, NOW, CALENDAR)
    assert found is not None and found.name == name


@pytest.mark.parametrize("typed", ["ACME", "2026Q5", "1999", "q", "季", "20261", "year2"])
def test_other_words_are_none(typed):
    assert read_period(typed, NOW, CALENDAR) is None


def test_a_period_is_taken_from_among_words_but_not_out_of_quotes():
    taken = take_period(words('won "2025" ACME q3'), NOW, CALENDAR)
    assert taken.period is not None and taken.period.name == "2026Q3"
    assert [word.typed for word in taken.rest] == ["won", "2025", "ACME"]


def test_a_financial_year_that_begins_in_april():
    year = read_period("year", NOW, APRIL)
    assert year is not None and (year.start.isoformat(), year.end.isoformat()) == ("2026-04-01", "2027-03-31")
    january = read_period("quarter", datetime(2027, 1, 15, tzinfo=UTC), APRIL)
    assert january is not None and january.name == "2026Q4"


def test_a_quarter_begins_by_the_clock_of_the_head_office():
    turn = read_period("quarter", datetime(2026, 9, 30, 16, 0, tzinfo=UTC), CALENDAR)
    assert turn is not None and turn.name == "2026Q4"
    start, end = turn.instants("Asia/Shanghai")
    assert (start.isoformat(), end.isoformat()) == ("2026-10-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00")
