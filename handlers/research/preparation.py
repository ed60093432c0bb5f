"""Preparing research (§4.1.1): `/research facts`, `team`, `outline` and `start`, their buttons and forms."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import Field, model_validator

from bot.language import N_
from bot.policy import research as policy
from bot.policy.refusal import Refusal
from bot.policy.research import Action, Facts, Member, Outline, Research, Template
from bot.views.research import prepare as views
from bot.views.research import steps
from bot.words.text import clean, fold
from handlers.colleagues import Seat, colleague, seats
from handlers.colleagues import meant as person_meant
from handlers.context import Answer, Open, Show, Turn
from handlers.forms import Form
from handlers.research.keeping import allow, explaining, filled, kept, meant, tell
from handlers.routes import Routes, Word
from storage.store import Shelves

LEADS = frozenset(map(fold, views.LEADS))
BETWEEN = re.compile(r"[,，、;；:：/]")
SEAT = re.compile(r"person_(\d{1,2})")
LONGEST_DUTY = 200


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of preparing research."""
    routes.command(
        "/research",
        "new",
        Word("facts", facts, N_("facts X"), N_("note what sales knows"), ("背景", "概况", "概況", "资料", "資料")),
        Word("team", team, N_("team X @a lead @b what they do"), N_("name the team"), ("团队", "團隊", "小组", "小組")),
        Word(
            "outline",
            outline,
            N_("outline X"),
            N_("write the questionnaire or interview outline"),
            ("提纲", "提綱", "问卷", "問卷", "questionnaire"),
        ),
        Word("start", start, N_("start X"), N_("begin to talk with the customer"), ("开始", "開始")),
    )
    routes.button(steps.FACTS, facts)
    routes.button(steps.TEAM, team)
    routes.button(steps.OUTLINE, outline)
    routes.button(steps.START, start)
    routes.form(steps.FACTS, FactsTold, facts_filled)
    routes.form(steps.TEAM, Team, team_filled)
    routes.form(steps.OUTLINE, Chosen, template_chosen)
    routes.form(steps.WRITE, Written, outline_written)


class FactsTold(Form):
    """What sales knows."""

    background: str = Field(min_length=1, max_length=2000)
    about: str = Field(default="", max_length=2000)
    current: str = Field(default="", max_length=2000)
    goals: str = Field(default="", max_length=2000)
    told_by: str = ""


