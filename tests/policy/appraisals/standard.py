"""What the tests of measures and scores begin with: the shipped rules, changed where a case needs it, and tallies by short names."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bot.handbook import load_handbook
from bot.policy.appraisals.cycle import Rules, kept_rules
from bot.policy.appraisals.measures import Inputs, Whose
from bot.policy.tallies import TallyKey

HANDBOOK = load_handbook(None)
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ENGINEER, PROJECTS = "presales_engineer", "presales_pm"
EVERYBODY = Whose(ENGINEER)
Peers = tuple[tuple[int, int], ...]


def rules(**changes: Any) -> Rules:
    """Return the shipped rules with some changes, each named by its place in the handbook with two underscores for every dot."""
    written = kept_rules(HANDBOOK)
    for place, value in changes.items():
        *above, last = place.split("__")
        group = written
        for name in above:
            group = group[name]
        group[last] = value
    return Rules.model_validate(written)


def inputs(peers: Peers = (), others: dict[str, str] | None = None, **tallied: int | str) -> Inputs:
    """Return what was counted for a person, and for their team the same with what its others have besides."""
    sums = {name: Decimal(amount) for name, amount in tallied.items()}
    besides = {name: Decimal(amount) for name, amount in (others or {}).items()}
    team = {name: sums.get(name, Decimal()) + besides.get(name, Decimal()) for name in {**sums, **besides}}
    return Inputs(sums, team, peers)


def of_person(counts: dict[TallyKey, Decimal], person: str) -> dict[str, Decimal]:
    """Return what was counted for a person, by measure."""
    return {key.measure: amount for key, amount in counts.items() if key.who == person}
