"""The review by experts (§4.2.3): `/solution review`, `approve`, `optimise`, their buttons and forms."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from bot.language import N_
from bot.policy import solutions as policy
from bot.policy.calendar import Calendar
from bot.policy.customers import answer_by
from bot.policy.machine import Step
from bot.policy.people import Person
from bot.policy.refusal import Refusal
from bot.policy.solutions import Action, Asked, Score, Solution, State, Verdict
from bot.views.solutions import forms, lists, told
from bot.views.solutions.steps import ANYWAY, APPROVE, OPTIMISE, REVIEW, SCORE
from bot.words.text import Word as Typed
from bot.words.text import clean
from handlers.colleagues import colleague, is_person, meant
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.solutions.desk import (
    FIND,
    allow,
    called,
    guided,
    keep_step,
    meant_by_form,
    needs,
    pressed,
    receipt,
    said,
    tell,
    text_of,
)
from storage.requirements import key_requirements
from storage.store import Shelves

Mark = Annotated[int, Field(ge=1, le=5)]


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of the review."""
    routes.command(
        "/solution",
        "new",
        Word(
            "review",
            said(REVIEW, review),
            N_("review X @expert ..."),
            N_("ask experts for their marks, or give yours"),
            ("评审", "評審", "审核", "審核"),
        ),
        Word("approve", said(APPROVE, approve), N_("approve X"), N_("settle the review once all marks are in"), ("批准", "通过", "通過")),
        Word(
            "optimise", said(OPTIMISE, optimise), N_("optimise X what changed"), N_("note what was changed"), ("optimize", "优化", "優化")
        ),
    )
    routes.button(REVIEW, pressed(review))
    routes.button(ANYWAY, pressed(anyway))
    routes.button(SCORE, pressed(score))
    routes.button(APPROVE, pressed(approve))
    routes.button(OPTIMISE, pressed(optimise))
    routes.form(REVIEW, Experts, named)
    routes.form(SCORE, Marks, marked)
    routes.form(OPTIMISE, Changed, changed)


class Experts(Form):
    """Who is asked for marks."""

    experts: tuple[str, ...] = Field(min_length=1)


class Marks(Form):
    """An expert's marks."""

    feasibility: Mark
    soundness: Mark
    cost_benefit: Mark
    innovation: Mark
    comment: str = Field(default="", max_length=2000)


class Changed(Form):
    """What was changed."""

    text: str = Field(min_length=1, max_length=2000)


