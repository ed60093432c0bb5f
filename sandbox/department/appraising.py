"""What is done in an appraisal of the department before it is calibrated: self-reviews, ratings by colleagues, and scoring."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.policy.appraisals import manager, self_review
from bot.policy.appraisals.cycle import Cycle, rules_of
from bot.policy.appraisals.peers import Answer, answered
from bot.policy.appraisals.record import MANAGER_OWED, Appraisal, PeerRating, State
from bot.policy.appraisals.self_review import Sent
from bot.policy.appraisals.suggesting import suggested
from bot.policy.bids import Bid
from bot.policy.machine import Step
from bot.policy.record import Event
from bot.policy.tallies import Period
from sandbox.department.people import MEMBERS, ZONES
from sandbox.department.reviews import typed
from sandbox.department.rules import calendar, handbook
from sandbox.department.scorings import graded, scored
from storage.appraising import keep_appraisal, keep_cycle, quarters_of
from storage.measuring import measures_now
from storage.store import Shelves

PLACES = {member.id: place for place, member in enumerate(MEMBERS)}
Take = Callable[[Appraisal, datetime], Step[Appraisal]]


class Course:
    """A cycle as it goes on; `turn` is how many quarters ago it was, by which people say something else each time.

    `bids` are all that the department ever worked on.
    """

    def __init__(self, shelves: Shelves, of: Period, turn: int, cycle: Cycle, bids: Sequence[Bid]) -> None:
        self.shelves = shelves
        self.of = of
        self.turn = turn
        self.cycle = cycle
        self.bids = bids
        self.skills = [one.id for one in rules_of(cycle).appraisals.competencies]

    def at(self, day: date, hour: int, who: str, after: int = 0, minute: int = 0) -> datetime:
        """Return a moment by somebody's own clock, some working days after a day."""
        worked = calendar().add_working_days(day, after)
        return datetime.combine(worked, time(hour, minute), ZoneInfo(ZONES[who])).astimezone(UTC)

    def midnight(self, day: date) -> datetime:
        """Return when a day is over at the head office."""
        zone = ZoneInfo(calendar().company.time_zone)
        return datetime.combine(day + timedelta(days=1), time(0, 1), zone).astimezone(UTC)

    def all(self, states: Collection[State] = ()) -> list[Appraisal]:
        """Return the appraisals, those in some states only if any are given."""
        return self.shelves.appraisals.in_cycle(self.cycle.id, states)

    def counts(self) -> Mapping[State, int]:
        """Return how many appraisals are in each state."""
        return self.shelves.appraisals.counts(self.cycle.id)

    def take(self, one: Appraisal, how: Take, at: datetime) -> Appraisal:
        """Take one step with an appraisal, as a request of its own; return it as it became."""
        step = how(one, at)
        keep_appraisal(self.shelves, step, handbook(), f"{one.subject}:{at:%Y%m%dT%H%M}")
        return step.record

    def move(self, step: Step[Cycle]) -> None:
        """Take one step with the cycle."""
        keep_cycle(self.shelves, step, handbook(), f"{step.event.subject}:{step.event.at:%Y%m%dT%H%M}")
        self.cycle = step.record


def ask_peers(shelves: Shelves, cycle: Cycle, asked: Collection[PeerRating]) -> list[PeerRating]:
    """Return the ratings with what colleagues answered; some cannot say. The audit log learns only that they answered."""
    told = [answered(one, opinion(one, nth), cycle, answer_at(cycle, one)) for nth, one in enumerate(asked)]
    for one in told:
        at, subject = answer_at(cycle, one), f"peers:{one.cycle}:{one.rater}"
        request = f"{subject}:{at:%Y%m%dT%H%M}"
        shelves.audit.note(Event(at=at, actor=one.rater, subject=subject, action="rate", request=request))
    return told


def answer_at(cycle: Cycle, rating: PeerRating) -> datetime:
    """Return when a colleague answers: all whom they are asked about at once."""
    day = calendar().add_working_days(cycle.opened_at.date(), 1 + PLACES[rating.rater] % 4)
    return datetime.combine(day, time(13, 10 + PLACES[rating.rater]), ZoneInfo(ZONES[rating.rater])).astimezone(UTC)


def opinion(rating: PeerRating, nth: int) -> Answer:
    """Return what somebody says of a colleague: most are content, every seventh cannot say."""
    seed = 5 * PLACES[rating.rater] + 3 * PLACES[rating.person] + rating.cycle
    return Answer(declined=True) if nth > 2 and seed % 7 == 0 else Answer(4 + seed % 2, 3 + seed % 3)


def review_oneself(course: Course, one: Appraisal, *, late: bool = False) -> None:
    """Write a self-review on one day and hand it in on the next; a late one, both on the day after it was due."""
    place, due = PLACES[one.person], course.cycle.self_due
    written = course.at(due, 9, one.person, 1) if late else course.at(due, 15, one.person, -2 - place % 3, place)
    handed_in = course.at(due, 11, one.person, 1) if late else course.at(due, 10, one.person, -1 - place % 3, place)
    fields = typed(one.person, decided(course, one.person), course.skills, course.turn)
    sent = Sent(f"form:{one.id}", 0, f"{written.timestamp():.6f}", {}, fields, "")
    found = self_review.draft(one, course.cycle, sent, course.skills, written)
    if found is None:
        raise LookupError(f"nothing was written in {one.number}")
    if found.step.record.state is one.state:
        course.shelves.appraisals.save(found.step.record)
    else:
        course.take(one, lambda _it, _at: found.step, written)
    course.take(found.step.record, lambda it, at: self_review.submit(it, course.cycle, course.skills, at), handed_in)


def decided(course: Course, person: str) -> list[Bid]:
    """Return the bids of a person that were decided in the period, oldest first."""
    first, last = course.of.instants(calendar().company.time_zone)
    mine = [(bid.decided_at, bid.id, bid) for bid in course.bids if bid.owner == person and bid.decided_at]
    return [bid for at, _number, bid in sorted(mine) if first <= at < last]


def score(course: Course, one: Appraisal) -> None:
    """Score somebody blind, compare it with the self-review, and give a grade, in one afternoon."""
    if one.state not in MANAGER_OWED:
        return
    who, days, minute = one.manager, 2 + PLACES[one.person] % 4, 2 * PLACES[one.person]
    begun, uncovered, handed_in = (course.at(course.cycle.self_due, hour, who, days, minute) for hour in (14, 15, 16))
    one = course.take(one, lambda it, at: manager.begin(it, course.cycle, who, at), begun)
    one = manager.draft(one, course.cycle, scored(one.person, course.skills, course.turn), who, uncovered).record
    one = course.take(one, lambda it, at: manager.uncover(it, course.cycle, who, at), uncovered)
    hand_in(course, one, handed_in)


def hand_in(course: Course, one: Appraisal, at: datetime) -> None:
    """Hand a scoring in, with the suggested grade or with a reason for another."""
    person = course.shelves.people.get(one.person)
    if person is None:
        raise LookupError(f"nobody is {one.person}")
    placed, rules = person.amended(post=one.post, team=one.team), rules_of(course.cycle)
    measured = measures_now(course.shelves, placed, course.of, rules, served=one.served, days=one.days, cycle=one.cycle)
    quarters = quarters_of(course.shelves, course.cycle, one.person)
    found = suggested(course.cycle, measured, quarters, one).grade
    given = graded(one.person, found, [grade for _score, grade in quarters.values() if grade])
    one = manager.draft(one, course.cycle, given, one.manager, at).record
    course.take(one, lambda it, at: manager.hand_in(it, course.cycle, measured, quarters, it.manager, at), at)
