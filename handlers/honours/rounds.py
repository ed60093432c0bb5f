"""Rounds of honours: `/honour rounds`, `round`, `open`, `close`, `cancel`."""

from pydantic import Field

from bot.handbook import HonourType
from bot.language import N_
from bot.policy.honours import rounds as policy
from bot.policy.honours.deciding import passed
from bot.policy.honours.record import LONG, Round
from bot.policy.honours.rounds import ended, honour_of
from bot.policy.honours.steps import ROUNDS, Move
from bot.policy.people import may, require
from bot.policy.refusal import Refusal
from bot.policy.tallies import Period
from bot.views.honours import forms, receipts
from bot.views.honours import rounds as views
from bot.views.honours import steps as ids
from bot.words.numbers import number_in
from bot.words.periods import read_period, take_period
from bot.words.text import clean, words
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.honours import desk
from handlers.honours.fame import type_meant
from handlers.routes import Routes, Word
from storage.honouring import begin_round, keep_nomination, keep_round, tell_all
from storage.store import Shelves

MOST = 1000  # rounds that are looked through for a manager


def register(routes: Routes) -> None:
    """Register the words, buttons and forms."""
    routes.command(
        "/honour",
        "list",
        Word("rounds", rounds, N_("rounds"), N_("see the rounds, to decide"), ("轮次", "輪次"), reads=True),
        Word("round", shown, N_("round H-3"), N_("see a round and what speaks for each"), ("shortlist", "入围", "入圍"), reads=True),
        Word("open", begin, N_("open HONOUR [period]"), N_("begin a round"), ("开始", "開始"), needs="honours.round"),
        Word("close", close, N_("close H-3"), N_("take no more nominations"), ("截止",), needs="honours.round"),
        Word("cancel", cancel, N_("cancel H-3 why"), N_("call a round off"), ("取消",), needs="honours.round"),
    )
    routes.button(ids.ROUNDS, more)
    routes.button(ids.ROUND, shown_pressed)
    routes.button(ids.OPEN, begin_pressed)
    routes.button(ids.CLOSE, close_pressed)
    routes.button(ids.CANCEL, cancel_pressed)
    routes.form(ids.OPEN, Opening, begun)
    routes.form(ids.CANCEL, Reason, cancelled)


class Opening(Form):
    """An honour and a period."""

    honour: str = Field(max_length=200)


class Reason(Form):
    """Why a step is taken."""

    reason: str = Field(min_length=1, max_length=LONG)


