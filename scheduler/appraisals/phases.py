"""Phases of a cycle end on their day (§5.3): self-reviews lapse, results are told, appeals run out; and people come and go."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.policy.appraisals import changes, phases
from bot.policy.appraisals.changes import CHANGEABLE, Change
from bot.policy.appraisals.cycle import Cycle, Move, Phase
from bot.policy.appraisals.phases import SETTLED, Counts, is_over
from bot.policy.appraisals.record import ENDED, SCORED, SELF_OWED, Appraisal, State
from bot.policy.appraisals.results import publish
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.machine import Step
from bot.policy.people import Person
from bot.views.appraisals import results
from bot.views.appraisals.department import News
from scheduler.appraisals.walking import alone, held, reach, treat
from scheduler.job import Job, Occasion
from storage.appraising import keep_appraisal, keep_cycle, names_of
from storage.cycles import at_work, is_decided, moved, reviewers_next, year_of
from storage.inviting import ask_department, call_department, call_on_change, give_list, report
from storage.kept import at_work as next_at_work
from storage.kept import tongue
from storage.rating import raters_of, tell_peers
from storage.store import Shelves

Goes = Callable[[Cycle, Counts], Step[Cycle]]


def go_on(occasion: Occasion) -> None:
    """Take every cycle as far as the calendar says."""
    with occasion.store.look() as shelves:
        found = at_work(shelves)
    for cycle in found:
        with alone(cycle.subject):
            take(occasion, cycle, found)


def take(occasion: Occasion, cycle: Cycle, others: Sequence[Cycle]) -> None:
    """Take one cycle as far as the calendar says."""
    match cycle.state:
        case Phase.OPEN if is_over(cycle.self_due, occasion.now, occasion.handbook):
            review(occasion, cycle, tuple(others))
        case Phase.MANAGER_REVIEW:
            score(occasion, cycle)
        case Phase.CALIBRATION:
            end_peers(occasion, cycle)
        case Phase.PUBLISHED:
            tell_results(occasion, cycle)
        case Phase.APPEAL_WINDOW:
            finish(occasion, cycle)
        case Phase.CANCELLED:
            end_peers(occasion, cycle)
            let_go(occasion, cycle)


def review(occasion: Occasion, cycle: Cycle, others: tuple[Cycle, ...]) -> None:
    """End the self-reviews, and give the cycle to the managers."""
    if phases.waits_for(cycle, others):
        return
    lapse(occasion, cycle)
    move(occasion, cycle, Move.REVIEW, lambda now, counts: phases.review(now, counts, others, "", occasion.now))


def lapse(occasion: Occasion, cycle: Cycle) -> None:
    """Note which self-reviews were not handed in."""
    treat(
        occasion,
        cycle,
        SELF_OWED,
        lambda shelves, _cycle, one: kept(occasion, shelves, MACHINE.advance(one, Action.LAPSE, "", occasion.now)),
    )


def score(occasion: Occasion, cycle: Cycle) -> None:
    """Give the managers their lists, and thank colleagues; when all are scored and the time is over, calibration begins."""
    if is_over(cycle.self_due, occasion.now, occasion.handbook):
        lapse(occasion, cycle)
    reach(occasion, cycle, reviewers_next, lambda shelves, now, person: review_begins(occasion, shelves, now, person))
    if is_over(cycle.manager_due, occasion.now, occasion.handbook):
        move(occasion, cycle, Move.CALIBRATE, lambda now, counts: phases.calibrate(now, counts, "", occasion.now))


def review_begins(occasion: Occasion, shelves: Shelves, cycle: Cycle, person: Person) -> None:
    """Give a manager the list of those whom they score; tell whoever was asked about colleagues that it is over."""
    give_list(shelves, cycle, person, occasion.handbook)
    tell_peers(shelves, cycle, person.id, occasion.handbook)


def end_peers(occasion: Occasion, cycle: Cycle) -> None:
    """Tell those who were asked about colleagues that it is over."""
    reach(occasion, cycle, raters_of, lambda shelves, now, person: tell_peers(shelves, now, person.id, occasion.handbook))


def tell_results(occasion: Occasion, cycle: Cycle) -> None:
    """Tell everybody their result, and then hear appeals."""
    treat(occasion, cycle, SCORED, lambda shelves, now, one: tell_result(occasion, shelves, now, one))
    move(occasion, cycle, Move.HEAR, lambda now, _counts: phases.hear(now, occasion.now))


def tell_result(occasion: Occasion, shelves: Shelves, cycle: Cycle, appraisal: Appraisal) -> None:
    """Tell one person their result, and put it into their year; whoever is told later can appeal as long as everybody else."""
    if longer := phases.prolonged(cycle, occasion.handbook, occasion.now):
        keep_cycle(shelves, longer, occasion.handbook)
        cycle = longer.record
    step = publish(appraisal, cycle, occasion.now)
    kept(occasion, shelves, step)
    year = year_of(shelves, step.record)
    if year:
        quarters = year.quarters | {step.record.period: (step.record.score, step.record.final_grade)}
        shelves.appraisals.save(year.amended(quarters=quarters))
    person = shelves.people.get(appraisal.person)
    if person:
        say_result(occasion, shelves, cycle, step.record, person)


def say_result(occasion: Occasion, shelves: Shelves, cycle: Cycle, appraisal: Appraisal, person: Person) -> None:
    """Say a result to the person, when they are at work."""
    names = names_of(shelves, [appraisal.manager])
    message = results.result(tongue(occasion.handbook, person), cycle, appraisal, names)
    opens = next_at_work(shelves, person, occasion.handbook)
    shelves.outbox.say(f"{results.RESULT}:{appraisal.id}", person.id, message, subject=appraisal.subject, not_before=opens)


def finish(occasion: Occasion, cycle: Cycle) -> None:
    """End what nobody can appeal against any more, and close the cycle when everything has ended."""
    if is_over(phases.due_of(cycle), occasion.now, occasion.handbook):
        treat(
            occasion,
            cycle,
            SETTLED,
            lambda shelves, _cycle, one: kept(occasion, shelves, MACHINE.advance(one, Action.FINISH, "", occasion.now)),
        )
        move(occasion, cycle, Move.CLOSE, lambda now, counts: phases.close(now, counts, "", occasion.now))


def let_go(occasion: Occasion, cycle: Cycle) -> None:
    """Excuse everybody from a cycle that was cancelled."""
    waiting = frozenset(State) - ENDED
    treat(
        occasion,
        cycle,
        waiting,
        lambda shelves, _cycle, one: kept(occasion, shelves, changes.excuse(one, changes.WAS_CANCELLED, "", occasion.now)),
    )


def move(occasion: Occasion, cycle: Cycle, how: Move, goes: Goes) -> None:
    """Take a step with a cycle, if nothing is in the way, and have the HR department see it; it hears of scores that are late too."""
    with occasion.store.change() as shelves:
        now, counts = held(shelves, cycle), shelves.appraisals.counts(cycle.id)
        if now and not phases.left(how, counts):
            step = goes(now, counts)
            keep_cycle(shelves, step, occasion.handbook)
            report(shelves, step.record, occasion.handbook)
            call_on_change(shelves, step.record, occasion.handbook)
        elif now and how is Move.CALIBRATE:
            call_department(shelves, now, News.OVERDUE, occasion.handbook)


def kept(occasion: Occasion, shelves: Shelves, step: Step[Appraisal]) -> None:
    """Remember a step of an appraisal."""
    keep_appraisal(shelves, step, occasion.handbook)


def follow(occasion: Occasion) -> None:
    """Have the appraisals follow who left and who has another manager."""
    with occasion.store.look() as shelves:
        found = [(cycle, moved(shelves, cycle.id)) for cycle in at_work(shelves) if cycle.state in CHANGEABLE]
    for cycle, numbers in found:
        for number in numbers:
            with alone(f"appraisal:{number}"), occasion.store.change() as shelves:
                change(occasion, shelves, cycle, number)


def change(occasion: Occasion, shelves: Shelves, cycle: Cycle, number: int) -> None:
    """Have one appraisal follow the directory."""
    one = shelves.appraisals.get(number, lock=True) if held(shelves, cycle) else None
    if one is None:
        return
    person = shelves.people.get(one.person)
    above = shelves.people.get(person.manager) if person and person.manager else None
    what = changes.change_of(one, person, above, shelves.people.get(one.manager))
    if what is None or (what in (Change.TAKE_OVER, Change.ASK) and is_decided(shelves, one)):
        return
    step = changes.changed(one, what, above.id if above else "", occasion.now)
    kept(occasion, shelves, step)
    if what is Change.ASK:
        ask_department(shelves, cycle, step.record, occasion.handbook)


JOBS = (
    Job("appraisals.go_on", go_on, every=timedelta(minutes=1), stride=timedelta(hours=1)),
    Job("appraisals.follow", follow, every=timedelta(minutes=15), stride=timedelta(hours=3)),
)
