"""The bonus (§5.4.1): a better grade has more, fail has none, and whoever served half the days has half."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.handbook import Bonus
from bot.handbook.appraisals import QUARTERLY
from bot.policy.appraisals.bonus import bonus_of, coefficient_of
from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.record import BonusShare, Grade
from bot.policy.appraisals.results import earned, publish
from tests.policy.appraisals.standard import rules
from tests.results import ENGINEER, FRIDAY, cycle, scored

GRADES = tuple(Grade(name) for name in QUARTERLY)
STEPS = st.lists(st.integers(1, 300), min_size=3, max_size=3)


def handbook(steps: list[int], factor: int, base: int | None) -> Rules:
    """Return rules whose multipliers rise by these hundredths from nothing for fail."""
    risen, multipliers = Decimal(), {"fail": "0"}
    for name, step in zip(("pass", "good", "excellent"), steps, strict=True):
        risen += Decimal(step) / 100
        multipliers[name] = str(risen)
    given: dict[str, Any] = {"bonus__multipliers": multipliers, "bonus__company_factor": str(Decimal(factor) / 100)}
    return rules(**given, **({} if base is None else {"bonus__bases": {ENGINEER: str(base)}}))


def share(grade: Grade, of: Rules, served: int = 92, days: int = 92) -> BonusShare:
    return bonus_of(grade, ENGINEER, served, days, of)


@given(STEPS, st.integers(1, 300), st.integers(100, 10**7))
def test_whatever_the_handbook_says_a_better_grade_has_more_and_fail_has_none(steps: list[int], factor: int, base: int) -> None:
    amounts = [share(grade, handbook(steps, factor, base)).amount for grade in GRADES]
    assert all(better is not None and worse is not None and better > worse for better, worse in pairwise(amounts))
    assert amounts[-1] == 0


@given(STEPS, st.integers(1, 300))
def test_where_payroll_knows_the_base_the_coefficients_are_in_the_same_order(steps: list[int], factor: int) -> None:
    shares = [share(grade, handbook(steps, factor, None)) for grade in GRADES]
    assert all(one.amount is None and one.base is None for one in shares)
    assert all(coefficient_of(better) > coefficient_of(worse) for better, worse in pairwise(shares[:-1]))
    assert coefficient_of(shares[-1]) == 0


@pytest.mark.parametrize("multipliers", [{"fail": "0.1"}, {"good": "1.2"}, {"pass": "1.0"}, {"excellent": "0.9"}])
def test_no_handbook_is_read_that_would_break_the_order(multipliers: dict[str, str]) -> None:
    valid = {"excellent": "1.2", "good": "1.0", "pass": "0.8", "fail": "0"}
    with pytest.raises(ValidationError):
        Bonus.model_validate({"multipliers": valid | multipliers, "company_factor": "1", "bases": {}})


@pytest.mark.parametrize(
    ("served", "days", "amount"), [(92, 92, "9000.00"), (46, 92, "4500.00"), (30, 92, "2934.78"), (1, 92, "97.83"), (0, 92, "0.00")]
)
def test_the_bonus_follows_the_days_served_to_the_cent(served: int, days: int, amount: str) -> None:
    assert share(Grade.GOOD, rules(bonus__bases={ENGINEER: "9000"}), served, days).amount == Decimal(amount)


def test_publishing_a_quarter_reckons_the_bonus_by_the_grade_that_counts() -> None:
    calibrated = scored(grade=Grade.EXCELLENT, calibrated=Grade.PASS)
    step = publish(calibrated, cycle(bases={ENGINEER: 9000}), FRIDAY)
    assert step.record.bonus is not None and step.record.bonus.amount == Decimal("7200.00")
    assert step.record.published_at == FRIDAY and step.event.action == "publish"


def test_a_year_has_no_bonus_and_neither_has_an_ungraded_quarter() -> None:
    assert earned(scored(), cycle("2026", end=date(2026, 12, 31))) is None
    assert earned(scored(grade=None, suggested=None), cycle()) is None
