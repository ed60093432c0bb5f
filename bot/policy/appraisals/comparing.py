"""What another handbook would have made of the past (§5): whose scores, grades and bonuses would differ, before it is adopted."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from bot.handbook import Handbook
from bot.policy.appraisals.cycle import Rules
from bot.policy.appraisals.record import Grade, Measured, Part
from bot.policy.appraisals.scoring import quarter_grade, score_of

NO_MARKS: Mapping[Part, int] = {}
# The parts of the handbook that are compared; others change what is counted from now on, not what a count is worth.
COMPARED = ("appraisals", "bonus", "bids.win_rate")


class Outcome(NamedTuple):
    """What a quarter comes to by one handbook; None where there is too little data."""

    score: Decimal | None
    grade: Grade | None
    multiplier: Decimal | None


class Past(NamedTuple):
    """A person's quarter: its measures by the present handbook and by the other one, and the marks that were given, if any."""

    person: str
    period: str
    now: tuple[Measured, ...]
    then: tuple[Measured, ...]
    manager: Mapping[Part, int] = NO_MARKS
    own: Mapping[Part, int] = NO_MARKS


class Difference(NamedTuple):
    """What would have been otherwise for a person in a quarter."""

    person: str
    period: str
    was: Outcome
    becomes: Outcome


class Setting(NamedTuple):
    """A setting that the other handbook changes, as both files would write it."""

    name: str
    was: str
    becomes: str


def differences(pasts: Iterable[Past], now: Rules, then: Rules) -> Iterator[Difference]:
    """Yield whose quarters would have come to something else, in the order given."""
    for past in pasts:
        was, becomes = outcome(past.now, past, now), outcome(past.then, past, then)
        if was != becomes:
            yield Difference(past.person, past.period, was, becomes)


def outcome(measures: tuple[Measured, ...], past: Past, rules: Rules) -> Outcome:
    """Return what measures and marks come to by these rules."""
    score = score_of(measures, past.manager, past.own, rules.appraisals.formula)
    grade = quarter_grade(score, rules.appraisals)
    return Outcome(score, grade, None if grade is None else rules.bonus.multipliers[grade])


def changed_settings(now: Handbook, then: Handbook) -> list[Setting]:
    """Return the settings that differ between two handbooks, by name; a list counts as one setting."""
    before, after = (dict(flat("", handbook.model_dump(mode="json"))) for handbook in (now, then))
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return [Setting(name, before.get(name, ""), after.get(name, "")) for name in names]


def flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield each setting of nested groups with its name in full."""
    if isinstance(value, dict):
        for part, inner in value.items():
            yield from flat(f"{name}.{part}" if name else part, inner)
    else:
        yield name, str(value)


def is_compared(setting: Setting) -> bool:
    """Say whether a comparison of past quarters takes this setting into account."""
    return any(setting.name == part or setting.name.startswith(f"{part}.") for part in COMPARED)
