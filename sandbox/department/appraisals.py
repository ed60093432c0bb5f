"""The department's appraisals of the last year: every quarter and year whose cycle was over by the start, from its opening to its end."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.policy.appraisals import opening, phases
from bot.policy.appraisals.changes import Change, changed, name_scorer
from bot.policy.appraisals.cycle import MACHINE, Cycle, Kind, Move, rules_of
from bot.policy.appraisals.opening import Span, appraisal_of
from bot.policy.appraisals.phases import SETTLED
from bot.policy.appraisals.record import SELF_OWED, State
from bot.policy.appraisals.steps import MACHINE as STEPS
from bot.policy.appraisals.steps import Action
from bot.policy.bids import Bid
from bot.policy.machine import event
from bot.policy.people import Person, Role
from bot.policy.tallies import Period, before, current, period
from sandbox.department.appraising import Course, ask_peers, review_oneself, score
from sandbox.department.keeping import take
from sandbox.department.outcomes import calibrate_one, hear, pay, tell
from sandbox.department.people import DANIEL, JONAS, MARCUS, MEMBERS, NING, place
from sandbox.department.rules import calendar, handbook
from storage.appraising import keep_cycle
from storage.asking import Asking, add_ratings
from storage.store import Shelves

YEAR = 4  # quarters that are told of
LEFT_AFTER, LATE = 4, (JONAS, 2)  # working days into a cycle; who did not hand in a self-review in time, and how many quarters ago


def fill(shelves: Shelves, start: datetime) -> None:
    """Hold the cycles that were over by the start, oldest first."""
    planned = [(of, turn) for of, turn in periods(start) if is_over(drafted(of), start)]
    quarters = [of for of, _turn in planned if not opening.is_year(of)]
    bids = shelves.bids.listed(limit=1000)
    left = leaving(bids, [of for of, _turn in planned])
    for of, turn in planned:
        course = Course(shelves, of, turn, opened(shelves, of, start, left), bids)
        hold(course, left, quarters[::-1].index(of) if of in quarters else YEAR)


def periods(start: datetime) -> Iterator[tuple[Period, int]]:
    """Yield the last four quarters that ended, oldest first, each year after its last one; with how many quarters ago it was."""
    found = [before(current(start, calendar()), calendar())]
    while len(found) < YEAR:
        found.append(before(found[-1], calendar()))
    for turn, quarter in reversed([*enumerate(found)]):
        yield quarter, turn
        if quarter.quarters[0].number == opening.LAST:
            yield period(quarter.quarters[0].year, None, calendar()), turn


def drafted(of: Period) -> Cycle:
    """Return the cycle of a period as it began, on the first working day after it."""
    last = drafted(period(of.quarters[0].year, opening.LAST, calendar())).calibration_due if opening.is_year(of) else None
    return opening.drafted(of, handbook(), "", opening.begins(of, calendar()), last)


def is_over(cycle: Cycle, start: datetime) -> bool:
    """Say whether all of a cycle lies before the start, the list for payroll too."""
    appeal = rules_of(cycle).appraisals.appeal
    return calendar().add_working_days(cycle.calibration_due, (appeal.within if appeal else 0) + 3) < start.date()


def leaving(bids: Sequence[Bid], planned: Sequence[Period]) -> date | None:
    """Return the day on which Daniel left: in the cycle that followed his last bid, or None where there is no such cycle."""
    last = max(bid.decided_at for bid in bids if bid.owner == DANIEL and bid.decided_at)
    begun = (opening.begins(of, calendar()) for of in planned)
    after = next((moment for moment in begun if moment > last), None)
    return calendar().add_working_days(after.date(), LEFT_AFTER) if after else None


def hold(course: Course, left: date | None, nth: int) -> None:
    """Hold a cycle that is open to its end; `nth` is how many quarters were held after it."""
    lapse_and_review(course, left)
    for one in course.all():
        score(course, one)
    course.move(phases.calibrate(course.cycle, course.counts(), "", course.midnight(course.cycle.manager_due)))
    if nth == 0:
        calibrate_one(course)
    tell(course)
    hear(course, appealing=nth == 1)
    close(course)
    if course.cycle.kind is Kind.QUARTER and nth > 0:
        pay(course)


def opened(shelves: Shelves, of: Period, start: datetime, left: date | None) -> Cycle:
    """Begin the cycle of a period, with everybody who is in it, and whom they are asked about."""
    draft = drafted(of)
    cycle = shelves.cycles.add(draft)
    members = roster(cycle, start, left)
    shelves.audit.note(event(cycle, None, Move.PREPARE, "", cycle.opened_at).amended(request=f"{cycle.subject}:opened"))
    step = MACHINE.advance(cycle.amended(total=len(members)), Move.OPEN, "", cycle.opened_at)
    keep_cycle(shelves, step, handbook(), f"{cycle.subject}:opened")
    asking = Asking(shelves, cycle)
    for person, manager, span in members:
        one = shelves.appraisals.add(appraisal_of(cycle, person, manager, span, {}, cycle.opened_at))
        begun = event(one, None, Action.BEGIN, "", cycle.opened_at).amended(request=f"{cycle.subject}:opened")
        shelves.audit.note(begun)
        add_ratings(shelves, ask_peers(shelves, step.record, asking.about(shelves, one)))
    return step.record


def roster(cycle: Cycle, start: datetime, left: date | None) -> list[tuple[Person, str, Span]]:
    """Return who was in a cycle, by id, with the manager and how long they served."""
    people = {member.id: place(member, start) for member in MEMBERS}
    rules, newcomers = rules_of(cycle).appraisals, Role(handbook().people.newcomers)
    spans = {one.id: opening.span(one, cycle.start, cycle.end, rules, newcomers) for one in people.values()}
    gone = left is not None and left < cycle.opened_at.date()
    here = sorted(one for one in people if not (one == DANIEL and gone))
    return [(people[one], opening.manager_of(people[one], people), span) for one in here if (span := spans[one])]


def lapse_and_review(course: Course, left: date | None) -> None:
    """Have everybody write their self-review, but who left and who is late, and give the cycle to the managers."""
    begun, due = course.cycle.opened_at.date(), course.cycle.self_due
    for one in course.all():
        if not one.manager:
            # Whoever scores is told of it by what keeps an appraisal; in a history nobody is told anything.
            at = course.at(begun, 11, NING, 1)
            take(course.shelves, course.shelves.appraisals, one, at, lambda it, at: name_scorer(it, MARCUS, NING, at))
    for one in course.all():
        if one.person == DANIEL and left is not None and begun < left <= due:
            course.take(one, lambda it, at: changed(it, Change.LEFT, "", at), course.at(left, 18, DANIEL))
        elif (one.person, course.turn) != LATE:
            review_oneself(course, one)
    over = course.midnight(due)
    for one in course.all(SELF_OWED):
        course.take(one, lambda it, at: STEPS.advance(it, Action.LAPSE, "", at), over)
    course.move(phases.review(course.cycle, course.counts(), (), "", over))
    for one in course.all({State.SELF_OVERDUE}):
        review_oneself(course, one, late=True)


def close(course: Course) -> None:
    """End what nobody can appeal against any more, and close the cycle."""
    over = course.midnight(course.cycle.appeal_until or course.cycle.calibration_due)
    for one in course.all(SETTLED | {State.PUBLISHED}):
        course.take(one, lambda it, at: STEPS.advance(it, Action.FINISH, "", at), over)
    course.move(phases.close(course.cycle, course.counts(), "", over))
