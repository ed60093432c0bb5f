"""Nominations (§5.4.4): who may be nominated by whom, with evidence; a second one for the same nominee joins the first."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from bot.handbook import HonourType
from bot.language import N_
from bot.policy.honours.record import LONG, MOST_EVIDENCE, Nomination, Support, slot_of
from bot.policy.honours.steps import NOMINATIONS, Action
from bot.policy.machine import Step, event
from bot.policy.people import Person, Role, is_outsider
from bot.policy.refusal import Refusal
from bot.policy.solutions import Solution
from bot.policy.solutions import State as Written


class Words(NamedTuple):
    """Why somebody is nominated, and the records and links that show it."""

    why: str
    evidence: tuple[str, ...] = ()


def check_person(honour: HonourType, person: Person, held: frozenset[Role], nominator: str, self_nomination: bool) -> None:
    """Refuse a person who cannot be honoured so, or whom the nominator may not nominate; `held` is what the person is here."""
    if honour.given_to != "person":
        raise Refusal(N_("This honour is given to a solution. Name one, such as S-12."), field="solution")
    if is_outsider(person) or Role.STAFF not in held:
        raise Refusal(N_("{name} cannot be nominated: honours are for pre-sales staff who work here."), field="person", name=person.name)
    if person.id == nominator and not self_nomination:
        raise Refusal(N_("Nobody nominates themselves. A colleague can nominate you."), field="person")


def check_solution(honour: HonourType, solution: Solution, nominator: str) -> None:
    """Refuse a solution that cannot be honoured so, or that is the nominator's own."""
    if honour.given_to != "solution":
        raise Refusal(N_("This honour is given to a person. Choose one."), field="person")
    if nominator in authors(solution):
        raise Refusal(N_("You wrote {number} yourself. A colleague who did not can nominate it."), field="solution", number=solution.number)
    if solution.confidential:
        raise Refusal(N_("{number} is confidential, so it could not be announced."), field="solution", number=solution.number)
    if solution.state in (Written.WITHDRAWN, Written.RETRACTED):
        raise Refusal(N_("{number} was given up."), field="solution", number=solution.number)


def authors(solution: Solution) -> tuple[str, ...]:
    """Return those who wrote a solution: they are honoured with it."""
    return tuple(dict.fromkeys((solution.owner, *solution.writers)))


def check_words(words: Words) -> None:
    """Refuse a nomination that does not say why, or that shows more than anybody reads."""
    if not words.why:
        raise Refusal(N_("Please say what speaks for it, in a few sentences."), field="why")
    if len(words.why) > LONG:
        raise Refusal(N_("That is too long: at most {n} characters."), field="why", n=LONG)
    if len(words.evidence) > MOST_EVIDENCE:
        raise Refusal(N_("At most {n} records and links, please: the strongest ones."), field="evidence", n=MOST_EVIDENCE)


def for_person(type: str, period: str, person: str, nominator: str, words: Words, now: datetime) -> Nomination:
    """Return the nomination of a person."""
    facts = {"type": type, "period": period, "slot": slot_of(type, period, person), "person": person, "people": (person,)}
    return Nomination(**facts, nominator=nominator, why=words.why, evidence=words.evidence, at=now)


def for_solution(type: str, period: str, solution: Solution, nominator: str, words: Words, now: datetime) -> Nomination:
    """Return the nomination of a solution, under the name that it has now."""
    title = " · ".join(filter(None, (solution.number, solution.customer_name, solution.title)))
    facts = {"type": type, "period": period, "slot": slot_of(type, period, solution.number), "solution": solution.id, "title": title}
    return Nomination(**facts, people=authors(solution), nominator=nominator, why=words.why, evidence=words.evidence, at=now)


def nominated(nomination: Nomination) -> Step[Nomination]:
    """Return the step with which a nomination begins."""
    return Step(nomination, event(nomination, None, Action.NOMINATE, nomination.nominator, nomination.at))


def support(nomination: Nomination, person: str, words: Words, now: datetime) -> Step[Nomination]:
    """Join what one more person says to a nomination that is there already; nobody speaks twice."""
    check_words(words)
    if person in nomination.speakers:
        raise Refusal(N_("You have nominated them already ({number})."), field="why", number=nomination.number)
    said = Support(person=person, why=words.why, evidence=words.evidence, at=now)
    return NOMINATIONS.advance(nomination, Action.SUPPORT, person, now, supports=(*nomination.supports, said))


def biased(nomination: Nomination, person: str, managers: Collection[str]) -> str:
    """Return why a person may not decide about a nominee, or nothing; `managers` are those above the people honoured."""
    if person in nomination.people:
        return N_("Nobody decides about themselves. Somebody else of the HR department has to.")
    if person in nomination.speakers:
        return N_("You nominated them yourself. Somebody else of the HR department has to decide.")
    if person in managers:
        return N_("They report to you. Somebody else of the HR department has to decide.")
    return ""


def check_impartial(nomination: Nomination, person: str, managers: Collection[str]) -> None:
    """Refuse a decision about oneself, one's own report, or one's own nominee."""
    if reason := biased(nomination, person, managers):
        raise Refusal(reason)


def roles_to(person: str, held: frozenset[Role], nomination: Nomination, managers: Collection[str]) -> frozenset[Role]:
    """Return what a person is to a nomination: to one's own one is nothing but the person, whatever else one is here."""
    if person in nomination.people:
        return frozenset({Role.SELF})
    return (held & {Role.HR}) | (frozenset({Role.MANAGER}) if person in managers else frozenset())
