"""The list of a quarter's bonuses for payroll (§5.4.1): prepared by one person, approved by another, void once anything changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from bot.language import N_
from bot.policy.appraisals.bonus import coefficient_of
from bot.policy.appraisals.cycle import MACHINE, Cycle, Kind, Move, Payroll
from bot.policy.appraisals.record import APPEALING, TOLD, Appraisal, Grade
from bot.policy.machine import Step
from bot.policy.people import OnlyFor, Person
from bot.policy.refusal import Refusal


class Line(NamedTuple):
    """One person's bonus; `base` and `amount` are None where payroll knows the base."""

    person: str
    email: str
    name: str
    post: str
    period: str
    grade: Grade
    multiplier: Decimal
    company_factor: Decimal
    base: Decimal | None
    served: int
    days: int
    coefficient: Decimal
    amount: Decimal | None
    currency: str
    appealing: bool


def lines_of(appraisals: Iterable[Appraisal], people: Mapping[str, Person]) -> list[Line]:
    """Return the bonuses that were told, by person; those with an open appeal are among them, and marked."""
    found = [line_of(one, people.get(one.person)) for one in sorted(appraisals, key=lambda one: one.person)]
    return [line for line in found if line is not None]


def line_of(appraisal: Appraisal, person: Person | None) -> Line | None:
    """Return the bonus of one appraisal; None before it is told, and where there is no grade."""
    share, grade = appraisal.bonus, appraisal.final_grade
    if share is None or grade is None or appraisal.state not in TOLD:
        return None
    return Line(
        person=appraisal.person,
        email=person.email if person else "",
        name=person.name if person else appraisal.person,
        post=appraisal.post,
        period=appraisal.period,
        grade=grade,
        multiplier=share.multiplier,
        company_factor=share.company_factor,
        base=share.base,
        served=share.served,
        days=share.days,
        coefficient=coefficient_of(share),
        amount=share.amount,
        currency=share.currency,
        appealing=appraisal.state in APPEALING,
    )


def totals(lines: Iterable[Line]) -> dict[str, Decimal]:
    """Return what the amounts sum to, by currency; a line without an amount adds nothing."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.amount is not None:
            sums[line.currency] = sums.get(line.currency, Decimal()) + line.amount
    return sums


def prepare(cycle: Cycle, lines: Sequence[Line], checksum: str, actor: str, now: datetime) -> Step[Cycle]:
    """Prepare the list as it is now; what was approved before is approved no more."""
    if cycle.kind is Kind.YEAR:
        raise Refusal(N_("Bonuses follow the quarters; a year has no list for payroll."))
    MACHINE.check(cycle, Move.PAY)
    if not lines:
        raise Refusal(N_("There are no bonuses in {period}."), period=cycle.period)
    prepared = Payroll(prepared_by=actor, prepared_at=now, checksum=checksum, people=len(lines))
    return MACHINE.advance(cycle, Move.PAY, actor, now, f"prepared {checksum}", payroll=prepared)


def approvers(cycle: Cycle, lines: Iterable[Line], department: Iterable[Person]) -> list[str]:
    """Return who of the HR department may approve a list: neither who prepared it, nor anybody whose own bonus is on it."""
    barred = {line.person for line in lines} | ({cycle.payroll.prepared_by} if cycle.payroll else set())
    return [person.id for person in department if person.id not in barred]


def check_approver(lines: Iterable[Line], able: Sequence[str], actor: str) -> None:
    """Refuse whoever would approve their own bonus; `able` are those who may approve the list."""
    if actor not in {line.person for line in lines}:
        return
    if able:
        raise OnlyFor(able, N_("Your own bonus is on this list: {people} can approve it."))
    raise Refusal(N_("Your own bonus is on this list: somebody of the HR department who is not on it has to approve it."))


def approve(cycle: Cycle, checksum: str, actor: str, now: datetime) -> Step[Cycle]:
    """Approve the list that somebody else prepared, as long as it is the same still."""
    prepared = current(cycle, checksum)
    if prepared.approved_at:
        raise Refusal(N_("This list is approved already."))
    if prepared.prepared_by == actor:
        raise Refusal(N_("You prepared this list: a second person of the HR department approves it."))
    approved = prepared.amended(approved_by=actor, approved_at=now)
    return MACHINE.advance(cycle, Move.PAY, actor, now, f"approved {checksum}", payroll=approved)


def check_approved(cycle: Cycle, checksum: str) -> None:
    """Refuse to hand out a list that no second person approved, or that has changed since."""
    if current(cycle, checksum).approved_at is None:
        raise Refusal(N_("A second person of the HR department has to approve this list first."))


def current(cycle: Cycle, checksum: str) -> Payroll:
    """Return what was prepared; refuse where nothing was, and where a bonus has changed since."""
    if cycle.payroll is None:
        raise Refusal(N_("Nobody has prepared this list yet."))
    if cycle.payroll.checksum != checksum:
        raise Refusal(N_("The list has changed since it was prepared: prepare it again."))
    return cycle.payroll
