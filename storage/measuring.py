"""What a person's measures are (§5.1), of their tallies, their team's, and what colleagues said of them."""

from collections.abc import Sequence
from datetime import date

from bot.handbook import Handbook
from bot.policy.appraisals.cycle import Rules, rules_now, rules_of
from bot.policy.appraisals.measures import Inputs, Whose, measured
from bot.policy.appraisals.record import Measured
from bot.policy.appraisals.results import is_told
from bot.policy.appraisals.standing import Standing, so_far
from bot.policy.people import Person
from bot.policy.tallies import Party, Period, Scope
from storage.store import Shelves


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
    """Return the marks that colleagues gave a person in a cycle, two each, in an order that does not tell who gave them.

    There are none as long as one of them can change.
    """
    given = shelves.ratings.fixed(cycle, person)
    return sorted((one.communication, one.problem_solving) for one in given if one.communication and one.problem_solving)


def standing(shelves: Shelves, person: Person, period: Period, handbook: Handbook, today: date) -> Standing:
    """Return how a person stands in a period: so far in one that is running, as it was handed in where the result is told."""
    cycle = shelves.cycles.of_period(period.name)
    rules, version = (rules_of(cycle), cycle.handbook) if cycle else (rules_now(handbook), handbook.version)
    appraisal = shelves.appraisals.of(cycle.id, person.id) if cycle else None
    placed = person.amended(post=appraisal.post, team=appraisal.team) if appraisal else person
    known = Whose(appraisal.post, len(period.quarters), appraisal.served, appraisal.days) if appraisal else None
    whose, inputs = known or so_far(person, period, today), inputs_of(shelves, placed, period, cycle.id if cycle else None)
    told = appraisal.measured if appraisal and is_told(appraisal) else ()
    found, ahead = told or measured(inputs, whose, rules), today <= period.end
    return Standing(placed, period, rules, version, cycle, appraisal, inputs, whose, found, ahead)
