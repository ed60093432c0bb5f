"""§5.1.2: what reviewed work counts for in the tallies."""

from datetime import UTC, datetime
from decimal import Decimal

from bot.handbook import load_handbook
from bot.policy.calendar import Calendar
from bot.policy.quality import REWORKED, Quality, quality_counts
from bot.policy.tallies import Scope, TallyKey

CALENDAR = Calendar(load_handbook(None).company)
APPROVED = datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_work_counts_once_for_each_person_their_team_and_the_company() -> None:
    counts = quality_counts(Quality.RESEARCH, (Decimal(80), 1), APPROVED, ["U1", "U2", "U1"], CALENDAR, {"U1": "East", "U2": "East"})
    assert counts[TallyKey(Scope.TEAM, "East", "2026Q4", "research_quality")] == 1
    assert counts[TallyKey(Scope.PERSON, "U2", "2026Q4", "research_quality_sum")] == 80
    assert {(key.scope, key.who) for key in counts} == {("person", "U1"), ("person", "U2"), ("team", "East"), ("company", "")}


def test_what_is_not_approved_or_not_scored_counts_for_nothing() -> None:
    assert quality_counts(Quality.SOLUTION, (Decimal(80), 1), None, ["U1"], CALENDAR, {}) == {}
    assert quality_counts(Quality.SOLUTION, (Decimal(), 0), APPROVED, ["U1"], CALENDAR, {}) == {}


def test_research_that_was_done_again_says_so() -> None:
    counts = quality_counts(Quality.RESEARCH, (Decimal(80), 1), APPROVED, ["U1"], CALENDAR, {}, reworked=1)
    assert counts[TallyKey(Scope.PERSON, "U1", "2026Q4", REWORKED)] == 1
