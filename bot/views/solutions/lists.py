"""Lists of solutions, what a change says, the pages of sections and of coverage, and the gaps before a review."""

from collections.abc import Mapping, Sequence

from bot.language import N_, Translator
from bot.policy.solutions import STATE_NAMES, Consultation, Requirement, Solution, State
from bot.views import listing as shared
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    bullets,
    button,
    clip,
    prose,
    says,
    section,
    select,
    user,
)
from bot.views.solutions.forms import answering
from bot.views.solutions.sheet import SHORT, consulted_line, facts, named, people, section_lines, value_line
from bot.views.solutions.steps import ANOTHER, ANYWAY, COVER, COVERAGE, LIST, MENU, SECTION_FORM, SHOW, Page, next_steps

PAGE, MOST, VALUE = 10, 40, 2000

Scope = shared.Scope
scope = shared.scope
TITLES = {
    Scope.MINE: N_("Your open solutions"),
    Scope.TEAM: N_("Open solutions of your team"),
    Scope.OPEN: N_("All open solutions"),
    Scope.ALL: N_("All solutions"),
}
LISTING = shared.Listing(TITLES, "/solution new ACME", LIST)


def row(_: Translator, solution: Solution) -> Block:
    """Return one line of a list, with the button that opens the solution."""
    head = " · ".join(filter(None, (solution.number, solution.customer_name, solution.title)))
    return section(f"{head}\n{_(STATE_NAMES[solution.state])}", button(_("Open"), SHOW, str(solution.id)))


def listing(_: Translator, which: Scope, solutions: Sequence[Solution], page: int, more: bool) -> Message:
    """Return a page of solutions, `page` counted from 0, with the way to the next one."""
    return LISTING.page(_, which, [row(_, one) for one in solutions], page, more) if solutions else LISTING.empty(_, which)


def exists(_: Translator, solution: Solution, typed: str) -> Message:
    """Say that there is a solution for this deal already, and offer to open it or to enter another."""
    state = _(STATE_NAMES[solution.state])
    said = prose(_.template("There is a solution for {customer} already: {number}, {state}."), **named(solution), state=state)
    another = button(_("Enter another"), ANOTHER, f"{solution.opportunity}:{typed}"[:VALUE])
    return says(said, facts(_, solution), also=[actions(button(_("Open"), SHOW, str(solution.id), "primary"), another)])


def entered(_: Translator, solution: Solution) -> Sentence:
    """Say that a solution was entered."""
    return prose(_.template("The solution for {customer} is in the books as {number}."), **named(solution))


def stepped(_: Translator, solution: Solution) -> Sentence:
    """Say where a solution stands now."""
    return prose(_.template("{customer} ({number}) is {state}."), **named(solution), state=bold(_(STATE_NAMES[solution.state])))


def changed(_: Translator, solution: Solution) -> Sentence:
    """Say that the facts were changed."""
    return prose(_.template("{customer} ({number}) is up to date."), **named(solution))


def undone(_: Translator, solution: Solution) -> Sentence:
    """Say what an undo left behind."""
    if solution.state is State.RETRACTED:
        return prose(_.template("Undone. {customer} ({number}) is out of the books."), **named(solution))
    state = _(STATE_NAMES[solution.state])
    return prose(_.template("Undone. {customer} is {state} again."), customer=bold(solution.customer_name), state=state)


def asked_of(_: Translator, solution: Solution, asked: Sequence[str]) -> Sentence:
    """Say who is asked for marks."""
    return (*prose(_.template("Asked for their marks for {customer} ({number}):"), **named(solution)), Span(" "), *people(asked))


def consulted(_: Translator, solution: Solution, asked: Consultation, zone: str) -> Sentence:
    """Say what was asked of whom until when; and of a confidential solution, how little the other department sees."""
    when = bold(_.moment(asked.due, zone))
    said = prose(_.template("{person} is asked until {when}: “{question}”"), person=user(asked.person), when=when, question=asked.text)
    if not solution.confidential or asked.person in {solution.owner, *solution.team}:
        return said
    return (*said, Span(" "), *prose(_.template("The solution is confidential, so its name is not told.")))


def thanks(_: Translator, person: str) -> Message:
    """Thank a colleague of another department."""
    return says(prose(_.template("Thank you. {person} has your answer."), person=user(person)))


def marked(_: Translator, solution: Solution) -> Message:
    """Thank an expert for marks, without any of them."""
    return says(prose(_.template("Your marks for {customer} ({number}) are recorded. Thank you!"), **named(solution)))


def sections(_: Translator, solution: Solution, page: Page, undo: int | None, writable: bool) -> Message:
    """Return the sections of a solution, with the menu that opens the form of one."""
    head = prose(_.template("The sections of {customer} ({number})"), **named(solution))
    entries = [Choice(f"{SECTION_FORM} {solution.id}:{section}", name) for section, name in page.sections.items()]
    menu = [actions(select(MENU, entries, placeholder=_("Change a section")))] if writable else []
    return says(head, also=[bullets(*section_lines(_, solution, page)), *menu, *next_steps(_, solution, page.steps, undo)])


def coverage(
    _: Translator, solution: Solution, requirements: Sequence[Requirement], page: Page, undo: int | None, writable: bool
) -> Message:
    """Return each key requirement with the sections that answer it, those that none answers marked as gaps."""
    head = prose(_.template("How {customer} ({number}) answers the key requirements"), **named(solution))
    if not requirements:
        return says(head, prose(_.template("The research of this deal has no key requirements yet.")))
    lines = [answer_line(_, solution, one, page.sections) for one in requirements[:MOST]]
    say = [button(_("Say what answers what"), COVER, str(solution.id), "primary")] if writable else []
    row = [actions(*say)] if say else []
    return says(head, also=[bullets(*lines), *row, *next_steps(_, solution, page.steps, undo)])


def answer_line(_: Translator, solution: Solution, one: Requirement, names: Mapping[str, str]) -> Sentence:
    """Return one key requirement and what answers it."""
    found = [names.get(section, section) for section in answering(solution, one)]
    told = Span(_.list(found)) if found else bold(_("gap: no section answers it"))
    return (Span(f"{clip(one.text, SHORT)} → "), told)


def before_review(_: Translator, solution: Solution, gaps: Sequence[Requirement], doubts: Sequence[Consultation], typed: str) -> Message:
    """List what an expert will miss before the experts are asked: requirements without an answer, doubts about feasibility."""
    head = prose(_.template("Before the experts of {customer} ({number}) are asked:"), **named(solution))
    lacks = [(Span(f"{clip(one.text, SHORT)} → "), bold(_("gap: no section answers it"))) for one in gaps[:MOST]]
    lines = [*lacks, *(consulted_line(_, one) for one in doubts[:MOST])]
    row = [button(_("Coverage"), COVERAGE, str(solution.id), "primary")] if gaps else []
    anyway = button(_("Ask all the same"), ANYWAY, f"{solution.id}:{typed}"[:VALUE])
    return says(head, also=[bullets(*lines), actions(*row, anyway)])


def valued(_: Translator, solution: Solution) -> Sentence:
    """Say the figures back in full."""
    return value_line(_, solution)[0] if solution.value else changed(_, solution)


def optimised(_: Translator, solution: Solution) -> Sentence:
    """Say that a change was noted, and in which round."""
    return prose(_.template("Noted for round {round} of {customer} ({number})."), round=str(solution.round), **named(solution))
