"""After a demo: its summary, the questions left open, and what demos taught."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.language import N_, translator
from bot.policy import demos as policy
from bot.policy.calendar import Calendar
from bot.policy.demos import MACHINE, Action, Demo, Question, Summary
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.views.demos import forms, lists, nudges, sheet
from bot.views.demos import steps as ids
from bot.words.text import clean, fold
from handlers.colleagues import colleague, naming
from handlers.context import Answer, Open, Say, Turn
from handlers.demos.finding import FIND, allow, receipt, roles
from handlers.demos.steps import meant_by_form, step_word
from handlers.finding import known
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves

NONE = frozenset(map(fold, ("none", "no", "n/a", "nothing", "-", "无", "無", "没有", "沒有")))
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
MOST_LINES, LONGEST = 20, 500


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of what follows a demo."""
    routes.command(
        "/demo",
        "new",
        step_word(routes, "summary", ids.SUMMARY, summarise, N_("summary X"), N_("sum it up"), ("总结", "總結", "小结", "小結")),
        step_word(routes, "question", ids.QUESTION, question, N_("question X"), N_("keep a question that was left open"), ("问题", "問題")),
        Word("lessons", lessons, N_("lessons [WORD]"), N_("see what demos taught"), ("经验", "經驗", "教训", "教訓"), reads=True),
    )
    routes.button(ids.ANSWER, answer_pressed)
    routes.form(ids.SUMMARY, Summing, summed)
    routes.form(ids.QUESTION, Asked, asked)
    routes.form(ids.ANSWER, Answered, answered)


class Summing(Form):
    """The summary of a demo; a line is one problem, one improvement, one question."""

    feedback: str = Field(default="", max_length=3000)
    none_given: tuple[str, ...] = ()
    problems: str = Field(default="", max_length=3000)
    improvements: str = Field(default="", max_length=3000)
    questions: str = Field(default="", max_length=3000)
    answerer: str = ""
    due: date | None = None


class Asked(Form):
    """One more question that was left open."""

    question: str = Field(min_length=1, max_length=1000)
    answerer: str
    due: date


class Answered(Form):
    """What the customer was told."""

    answer: str = Field(min_length=1, max_length=2000)


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, without the signs of a list."""
    found = (clean(line).lstrip("-*•· ").strip()[:LONGEST] for line in text.splitlines())
    return tuple(line for line in found if line and fold(line) not in NONE)[:MOST_LINES]


def due_day(turn: Turn) -> date:
    """Return the day by which a question that is left open today is to be answered."""
    today = turn.now.astimezone(ZoneInfo(turn.person.zone)).date()
    return Calendar(turn.handbook.company).add_working_days(today, turn.handbook.demos.answer_within)


def summarise(turn: Turn, shelves: Shelves, demo: Demo, _typed: str) -> Answer:
    """Open the form of the summary."""
    allow(turn, shelves, demo)
    MACHINE.check(demo, Action.SUMMARISE)
    return Open(forms.summary_form(turn._, demo, due_day(turn)))


def summed(turn: Turn, shelves: Shelves, form: Summing) -> Answer:
    """Sum a demo up, and tell those who owe an answer."""
    demo = meant_by_form(turn, shelves)
    none_found = any(clean(text) and fold(text) in NONE for text in (form.problems, form.improvements))
    summary = Summary(
        feedback=clean(form.feedback), problems=lines(form.problems), improvements=lines(form.improvements), by=turn.person.id, at=turn.now
    )
    owner = colleague(shelves, form.answerer or demo.owner, "answerer").id
    new = [Question(id=0, text=text, owner=owner, due=form.due or due_day(turn)) for text in lines(form.questions)]
    step = policy.summarise(demo, summary, new, turn.now, none_given=bool(form.none_given), none_found=none_found)
    answer = receipt(turn, shelves, step, sheet.stepped)
    tell_owed(turn, shelves, step.record, len(demo.questions))
    return answer


def tell_owed(turn: Turn, shelves: Shelves, demo: Demo, known_before: int) -> None:
    """Tell everybody else who owes the customer an answer, for each new question."""
    for one in demo.questions[known_before:]:
        person = shelves.people.get(one.owner)
        if person and person.id != turn.person.id:
            message = nudges.asked_of(translator(person.speaks), demo, one, person.zone)
            shelves.outbox.say(f"{nudges.owed_key(demo, one)}:{turn.request}", person.id, message, subject=demo.subject)


def question(turn: Turn, shelves: Shelves, demo: Demo, _typed: str) -> Answer:
    """Open the form of a question that was left open."""
    allow(turn, shelves, demo)
    MACHINE.check(demo, Action.ASK)
    return Open(forms.question_form(turn._, demo, due_day(turn)))


def asked(turn: Turn, shelves: Shelves, form: Asked) -> Answer:
    """Keep a question that was left open."""
    demo = meant_by_form(turn, shelves)
    wanted = Question(id=0, text=clean(form.question), owner=colleague(shelves, form.answerer, "answerer").id, due=form.due)
    step = policy.ask(demo, wanted, turn.person.id, turn.now)
    answer = receipt(turn, shelves, step, sheet.stepped)
    tell_owed(turn, shelves, step.record, len(demo.questions))
    return answer


def meant(turn: Turn, shelves: Shelves, value: str) -> tuple[Demo, Question]:
    """Return the question that a button or a form means."""
    numbers = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,9})", value)
    if numbers is None:
        raise Refusal(N_("That question was taken back."))
    demo = FIND.by_id(turn, shelves, numbers[1])
    return demo, policy.question_of(demo, int(numbers[2]))


def answer_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the answer to an open question."""
    demo, one = meant(turn, shelves, turn.value)
    return Open(forms.answer_form(turn._, demo, one))


def answered(turn: Turn, shelves: Shelves, form: Answered) -> Answer:
    """Close an open question with its answer."""
    demo, one = meant(turn, shelves, turn.metadata)
    with naming(turn, shelves):
        step = policy.answer(demo, one.id, clean(form.answer), turn.person.id, roles(turn, shelves, demo), turn.now)
    return receipt(turn, shelves, step, sheet.stepped)


def lessons(turn: Turn, shelves: Shelves) -> Answer:
    """Show what demos taught, latest first; a word typed narrows it."""
    require("demos.see", turn.roles)
    sought = clean(turn.text)
    summed_up = reversed(shelves.demos.summarised_between(BEGINNING, turn.now))
    found = policy.lessons(demo for demo in summed_up if known(turn, shelves, demo))
    wanted = [one for one in found if fold(sought) in fold(f"{one.demo.customer_name} {one.text}")]
    return Say(lists.lessons(turn._, wanted, sought))