class Team(Form):
    """Who leads, and what each member does."""

    lead: str = ""
    duties: tuple[tuple[str, str], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def gather(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Return the rows of the form as pairs of a person and what they do."""
        rows = [(person, given.get(f"duty_{found[1]}", "")) for field, person in given.items() if (found := SEAT.fullmatch(field))]
        return {"lead": given.get("lead", ""), "duties": rows}


class Chosen(Form):
    """What a questionnaire or outline begins with."""

    template: str


class Written(Form):
    """A questionnaire or outline as written."""

    text: str = Field(min_length=1, max_length=3000)


def facts(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of what sales knows."""
    research = meant(turn, shelves, steps.FACTS).record
    allow(turn, shelves, research)
    with explaining(turn, shelves, research):
        policy.check(research, Action.FACTS)
    return Open(views.facts_form(turn._, research, research.facts))


def facts_filled(turn: Turn, shelves: Shelves, form: FactsTold) -> Answer:
    """Keep what sales knows."""
    research = filled(turn, shelves)
    told_by = colleague(shelves, form.told_by, "told_by").id if form.told_by else ""
    texts = {field: clean(getattr(form, field)) for field in ("background", "about", "current", "goals")}
    known = Facts(**texts, told_by=told_by, by=turn.person.id, at=turn.now)
    with explaining(turn, shelves, research):
        step = policy.take_facts(research, known)
    return kept(turn, shelves, step, views.facts_kept(turn._, step.record))


def team(turn: Turn, shelves: Shelves) -> Answer:
    """Name the team as typed; without anybody typed, ask by form."""
    found = meant(turn, shelves, steps.TEAM)
    allow(turn, shelves, found.record)
    with explaining(turn, shelves, found.record):
        policy.check(found.record, Action.TEAM)
    if not found.rest:
        return Open(views.team_form(turn._, found.record))
    named = seats(found.rest)
    if not named:
        raise Refusal(N_("Name each person with @ and say what they do, for example: @Ann lead @Bob interviews."))
    return name(turn, shelves, found.record, [member(shelves, seat) for seat in named])


def member(shelves: Shelves, seat: Seat) -> Member:
    """Return a member of the team as typed: what leads is told apart from what else they do."""
    said = " ".join(word.typed for word in seat.words)
    pieces = [piece for part in BETWEEN.split(said) if (piece := clean(part))]
    first = pieces[0].split(maxsplit=1) if pieces else []
    if len(first) > 1 and fold(first[0]) in LEADS:
        pieces[:1] = first
    duties = [piece for piece in pieces if fold(piece) not in LEADS]
    return Member(person=person_meant(shelves, seat.person).id, duty=", ".join(duties)[:LONGEST_DUTY], lead=len(duties) < len(pieces))


def team_filled(turn: Turn, shelves: Shelves, form: Team) -> Answer:
    """Name the team from the form; who is left out of it leaves the team."""
    research = filled(turn, shelves)
    duties = dict(form.duties)
    people = [person for person in dict.fromkeys([form.lead, *duties]) if person]
    if not people:
        raise Refusal(N_("Name at least one person."), field="lead")
    members = [
        Member(person=colleague(shelves, one).id, duty=clean(duties.get(one, ""))[:LONGEST_DUTY], lead=one == form.lead) for one in people
    ]
    return name(turn, shelves, research, members, set(research.writers) - set(people))


def name(turn: Turn, shelves: Shelves, research: Research, members: Sequence[Member], leaving: Iterable[str] = ()) -> Answer:
    """Keep the team, and tell each other member what is theirs."""
    with explaining(turn, shelves, research):
        step = policy.name_team(research, members, turn.person.id, turn.now, leaving)
    answer = kept(turn, shelves, step, views.team_named(turn._, step.record))
    tell(turn, shelves, step.record, [one for one in step.record.writers if one != turn.person.id], views.TASK)
    return answer


def outline(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form that chooses what a questionnaire or outline begins with."""
    research = meant(turn, shelves, steps.OUTLINE).record
    allow(turn, shelves, research)
    with explaining(turn, shelves, research):
        policy.check(research, Action.OUTLINE)
    names = {template.id: template.name[turn.person.speaks] for template in turn.handbook.research.templates}
    return Open(views.outline_form(turn._, research, names))


def template_chosen(turn: Turn, shelves: Shelves, form: Chosen) -> Answer:
    """Show what was chosen, to be written on."""
    research = filled(turn, shelves)
    for written in research.outlines:
        if form.template == written.kind:
            return Show(views.writing_form(turn._, research, written.kind, written.template, written.text))
    for template in turn.handbook.research.templates:
        if template.id == form.template:
            lines = [f"{n}. {line[turn.person.speaks]}" for n, line in enumerate(template.lines, start=1)]
            return Show(views.writing_form(turn._, research, Template(template.kind), template.id, "\n".join(lines)))
    kind = Template.QUESTIONNAIRE if form.template.endswith(Template.QUESTIONNAIRE) else Template.INTERVIEW
    return Show(views.writing_form(turn._, research, kind, "", ""))


def outline_written(turn: Turn, shelves: Shelves, form: Written) -> Answer:
    """Keep a questionnaire or outline as written."""
    research = filled(turn, shelves)
    _id, kind, template = [*turn.metadata.split(":"), "", ""][:3]
    written = Outline(kind=Template(kind), template=template, text=clean(form.text), by=turn.person.id, at=turn.now)
    with explaining(turn, shelves, research):
        step = policy.write_outline(research, written)
    return kept(turn, shelves, step, views.outline_kept(turn._, step.record, written))


def start(turn: Turn, shelves: Shelves) -> Answer:
    """Begin to talk with the customer."""
    research = meant(turn, shelves, steps.START).record
    allow(turn, shelves, research)
    with explaining(turn, shelves, research):
        step = policy.start(research, turn.person.id, turn.now)
    return kept(turn, shelves, step, views.started(turn._, step.record))
