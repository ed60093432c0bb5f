"""Asking other departments whether a plan is feasible (§4.2.1): `/solution consult`, its buttons and forms."""

import re
from datetime import datetime

from pydantic import Field

from bot.language import N_
from bot.policy import solutions as policy
from bot.policy.calendar import Calendar
from bot.policy.customers import answer_by
from bot.policy.refusal import Refusal
from bot.policy.solutions import Action, Consultation, Solution, Verdict
from bot.views.solutions import forms, lists, told
from bot.views.solutions.steps import ANSWER, CONSULT
from bot.words.text import Word as Typed
from bot.words.text import clean
from handlers.colleagues import colleague, is_person, meant
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.solutions.desk import allow, guided, keep_step, meant_by_form, pressed, receipt, said, tell, text_of
from storage.store import Shelves

LONGEST = 1000


def register(routes: Routes) -> None:
    """Register the word, buttons and forms of consultations."""
    routes.command(
        "/solution",
        "new",
        Word(
            "consult",
            said(CONSULT, consult),
            N_("consult X @who question"),
            N_("ask another department whether it is feasible"),
            ("ask", "咨询", "諮詢", "会商", "會商"),
        ),
    )
    routes.button(CONSULT, pressed(consult))
    routes.button(ANSWER, answer)
    routes.form(CONSULT, Question, asked)
    routes.form(ANSWER, Answered, answered)


class Question(Form):
    """A question to another department."""

    person: str
    question: str = Field(min_length=1, max_length=LONGEST)
    due: datetime | None = None


class Answered(Form):
    """What another department says."""

    verdict: Verdict
    answer: str = Field(default="", max_length=3000)


def consult(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Put the question that was typed, or ask for it by form."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check(solution, Action.CONSULT)
    if typed and not is_person(typed[0]):
        raise Refusal(N_("Name the colleague first, with @, then the question."))
    person = meant(shelves, typed[0]).id if typed else ""
    question = text_of(typed[1:])
    if not question:
        return Open(forms.consult_form(turn._, solution, person))
    if len(question) > LONGEST:
        raise Refusal(N_("Please use at most {most} characters for one question."), most=LONGEST)
    return put(turn, shelves, solution, Question(person=person, question=question))


def asked(turn: Turn, shelves: Shelves, form: Question) -> Answer:
    """Put the question of the form."""
    return put(turn, shelves, meant_by_form(turn, shelves), form)


def put(turn: Turn, shelves: Shelves, solution: Solution, form: Question) -> Answer:
    """Put a question by direct message, and say back what was asked until when."""
    person = colleague(shelves, form.person, "person")
    days = turn.handbook.solutions.answer_within
    due = form.due or answer_by(Calendar(turn.handbook.company), person.zone, turn.now, days)
    draft = Consultation(id=0, asker=turn.person.id, person=person.id, text=clean(form.question), at=turn.now, due=due)
    with guided(turn, shelves):
        step = policy.consult(solution, draft)
    one = step.record.consultations[-1]
    answer = receipt(turn, shelves, step, lambda _, record: lists.consulted(_, record, one, turn.person.zone))
    key = f"{told.CONSULTED}:{solution.id}:{one.id}:{person.id}:{turn.request}"
    tell(turn, shelves, step.record, key, person.id, lambda _, to: told.consulted(_, step.record, one, to.zone))
    return answer


def answer(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form for the answer."""
    solution, one = question_asked(turn, shelves, turn.value)
    return Open(forms.answer_form(turn._, solution, one))


def question_asked(turn: Turn, shelves: Shelves, value: str) -> tuple[Solution, Consultation]:
    """Return the question that a button or a form means, if this person was asked it; more of the solution is not theirs to see."""
    numbers = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,9})", value)
    solution = shelves.solutions.get(int(numbers[1]), lock=True) if numbers else None
    if numbers is None or solution is None:
        raise Refusal(N_("That question was taken back."))
    with guided(turn, shelves):
        return solution, policy.check_consulted(solution, int(numbers[2]), turn.person.id)


def answered(turn: Turn, shelves: Shelves, form: Answered) -> Answer:
    """Keep the answer with the solution, and tell the one who asked."""
    solution, one = question_asked(turn, shelves, turn.metadata)
    step = policy.answer(solution, one.id, form.verdict, clean(form.answer), turn.person.id, turn.now)
    keep_step(turn, shelves, step)
    said_now = policy.consultation_of(step.record, one.id)
    key = f"{told.ANSWERED}:{solution.id}:{one.id}:{one.asker}:{int(one.at.timestamp())}"
    tell(turn, shelves, step.record, key, one.asker, lambda _, _to: told.answered(_, step.record, said_now))
    return Say(lists.thanks(turn._, one.asker))
