"""What comes of an opportunity: `/opportunity close`, `hold` and `resume`, and the answer to a nudge."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pydantic import Field

from bot.language import N_
from bot.policy import opportunities as policy
from bot.policy.machine import Step
from bot.policy.money import Money
from bot.policy.opportunities import LIVE, MACHINE, Action, Opportunity
from bot.views.opportunities import forms as forms_views
from bot.views.opportunities import said as said_views
from bot.views.opportunities import sheet as sheet_views
from bot.words.amounts import read_amount
from bot.words.text import Word as Typed
from bot.words.text import clean, fold, words
from handlers.amounts import Amount, credible
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.opportunities.keeping import FIND, SETTLING, allow, check_direct, meant_by_form, receipt
from handlers.routes import Routes, Word
from storage.store import Shelves

REASONED: dict[str, Callable[[Opportunity, str, str, Any], Step[Opportunity]]] = {
    sheet_views.LOST: policy.lose,
    sheet_views.ABANDON: policy.abandon,
    sheet_views.HOLD: policy.hold,
    sheet_views.REOPEN: policy.reopen,
}
ENDS = {
    sheet_views.WON: ("won", "赢", "贏", "赢单", "贏單", "成交"),
    sheet_views.LOST: ("lost", "输", "輸", "丢单", "丟單", "未成交"),
    sheet_views.ABANDON: ("abandoned", "abandon", "放弃", "放棄"),
}


def register(routes: Routes) -> None:
    """Register the words, buttons and forms."""
    usage = N_("close X [won AMOUNT|lost WHY|abandoned WHY]")
    routes.command(
        "/opportunity",
        "new",
        Word("close", close, usage, N_("say what came of it"), ("关闭", "關閉", "结案", "結案")),
        Word("hold", hold, N_("hold X [why]"), N_("put it on hold"), ("暂停", "暫停", "搁置", "擱置")),
        Word("resume", resume, N_("resume X [why]"), N_("take it up again"), ("恢复", "恢復", "重启", "重啟")),
    )
    routes.button(sheet_views.CLOSE, close_pressed)
    routes.button(sheet_views.WON, won_pressed)
    routes.button(sheet_views.RESUME, resume_pressed)
    routes.button(sheet_views.STILL_ON, still_on)
    routes.form(sheet_views.WON, Agreed, won)
    for name in REASONED:
        routes.button(name, partial(ask_why, name))
        routes.form(name, Reason, partial(because, name))


class Agreed(Form):
    """What was agreed in a deal without a tender."""

    amount: Amount


class Reason(Form):
    """Why a step is taken."""

    reason: str = Field(min_length=1, max_length=1000)


def close(turn: Turn, shelves: Shelves) -> Answer:
    """Say what came of an opportunity, as typed, or ask."""
    found = FIND.find(turn, shelves, sheet_views.CLOSE)
    return settle(turn, shelves, found.record, found.rest)


def close_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Say what came of the opportunity that was picked."""
    return settle(turn, shelves, FIND.by_value(turn, shelves), words(turn.value.partition(":")[2]))


def settle(turn: Turn, shelves: Shelves, deal: Opportunity, typed: list[Typed]) -> Answer:
    """Settle an opportunity by the word typed first and the amount or reason behind it; ask for what is missing."""
    allow(turn, shelves, deal)
    policy.check_live(deal)
    end = next((name for name, spelled in ENDS.items() if typed and fold(typed[0].text) in map(fold, spelled)), "")
    more = " ".join(word.typed for word in typed[1:])
    if not end:
        return Say(said_views.choose_end(turn._, deal))
    if end != sheet_views.WON:
        return reason_given(turn, shelves, deal, end, more)
    if not more:
        return ask_amount(turn, shelves, deal)
    return settle_won(turn, shelves, deal, read_amount(more, deal.currency, language=turn.person.speaks))


def won_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask what was agreed in the deal of this button."""
    return ask_amount(turn, shelves, FIND.by_value(turn, shelves))


def ask_amount(turn: Turn, shelves: Shelves, deal: Opportunity) -> Answer:
    """Open the form for the amount, unless the deal follows its bid."""
    allow(turn, shelves, deal)
    check_direct(shelves, deal)
    MACHINE.check(deal, Action.WIN)
    return Open(forms_views.amount_form(turn._, deal))


def won(turn: Turn, shelves: Shelves, form: Agreed) -> Answer:
    """Settle a deal as won, for the amount of the form."""
    return settle_won(turn, shelves, meant_by_form(turn, shelves), form.amount)


def settle_won(turn: Turn, shelves: Shelves, deal: Opportunity, awarded: Money) -> Answer:
    """Settle a deal without a tender as won."""
    check_direct(shelves, deal)
    amount = credible(turn, awarded) or awarded
    return receipt(turn, shelves, policy.win(deal, amount, turn.person.id, turn.now), said_views.stepped)


def hold(turn: Turn, shelves: Shelves) -> Answer:
    """Put an opportunity on hold."""
    found = FIND.find(turn, shelves, sheet_views.HOLD)
    return reason_given(turn, shelves, found.record, sheet_views.HOLD, found.more)


def resume(turn: Turn, shelves: Shelves) -> Answer:
    """Take an opportunity up again that was on hold; one that is settled, as a manager with a reason."""
    found = FIND.find(turn, shelves, sheet_views.RESUME)
    return take_up(turn, shelves, found.record, found.more)


def resume_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take this button's opportunity up again."""
    return take_up(turn, shelves, FIND.by_value(turn, shelves), turn.value.partition(":")[2])


def take_up(turn: Turn, shelves: Shelves, deal: Opportunity, why: str) -> Answer:
    """Take up again what is on hold, or open again what is settled."""
    if deal.state not in LIVE:
        return reason_given(turn, shelves, deal, sheet_views.REOPEN, why)
    allow(turn, shelves, deal)
    return receipt(turn, shelves, policy.resume(deal, turn.person.id, turn.now), said_views.stepped)


def ask_why(name: str, turn: Turn, shelves: Shelves) -> Answer:
    """Ask for the reason of a step, or take the one that was typed before the opportunity was picked."""
    return reason_given(turn, shelves, FIND.by_value(turn, shelves), name, turn.value.partition(":")[2])


def because(name: str, turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Take a step for the reason of the form."""
    return reason_given(turn, shelves, meant_by_form(turn, shelves), name, form.reason)


def reason_given(turn: Turn, shelves: Shelves, deal: Opportunity, name: str, why: str) -> Answer:
    """Take the step of this name for a reason; without one, ask for it."""
    allow(turn, shelves, deal, "opportunities.reopen" if name == sheet_views.REOPEN else "opportunities.change")
    action = next(action for action, (button, _label) in sheet_views.BUTTONS.items() if button == name)
    if action in SETTLING:
        check_direct(shelves, deal)
    MACHINE.check(deal, action)
    if not clean(why):
        return Open(forms_views.reason_form(turn._, deal, name))
    return receipt(turn, shelves, REASONED[name](deal, clean(why), turn.person.id, turn.now), said_views.stepped)


def still_on(turn: Turn, shelves: Shelves) -> Answer:
    """Note that the opportunity is alive although nothing happened; the question comes again after as long a time."""
    deal = FIND.by_value(turn, shelves)
    allow(turn, shelves, deal)
    step = MACHINE.change(deal, Action.CHANGE, turn.person.id, turn.now, touched_at=turn.now)
    return receipt(turn, shelves, step, said_views.changed)
