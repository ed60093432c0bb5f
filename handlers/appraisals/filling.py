"""The form in which a manager scores, as it stands: whose it is, what it is made of, and what was entered so far."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import Field, model_validator

from bot.policy.appraisals import manager as policy
from bot.policy.appraisals.cycle import Cycle, rules_of
from bot.policy.appraisals.marks import part_comment, part_mark
from bot.policy.appraisals.record import LONG, Appraisal, Grade, Mark, Measured, Part, Scoring
from bot.policy.appraisals.self_review import MARK, WORDS
from bot.policy.appraisals.suggesting import Quarters, suggested
from bot.policy.calendar import Calendar
from bot.policy.people import Person
from bot.views.appraisals import scoring as views
from bot.views.appraisals import scoring_steps as steps
from bot.views.appraisals.scoring_steps import Page, Shown
from bot.views.blocks import Block
from bot.words.periods import read_period
from bot.words.text import clean
from handlers.appraisals.desk import meant as appraisal_meant
from handlers.colleagues import naming
from handlers.context import Turn
from handlers.forms import Form, values
from storage.appraising import cycle_of, names_of, quarters_of
from storage.evidence import done_in
from storage.measuring import measures_now
from storage.store import Shelves

SECONDS = re.compile(r"[0-9]{1,11}[.][0-9]{1,6}")
WORK = 10  # pieces of each kind of work that the form shows


class Entered(Form):
    """What a step of the form holds; what is not among its fields is left as it was."""

    marks: dict[str, Mark] = Field(default_factory=dict)
    comments: dict[str, str] = Field(default_factory=dict)
    comment: str = Field(default="", max_length=LONG)
    development: str = Field(default="", max_length=LONG)
    grade: Grade | None = None
    why: str = Field(default="", max_length=steps.REASON)

    @model_validator(mode="before")
    @classmethod
    def gather(cls, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Put the fields, which are named after parts and competencies, together."""
        marks = {name.removeprefix(MARK): mark for name, mark in fields.items() if name.startswith(MARK)}
        comments = {name.removeprefix(WORDS): clean(text)[:LONG] for name, text in fields.items() if name.startswith(WORDS)}
        alone = {name: value for name, value in fields.items() if name in cls.model_fields}
        return {**alone, "marks": marks, "comments": comments}


class Matter(NamedTuple):
    """An appraisal with its cycle."""

    appraisal: Appraisal
    cycle: Cycle


def meant(turn: Turn, shelves: Shelves, number: str) -> Matter:
    """Return the appraisal of a number, for those who may know of it."""
    found = appraisal_meant(turn, shelves, number)
    return Matter(found, cycle_of(shelves, found))


def scored(turn: Turn, shelves: Shelves, number: str) -> Matter:
    """Return the appraisal that this person scores; name whoever does where it is not they."""
    matter = meant(turn, shelves, number)
    with naming(turn, shelves):
        policy.check_scorer(matter.appraisal, matter.cycle, turn.person.id)
    return matter


def form(turn: Turn, shelves: Shelves, matter: Matter, page: Page, note: str = "") -> Block:
    """Return a step of the form, filled with what was entered so far."""
    appraisal, cycle = matter
    measured, quarters = made_of(turn, shelves, matter)
    names = names_of(shelves, [appraisal.person, *(one.manager for one in appraisal.earlier)])
    first = page is Page.EVIDENCE
    zone, reader = turn.handbook.company.time_zone, turn.person.id
    work = done_in(shelves, cycle, appraisal.person, turn.desk.url, zone, WORK, reader=reader) if first else {}
    shown = Shown(measured, suggested(cycle, measured, quarters, appraisal), names, work, note)
    return views.form(turn._, cycle, appraisal.amended(quarters=quarters), shown, page)


def made_of(turn: Turn, shelves: Shelves, matter: Matter) -> tuple[Sequence[Measured], Quarters]:
    """Return the measures of an appraisal as they are now, and for a year its quarters."""
    appraisal, cycle = matter
    period = read_period(cycle.period, turn.now, Calendar(turn.handbook.company))
    person = shelves.people.get(appraisal.person)
    if period is None or person is None:
        raise LookupError(f"no {cycle.period} of {appraisal.person}")
    placed: Person = person.amended(post=appraisal.post, team=appraisal.team)
    served, days = appraisal.served, appraisal.days
    measured = measures_now(shelves, placed, period, rules_of(cycle), served=served, days=days, cycle=cycle.id)
    return measured, quarters_of(shelves, cycle, appraisal.person)


def keep_draft(turn: Turn, shelves: Shelves, sent: Entered | None = None) -> Matter:
    """Keep what the open step holds: what was submitted, or else what stands in it as something is typed or pressed.

    A keystroke is no event. One that comes after a later one, for Slack may deliver out of order, changes nothing.
    """
    appraisal, cycle = scored(turn, shelves, turn.metadata)
    scoring, at = policy.scoring_of(appraisal, turn.person.id), turn.now if sent else pressed_at(turn)
    if sent is None and scoring.saved_at is not None and at < scoring.saved_at:
        return Matter(appraisal, cycle)
    state = turn.view["state"]
    entered = sent or Entered.model_validate(values(state))
    step = policy.draft(appraisal, cycle, given(entered, list(state.get("values") or {}), scoring), turn.person.id, at)
    shelves.appraisals.save(step.record)
    return Matter(step.record, cycle)


def pressed_at(turn: Turn) -> datetime:
    """Return when something was pressed or typed, by Slack's clock."""
    known = SECONDS.fullmatch(turn.pressed_at)
    return datetime.fromtimestamp(float(turn.pressed_at), UTC) if known else turn.now


def given(entered: Entered, fields: Collection[str], scoring: Scoring) -> dict[str, Any]:
    """Return the fields of a scoring that a step has, emptied ones too, beside those that it does not have."""
    marks, comments = dict(scoring.marks), dict(scoring.comments)
    for part in Part:
        if part_mark(part) in fields and (mark := entered.marks.get(f"part_{part}")):
            marks[part] = mark
        if part_comment(part) in fields:
            comments[part] = entered.comments.get(f"part_{part}", "")
    skills = {name.removeprefix("skill_"): mark for name, mark in entered.marks.items() if name.startswith("skill_")}
    texts = {name: clean(getattr(entered, name)) for name in ("comment", "development", "why") if name in fields}
    return {
        "marks": marks,
        "comments": {part: text for part, text in comments.items() if text},
        "competencies": {**scoring.competencies, **skills},
        **texts,
        **({"grade": entered.grade} if "grade" in fields else {}),
    }
