"""§1.1: whose measures count for which days so far, and who is appraised at all."""

from datetime import date

import pytest

from bot.policy.appraisals.measures import Whose, made_of
from bot.policy.appraisals.record import Measure
from bot.policy.appraisals.standing import is_appraised, so_far
from bot.policy.calendar import Calendar
from bot.policy.people import Person, Role
from bot.policy.tallies import period
from tests.policy.appraisals.standard import ENGINEER, HANDBOOK, rules

CALENDAR = Calendar(HANDBOOK.company)
QUARTER, YEAR = period(2026, 4, CALENDAR), period(2026, None, CALENDAR)
ANN = Person(id="U0ANN0001", name="Ann", post=ENGINEER, roles=frozenset({Role.STAFF}))
SHIPPED = rules()


@pytest.mark.parametrize(
    ("started", "today", "served"),
    [
        (None, date(2026, 10, 1), 1),  # on the first day
        (None, date(2026, 11, 23), 54),  # 31 of October and 23 of November
        (None, date(2026, 12, 31), 92),  # 31 + 30 + 31
        (None, date(2027, 5, 5), 92),  # no more than there are
        (date(2020, 1, 1), date(2026, 11, 23), 54),
        (date(2026, 11, 1), date(2026, 11, 23), 23),  # without those before the person came
        (date(2026, 11, 24), date(2026, 11, 23), 0),  # and none of those to come
    ],
)
def test_the_days_of_a_quarter_so_far_are_those_on_which_one_has_worked_here(started: date | None, today: date, served: int) -> None:
    assert so_far(ANN.amended(started=started), QUARTER, today) == Whose(ENGINEER, 1, served, 92)


def test_a_year_has_four_quarters_of_days() -> None:
    assert so_far(ANN, YEAR, date(2027, 1, 5)) == Whose(ENGINEER, 4, 365, 365)


@pytest.mark.parametrize(
    ("roles", "post", "appraised"),
    [
        ({Role.STAFF}, ENGINEER, True),
        ({Role.STAFF, Role.HR}, ENGINEER, True),
        (set[Role](), ENGINEER, False),
        ({Role.COLLEAGUE}, ENGINEER, False),
        ({Role.STAFF}, "", False),
        ({Role.STAFF}, "sales", False),
    ],
)
def test_the_pre_sales_staff_with_a_post_of_the_handbook_is_appraised(roles: set[Role], post: str, appraised: bool) -> None:
    assert is_appraised(ANN.amended(roles=frozenset(roles), post=post), SHIPPED, Role.COLLEAGUE) == appraised


def test_guests_and_leavers_are_not_appraised() -> None:
    assert not is_appraised(ANN.amended(guest=True), SHIPPED, Role.STAFF)
    assert not is_appraised(ANN.amended(deleted=True), SHIPPED, Role.STAFF)


@pytest.mark.parametrize("basis", ["submitted", "decided"])
@pytest.mark.parametrize("missed", [True, False])
def test_the_records_of_a_win_rate_are_those_of_its_basis(basis: str, missed: bool) -> None:
    ruled = rules(win_rate__basis=basis, win_rate__missed_counts=str(missed).lower())
    names = made_of(Measure.WIN_RATE, ruled.win_rate)
    assert ("missed" in names) == missed and ("submitted" in names) == (basis == "submitted") and ("won" in names) == (basis == "decided")


def test_of_what_colleagues_say_there_are_no_records() -> None:
    assert made_of(Measure.TEAMWORK, SHIPPED.win_rate) == ()
    assert all(made_of(measure, SHIPPED.win_rate) for measure in Measure if measure is not Measure.TEAMWORK)
