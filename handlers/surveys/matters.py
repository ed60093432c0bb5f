"""What a survey is about: as it is typed, and as it is in the books; and how a survey is kept."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bot.language import N_
from bot.policy import surveys as policy
from bot.policy.customers import Customer
from bot.policy.demos import GIVEN
from bot.policy.machine import Step
from bot.policy.opportunities import Opportunity, Outcome
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.policy.solutions import State as SolutionState
from bot.policy.surveys import About, Survey
from bot.words.text import Word, fold
from handlers.context import Turn
from handlers.customers.finding import by_value
from handlers.finding import Owned, known
from storage.base import Shelf
from storage.counting import count_survey
from storage.deals import deals_with
from storage.kept import keep
from storage.store import Shelves

ABOUT_WORDS: Mapping[About, tuple[str, ...]] = {
    About.GENERAL: ("general", "总体", "總體", "整体", "整體"),
    About.DEMO: ("demo", "演示", "展示"),
    About.SOLUTION: ("solution", "方案", "解决方案", "解決方案"),
    About.OUTCOME: ("outcome", "result", "结果", "結果"),
}
REF = re.compile(r"([DSO])-?(\d{1,9})", re.IGNORECASE)
LETTERS = {"D": About.DEMO, "S": About.SOLUTION, "O": About.OUTCOME}
SHELVES: Mapping[About, Callable[[Shelves], Shelf[Any]]] = {
    About.DEMO: lambda shelves: shelves.demos,
    About.SOLUTION: lambda shelves: shelves.solutions,
    About.OUTCOME: lambda shelves: shelves.opportunities,
}
SENT = frozenset({SolutionState.SENT, SolutionState.CHANGES_REQUESTED, SolutionState.CONFIRMED})
CLOSED = frozenset({Outcome.WON, Outcome.LOST})


class Subject(NamedTuple):
    """What a survey is about: which kind, and which one of it; 0 for the latest."""

    about: About
    which: int = 0


class Matter(NamedTuple):
    """A record that a survey may be about, and the deal on which it hangs."""

    record: Owned
    opportunity: int


class Meant(NamedTuple):
    """The customer of a button, and the record of theirs that is meant, by its number; none where anything may be."""

    customer: Customer
    about: About
    ref: str


class Added(NamedTuple):
    """A survey that is remembered, and the id of the event that tells of it."""

    record: Survey
    change: int


def read_subject(word: Word) -> Subject | None:
    """Return what a word says that a survey is about: a kind, or the number of a record."""
    ref = REF.fullmatch(word.text)
    if ref:
        return Subject(LETTERS[ref[1].upper()], int(ref[2]))
    return next((Subject(about) for about, spelled in ABOUT_WORDS.items() if fold(word.text) in map(fold, spelled)), None)


def meant(turn: Turn, shelves: Shelves) -> Meant:
    """Return the customer of a button, and what it is about: a button carries the customer's id, or the number of a record."""
    ref = REF.fullmatch(turn.value)
    if ref is None:
        return Meant(by_value(turn, shelves, turn.value, "surveys.ask"), About.GENERAL, "")
    require("surveys.ask", turn.roles)
    about = LETTERS[ref[1].upper()]
    record = SHELVES[about](shelves).get(int(ref[2]))
    customer = shelves.customers.called(record.customer_key) if record and known(turn, shelves, record) else None
    if customer is None:
        raise Refusal(N_("That was taken back."))
    return Meant(customer, about, turn.value)


def chosen(ref: str, about: About) -> Subject:
    """Return what a form is about: the record for which it was opened, unless another kind was chosen."""
    number = REF.fullmatch(ref)
    same = number is not None and LETTERS[number[1].upper()] is about
    return Subject(about, int(number[2]) if number and same else 0)


def draft(turn: Turn, shelves: Shelves, customer: Customer, subject: Subject, language: str) -> Survey:
    """Return a survey that is not in the books yet, about just what is meant."""
    matter = matter_of(turn, shelves, customer, subject)
    record = matter.record if matter else None
    return Survey(
        opportunity=matter.opportunity if matter else 0,
        customer_name=customer.name,
        customer_key=customer.key,
        about=subject.about,
        ref=record.number if record and subject.about is not About.GENERAL else "",
        language=language,
        asked_by=turn.person.id,
        members=tuple(dict.fromkeys([record.owner, *record.team])) if record else (),
        confidential=record.confidential if record else False,
        created=turn.now,
    )


def add(turn: Turn, shelves: Shelves, survey: Survey) -> Added:
    """Remember a new survey, and touch the deal that it is about."""
    step = policy.begun(shelves.surveys.add(survey))
    return Added(step.record, keep_survey(turn, shelves, step))


def keep_survey(turn: Turn, shelves: Shelves, step: Step[Survey]) -> int:
    """Remember a step of a survey; return the id of its event. What was told of an answer stays as it is: it is not undone."""
    change = keep(shelves, shelves.surveys, step, lambda _said, _person: None, turn.request)
    count_survey(shelves, step.record, turn.handbook)
    return change


def matter_of(turn: Turn, shelves: Shelves, customer: Customer, subject: Subject) -> Matter | None:
    """Return what a survey is about, the latest where no number was typed; a customer may be asked in general without any."""
    found, missing = MATTERS[subject.about]
    matters = [matter for matter in found(shelves, customer) if known(turn, shelves, matter.record)]
    meant = [matter for matter in matters if subject.which in (0, number_of(matter))]
    if meant:
        return max(meant, key=number_of)
    if subject.about is About.GENERAL:
        return None
    raise Refusal(missing, customer=customer.name, usage="/customer survey ACME", field="about")


def number_of(matter: Matter) -> int:
    """Return the number of a matter's record, without its letter."""
    return int(matter.record.number.partition("-")[2])


def demos_given(shelves: Shelves, customer: Customer) -> list[Matter]:
    """Return the demos that the customer has seen."""
    named = [demo for key in shelves.customers.keys(customer.key) for demo in shelves.demos.named(key)]
    return [Matter(demo, demo.opportunity) for demo in named if demo.state in GIVEN]


def solutions_sent(shelves: Shelves, customer: Customer) -> list[Matter]:
    """Return the solutions that the customer has read."""
    named = [solution for key in shelves.customers.keys(customer.key) for solution in shelves.solutions.named(key)]
    return [Matter(solution, solution.opportunity) for solution in named if solution.state in SENT]


def deals_closed(shelves: Shelves, customer: Customer) -> list[Matter]:
    """Return the deals that were won or lost."""
    return [matter_from(deal) for deal in deals_with(shelves, customer, CLOSED)]


def deals_any(shelves: Shelves, customer: Customer) -> list[Matter]:
    """Return all deals with the customer."""
    return [matter_from(deal) for deal in deals_with(shelves, customer, set(Outcome) - {Outcome.RETRACTED})]


def matter_from(deal: Opportunity) -> Matter:
    """Return a deal as what a survey is about."""
    return Matter(deal, deal.id)


# Where to look for what a survey is about, and what is said when nothing is there.
MATTERS: Mapping[About, tuple[Callable[[Shelves, Customer], list[Matter]], str]] = {
    About.GENERAL: (deals_any, ""),
    About.DEMO: (demos_given, N_("There is no such demo that was given to {customer}. To ask without one: {usage}")),
    About.SOLUTION: (solutions_sent, N_("There is no such solution that was sent to {customer}. To ask without one: {usage}")),
    About.OUTCOME: (deals_closed, N_("There is no such deal with {customer} that was won or lost. To ask without one: {usage}")),
}
