"""Analysing what was learned (§4.1.3): `/research item`, `analyse` and `document`, their buttons and forms."""

from typing import Any

from pydantic import Field, field_validator

from bot.language import N_
from bot.policy import research as policy
from bot.policy.refusal import Refusal
from bot.policy.research import Action, Item, Need, Research
from bot.views.research import analyse as views
from bot.views.research import steps
from bot.words.text import clean
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.research.keeping import allow, explaining, filled, kept, meant, seen
from handlers.routes import Routes, Word
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and form of the analysis."""
    routes.command(
        "/research",
        "new",
        Word("item", item, N_("item X TEXT"), N_("add a requirement"), ("需求", "需求项", "需求項", "requirement")),
        Word("analyse", analyse, N_("analyse X"), N_("begin the analysis"), ("分析", "analyze")),
        Word(
            "document",
            document,
            N_("document X"),
            N_("read the requirement document"),
            ("文档", "文檔", "需求文档", "需求文檔", "需求文件"),
        ),
    )
    routes.button(steps.ITEM, item)
    routes.button(steps.REMOVE, remove)
    routes.button(steps.ANALYSE, analyse)
    routes.button(steps.DOCUMENT, document)
    routes.form(steps.ITEM, Requirement, item_filled)


class Requirement(Form):
    """A requirement."""

    text: str = Field(min_length=1, max_length=1000)
    need: Need
    priority: str
    key: bool = False
    acceptance: str = Field(default="", max_length=500)

    @field_validator("key", mode="before")
    @classmethod
    def ticked(cls, boxes: Any) -> bool:
        """Return whether the box is ticked."""
        return bool(boxes)


def item(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of a requirement, with what was typed of it; of a known one where a button names it."""
    found = meant(turn, shelves, steps.ITEM)
    allow(turn, shelves, found.record)
    with explaining(turn, shelves, found.record):
        policy.check(found.record, Action.ITEM)
    known = item_of(found.record, found.more) if turn.value else None
    return Open(views.item_form(turn._, found.record, known, clean(found.more), priorities(turn)))


def item_of(research: Research, number: str) -> Item | None:
    """Return the requirement of this number, or None."""
    return next((one for one in research.items if str(one.id) == number), None)


def priorities(turn: Turn) -> dict[str, str]:
    """Return the handbook's priorities by id, the most urgent first."""
    return {priority.id: priority.name[turn.person.speaks] for priority in turn.handbook.research.priorities}


def item_filled(turn: Turn, shelves: Shelves, form: Requirement) -> Answer:
    """Keep a requirement."""
    research = filled(turn, shelves)
    if form.priority not in priorities(turn):
        raise Refusal(N_("Please choose one of the list."), field="priority")
    number = turn.metadata.partition(":")[2]
    texts = {"text": clean(form.text), "acceptance": clean(form.acceptance)}
    given = Item(id=int(number) if number.isdecimal() else 0, need=form.need, priority=form.priority, key=form.key, **texts)
    with explaining(turn, shelves, research):
        step = policy.keep_item(research, given, turn.person.id, turn.now)
    fresh = next(one for one in reversed(step.record.items) if not given.id or one.id == given.id)
    return kept(turn, shelves, step, views.kept(turn._, step.record, fresh))


def remove(turn: Turn, shelves: Shelves) -> Answer:
    """Remove a requirement, and show the document without it."""
    found = meant(turn, shelves, steps.REMOVE)
    allow(turn, shelves, found.record)
    with explaining(turn, shelves, found.record):
        step = policy.remove_item(found.record, int(found.more) if found.more.isdecimal() else 0, turn.person.id, turn.now)
    return kept(turn, shelves, step, views.removed(turn._, step.record))


def analyse(turn: Turn, shelves: Shelves) -> Answer:
    """Begin the analysis."""
    research = meant(turn, shelves, steps.ANALYSE).record
    allow(turn, shelves, research)
    with explaining(turn, shelves, research):
        step = policy.analyse(research, turn.person.id, turn.now)
    return kept(turn, shelves, step, views.analysing(turn._, step.record))


def document(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of the requirement document."""
    found = meant(turn, shelves, steps.DOCUMENT)
    page = int(found.more) if found.more.isdecimal() and len(found.more) < 4 else 0
    return Say(views.document(turn._, found.record, page, seen(turn, shelves, found.record)))
