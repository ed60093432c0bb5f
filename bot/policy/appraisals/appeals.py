"""Appeals (§5.3): against a result within its days, talked over with the manager, and decided by the HR department."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bot.handbook import Appeal as Days
from bot.language import N_
from bot.policy.appraisals.clocks import OutOfTime, is_overdue, of
from bot.policy.appraisals.cycle import Cycle, Kind, rules_of
from bot.policy.appraisals.opening import today
from bot.policy.appraisals.record import Appeal, Appraisal, Calibration, Grade, State
from bot.policy.appraisals.results import earned
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.calendar import Calendar
from bot.policy.machine import Step
from bot.policy.people import Person, Role, is_outsider
from bot.policy.refusal import Refusal


class Way(StrEnum):
    """What can be done with an appeal: upholding is two things, not to accept it and to let the result stand."""

    APPEAL = "appeal"
    TALK = "talk"
    SETTLE = "settle"
    ESCALATE = "escalate"
    ACCEPT = "accept"
    DECLINE = "decline"
    UPHOLD = "uphold"
    REVISE = "revise"


STEPS: Mapping[Way, Action] = {
    Way.APPEAL: Action.APPEAL,
    Way.TALK: Action.TALK,
    Way.SETTLE: Action.RESOLVE,
    Way.ESCALATE: Action.ESCALATE,
    Way.ACCEPT: Action.ACCEPT,
    Way.DECLINE: Action.UPHOLD,
    Way.UPHOLD: Action.UPHOLD,
    Way.REVISE: Action.REVISE,
}
GONE = N_("Whoever appealed has left: the result stands.")
SILENT = N_("Nobody went on with the appeal in time: the result stands.")
ARRIVED, ACCEPTED = (Way.ACCEPT, Way.DECLINE), (Way.UPHOLD, Way.REVISE)


class Matter(NamedTuple):
    """An appraisal in its cycle, and who does something with its appeal, when, by which calendar."""

    appraisal: Appraisal
    cycle: Cycle
    actor: str
    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        """Return the day that it is at the head office."""
        return today(self.now, self.calendar.company)

    def ahead(self, days: int) -> date:
        """Return the working day that is so many days ahead."""
        return self.calendar.add_working_days(self.today, days)

    def step(self, way: Way, why: str = "", appeal: Appeal | None = None, **facts: Any) -> Step[Appraisal]:
        """Return the step with what it makes of the appeal and of the appraisal."""
        kept = appeal or self.appraisal.appeal
        return MACHINE.advance(self.appraisal, STEPS[way], self.actor, self.now, why, appeal=kept, **facts)


def days_of(cycle: Cycle) -> Days:
    """Return how long each part of an appeal may take; refuse where the company knows no appeals."""
    days = rules_of(cycle).appraisals.appeal
    if days is None:
        raise Refusal(N_("There are no appeals in this appraisal; talk with your manager or the HR department."))
    return days


def last_day(appraisal: Appraisal, cycle: Cycle, calendar: Calendar) -> date:
    """Return the last day on which a result may be appealed against."""
    if cycle.appeal_until:
        return cycle.appeal_until
    told = appraisal.published_at or appraisal.opened_at
    return calendar.add_working_days(today(told, calendar.company), days_of(cycle).within)


def check(matter: Matter, way: Way) -> None:
    """Refuse what cannot be done with an appeal now, or not by this person."""
    days_of(matter.cycle)
    MACHINE.check(matter.appraisal, STEPS[way])
    if way is Way.APPEAL:
        check_in_time(matter)
    if way is Way.ESCALATE and matter.appraisal.state is State.APPEALED and not is_overdue(matter.appraisal, matter.now, matter.calendar):
        raise OutOfTime(N_("Your manager has until {day} to talk with you; then you can go on."), of(matter.appraisal).talk_due)
    if way in (*ARRIVED, *ACCEPTED):
        check_decider(matter.appraisal, matter.actor)
        check_accepted(matter.appraisal, way)


def check_in_time(matter: Matter) -> None:
    """Refuse an appeal after its last day."""
    until = last_day(matter.appraisal, matter.cycle, matter.calendar)
    if matter.today > until:
        raise OutOfTime(N_("Appeals were possible until {day}."), until)


def check_decider(appraisal: Appraisal, actor: str) -> None:
    """Refuse whoever scored the person, or is the person."""
    if not may_decide(appraisal, actor):
        raise Refusal(N_("Somebody else of the HR department has to decide: you scored this person, or it is your own appraisal."))


def check_accepted(appraisal: Appraisal, way: Way) -> None:
    """Refuse a decision before the appeal is accepted, and accepting it twice."""
    accepted = of(appraisal).accepted
    if way in ARRIVED and accepted:
        raise Refusal(N_("This appeal was accepted already; decide about it."))
    if way in ACCEPTED and not accepted:
        raise Refusal(N_("Accept the appeal first."))


def appeal(matter: Matter, why: str) -> Step[Appraisal]:
    """Appeal against a result: once, with a reason, and in time."""
    check(matter, Way.APPEAL)
    return matter.step(Way.APPEAL, why, Appeal(at=matter.now, why=why, talk_due=matter.ahead(days_of(matter.cycle).talk)))


def talk(matter: Matter, notes: str) -> Step[Appraisal]:
    """Note the manager's talk with the person, who has as long to go on as the HR department has to accept an appeal."""
    check(matter, Way.TALK)
    due = matter.ahead(days_of(matter.cycle).accept)
    return matter.step(Way.TALK, "", of(matter.appraisal).amended(talk_at=matter.now, talk=notes, answer_due=due))


