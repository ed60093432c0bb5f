"""The forms of a solution: plan, section, figures, questions, marks, coverage, and the customer's word."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.language import N_, Translator
from bot.policy.solutions import Aspect, Consultation, Link, Requirement, Score, Secrecy, Section, Solution
from bot.views.blocks import (
    Block,
    Choice,
    choices_input,
    day_input,
    field_of,
    modal,
    moment_input,
    paragraph,
    people_input,
    person_input,
    prose,
    quote,
    select,
    text_input,
)
from bot.views.solutions.sheet import ASPECT_NAMES, SECRECY_NAMES, VERDICT_NAMES, WAY_NAMES, facts
from bot.views.solutions.steps import (
    ANSWER,
    BUTTONS,
    CHANGES,
    CONFIRM,
    CONSULT,
    COVER,
    NEW,
    OPTIMISE,
    PLAN,
    REVIEW,
    SCORE,
    SECTION_FORM,
    VALUE,
    WITHDRAW,
)

ANSWERS = "answers_"  # what the names of the coverage form's fields begin with, before the requirement's number
DONE_TICK = "done"
MOST = 90  # requirements on one form
MARKS = {5: N_("5 – excellent"), 4: N_("4 – good"), 3: N_("3 – acceptable"), 2: N_("2 – weak"), 1: N_("1 – unusable")}
QUESTIONS: Mapping[str, str] = {
    OPTIMISE: N_("What was changed?"),
    CHANGES: N_("What does the customer want changed?"),
    WITHDRAW: N_("Why?"),
}


def choices(_: Translator, names: Mapping[Any, str]) -> list[Choice]:
    """Return the entries of a menu."""
    return [Choice(str(value), _(name)) for value, name in names.items()]


def new_form(_: Translator) -> Block:
    """Return the form that enters a solution."""
    fields = [
        field_of(_("Customer"), text_input("customer", limit=200, placeholder="ACME")),
        field_of(_("Title"), text_input("title", limit=200), optional=True),
    ]
    return modal(NEW, _("New solution"), fields, submit=_("Enter"), close=_("Cancel"))


def plan_form(_: Translator, solution: Solution) -> Block:
    """Return the form of goal and outline."""
    goal, outline = (solution.plan.goal, solution.plan.outline) if solution.plan else ("", "")
    fields = [
        paragraph(facts(_, solution)),
        field_of(_("Goal"), text_input("goal", goal, lines=True, limit=2000)),
        field_of(_("Outline"), text_input("outline", outline, lines=True), hint=_("Architecture, modules and steps, in a few lines.")),
    ]
    return modal(PLAN, _("Plan the solution"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(solution.id))


def link_fields(_: Translator, link: Link | None, confidential: bool) -> list[Block]:
    """Return the fields of a document: its link and its class."""
    usual = Secrecy.CONFIDENTIAL if confidential else Secrecy.INTERNAL
    secrecy = select("secrecy", choices(_, SECRECY_NAMES), link.secrecy if link else usual)
    hint = _("Only the link is kept; the document stays where it is.")
    link_field = text_input("link", link.url if link else "", limit=1000, placeholder="https://")
    return [
        field_of(_("Link to the document"), link_field, optional=True, hint=hint),
        field_of(_("Class of the document"), secrecy),
    ]


def section_form(_: Translator, solution: Solution, section: Section, name: str) -> Block:
    """Return the form of one section."""
    done = choices_input(DONE_TICK, [Choice(DONE_TICK, _("It is done"))], [DONE_TICK] if section.done_at else [])
    fields = [
        paragraph((*facts(_, solution), *prose(" · {name}", name=name))),
        field_of(_("Written by"), person_input("owner", section.owner)),
        field_of(_("State"), done, optional=True),
        *link_fields(_, section.link, solution.confidential),
    ]
    return modal(SECTION_FORM, _("Section"), fields, submit=_("Save"), close=_("Cancel"), metadata=f"{solution.id}:{section.id}")


def value_form(_: Translator, solution: Solution, currency: str) -> Block:
    """Return the form of cost, benefit and payback."""
    value = solution.value
    cost, benefit = (f"{value.currency} {value.cost:f}", f"{value.currency} {value.benefit:f}") if value else ("", "")
    hint = _("For example 350k, 1.2m or USD 80,000; without a currency it is {currency}.", currency=currency)
    reckoned = _("In months; left empty, it is reckoned from cost and benefit.")
    fields = [
        paragraph(facts(_, solution)),
        field_of(_("Cost"), text_input("cost", cost, limit=60, placeholder="1.2m"), hint=hint),
        field_of(_("Benefit a year"), text_input("benefit", benefit, limit=60, placeholder="600k")),
        field_of(_("Payback"), text_input("payback", limit=4), optional=True, hint=reckoned),
        field_of(_("Note"), text_input("note", value.note if value else "", lines=True, limit=2000), optional=True),
    ]
    return modal(VALUE, _("Cost and benefit"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(solution.id))


def consult_form(_: Translator, solution: Solution, person: str = "", question: str = "") -> Block:
    """Return the form that asks another department about feasibility."""
    fields = [
        paragraph(facts(_, solution)),
        field_of(_("Colleague"), person_input("person", person)),
        field_of(_("Question"), text_input("question", question, lines=True, limit=1000)),
        field_of(_("Until"), moment_input("due"), optional=True, hint=_("Otherwise as long as the handbook says.")),
    ]
    return modal(CONSULT, _("Ask about feasibility"), fields, submit=_("Ask"), close=_("Cancel"), metadata=str(solution.id))


def answer_form(_: Translator, solution: Solution, asked: Consultation) -> Block:
    """Return the form for what another department says."""
    fields = [
        quote(asked.text),
        field_of(_("Is it feasible?"), select("verdict", choices(_, VERDICT_NAMES), asked.verdict or "")),
        field_of(_("Answer"), text_input("answer", asked.answer, lines=True), optional=True),
    ]
    metadata = f"{solution.id}:{asked.id}"
    return modal(ANSWER, _("Your answer"), fields, submit=_("Answer"), close=_("Cancel"), metadata=metadata)


def review_form(_: Translator, solution: Solution, enough: int) -> Block:
    """Return the form that names experts."""
    hint = _.plural("This deal takes {n} expert who wrote nothing of it.", "This deal takes {n} experts who wrote nothing of it.", enough)
    asked = [one.expert for one in solution.asked]
    fields = [paragraph(facts(_, solution)), field_of(_("Experts"), people_input("experts", asked), hint=hint)]
    return modal(REVIEW, _("Ask the experts"), fields, submit=_("Ask"), close=_("Cancel"), metadata=str(solution.id))


def score_form(_: Translator, solution: Solution, given: Score | None) -> Block:
    """Return the form of an expert's marks."""
    marks = [Choice(str(mark), _(label)) for mark, label in MARKS.items()]
    chosen = {aspect: str(mark) for aspect, mark in given.marks.items()} if given else {}
    fields = [field_of(_(ASPECT_NAMES[aspect]), select(aspect, marks, chosen.get(aspect, ""))) for aspect in Aspect]
    comment = field_of(_("Comment"), text_input("comment", given.comment if given else "", lines=True, limit=2000), optional=True)
    hidden = prose(_.template("Nobody sees your marks until all are in."))
    blocks = [paragraph(facts(_, solution), hidden), *fields, comment]
    return modal(SCORE, _("Your review"), blocks, submit=_("Send"), close=_("Cancel"), metadata=str(solution.id))


