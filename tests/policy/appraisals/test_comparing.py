"""Another handbook is compared with the present one before it is adopted."""

from decimal import Decimal

import pytest

from bot.handbook import Handbook, HandbookError, as_written, laid_over, load_handbook
from bot.policy.appraisals.comparing import Past, changed_settings, differences, is_compared, outcome
from bot.policy.appraisals.cycle import rules_now
from bot.policy.appraisals.measures import Inputs, Whose, measured
from bot.policy.appraisals.record import Grade

HANDBOOK = load_handbook()
# Of five bids handed in two were won: 40 %, which is 80 points; one solution of 92 points. 80 x 20 + 92 x 15 over 35 is 85.1.
SUMS = {"submitted": 5, "submitted_won": 2, "solution_quality": 1, "solution_quality_sum": 92}
INPUTS = Inputs({name: Decimal(amount) for name, amount in SUMS.items()}, {})


def past(then: Handbook) -> Past:
    now, other = (measured(INPUTS, Whose("presales_engineer"), rules_now(handbook)) for handbook in (HANDBOOK, then))
    return Past("U1", "2026Q3", now, other)


def compared(settings: str) -> list[tuple[Decimal | None, Grade | None, Decimal | None]]:
    then = laid_over(HANDBOOK, settings)
    return [tuple(found.becomes) for found in differences([past(then)], rules_now(HANDBOOK), rules_now(then))]


def test_the_present_handbook_makes_what_is_reckoned_by_hand() -> None:
    assert outcome(past(HANDBOOK).now, past(HANDBOOK), rules_now(HANDBOOK)) == (Decimal("85.1"), Grade.GOOD, Decimal("1.0"))


def test_the_same_handbook_changes_nothing() -> None:
    assert compared("") == []
    assert changed_settings(HANDBOOK, laid_over(HANDBOOK, "")) == []


@pytest.mark.parametrize(
    ("settings", "score", "grade", "multiplier"),
    [
        ("appraisals:\n  bands: {excellent: 85, good: 80, pass: 60}\n", "85.1", Grade.EXCELLENT, "1.2"),
        ("appraisals:\n  bands: {excellent: 95, good: 86, pass: 60}\n", "85.1", Grade.PASS, "0.8"),
        ("bonus:\n  multipliers: {excellent: 2, good: 1.5, pass: 1, fail: 0}\n", "85.1", Grade.GOOD, "1.5"),
        # 80 x 5 + 92 x 30 over 35 is 90.3.
        ("appraisals:\n  weights: {win_rate: 5, solution_quality: 30}\n", "90.3", Grade.EXCELLENT, "1.2"),
    ],
)
def test_what_would_have_changed_is_told(settings: str, score: str, grade: Grade, multiplier: str) -> None:
    assert compared(settings) == [(Decimal(score), grade, Decimal(multiplier))]


def test_a_setting_that_only_counts_from_now_on_is_told_apart() -> None:
    then = laid_over(HANDBOOK, "research:\n  weights: {customer: 60, internal: 40}\nbonus:\n  company_factor: 1.1\n")
    found = {setting.name: (setting.was, setting.becomes, is_compared(setting)) for setting in changed_settings(HANDBOOK, then)}
    assert found == {
        "bonus.company_factor": ("1.0", "1.1", True),
        "research.weights.customer": ("50", "60", False),
        "research.weights.internal": ("50", "40", False),
    }


def test_a_wrong_setting_is_refused_with_its_line() -> None:
    with pytest.raises(HandbookError) as refused:
        laid_over(HANDBOOK, "bonus:\n  multipliers: {fail: 0.5}\n")
    assert [(fault.line, fault.problem) for fault in refused.value.faults] == [(1, "fail has a bonus")]


def test_a_handbook_written_out_is_the_same_handbook() -> None:
    assert Handbook.model_validate(as_written(HANDBOOK)) == HANDBOOK
