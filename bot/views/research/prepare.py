"""Preparing research (§4.1.1): the forms of facts, team and outline, and what the team is told."""

from collections.abc import Mapping

from bot.language import Translator
from bot.policy.research import STATE_NAMES, Facts, Member, Outline, Research, State, Template
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    button,
    clip,
    field_of,
    modal,
    paragraph,
    person_input,
    prose,
    says,
    select,
    text_input,
)
from bot.views.research.sheet import facts, member_line, name
from bot.views.research.steps import FACTS, OUTLINE, SHOW, TEAM, TEMPLATE_NAMES, WRITE

TASK = "research.task"  # the kind of the message that tells a member what is theirs
ROWS, MOST = 3, 8  # rows of the team's form: so many at least, so many at most
LEADS = ("lead", "leader", "负责人", "負責人", "组长", "組長", "牵头", "牽頭")


def facts_form(_: Translator, research: Research, known: Facts | None) -> Block:
    """Return the form of what sales knows."""
    was = {} if known is None else known.snapshot()
    fields = {
        "about": _("The customer"),
        "background": _("Background of the project"),
        "current": _("Where they stand today"),
        "goals": _("What they aim at"),
    }
    texts = [
        field_of(label, text_input(field, was.get(field, ""), lines=True, limit=2000), optional=field != "background")
        for field, label in fields.items()
    ]
    teller = field_of(_("Told by"), person_input("told_by", was.get("told_by", "")), optional=True)
    return form(_, FACTS, _("Facts from sales"), research, [*texts, teller])


def team_form(_: Translator, research: Research) -> Block:
    """Return the form of the team: who leads, and who does what."""
    lead = next((member.person for member in research.members if member.lead), "")
    seats = [*research.members, *[None] * ROWS][: max(ROWS, min(len(research.members) + 1, MOST))]
    hint = _("Whoever is left out leaves the team.")
    leader = field_of(_("Lead"), person_input("lead", lead), optional=True, hint=hint)
    return form(
        _, TEAM, _("Research team"), research, [leader, *(field for n, seat in enumerate(seats) for field in seat_fields(_, n, seat))]
    )


def seat_fields(_: Translator, n: int, seat: Member | None) -> list[Block]:
    """Return the two fields of one member."""
    person, duty = (seat.person, seat.duty) if seat else ("", "")
    return [
        field_of(_("Member"), person_input(f"person_{n}", person), optional=True),
        field_of(_("What they do"), text_input(f"duty_{n}", duty, limit=200), optional=True),
    ]


def outline_form(_: Translator, research: Research, templates: Mapping[str, str]) -> Block:
    """Return the form that chooses what to begin with: a template of the handbook, or what there is already."""
    written = [Choice(outline.kind, _("Go on with the {kind}", kind=_(TEMPLATE_NAMES[outline.kind]))) for outline in research.outlines]
    known = [Choice(key, clip(words, 75)) for key, words in templates.items()]
    blank = [Choice(f"blank_{kind}", _("Blank: {kind}", kind=_(words))) for kind, words in TEMPLATE_NAMES.items()]
    choose = field_of(_("Begin with"), select("template", [*written, *known, *blank]))
    return form(_, OUTLINE, _("Questionnaire, outline"), research, [choose], submit=_("Next step"))


def writing_form(_: Translator, research: Research, kind: Template, template: str, text: str) -> Block:
    """Return the form in which a questionnaire or outline is written."""
    field = field_of(_(TEMPLATE_NAMES[kind]).capitalize(), text_input("text", text, lines=True, limit=3000))
    title = _("Questionnaire") if kind is Template.QUESTIONNAIRE else _("Interview outline")
    made = form(_, WRITE, title, research, [field])
    return made | {"private_metadata": f"{research.id}:{kind}:{template}"}


def form(_: Translator, callback: str, title: str, research: Research, fields: list[Block], submit: str = "") -> Block:
    """Return a form about research, below what it is about."""
    about = paragraph((name(research), Span(" · "), *facts(_, research)))
    return modal(callback, title, [about, *fields], submit=submit or _("Save"), close=_("Cancel"), metadata=str(research.id))


def facts_kept(_: Translator, research: Research) -> Sentence:
    """Say that the facts are kept."""
    return prose(_.template("The facts about {customer} are kept."), customer=name(research))


def team_named(_: Translator, research: Research) -> Sentence:
    """Say that the team is named."""
    return prose(_.template("The team for {customer} is named."), customer=name(research))


def outline_kept(_: Translator, research: Research, outline: Outline) -> Sentence:
    """Say that a questionnaire or outline is kept."""
    return prose(_.template("Kept for {customer}: {kind}."), customer=name(research), kind=_(TEMPLATE_NAMES[outline.kind]))


def started(_: Translator, research: Research) -> Sentence:
    """Say that the conduct has begun."""
    return prose(_.template("The research for {customer} is in progress."), customer=name(research))


def task(_: Translator, research: Research, person: str) -> Message:
    """Tell a member what is theirs to do, or that nothing is any more."""
    seat = next((member for member in research.members if member.person == person), None)
    named: dict[str, str | Span] = {"customer": name(research), "number": research.number}
    if seat is None or research.state is State.RETRACTED:
        return says(prose(_.template("You have no part in the research for {customer} ({number}) any more."), **named))
    if research.state in (State.CANCELLED, State.SUPERSEDED):
        return says(prose(_.template("The research for {customer} ({number}) is {state}."), **named, state=_(STATE_NAMES[research.state])))
    head = prose(_.template("You are in the team for the research for {customer} ({number})."), **named)
    return says(head, member_line(_, seat), also=[actions(button(_("Open"), SHOW, str(research.id)))])
