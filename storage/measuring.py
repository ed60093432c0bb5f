"""What a person's measures are (§5.1), of their tallies, their team's, and what colleagues said of them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.handbook import Handbook
from bot.policy.appraisals.cycle import Cycle, Rules, rules_now, rules_of
from bot.policy.appraisals.measures import Inputs, Whose, measured
from bot.policy.appraisals.record import SCORED, TOLD, Appraisal, Measured
from bot.policy.people import Person
from bot.policy.tallies import Party, Period, Scope
from storage.store import Shelves


class Standing(NamedTuple):
    """How a person stands in a period, by the rules of its cycle or, before there is one, of the handbook of this version.

    `served` of `days` are the days of the period that count: those that have passed so far, without those before the person came.
    `appraisal` is theirs, None where there is none yet; `kept` says that the measures are those of when it was scored.
    """

    person: Person
    period: Period
    rules: Rules
    version: str
    cycle: Cycle | None
    appraisal: Appraisal | None
    served: int
    days: int
    inputs: Inputs
    measured: tuple[Measured, ...]
    kept: bool


def measures_now(
    shelves: Shelves, person: Person, period: Period, rules: Rules, *, served: int, days: int, cycle: int | None
) -> tuple[Measured, ...]:
    """Return the seven measures of a person as the records are now; `cycle` is the one in which colleagues were asked about them."""
    return measured(inputs_of(shelves, person, period, cycle), Whose(person.post, len(period.quarters), served, days), rules)


def inputs_of(shelves: Shelves, person: Person, period: Period, cycle: int | None) -> Inputs:
    """Return what a person's measures are reckoned from."""
    sums = shelves.tallies.of(Party(Scope.PERSON, person.id), period.names)
    team = shelves.tallies.of(Party(Scope.TEAM, person.team), period.names) if person.team else {}
    return Inputs(sums, team, marks_by_colleagues(shelves, person.id, cycle) if cycle else ())


def marks_by_colleagues(shelves: Shelves, person: str, cycle: int) -> Sequence[tuple[int, int]]:
    """Return the marks that colleagues gave a person in a cycle, two each, without saying who gave them."""
    given = shelves.ratings.about(cycle, person)
    return sorted((one.communication, one.problem_solving) for one in given if one.communication and one.problem_solving)


def standing(shelves: Shelves, person: Person, period: Period, handbook: Handbook, today: date) -> Standing:
    """Return how a person stands in a period: for one that is running, so far."""
    cycle = shelves.cycles.of_period(period.name)
    appraisal = shelves.appraisals.of(cycle.id, person.id) if cycle else None
    rules = rules_of(cycle) if cycle else rules_now(handbook)
    placed = person.amended(post=appraisal.post, team=appraisal.team) if appraisal else person
    served, days = (appraisal.served, appraisal.days) if appraisal else days_so_far(person.started, period, today)
    inputs = inputs_of(shelves, placed, period, cycle.id if cycle else None)
    kept = appraisal is not None and appraisal.state in SCORED | TOLD and bool(appraisal.measured)
    found = appraisal.measured if appraisal and kept else measured(inputs, Whose(placed.post, len(period.quarters), served, days), rules)
    version = cycle.handbook if cycle else handbook.version
    return Standing(placed, period, rules, version, cycle, appraisal, served, days, inputs, found, kept)


def days_so_far(started: date | None, period: Period, today: date) -> tuple[int, int]:
    """Return on how many days of a period the person has worked here until today, and how many days it has."""
    first = max(period.start, started or period.start)
    last = min(period.end, max(today, period.start))
    return max(0, (last - first).days + 1), (period.end - period.start).days + 1