def review(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Ask the experts who were typed; without any, an expert gives their marks, and everybody else chooses experts."""
    people = [meant(shelves, word) for word in typed if is_person(word)]
    if typed and not people:
        raise Refusal(N_("Name the experts with @."))
    if people:
        return ask(turn, shelves, solution, people)
    if solution.state is State.INTERNAL_REVIEW and turn.person.id in {one.expert for one in solution.asked}:
        return score(turn, shelves, solution, [])
    allow(turn, shelves, solution)
    wanted = needs(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check_ready(solution, Action.REVIEW, wanted)
    return Open(forms.review_form(turn._, solution, wanted.experts))


def named(turn: Turn, shelves: Shelves, form: Experts) -> Answer:
    """Ask the experts of the form."""
    people = [colleague(shelves, one, "experts") for one in form.experts]
    return ask(turn, shelves, meant_by_form(turn, shelves), people)


def anyway(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Ask the experts although something is open, which they are told."""
    return ask(turn, shelves, solution, [meant(shelves, word) for word in typed], knowing=True)


def ask(turn: Turn, shelves: Shelves, solution: Solution, people: Sequence[Person], knowing: bool = False) -> Answer:
    """Ask experts for their marks; before the first are asked, list what is open, unless the person is `knowing`."""
    allow(turn, shelves, solution)
    days, calendar = turn.handbook.solutions.score_within, Calendar(turn.handbook.company)
    experts = [
        Asked(expert=one.id, by=turn.person.id, at=turn.now, due=answer_by(calendar, one.zone, turn.now, days))
        for one in {person.id: person for person in people}.values()
    ]
    gaps = policy.gaps(solution, key_requirements(shelves, solution.opportunity))
    with guided(turn, shelves):
        step = policy.ask_experts(solution, experts, [one.text for one in gaps], needs(turn, shelves, solution), turn.person.id, turn.now)
    doubts = [one for one in solution.consultations if one.verdict is not Verdict.FEASIBLE]
    if (gaps or doubts) and not knowing and solution.state is not State.INTERNAL_REVIEW:
        typed = " ".join(f"<@{one.expert}>" for one in experts)
        return Say(lists.before_review(turn._, solution, gaps, doubts, typed))
    return asked(turn, shelves, solution, step)


def asked(turn: Turn, shelves: Shelves, before: Solution, step: Step[Solution]) -> Answer:
    """Keep who is asked, and tell them."""
    known = {one.expert for one in before.asked} if before.state is State.INTERNAL_REVIEW else set()
    fresh = [one.expert for one in step.record.asked if one.expert not in known]
    answer = receipt(turn, shelves, step, lambda _, record: lists.asked_of(_, record, fresh))
    sitting = step.record.sitting
    for one in fresh:
        key = f"{told.SCORING}:{before.id}:{sitting}:{one}:{turn.request}"
        tell(turn, shelves, step.record, key, one, lambda _, to: told.scoring(_, step.record, to.id, sitting, to.zone, called(turn, _)))
    return answer


def score(turn: Turn, shelves: Shelves, solution: Solution, _typed: list[Typed]) -> Answer:
    """Open the form of an expert's marks, as far as they were given in this review."""
    with guided(turn, shelves):
        policy.check_asked(solution, turn.person.id)
    given = next((one for one in policy.scores_of(solution) if one.expert == turn.person.id), None)
    return Open(forms.score_form(turn._, solution, given))


def marked(turn: Turn, shelves: Shelves, form: Marks) -> Answer:
    """Keep an expert's marks; the last ones settle the review, of which all are told."""
    solution = FIND.by_id(turn, shelves, turn.metadata)
    given = Score(expert=turn.person.id, sitting=0, at=turn.now, **form.model_dump(exclude={"comment"}), comment=clean(form.comment))
    with guided(turn, shelves):
        step = policy.judge(solution, given, needs(turn, shelves, solution))
    keep_step(turn, shelves, step)
    tell_settled(turn, shelves, step)
    return Say(lists.marked(turn._, step.record))


def approve(turn: Turn, shelves: Shelves, solution: Solution, _typed: list[Typed]) -> Answer:
    """Settle a review whose marks are all in, or name whom it waits for."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        step = policy.approve(solution, needs(turn, shelves, solution), turn.person.id, turn.now)
    answer = receipt(turn, shelves, step, lists.stepped)
    tell_settled(turn, shelves, step)
    return answer


def tell_settled(turn: Turn, shelves: Shelves, step: Step[Solution]) -> None:
    """Tell all who worked on it or judged it what the review came to, once it is settled."""
    solution = step.record
    if solution.state is State.INTERNAL_REVIEW:
        return
    for person in dict.fromkeys([solution.owner, *solution.team]):
        key = f"{told.SETTLED}:{solution.id}:{solution.sitting}:{person}:{turn.request}"
        tell(turn, shelves, solution, key, person, lambda _, _to: told.settled(_, solution, solution.sitting))


def optimise(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Note what was changed, as typed, or ask by form."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check(solution, Action.OPTIMISE)
    if not typed:
        return Open(forms.words_form(turn._, solution, OPTIMISE))
    return improve(turn, shelves, solution, text_of(typed))


def changed(turn: Turn, shelves: Shelves, form: Changed) -> Answer:
    """Note what was changed, from the form."""
    return improve(turn, shelves, meant_by_form(turn, shelves), clean(form.text))


def improve(turn: Turn, shelves: Shelves, solution: Solution, text: str) -> Answer:
    """Note what was changed in a round of optimisation."""
    with guided(turn, shelves):
        step = policy.optimise(solution, text, turn.person.id, turn.now)
    return receipt(turn, shelves, step, lists.optimised)
