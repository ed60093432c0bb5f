"""What is due from a person: what they owe on each bid, what they have to decide, and what they wait for."""

from collections.abc import Sequence
from datetime import datetime

from bot.handbook import Handbook
from bot.policy.appraisals.appeals import may_decide
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.manager import HANDED_IN_IN, due_first
from bot.policy.appraisals.opening import today
from bot.policy.appraisals.phases import due_of, is_over
from bot.policy.appraisals.record import MANAGER_OWED, Appraisal, State
from bot.policy.appraisals.self_review import is_writable
from bot.policy.appraisals.standing import is_appraised
from bot.policy.bids import OPEN, PENDING, UNSUBMITTED
from bot.policy.bids.decision import awaits_decision
from bot.policy.bids.owed import LOOK_BACK, TEACHES, concerned, owed
from bot.policy.calendar import Calendar
from bot.policy.demos import LIVE as SHOWING
from bot.policy.honours.record import Phase as Stage
from bot.policy.people import Person, Role
from bot.policy.research import LIVE as RESEARCHING
from bot.policy.solutions import LIVE as SOLVING
from bot.policy.tallies import current
from bot.views.appraisals.dues import Dues, Several
from bot.views.desk import Desktop, SoFar
from storage import demos, research, solutions
from storage.appraising import names_of
from storage.bids import Eyes
from storage.measuring import standing
from storage.store import Shelves

MOST = 5
UNDECIDED = (Stage.NOMINATIONS_CLOSED, Stage.DECIDING)
MANY = 2_000  # bids open at once, looked through in a few milliseconds


def desktop(shelves: Shelves, person: Person, now: datetime, handbook: Handbook) -> Desktop:
    """Return what lies on a person's desk."""
    own = [person.id]
    below = set(shelves.people.below(person.id)) - {person.id}
    live = shelves.bids.listed(states=OPEN, eyes=Eyes(person.id, list(below | {person.id})), limit=MANY)
    lately = shelves.bids.decided_since(now - LOOK_BACK, TEACHES)
    mine = [bid for bid in [*live, *lately] if person.id in concerned(bid) and owed(bid, person.id, now)]
    cycles = shelves.cycles.running()
    scored = shelves.appraisals.of_manager(person.id, [cycle.id for cycle in cycles]) if cycles else []
    return Desktop(
        person=person.id,
        now=now,
        due=mine,
        dues=dues(shelves, person, now, handbook, cycles, scored),
        rounds=shelves.rounds.in_phases(UNDECIDED) if Role.HR in person.roles else [],
        begun=[bid for bid in live if bid.owner == person.id and bid.state in UNSUBMITTED and bid not in mine],
        to_decide=[bid for bid in live if bid.owner in below and awaits_decision(bid)],
        waiting=[bid for bid in live if bid.owner == person.id and bid.state in PENDING],
        team=[bid for bid in live if bid.owner in below],
        research=shelves.researches.listed(research.Wanted(person.id, own, RESEARCHING, owners=[person.id]), limit=MOST),
        solutions=shelves.solutions.listed(solutions.Wanted(person.id, own, SOLVING, owners=[person.id]), limit=MOST),
        demos=shelves.demos.listed(demos.Wanted(person.id, own, SHOWING, owners=[person.id]), limit=MOST),
        zone=person.zone,
        milestones={step.id: step.name[person.speaks] for step in handbook.bids.milestones},
        so_far=so_far(shelves, person, now, handbook),
        scores=scoring_in(scored, cycles),
    )


def dues(shelves: Shelves, person: Person, now: datetime, handbook: Handbook, cycles: Sequence[Cycle], scored: Sequence[Appraisal]) -> Dues:
    """Return what is due from a person in the cycles that run, of which `scored` are the appraisals that they score."""
    day = today(now, handbook.company)
    if not cycles:
        return Dues(person.id, day)
    appeals = [*(one for one in scored if one.state is State.APPEALED), *to_hear(shelves, person, cycles)]
    return Dues(
        person.id,
        day,
        to_write(shelves, person, cycles),
        to_rate(shelves, person, cycles),
        to_score(scored, cycles),
        appeals,
        [cycle for cycle in cycles if is_over(due_of(cycle), now, handbook)] if Role.HR in person.roles else [],
        names_of(shelves, [one.person for one in appeals]) if appeals else {},
    )


def to_write(shelves: Shelves, person: Person, cycles: Sequence[Cycle]) -> list[tuple[Appraisal, Cycle]]:
    """Return a person's self-reviews that are not handed in, the most urgent first."""
    known = {cycle.id: cycle for cycle in cycles}
    mine = [(one, known[one.cycle]) for one in shelves.appraisals.of_person(person.id) if one.cycle in known]
    return sorted(((one, cycle) for one, cycle in mine if is_writable(one, cycle)), key=lambda each: (each[1].self_due, each[0].id))


def to_rate(shelves: Shelves, person: Person, cycles: Sequence[Cycle]) -> list[Several]:
    """Return about how many colleagues a person still owes an answer, by cycle."""
    asking = [cycle for cycle in cycles if cycle.state is Phase.OPEN]
    owed = shelves.ratings.owed_by(person.id, [cycle.id for cycle in asking]) if asking else []
    found = [(cycle, [one.id for one in owed if one.cycle == cycle.id]) for cycle in asking]
    return [Several(cycle, len(ratings), ratings[0]) for cycle, ratings in found if ratings]


def to_score(scored: Sequence[Appraisal], cycles: Sequence[Cycle]) -> list[Several]:
    """Return how many a manager has still to score, by cycle, once self-reviews are in."""
    waiting = [one.cycle for one in scored if one.state in MANAGER_OWED]
    return [Several(cycle, waiting.count(cycle.id)) for cycle in cycles if cycle.id in waiting and cycle.state in HANDED_IN_IN]


def scoring_in(scored: Sequence[Appraisal], cycles: Sequence[Cycle]) -> int:
    """Return the number of the cycle whose list a manager is led to: where somebody waits, the one due first, else the latest."""
    waiting = {one.cycle for one in scored if one.state in MANAGER_OWED}
    first = due_first(cycle for cycle in cycles if cycle.id in waiting)
    return first.id if first else max((one.cycle for one in scored), default=0)


def to_hear(shelves: Shelves, person: Person, cycles: Sequence[Cycle]) -> list[Appraisal]:
    """Return the appeals that wait for somebody of the HR department, but their own and those of whom they scored."""
    told = [cycle.id for cycle in cycles if cycle.published_at]
    if Role.HR not in person.roles or not told:
        return []
    return [one for one in shelves.appraisals.waiting(told, [State.HR_REVIEW]) if may_decide(one, person.id)]


def so_far(shelves: Shelves, person: Person, now: datetime, handbook: Handbook) -> SoFar | None:
    """Return how the quarter stands for a person who is appraised; None for all others."""
    found = standing(shelves, person, current(now, Calendar(handbook.company)), handbook, today(now, handbook.company))
    if not is_appraised(person, found.rules, Role(handbook.people.newcomers)):
        return None
    return SoFar(found, found.lifts())
