"""What reviewed work counts for in the tallies (§5.1.2): for those who did it, their teams and the company, by approval."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.policy.calendar import Calendar
from bot.policy.tallies import TallyKey, parties, quarter_at


class Quality(StrEnum):
    """Whose quality it is; the sum of the scores, 0 to 100, stands beside their count."""

    RESEARCH = "research_quality"
    SOLUTION = "solution_quality"


REWORKED = "research_reworked"  # how much of the research had to be done again


def quality_counts(
    kind: Quality,
    scored: tuple[Decimal, int],
    at: datetime | None,
    people: Iterable[str],
    calendar: Calendar,
    teams: Mapping[str, str],
    reworked: int = 0,
) -> dict[TallyKey, Decimal]:
    """Return what one piece of work adds to the tallies; nothing before it is approved, or while there is no score.

    `reworked` says how often the work, which is research, had to be done again.
    """
    total, count = scored
    if at is None or not count:
        return {}
    period, added = quarter_at(at, calendar), {kind.value: Decimal(count), f"{kind}_sum": total, REWORKED: Decimal(reworked)}
    return {TallyKey(*party, period, measure): amount for party in parties(people, teams) for measure, amount in added.items() if amount}