def stands(appraisal: Appraisal, person: Person | None, now: datetime, calendar: Calendar) -> str:
    """Return why the calendar lets a result stand: nobody is there any more to go on, or nobody did in time; else nothing.

    What has come to the HR department is decided there, whether the person has left or not.
    """
    if appraisal.state not in (State.APPEALED, State.MANAGER_TALK):
        return ""
    if person is None or is_outsider(person):
        return GONE
    return SILENT if appraisal.state is State.MANAGER_TALK and is_overdue(appraisal, now, calendar) else ""


def stand(appraisal: Appraisal, why: str, now: datetime) -> Step[Appraisal]:
    """Let a result stand by the calendar."""
    return MACHINE.advance(appraisal, Action.STAND, "", now, why, appeal=of(appraisal).amended(stands=why))


def settle(matter: Matter) -> Step[Appraisal]:
    """Let the result stand after the talk: the person is content with it."""
    check(matter, Way.SETTLE)
    return matter.step(Way.SETTLE)


def escalate(matter: Matter) -> Step[Appraisal]:
    """Go on to the HR department: after the talk, or at once where the manager did not talk in time."""
    check(matter, Way.ESCALATE)
    due = matter.ahead(days_of(matter.cycle).accept)
    return matter.step(Way.ESCALATE, "", of(matter.appraisal).amended(escalated_at=matter.now, accept_due=due))


def accept(matter: Matter) -> Step[Appraisal]:
    """Take an appeal up, to be decided within its days."""
    check(matter, Way.ACCEPT)
    due = matter.ahead(days_of(matter.cycle).decide)
    taken = of(matter.appraisal).amended(accepted=True, accepted_at=matter.now, accepted_by=matter.actor, decide_due=due)
    return matter.step(Way.ACCEPT, "", taken)


def decline(matter: Matter, why: str) -> Step[Appraisal]:
    """Not take an appeal up: the result stands, for a reason."""
    check(matter, Way.DECLINE)
    refused = decided(matter, why).amended(accepted=False, accepted_at=matter.now, accepted_by=matter.actor)
    return matter.step(Way.DECLINE, why, refused)


def uphold(matter: Matter, why: str) -> Step[Appraisal]:
    """Decide that the result stands, for a reason."""
    check(matter, Way.UPHOLD)
    return matter.step(Way.UPHOLD, why, decided(matter, why))


def revise(matter: Matter, grade: Grade, why: str) -> Step[Appraisal]:
    """Decide on another grade, for a reason; the bonus is reckoned anew."""
    check(matter, Way.REVISE)
    check_grade(matter, grade)
    before = matter.appraisal
    changed = Calibration(at=matter.now, by=matter.actor, was=before.final_grade, became=grade, why=why)
    facts: dict[str, Any] = {"calibrated": grade, "calibrations": (*before.calibrations, changed)}
    bonus = earned(before.amended(**facts), matter.cycle)
    return matter.step(Way.REVISE, why, decided(matter, why), bonus=bonus, **facts)


def check_grade(matter: Matter, grade: Grade) -> None:
    """Refuse the grade that it is already, and one that is not given for such a period."""
    if grade not in grades_of(matter.cycle):
        raise Refusal(N_("This grade is given for a year only."), field="grade")
    if grade == matter.appraisal.final_grade:
        raise Refusal(N_("That is the grade already; uphold the result instead."), field="grade")


def grades_of(cycle: Cycle) -> tuple[Grade, ...]:
    """Return the grades that a period can have, the best first."""
    return tuple(grade for grade in Grade if cycle.kind is Kind.YEAR or grade is not Grade.OUTSTANDING)


def ways_open(appraisal: Appraisal, cycle: Cycle, roles: frozenset[Role], *, late: bool = False) -> list[Way]:
    """Return what somebody in these roles can do next; `late` says that the manager's day is over."""
    open_steps = MACHINE.steps_open(appraisal, roles)
    ways = [way for way, step in STEPS.items() if step in open_steps]
    shut = {Way.APPEAL} if rules_of(cycle).appraisals.appeal is None else set()
    early = {Way.ESCALATE} if appraisal.state is State.APPEALED and not late else set()
    taken = appraisal.appeal is not None and bool(appraisal.appeal.accepted)
    return [way for way in ways if way not in {*shut, *early, *(ARRIVED if taken else ACCEPTED)}]


def may_decide(appraisal: Appraisal, person: str) -> bool:
    """Say whether somebody of the HR department is neither the person, nor whoever scores them."""
    scored = appraisal.scoring.manager if appraisal.scoring else ""
    return person not in {appraisal.person, appraisal.manager, scored}


def hearers(people: Iterable[Person], appraisal: Appraisal) -> list[Person]:
    """Return those of the HR department who are told of an appeal: everybody but the person."""
    return [person for person in people if Role.HR in person.roles and person.id != appraisal.person and not is_outsider(person)]


def decided(matter: Matter, why: str) -> Appeal:
    """Return the appeal as it is once it is decided."""
    return of(matter.appraisal).amended(decided_at=matter.now, decided_by=matter.actor, decision=why)
