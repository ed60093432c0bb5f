"""Planning a solution and weighing it (§4.2.1, §2.1.2): `/solution plan`, `value`, `coverage`, their buttons and forms."""

import re
from typing import Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from bot.language import N_
from bot.policy import solutions as policy
from bot.policy.money import Money
from bot.policy.refusal import Refusal
from bot.policy.solutions import Action, Plan, Solution
from bot.views.solutions import forms, lists
from bot.views.solutions.steps import COVER, COVERAGE, PLAN, VALUE
from bot.words.amounts import read_amount
from bot.words.text import Word as Typed
from bot.words.text import clean
from handlers.amounts import Amount, asked_by, credible
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.solutions.desk import (
    allow,
    guided,
    keep_step,
    meant_by_form,
    names,
    needs,
    page,
    pressed,
    receipt,
    said,
)
from storage.requirements import key_requirements
from storage.store import Shelves

FIGURES = re.compile(
    r"(?:cost|成本|费用|費用)?\s*[:：]?\s*(?P<cost>.+?)[\s,，;；]*(?:benefits?|收益|效益)\s*[:：]?\s*(?P<benefit>.+?)"
    r"(?:[\s,，;；]*(?:payback|回收期|投资回收期|投資回收期)\s*[:：]?\s*(?P<payback>\d{1,4})\s*(?:months?|个月|個月)?)?\s*",
    re.IGNORECASE,
)


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of plan, figures and coverage."""
    routes.command(
        "/solution",
        "new",
        Word("plan", said(PLAN, plan), N_("plan X"), N_("set the goal and the outline"), ("规划", "規劃", "计划", "計劃")),
        Word(
            "value",
            said(VALUE, value),
            N_("value X cost 1.2m benefit 600k [payback 24]"),
            N_("set cost, benefit and payback"),
            ("成本效益", "效益"),
        ),
        Word("coverage", said(COVERAGE, coverage), N_("coverage X"), N_("see which section answers which requirement"), ("覆盖", "覆蓋")),
    )
    routes.button(PLAN, pressed(plan))
    routes.button(VALUE, pressed(value))
    routes.button(COVERAGE, pressed(coverage))
    routes.button(COVER, pressed(cover))
    routes.form(PLAN, Planned, planned)
    routes.form(VALUE, Figures, figured)
    routes.form(COVER, Answers, covered)


class Planned(Form):
    """Goal and outline."""

    goal: str = Field(min_length=1, max_length=2000)
    outline: str = Field(min_length=1, max_length=3000)


class Figures(Form):
    """Cost, benefit of a year, and payback."""

    cost: Amount
    benefit: Amount
    payback: str = Field(default="", max_length=4)
    note: str = Field(default="", max_length=2000)

    @field_validator("cost", "benefit")
    @classmethod
    def believe(cls, amount: Money, info: ValidationInfo) -> Money:
        """Refuse an amount above what the handbook takes for possible."""
        return credible(asked_by(info), amount) or amount

    @field_validator("payback")
    @classmethod
    def count(cls, typed: str) -> str:
        """Refuse what is no number of months."""
        if typed and not (typed.isascii() and typed.isdigit()):
            raise Refusal(N_("The payback is a whole number of months."), field="payback")
        return typed


class Answers(Form):
    """Which sections answer which requirement, by its number."""

    answers: dict[int, tuple[str, ...]]

    @model_validator(mode="before")
    @classmethod
    def gather(cls, entered: dict[str, Any]) -> dict[str, Any]:
        """Put the fields, which are named after requirements, together."""
        given = {name.removeprefix(forms.ANSWERS): value for name, value in entered.items() if name.startswith(forms.ANSWERS)}
        return {"answers": given}


def plan(turn: Turn, shelves: Shelves, solution: Solution, _typed: list[Typed]) -> Answer:
    """Open the form of goal and outline."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check(solution, Action.PLAN)
    return Open(forms.plan_form(turn._, solution))


def planned(turn: Turn, shelves: Shelves, form: Planned) -> Answer:
    """Keep goal and outline."""
    solution = meant_by_form(turn, shelves)
    written = Plan(goal=clean(form.goal), outline=clean(form.outline), by=turn.person.id, at=turn.now)
    with guided(turn, shelves):
        step = policy.plan(solution, written)
    return receipt(turn, shelves, step, lists.changed)


def value(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Keep the figures that were typed, or ask for them by form."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check_ready(solution, Action.VALUE, needs(turn, shelves, solution))
    text = " ".join(word.text for word in typed)
    read = FIGURES.fullmatch(text)
    if not text:
        return Open(forms.value_form(turn._, solution, turn.handbook.company.currency))
    if read is None:
        raise Refusal(N_("Write cost and benefit of a year, for example: cost 1.2m benefit 600k payback 24."))
    amounts = {name: amount(turn, read[name]) for name in ("cost", "benefit")}
    months = int(read["payback"]) if read["payback"] else None
    return set_value(turn, shelves, solution, amounts["cost"], amounts["benefit"], months, "")


def amount(turn: Turn, typed: str) -> Money:
    """Return an amount that was typed; without a currency it is in the company's."""
    read = read_amount(typed, turn.handbook.company.currency, language=turn.person.speaks)
    return credible(turn, read) or read


def figured(turn: Turn, shelves: Shelves, form: Figures) -> Answer:
    """Keep the figures of the form."""
    solution = meant_by_form(turn, shelves)
    months = int(form.payback) if form.payback else None
    return set_value(turn, shelves, solution, form.cost, form.benefit, months, clean(form.note))


def set_value(turn: Turn, shelves: Shelves, solution: Solution, cost: Money, benefit: Money, months: int | None, note: str) -> Answer:
    """Keep the figures, and say them back in full."""
    with guided(turn, shelves):
        step = policy.value(solution, cost, benefit, months, note, needs(turn, shelves, solution), turn.person.id, turn.now)
    return receipt(turn, shelves, step, lists.valued)


def coverage(turn: Turn, shelves: Shelves, solution: Solution, _typed: list[Typed]) -> Answer:
    """Show which section answers which key requirement."""
    return covered_page(turn, shelves, solution, None)


def covered_page(turn: Turn, shelves: Shelves, solution: Solution, event: int | None) -> Answer:
    """Answer with the coverage, and with the form's button for those who may change it."""
    found = key_requirements(shelves, solution.opportunity)
    seen = page(turn, shelves, solution)
    return Say(lists.coverage(turn._, solution, found, seen, event, bool(found) and Action.COVER in seen.steps))


def cover(turn: Turn, shelves: Shelves, solution: Solution, _typed: list[Typed]) -> Answer:
    """Open the form that says what answers what."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check(solution, Action.COVER)
    found = key_requirements(shelves, solution.opportunity)
    if not found:
        raise Refusal(N_("The research of this deal has no key requirements yet."))
    return Open(forms.coverage_form(turn._, solution, found, names(turn)))


def covered(turn: Turn, shelves: Shelves, form: Answers) -> Answer:
    """Keep what answers what."""
    solution = meant_by_form(turn, shelves)
    known = names(turn)
    given = {number: [name for name in ids if name in known] for number, ids in form.answers.items()}
    with guided(turn, shelves):
        step = policy.cover(solution, given, turn.person.id, turn.now)
    return covered_page(turn, shelves, step.record, keep_step(turn, shelves, step))
