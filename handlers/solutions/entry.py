"""Entering, listing and showing solutions, and the way back: `/solution new`, `list`, `show`, `undo`."""

from typing import Any

from pydantic import Field

from bot.language import N_
from bot.policy import solutions as policy
from bot.policy.opportunities import Opportunity
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.policy.solutions import LIVE, Solution, State
from bot.views.solutions import forms, lists, sheet
from bot.views.solutions.steps import ANOTHER, LIST, NEW, SHOW, UNDO
from bot.words.amounts import take_amount
from bot.words.numbers import number_in
from bot.words.text import Word as Typed
from bot.words.text import clean, words
from handlers.amounts import credible
from handlers.context import Answer, Open, Say, Turn
from handlers.finding import deal, known, named_customer
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.solutions.desk import keep_step, page, pressed, said
from storage.following import goes_with
from storage.solutions import Wanted
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and the form."""
    routes.command(
        "/solution",
        "new",
        Word("new", new, N_("new CUSTOMER [amount]"), N_("begin the solution for a deal"), ("新建", "新增", "登记", "登記")),
        Word("list", listing, N_("list [mine|team|open|all]"), N_("see solutions"), ("列表", "清单", "清單")),
        Word("show", said(SHOW, show), N_("show X"), N_("see everything about one solution"), ("查看", "显示", "顯示")),
        Word("undo", said(UNDO, undo), N_("undo X"), N_("take your last change back"), ("撤销", "撤銷", "取消")),
    )
    routes.button(NEW, chosen)
    routes.button(ANOTHER, another)
    routes.button(LIST, more)
    routes.button(SHOW, pressed(show))
    routes.button(UNDO, pressed(undo))
    routes.form(NEW, Entry, entered)


class Entry(Form):
    """A solution to be entered."""

    customer: str = Field(min_length=1, max_length=200)
    title: str = Field(default="", max_length=200)


def new(turn: Turn, shelves: Shelves) -> Answer:
    """Begin the solution for the customer that was typed, or ask by form."""
    require("solutions.new", turn.roles)
    if not turn.text.strip():
        return Open(forms.new_form(turn._))
    amount, rest = take_amount(words(turn.text), turn.handbook.company.currency, language=turn.person.speaks)
    worth = credible(turn, amount)
    facts: dict[str, Any] = {"amount": worth.amount, "currency": worth.currency} if worth else {}
    name = named_customer(" ".join(word.typed for word in rest))
    return enter(turn, shelves, deal(turn, shelves, name, NEW, **facts), "")


def entered(turn: Turn, shelves: Shelves, form: Entry) -> Answer:
    """Begin the solution of the form."""
    require("solutions.new", turn.roles)
    title = clean(form.title)
    return enter(turn, shelves, deal(turn, shelves, named_customer(form.customer), NEW, title), title)


def chosen(turn: Turn, shelves: Shelves) -> Answer:
    """Begin the solution for the deal that was picked."""
    return enter(turn, shelves, picked(turn, shelves), turn.value.partition(":")[2])


def another(turn: Turn, shelves: Shelves) -> Answer:
    """Begin another solution for a deal that has one."""
    return enter(turn, shelves, picked(turn, shelves), turn.value.partition(":")[2], again=True)


def picked(turn: Turn, shelves: Shelves) -> Opportunity:
    """Return the deal of a button, for one who may begin a solution."""
    require("solutions.new", turn.roles)
    number = turn.value.partition(":")[0]
    found = shelves.opportunities.get(int(number), lock=True) if number.isdecimal() and len(number) < 10 else None
    if found is None or not known(turn, shelves, found):
        raise Refusal(N_("That opportunity was taken back."))
    return found


def enter(turn: Turn, shelves: Shelves, found: Opportunity, title: str, again: bool = False) -> Answer:
    """Begin the solution for a deal, unless it has a live one and nobody said that this is `again` another."""
    live = [one for one in shelves.solutions.of_opportunity(found.id) if one.state in LIVE and known(turn, shelves, one)]
    if live and not again:
        return Say(lists.exists(turn._, live[0], title))
    draft = Solution(
        opportunity=found.id,
        customer_name=found.customer_name,
        customer_key=found.customer_key,
        title=clean(title)[:200],
        owner=turn.person.id,
        confidential=found.confidential,
        opened_at=turn.now,
    )
    solution = shelves.solutions.add(draft)
    change = keep_step(turn, shelves, policy.opened(solution, turn.person.id, turn.now))
    steps = page(turn, shelves, solution).steps
    return Say(sheet.receipt(turn._, solution, lists.entered(turn._, solution), steps, change))


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List solutions: the person's own open ones unless another word is typed."""
    return listed(turn, shelves, lists.scope(turn.text), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of a list; the button carries which list and which page."""
    which, _colon, number = turn.value.partition(":")
    return listed(turn, shelves, lists.scope(which), number_in(number))


def listed(turn: Turn, shelves: Shelves, which: lists.Scope, number: int) -> Answer:
    """Answer with one page of a list."""
    require("solutions.see", turn.roles)
    owners = {lists.Scope.MINE: [turn.person.id], lists.Scope.TEAM: shelves.people.team_of(turn.person)}.get(which)
    states = set(State) - {State.RETRACTED} if which is lists.Scope.ALL else LIVE
    wanted = Wanted(turn.person.id, shelves.people.below(turn.person.id), states, owners)
    found = shelves.solutions.listed(wanted, lists.PAGE + 1, number * lists.PAGE)
    return Say(lists.listing(turn._, which, found[: lists.PAGE], number, len(found) > lists.PAGE))


def show(turn: Turn, shelves: Shelves, solution: Solution, _typed: list[Typed]) -> Answer:
    """Show everything about a solution."""
    return Say(sheet.sheet(turn._, solution, page(turn, shelves, solution)))


def undo(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Take back the last change, which must be the one that the button belongs to if one was pressed."""
    number = typed[0].text if typed else ""
    change = number_in(number) or None
    history = shelves.audit.of(solution.subject)
    step = policy.undo(solution, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    keep_step(turn, shelves, step)
    origin = shelves.opportunities.get(solution.opportunity, lock=True)
    if origin and step.record.state is State.RETRACTED:
        goes_with(shelves, origin, history[-1], turn.request)
    steps = page(turn, shelves, step.record).steps
    return Say(sheet.receipt(turn._, step.record, lists.undone(turn._, step.record), steps, None))