def coverage_form(_: Translator, solution: Solution, requirements: Sequence[Requirement], names: Mapping[str, str]) -> Block:
    """Return the form that says which sections answer which key requirement."""
    boxes = [Choice(section, name) for section, name in names.items()]
    fields = [
        field_of(one.text, choices_input(f"{ANSWERS}{one.id}", boxes, answering(solution, one)), optional=True)
        for one in requirements[:MOST]
    ]
    return modal(COVER, _("Coverage"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(solution.id))


def answering(solution: Solution, requirement: Requirement) -> list[str]:
    """Return the ids of the sections that answer a requirement."""
    return [section.id for section in solution.sections if requirement.id in section.answers]


def words_form(_: Translator, solution: Solution, step: str) -> Block:
    """Return the form that asks what was changed, what is to be changed, or why."""
    titles = dict(BUTTONS.values())
    fields = [paragraph(facts(_, solution)), field_of(_(QUESTIONS[step]), text_input("text", lines=True, limit=2000))]
    return modal(step, _(titles[step]), fields, submit=_("Save"), close=_("Cancel"), metadata=str(solution.id))


def confirm_form(_: Translator, solution: Solution, who: str, today: date) -> Block:
    """Return the form of the customer's confirmation."""
    fields = [
        paragraph(facts(_, solution)),
        field_of(_("Who confirmed it?"), text_input("who", who, limit=200)),
        field_of(_("Day"), day_input("day", today)),
        field_of(_("How?"), select("way", choices(_, WAY_NAMES)), optional=True),
        *link_fields(_, None, solution.confidential),
    ]
    return modal(CONFIRM, _("Customer confirmed"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(solution.id))