def rounds(turn: Turn, shelves: Shelves) -> Answer:
    """List the rounds."""
    return page(turn, shelves, 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of the rounds."""
    number = turn.value
    return page(turn, shelves, number_in(number))


def page(turn: Turn, shelves: Shelves, number: int) -> Answer:
    """Answer with a page of the rounds: all to the HR department, to managers those in which somebody of their line stands."""
    hr = desk.may_lead(turn)
    if not hr and not may("honours.merit", desk.line_roles(turn, shelves)):
        raise Refusal(N_("That is for the HR department, and for managers whose people are nominated."))
    found = shelves.rounds.latest(MOST)
    seen = found if hr else [one for one in found if desk.weighed(turn, shelves, one)]
    part = seen[number * views.PAGE : (number + 1) * views.PAGE]
    return Say(views.listing(turn._, part, number, len(seen) > (number + 1) * views.PAGE, openable=hr))


def shown(turn: Turn, shelves: Shelves) -> Answer:
    """Show a round."""
    return show(turn, shelves, turn.text, 0)


def shown_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the page of a round that a button stands for."""
    number, _colon, which = turn.value.partition(":")
    return show(turn, shelves, number, number_in(which))


def show(turn: Turn, shelves: Shelves, text: str, number: int) -> Answer:
    """Show a page of a round to those whom it concerns; to others there is none."""
    found = shelves.rounds.get(desk.number_of(text, "H"))
    if found is None:
        require("honours.round", turn.roles)
        raise Refusal(N_("There is no such round."))
    return desk.page(turn, shelves, found, number)


def begin(turn: Turn, shelves: Shelves) -> Answer:
    """Begin a round as typed: for the last period that has ended unless one was; without words ask by form."""
    require("honours.round", turn.roles)
    period, rest = take_period(words(turn.text), turn.now, desk.calendar(turn))
    if not rest:
        return ask(turn, shelves)
    honour = honour_of(turn.handbook, type_meant(turn, " ".join(word.typed for word in rest)))
    assert honour is not None
    return start(turn, shelves, honour, period or ended(honour, turn.now, desk.calendar(turn)))


def begin_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask for which honour a round is to begin."""
    require("honours.round", turn.roles)
    return ask(turn, shelves)


def ask(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form with the honours whose last period has no round yet."""
    last = [(honour, ended(honour, turn.now, desk.calendar(turn))) for honour in turn.handbook.honours.types]
    choices = {
        f"{honour.id}:{period.name}": f"{honour.name[turn._.language]} · {period.name}"
        for honour, period in last
        if shelves.rounds.of(honour.id, period.name) is None
    }
    if not choices:
        raise Refusal(N_("Every honour has its round for the last period already."))
    return Open(views.open_form(turn._, choices))


def begun(turn: Turn, shelves: Shelves, form: Opening) -> Answer:
    """Begin the round of the form."""
    require("honours.round", turn.roles)
    wanted, _colon, name = form.honour.partition(":")
    honour, period = honour_of(turn.handbook, wanted), read_period(name, turn.now, desk.calendar(turn))
    if honour is None or period is None:
        raise Refusal(N_("There is no such honour any more."), field="honour")
    return start(turn, shelves, honour, period)


def start(turn: Turn, shelves: Shelves, honour: HonourType, period: Period) -> Answer:
    """Begin a round, unless there is one; one for a quarter is not begun for a year."""
    if (len(period.quarters) > 1) != (honour.period == "year"):
        kinds = {
            "year": N_("This honour is given for a year, such as 2026."),
            "quarter": N_("This honour is given for a quarter, such as 2026Q3."),
        }
        raise Refusal(kinds[honour.period], field="honour")
    fresh = begin_round(shelves, honour, period, turn.person.id, turn.now, turn.handbook, turn.request)
    known = fresh or shelves.rounds.of(honour.id, period.name)
    assert known is not None
    lead = receipts.began(turn._, known) if fresh else receipts.there(turn._, known)
    return desk.page(turn, shelves, known, lead=lead)


def close(turn: Turn, shelves: Shelves) -> Answer:
    """Take no more nominations in the round that was typed."""
    return end_nominations(turn, shelves, turn.text)


def close_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take no more nominations in the round of a button."""
    return end_nominations(turn, shelves, turn.value)


def end_nominations(turn: Turn, shelves: Shelves, text: str) -> Answer:
    """Take no more nominations in a round."""
    found = desk.round_meant(turn, shelves, text)
    desk.in_charge(turn, shelves, found)
    step = policy.close(found, turn.person.id, turn.now)
    change = keep_round(shelves, step, turn.handbook, turn.request)
    return desk.stepped(turn, shelves, step.record, change)


def cancel(turn: Turn, shelves: Shelves) -> Answer:
    """Cancel the round that was typed for the reason behind it, or ask for one."""
    found = cancellable(turn, shelves, turn.text)
    why = clean(turn.text.strip().partition(" ")[2])
    return call_off(turn, shelves, found, why) if why else Open(forms.reason_form(turn._, ids.CANCEL, found.id))


def cancel_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask why the round of a button is to be cancelled."""
    return Open(forms.reason_form(turn._, ids.CANCEL, cancellable(turn, shelves, turn.value).id))


def cancelled(turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Cancel a round for the reason of the form."""
    return call_off(turn, shelves, cancellable(turn, shelves, turn.metadata), clean(form.reason))


def cancellable(turn: Turn, shelves: Shelves, text: str) -> Round:
    """Return a round for somebody who may cancel it."""
    found = desk.round_meant(turn, shelves, text)
    desk.in_charge(turn, shelves, found)
    ROUNDS.check(found, Move.CANCEL)
    return found


def call_off(turn: Turn, shelves: Shelves, round: Round, why: str) -> Answer:
    """Cancel a round, and tell those who nominated somebody in it."""
    nominations = shelves.nominations.of(round.type, round.period)
    step = policy.cancel(round, nominations, why[:LONG], turn.person.id, turn.now)
    change = keep_round(shelves, step, turn.handbook, turn.request)
    for each in passed(nominations, turn.person.id, turn.now):
        keep_nomination(shelves, each, turn.handbook, turn.request)
    tell_all(shelves, step.record, turn.handbook)
    return desk.stepped(turn, shelves, step.record, change)
