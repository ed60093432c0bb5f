"""The other ends of a bid (§4.4.3): `/bid rejected`, `cancelled` and `withdraw`; and what it taught us: `debrief`."""

from functools import partial

from pydantic import Field

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import Action, Bid
from bot.views.bids import outcome
from bot.views.bids.steps import (
    CANCELLED,
    DEBRIEF,
    DISQUALIFIED,
    WITHDRAW,
)
from bot.words.text import clean
from handlers.bids.finding import bid_by_id
from handlers.bids.keeping import allow, receipt
from handlers.bids.words import step_word
from handlers.context import Answer, Open, Turn
from handlers.forms import Form
from handlers.routes import Routes
from storage.store import Shelves

GIVE_UP = ("放弃投标", "撤回", "退出")
LOOK_BACK = ("复盘", "復盤", "检讨", "檢討")
ENDS = {DISQUALIFIED: (policy.disqualify, Action.DISQUALIFY), WITHDRAW: (policy.withdraw, Action.WITHDRAW)}


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of the other ends, and of the debrief."""
    rejected, withdrawn = partial(end, DISQUALIFIED), partial(end, WITHDRAW)
    rejection, called_off = N_("record that it was rejected as invalid"), N_("record that the tender was called off")
    invalid, failed = ("否决", "否決", "disqualified"), ("流标", "流標", "canceled")
    routes.command(
        "/bid",
        "new",
        step_word(routes, "rejected", DISQUALIFIED, rejected, N_("rejected X [why]"), rejection, invalid),
        step_word(routes, "cancelled", CANCELLED, call_off, N_("cancelled X [note]"), called_off, failed),
        step_word(routes, "withdraw", WITHDRAW, withdrawn, N_("withdraw X [why]"), N_("do not hand it in after all"), GIVE_UP),
        step_word(routes, "debrief", DEBRIEF, ask_lessons, N_("debrief X"), N_("keep what it taught us"), LOOK_BACK),
    )
    routes.form(DISQUALIFIED, Why, partial(told_why, DISQUALIFIED))
    routes.form(WITHDRAW, Why, partial(told_why, WITHDRAW))
    routes.form(DEBRIEF, Lessons, debriefed)


class Why(Form):
    """A reason in a sentence."""

    note: str = Field(min_length=1, max_length=2000)


class Lessons(Form):
    """What a bid taught us."""

    went_well: str = Field(default="", max_length=2000)
    to_improve: str = Field(default="", max_length=2000)
    lessons: str = Field(default="", max_length=2000)


def end(action: str, turn: Turn, shelves: Shelves, bid: Bid, why: str) -> Answer:
    """Record an end that needs a reason; ask for it by form when none is given."""
    allow(turn, shelves, bid)
    take, step = ENDS[action]
    if not clean(why):
        policy.check(bid, step)
        return Open(outcome.why_form(turn._, action, bid, ""))
    return receipt(turn, shelves, take(bid, clean(why), turn.person.id, turn.now), outcome.closed)


def told_why(action: str, turn: Turn, shelves: Shelves, form: Why) -> Answer:
    """Record an end from the form."""
    return end(action, turn, shelves, bid_by_id(turn, shelves, turn.metadata), form.note)


def call_off(turn: Turn, shelves: Shelves, bid: Bid, note: str) -> Answer:
    """Record the end of a tender."""
    allow(turn, shelves, bid)
    return receipt(turn, shelves, policy.cancel(bid, clean(note), turn.person.id, turn.now), outcome.closed)


def ask_lessons(turn: Turn, shelves: Shelves, bid: Bid, _typed: str) -> Answer:
    """Open the form of the debrief, with what is known."""
    allow(turn, shelves, bid)
    policy.check(bid, Action.DEBRIEF)
    return Open(outcome.debrief_form(turn._, bid))


def debriefed(turn: Turn, shelves: Shelves, form: Lessons) -> Answer:
    """Keep what the bid taught us."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    told = (clean(form.went_well), clean(form.to_improve), clean(form.lessons))
    return receipt(turn, shelves, policy.debrief(bid, *told, turn.person.id, turn.now), outcome.debriefed)
