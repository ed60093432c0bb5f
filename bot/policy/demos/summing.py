"""What is written down after a demo (§4.3.3): the summary, its lessons, and the questions that were left open."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from bot.language import N_
from bot.policy.demos.record import Demo, Question, Summary
from bot.policy.demos.steps import CONCERNED, MACHINE, Action
from bot.policy.machine import Step
from bot.policy.people import OnlyFor, Role
from bot.policy.refusal import Refusal


class Lesson(NamedTuple):
    """One problem or improvement, and the demo that taught it."""

    demo: Demo
    text: str
    improvement: bool


def summarise(
    demo: Demo, summary: Summary, questions: Iterable[Question], now: datetime, *, none_given: bool, none_found: bool
) -> Step[Demo]:
    """Sum a demo up: what the customer said or `none_given`, problems and improvements or `none_found`.

    The questions are added to those that are open already.
    """
    MACHINE.check(demo, Action.SUMMARISE)
    if not summary.feedback and not none_given:
        raise Refusal(N_("Write what the customer said, or tick that they gave no feedback."), field="feedback")
    if not (summary.problems or summary.improvements or none_found):
        raise Refusal(N_("Name at least one problem or improvement, or write “none”."), field="improvements")
    asked = (*demo.questions, *numbered(demo, questions))
    return MACHINE.advance(demo, Action.SUMMARISE, summary.by, now, summary=summary, questions=asked)


def ask(demo: Demo, question: Question, actor: str, now: datetime) -> Step[Demo]:
    """Keep a question that the customer is owed an answer to."""
    return MACHINE.advance(demo, Action.ASK, actor, now, questions=(*demo.questions, *numbered(demo, [question])))


def numbered(demo: Demo, questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return new questions with numbers of their own."""
    last = max((question.id for question in demo.questions), default=0)
    return tuple(question.amended(id=number) for number, question in enumerate(questions, last + 1))


def answer(demo: Demo, number: int, text: str, actor: str, roles: frozenset[Role], now: datetime) -> Step[Demo]:
    """Close an open question with its answer; that is for whoever owes it and for those who give the demo."""
    question = question_of(demo, number)
    if actor != question.owner and not roles & CONCERNED:
        raise OnlyFor([question.owner, demo.owner])
    if question.answered_at:
        raise Refusal(N_("That question is answered already."))
    if not text:
        raise Refusal(N_("Write the answer that the customer was given."), field="answer")
    closed = question.amended(answer=text, answered_at=now)
    questions = tuple(closed if one is question else one for one in demo.questions)
    return MACHINE.advance(demo, Action.ANSWER, actor, now, questions=questions)


def question_of(demo: Demo, number: int) -> Question:
    """Return the question of this number; refuse one that was taken back."""
    found = next((question for question in demo.questions if question.id == number), None)
    if found is None:
        raise Refusal(N_("That question was taken back."))
    return found


def open_questions(demo: Demo) -> list[Question]:
    """Return the questions that wait for an answer, those due first before the rest."""
    return sorted(
        (question for question in demo.questions if question.answered_at is None), key=lambda question: (question.due, question.id)
    )


def lessons(demos: Iterable[Demo]) -> list[Lesson]:
    """Return what demos taught, in their order."""
    found: list[Lesson] = []
    for demo in demos:
        if demo.summary:
            found += [Lesson(demo, text, False) for text in demo.summary.problems]
            found += [Lesson(demo, text, True) for text in demo.summary.improvements]
    return found


def month_before(day: date) -> tuple[date, date]:
    """Return the first day of the month before a day's, and the first day of its own."""
    first = day.replace(day=1)
    return (first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)), first
