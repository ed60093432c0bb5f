"""Whose figures may be seen by whom, and which quarters a period has."""

from datetime import UTC, datetime

from bot.handbook import load_handbook
from bot.policy.calendar import Calendar
from bot.policy.tallies import before, current, overseers, period

CALENDAR = Calendar(load_handbook(None).company)
MANAGERS = {"ann": "may", "bob": "may", "lin": "kim", "may": "dep", "kim": "dep", "dep": "", "lo": "op", "op": "lo"}


def test_above_one_person_are_the_line_and_that_very_person():
    assert overseers(["ann"], MANAGERS) == {"ann", "may", "dep"}


def test_above_several_are_those_above_each_of_them():
    assert overseers(["ann", "bob"], MANAGERS) == {"may", "dep"}
    assert overseers(["ann", "lin"], MANAGERS) == {"dep"}
    assert overseers(["ann", "may"], MANAGERS) == {"may", "dep"}


def test_nobody_is_above_strangers_to_each_other_or_above_nobody():
    assert overseers(["ann", "lo"], MANAGERS) == set()
    assert overseers([], MANAGERS) == set()


def test_a_line_that_runs_in_a_circle_ends():
    assert overseers(["lo"], MANAGERS) == {"lo", "op"}


def test_periods_and_those_before_them():
    now = datetime(2026, 2, 3, tzinfo=UTC)
    quarter, year = current(now, CALENDAR), current(now, CALENDAR, year=True)
    assert (quarter.name, before(quarter, CALENDAR).name) == ("2026Q1", "2025Q4")
    assert (year.name, before(year, CALENDAR).name) == ("2026", "2025")
    assert year.names == ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
    assert period(2026, 2, CALENDAR).end.isoformat() == "2026-06-30"
