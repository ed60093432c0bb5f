"""What came of the department's appraisals: a grade compared, results told and seen, an appeal settled, bonuses listed."""

from datetime import datetime, timedelta

from bot.policy.appraisals import calibration, payroll, phases, results
from bot.policy.appraisals.appeals import Matter, appeal, settle, talk
from bot.policy.appraisals.calibration import Judge
from bot.policy.appraisals.cycle import Kind, rules_of
from bot.policy.appraisals.record import SCORED, TOLD, Appraisal, Grade
from bot.policy.appraisals.scoring import BETTER
from bot.views.appraisals.payroll_file import checksum
from sandbox.department.appraising import PLACES, Course
from sandbox.department.people import GAOYUAN, NING
from sandbox.department.rules import calendar, handbook
from sandbox.department.scorings import APPEALS, COMPARED, REMARKS


def calibrate_one(course: Course) -> None:
    """Change the one grade that is closest to the next lower one, if anybody has a good one by their score."""
    bands = rules_of(course.cycle).appraisals.bands
    close = [
        (one.score - bands[one.grade], one.person, one)
        for one in course.all(SCORED)
        if one.score is not None and one.grade in (Grade.EXCELLENT, Grade.GOOD) and one.grade is one.suggested
    ]
    if close:
        _margin, _person, one = min(close, key=lambda found: found[:2])
        lower = BETTER[BETTER.index(one.grade or Grade.GOOD) + 1]
        judge, at = Judge(NING, hr=True, above=False), course.at(course.cycle.manager_due, 11, NING, 2)
        course.take(one, lambda it, at: calibration.calibrate(it, course.cycle, lower, COMPARED, judge, at), at)


def tell(course: Course) -> None:
    """Publish the results, and tell everybody theirs."""
    from_ = course.at(course.cycle.calibration_due, 10, NING)
    course.move(phases.publish(course.cycle, course.counts(), handbook(), NING, from_))
    for one in course.all(SCORED):
        course.take(one, lambda it, at: results.publish(it, course.cycle, at), from_ + timedelta(minutes=1))
    course.move(phases.hear(course.cycle, from_ + timedelta(minutes=2)))


def hear(course: Course, *, appealing: bool) -> None:
    """Have everybody but the head of the department see their result; one appeals and settles it with the manager."""
    told, told_on = course.all(TOLD), course.cycle.calibration_due
    lowest = min(told, key=lambda one: (one.person not in APPEALS, one.score is None, one.score or 0, one.person)) if appealing else None
    for one in told:
        place = PLACES[one.person]
        if one == lowest:
            disagree(course, one)
        elif one.person != GAOYUAN:
            seen = course.at(told_on, 11, one.person, 1 + place % 3, place)
            course.take(one, lambda it, at: results.acknowledge(it, it.person, at, remark_of(it, course)), seen)


def remark_of(one: Appraisal, course: Course) -> str:
    """Return what somebody says to their result; each says something once, to that of a quarter."""
    said = {(person, nth): words for nth, (person, words) in enumerate(REMARKS.items())}
    return said.get((one.person, course.turn), "") if course.cycle.kind is Kind.QUARTER else ""


def disagree(course: Course, one: Appraisal) -> None:
    """Appeal, talk it over with the manager on the next day, and let the result stand."""
    why, notes = APPEALS[one.person]
    told_on, manager = course.cycle.calibration_due, one.manager

    def matter(it: Appraisal, actor: str, at: datetime) -> Matter:
        return Matter(it, course.cycle, actor, at, calendar())

    one = course.take(one, lambda it, at: appeal(matter(it, it.person, at), why), course.at(told_on, 9, one.person, 1))
    one = course.take(one, lambda it, at: talk(matter(it, manager, at), notes), course.at(told_on, 14, manager, 2))
    course.take(one, lambda it, at: settle(matter(it, it.person, at)), course.at(told_on, 15, one.person, 3))


def pay(course: Course) -> None:
    """Prepare the list of bonuses for payroll; a second person of the HR department has still to approve it."""
    told = course.all(TOLD)
    people = {person.id: person for person in course.shelves.people.among([one.person for one in told])}
    lines, over = payroll.lines_of(told, people), course.cycle.appeal_until or course.cycle.calibration_due
    course.move(payroll.prepare(course.cycle, lines, checksum(lines), NING, course.at(over, 10, NING, 1)))
