"""Planning and writing a solution (§4.2.1, §4.2.2): goal and outline, feasibility, sections, cost-benefit, coverage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from bot.language import N_
from bot.policy.machine import Step
from bot.policy.money import Money
from bot.policy.people import OnlyFor
from bot.policy.refusal import Refusal
from bot.policy.solutions.record import LIVE, Consultation, Link, Plan, Requirement, Section, Solution, Value, Verdict
from bot.policy.solutions.steps import Action, Needs, advance, check, check_ready

LONGEST_PAYBACK = 600  # months


def plan(solution: Solution, written: Plan) -> Step[Solution]:
    """Keep goal and outline, in place of those before; with the first, writing begins."""
    return advance(solution, Action.PLAN, written.by, written.at, plan=written)


def write(
    solution: Solution,
    names: Sequence[str],
    actor: str,
    now: datetime,
    *,
    owner: str = "",
    done: bool | None = None,
    link: Link | None = None,
    unlink: bool = False,
) -> Step[Solution]:
    """Name who writes sections, say whether they are done, and keep the link to their document; what is not given stays."""
    check(solution, Action.SECTION)
    sections = solution.sections
    for name in names:
        before = solution.section(name) or Section(id=name, owner=owner or solution.owner)
        after = marked(before, actor, now, done).amended(owner=owner or before.owner, link=link or (None if unlink else before.link))
        sections = (*(other for other in sections if other.id != name), after)
    if sections == solution.sections:
        raise Refusal(N_("Nothing was changed."))
    return advance(solution, Action.SECTION, actor, now, sections=sections)


def marked(section: Section, actor: str, now: datetime, done: bool | None) -> Section:
    """Return a section marked as done or not; one that is so already stays as it was."""
    if done is None or done == bool(section.done_at):
        return section
    return section.amended(done_by=actor if done else "", done_at=now if done else None)


def consult(solution: Solution, asked: Consultation) -> Step[Solution]:
    """Ask another department whether the plan is feasible, under its own number."""
    check(solution, Action.CONSULT)
    if asked.person in authors(solution):
        raise Refusal(N_("They write this solution themselves. Ask somebody of another department."), field="person")
    if not asked.text:
        raise Refusal(N_("What do you want to know? Please write the question."), field="question")
    if asked.due <= asked.at:
        raise Refusal(N_("That time has already passed."), field="due")
    if any((one.person, one.text) == (asked.person, asked.text) and not one.answered_at for one in solution.consultations):
        raise Refusal(N_("That question is with this person already, and not answered yet."), field="question")
    number = max((one.id for one in solution.consultations), default=0) + 1
    return advance(solution, Action.CONSULT, asked.asker, asked.at, consultations=(*solution.consultations, asked.amended(id=number)))


def consultation_of(solution: Solution, number: int) -> Consultation | None:
    """Return the consultation of this number, or None."""
    return next((one for one in solution.consultations if one.id == number), None)


def check_consulted(solution: Solution, number: int, person: str) -> Consultation:
    """Return a question that this person was asked; refuse everybody else."""
    asked = consultation_of(solution, number)
    if asked is None:
        raise Refusal(N_("That question was taken back."))
    if asked.person != person:
        raise OnlyFor([asked.person])
    if solution.state not in LIVE:
        raise Refusal(N_("It is too late for an answer: the matter is closed."))
    return asked


def answer(solution: Solution, number: int, verdict: Verdict, text: str, actor: str, now: datetime) -> Step[Solution]:
    """Keep what another department says; while the solution is alive it may be put better later."""
    asked = check_consulted(solution, number, actor)
    if verdict is not Verdict.FEASIBLE and not text:
        raise Refusal(N_("Please say what stands in the way, or on which conditions it would do."), field="answer")
    told = asked.amended(verdict=verdict, answer=text, answered_at=now)
    told_all = tuple(told if one is asked else one for one in solution.consultations)
    return advance(solution, Action.ANSWER, actor, now, consultations=told_all)


def payback(cost: Decimal, benefit: Decimal) -> int:
    """Return after how many months a cost is paid back by the benefit of a year, rounded up."""
    return int((cost * 12 / benefit).to_integral_value(ROUND_CEILING))


def value(
    solution: Solution, cost: Money, benefit: Money, months: int | None, note: str, needs: Needs, actor: str, now: datetime
) -> Step[Solution]:
    """Keep cost, benefit of a year and payback in months, which is reckoned where it is not given."""
    check_ready(solution, Action.VALUE, needs)
    if cost.currency != benefit.currency:
        raise Refusal(N_("Give cost and benefit in the same currency."), field="benefit")
    if not (cost.amount and benefit.amount):
        raise Refusal(N_("An amount must be more than zero."), field="benefit" if cost.amount else "cost")
    reckoned = payback(cost.amount, benefit.amount) if months is None else months
    if not 0 < reckoned <= LONGEST_PAYBACK:
        raise Refusal(N_("The payback is a number of months from 1 to {most}."), field="payback", most=LONGEST_PAYBACK)
    kept = Value(cost=cost.amount, benefit=benefit.amount, currency=cost.currency, payback=reckoned, note=note, by=actor, at=now)
    return advance(solution, Action.VALUE, actor, now, value=kept)


def cover(solution: Solution, answers: Mapping[int, Sequence[str]], actor: str, now: datetime) -> Step[Solution]:
    """Keep which sections answer which of these key requirements; of others nothing is changed."""
    check(solution, Action.COVER)
    named = dict.fromkeys(name for names in answers.values() for name in names)
    known = [*solution.sections, *(Section(id=name, owner=solution.owner) for name in named if solution.section(name) is None)]
    sections = tuple(section.amended(answers=answered_by(section, answers)) for section in known)
    if sections == solution.sections:
        raise Refusal(N_("Nothing was changed."))
    return advance(solution, Action.COVER, actor, now, sections=sections)


def answered_by(section: Section, answers: Mapping[int, Sequence[str]]) -> tuple[int, ...]:
    """Return the requirements that a section answers, once these are said anew."""
    others = [number for number in section.answers if number not in answers]
    return tuple(sorted([*others, *(number for number, names in answers.items() if section.id in names)]))


def gaps(solution: Solution, requirements: Sequence[Requirement]) -> list[Requirement]:
    """Return the key requirements that no section answers."""
    answered = {number for section in solution.sections for number in section.answers}
    return [requirement for requirement in requirements if requirement.id not in answered]


def authors(solution: Solution) -> tuple[str, ...]:
    """Return the ids of those whose own work it is: the owner, and whoever wrote the plan, a section, figures or a change."""
    planned = [solution.plan.by] if solution.plan else []
    written = [one for section in solution.sections for one in (section.owner, section.done_by) if one]
    figures = [solution.value.by] if solution.value else []
    return tuple(dict.fromkeys([solution.owner, *planned, *written, *figures, *(change.by for change in solution.changes)]))
