"""From the approval to the customer's word (§4.2.3): `/solution send`, `confirm`, `changes`, `withdraw`, their buttons and forms."""

from datetime import date
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.language import N_
from bot.policy import solutions as policy
from bot.policy.solutions import Action, Confirmation, Link, Secrecy, Solution, Way
from bot.views.solutions import forms, lists, told
from bot.views.solutions.steps import CHANGES, CONFIRM, SEND, WITHDRAW
from bot.words.text import Word as Typed
from bot.words.text import clean
from handlers.context import Answer, Open, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.solutions.desk import allow, guided, meant_by_form, needs, pressed, receipt, said, tell, text_of
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of what the customer does with a solution."""
    routes.command(
        "/solution",
        "new",
        Word("send", said(SEND, send), N_("send X [to whom]"), N_("note that the customer has it"), ("sent", "发送", "發送", "提交")),
        Word("confirm", said(CONFIRM, confirm), N_("confirm X who"), N_("note who confirmed it for the customer"), ("确认", "確認")),
        Word("changes", said(CHANGES, changes), N_("changes X what"), N_("note what the customer wants changed"), ("修改", "变更", "變更")),
        Word("withdraw", said(WITHDRAW, withdraw), N_("withdraw X why"), N_("give the solution up"), ("撤回", "放弃", "放棄")),
    )
    routes.button(SEND, pressed(send))
    routes.button(CONFIRM, pressed(confirm))
    routes.button(CHANGES, pressed(changes))
    routes.button(WITHDRAW, pressed(withdraw))
    routes.form(CONFIRM, Confirmed, confirmed)
    routes.form(CHANGES, Words, changes_filled)
    routes.form(WITHDRAW, Words, withdraw_filled)


class Confirmed(Form):
    """Who confirmed for the customer, on which day, how, and where that is written."""

    who: str = Field(min_length=1, max_length=200)
    day: date
    way: Way | None = None
    link: str = Field(default="", max_length=1000)
    secrecy: Secrecy


class Words(Form):
    """What is to be changed, or why."""

    text: str = Field(min_length=1, max_length=2000)


def send(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Record that the solution went to the customer."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        step = policy.send(solution, text_of(typed)[:200], needs(turn, shelves, solution), turn.person.id, turn.now)
    return receipt(turn, shelves, step, lists.stepped)


def confirm(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Record today's confirmation by the person who was typed, or ask by form."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check(solution, Action.CONFIRM)
    today = turn.now.astimezone(ZoneInfo(turn.person.zone)).date()
    if not typed:
        return Open(forms.confirm_form(turn._, solution, "", today))
    given = Confirmation(who=text_of(typed)[:200], day=today, by=turn.person.id, at=turn.now)
    return record(turn, shelves, solution, given)


def confirmed(turn: Turn, shelves: Shelves, form: Confirmed) -> Answer:
    """Record the confirmation of the form."""
    solution = meant_by_form(turn, shelves)
    link = Link(url=policy.checked_url(clean(form.link)), secrecy=form.secrecy) if form.link else None
    given = Confirmation(who=clean(form.who), day=form.day, way=form.way, link=link, by=turn.person.id, at=turn.now)
    return record(turn, shelves, solution, given)


def record(turn: Turn, shelves: Shelves, solution: Solution, given: Confirmation) -> Answer:
    """Record the customer's confirmation, and tell those who wrote the solution."""
    with guided(turn, shelves):
        step = policy.confirm(solution, given, turn.person.zone)
    answer = receipt(turn, shelves, step, lists.stepped)
    spread(turn, shelves, step.record, 0)
    return answer


def changes(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Record what the customer wants changed, as typed, or ask by form."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check(solution, Action.CHANGES)
    return wish(turn, shelves, solution, text_of(typed)) if typed else Open(forms.words_form(turn._, solution, CHANGES))


def changes_filled(turn: Turn, shelves: Shelves, form: Words) -> Answer:
    """Record what the customer wants changed, from the form."""
    return wish(turn, shelves, meant_by_form(turn, shelves), clean(form.text))


def wish(turn: Turn, shelves: Shelves, solution: Solution, text: str) -> Answer:
    """Record what the customer wants changed, and tell those who wrote the solution."""
    with guided(turn, shelves):
        step = policy.ask_changes(solution, text, turn.person.id, turn.now)
    answer = receipt(turn, shelves, step, lists.stepped)
    spread(turn, shelves, step.record, len(step.record.wishes))
    return answer


def spread(turn: Turn, shelves: Shelves, solution: Solution, number: int) -> None:
    """Tell those who wrote the solution what the customer said."""
    for person in dict.fromkeys([solution.owner, *solution.writers]):
        if person != turn.person.id:
            key = f"{told.WORD}:{solution.id}:{number}:{person}:{turn.request}"
            tell(turn, shelves, solution, key, person, lambda _, _to: told.customers_word(_, solution, number))


def withdraw(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Give the solution up for the reason that was typed, or ask by form."""
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check(solution, Action.WITHDRAW)
    return give_up(turn, shelves, solution, text_of(typed)) if typed else Open(forms.words_form(turn._, solution, WITHDRAW))


def withdraw_filled(turn: Turn, shelves: Shelves, form: Words) -> Answer:
    """Give the solution up for the reason of the form."""
    return give_up(turn, shelves, meant_by_form(turn, shelves), clean(form.text))


def give_up(turn: Turn, shelves: Shelves, solution: Solution, why: str) -> Answer:
    """Record that the solution is given up."""
    with guided(turn, shelves):
        step = policy.withdraw(solution, why, turn.person.id, turn.now)
    return receipt(turn, shelves, step, lists.stepped)
