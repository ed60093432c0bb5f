"""Calibration (§5.3): grades are compared across teams and changed for a reason; the manager's own grade is kept beside."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from bot.language import N_
from bot.policy.appraisals.cycle import PHASE_NAMES, Cycle, Phase
from bot.policy.appraisals.record import SCORED, TOLD, Appraisal, Calibration, Grade
from bot.policy.appraisals.scoring import BETTER, rounded
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.appraisals.suggesting import grades_of
from bot.policy.machine import Step
from bot.policy.people import Forbidden, Role
from bot.policy.refusal import Refusal

GRADED = SCORED | TOLD
ADVISED_FROM = 25  # below so many people, shares of grades say nothing, not even as advice


class Judge(NamedTuple):
    """Who calibrates: whether they are of the HR department, and whether they are above the manager who scored."""

    id: str
    hr: bool
    above: bool


def check_judge(appraisal: Appraisal, judge: Judge) -> None:
    """Refuse the person themselves, and the manager who scored: calibration is a second look, by HR or from further up."""
    if judge.id == appraisal.person:
        raise Refusal(N_("Nobody calibrates their own grade."))
    if judge.id in scorers(appraisal):
        raise Refusal(N_("Who scored somebody does not calibrate them as well."))
    if not (judge.hr or judge.above):
        raise Forbidden(frozenset({Role.HR}))


def check_calibrating(cycle: Cycle) -> None:
    """Refuse while a cycle is not being calibrated."""
    if cycle.state is not Phase.CALIBRATION:
        reason = N_("The appraisal of {period} is {state}: grades are not calibrated now.")
        raise Refusal(reason, period=cycle.called, state=PHASE_NAMES[cycle.state])


def grades_open(appraisal: Appraisal, cycle: Cycle, judge: Judge) -> list[Grade]:
    """Return the grades to which somebody may change one: any for HR, for others those next to the manager's."""
    able = appraisal.state in SCORED and appraisal.grade is not None and cycle.state is Phase.CALIBRATION
    if not able or not may_judge(appraisal, judge):
        return []
    return [grade for grade in grades_of(cycle) if grade is not appraisal.final_grade and (judge.hr or apart(appraisal, grade) <= 1)]


def may_judge(appraisal: Appraisal, judge: Judge) -> bool:
    """Say whether somebody may calibrate an appraisal at all."""
    return judge.id not in {appraisal.person, *scorers(appraisal)} and (judge.hr or judge.above)


def scorers(appraisal: Appraisal) -> set[str]:
    """Return who scored somebody, and who scores them now."""
    return {appraisal.manager, appraisal.scoring.manager if appraisal.scoring else appraisal.manager}


def apart(appraisal: Appraisal, grade: Grade) -> int:
    """Return how many grades lie between one and the manager's."""
    return abs(BETTER.index(grade) - BETTER.index(appraisal.grade)) if appraisal.grade is not None else 0


def calibrate(appraisal: Appraisal, cycle: Cycle, grade: Grade, why: str, judge: Judge, now: datetime) -> Step[Appraisal]:
    """Change a grade for a reason; the manager's own, and every change, are kept for ever."""
    check_judge(appraisal, judge)
    check_calibrating(cycle)
    MACHINE.check(appraisal, Action.CALIBRATE)
    if grade not in grades_of(cycle):
        raise Refusal(N_("Outstanding is given for a year only."), field="grade")
    if grade is appraisal.final_grade:
        raise Refusal(N_("That is the grade already."), field="grade")
    if not judge.hr and apart(appraisal, grade) > 1:
        raise Refusal(N_("A change by more than one grade is for the HR department."), field="grade")
    if not why:
        raise Refusal(N_("Please give a reason."), field="why")
    change = Calibration(at=now, by=judge.id, was=appraisal.final_grade, became=grade, why=why)
    calibrated = None if grade is appraisal.grade else grade
    return MACHINE.advance(
        appraisal, Action.CALIBRATE, judge.id, now, why, calibrated=calibrated, calibrations=(*appraisal.calibrations, change)
    )


class Average(NamedTuple):
    """What a group's grades come to: None where too few people are in it to show any; `leniency` is its mean less everybody's."""

    name: str
    people: int
    mean: Decimal | None
    leniency: Decimal | None
    grades: Mapping[Grade, int]


class Averages(NamedTuple):
    """The averages of everybody, by team, and by the manager who scored."""

    everybody: Average
    teams: Sequence[Average]
    managers: Sequence[Average]


Groups = Mapping[str, frozenset[str]]


def grouped(graded: Mapping[str, Appraisal], by: Callable[[Appraisal], str]) -> Groups:
    """Return the people of each group."""
    names = dict.fromkeys(by(one) for one in graded.values())
    return {name: frozenset(person for person, one in graded.items() if by(one) == name) for name in names}


def shown(groups: Groups, least: int) -> Groups:
    """Return the groups of which an average may be shown: nobody can subtract them from the whole and be left with too few."""
    seen = {name: people for name, people in groups.items() if len(people) >= least}
    hidden = sum(len(people) for name, people in groups.items() if name not in seen)
    while seen and 0 < hidden < least:
        smallest = min(seen, key=lambda name: (len(seen[name]), name))
        hidden += len(seen.pop(smallest))
    return seen


def beside(groups: Groups, others: Groups, least: int) -> Groups:
    """Return those groups that do not, taken from another one around them, leave too few people."""
    seen = dict(groups)
    for around in others.values():
        within = sorted((name for name, people in seen.items() if people < around), key=lambda name: (len(seen[name]), name))
        while within and 0 < len(around.difference(*(seen[name] for name in within))) < least:
            del seen[within.pop(0)]
    return seen


def averages(appraisals: Iterable[Appraisal], least: int) -> Averages:
    """Return averages of those who have a score; groups of fewer than `least` are hidden, and so is what would give them away."""
    graded = {one.person: one for one in appraisals if one.state in GRADED and one.score is not None}
    teams, managers = grouped(graded, lambda one: one.team), grouped(graded, lambda one: one.manager)
    shown_managers = beside(shown(managers, least), shown(teams, least), least)
    shown_teams = beside(shown(teams, least), shown_managers, least)
    whole = average("", frozenset(graded), graded, None, seen=len(graded) >= least)

    def told(groups: Groups, seen: Groups) -> list[Average]:
        return [average(name, people, graded, whole.mean, seen=name in seen) for name, people in sorted(groups.items())]

    return Averages(whole, told(teams, shown_teams), told(managers, shown_managers))


def average(name: str, people: frozenset[str], graded: Mapping[str, Appraisal], around: Decimal | None, *, seen: bool) -> Average:
    """Return the average of a group; without anything but its size where it is not to be seen."""
    if not seen:
        return Average(name, len(people), None, None, {})
    mean = sum((graded[one].score or Decimal() for one in people), Decimal()) / len(people)
    leniency = None if around is None else rounded(mean - around)
    return Average(name, len(people), rounded(mean), leniency, distribution(graded[one].final_grade for one in people))


def distribution(grades: Iterable[Grade | None]) -> dict[Grade, int]:
    """Return how many got each grade, the best first."""
    counted = Counter(grades)
    return {grade: counted[grade] for grade in Grade if counted[grade]}
