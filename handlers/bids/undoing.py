"""The ways back: `/bid undo` within minutes, and a manager's `/bid correct` with a reason, whenever that is."""

from pydantic import Field

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import Action, Bid, State
from bot.policy.people import require
from bot.views.bids import sheet, undoing
from bot.views.bids.steps import (
    CORRECT,
    UNDO,
)
from bot.words.numbers import number_in
from bot.words.text import clean
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import keep, receipt, roles
from handlers.bids.words import step_word
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register undo and correction."""
    meaning = N_("correct an outcome, a submission or a withdrawal, as a manager")
    routes.command(
        "/bid",
        "new",
        Word("undo", undo, N_("undo X"), N_("take your last change back"), ("撤销", "撤銷", "取消")),
        step_word(routes, "correct", CORRECT, put_right, N_("correct X [why]"), meaning, ("更正", "改正")),
    )
    routes.button(UNDO, undo_pressed)
    routes.form(CORRECT, Correction, correct_filled)


class Correction(Form):
    """Why what was recorded is wrong."""

    reason: str = Field(min_length=1, max_length=1000)


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change of the bid."""
    return take_back(turn, shelves, find_bid(turn, shelves, UNDO).bid, None)


def undo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the very change that the button belongs to."""
    change = turn.value.partition(":")[2]
    return take_back(turn, shelves, bid_by_value(turn, shelves), number_in(change) or None)


def take_back(turn: Turn, shelves: Shelves, bid: Bid, change: int | None) -> Answer:
    """Take back the last change, which must be the one meant if one is, with everything that it caused."""
    history = shelves.audit.of(bid.subject)
    step = policy.undo(bid, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    keep(turn, shelves, step)
    sentence = undoing.retracted if step.bid.state is State.RETRACTED else undoing.undone
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(sheet.receipt(turn._, step.bid, sentence(turn._, step.bid), steps, None))


def correct_filled(turn: Turn, shelves: Shelves, form: Correction) -> Answer:
    """Correct what was recorded, from the form."""
    return put_right(turn, shelves, bid_by_id(turn, shelves, turn.metadata), form.reason)


def put_right(turn: Turn, shelves: Shelves, bid: Bid, why: str) -> Answer:
    """Correct an outcome, a submission or a withdrawal; that is for a manager, and needs a reason."""
    require("bids.correct", roles(turn, shelves, bid))
    if not clean(why):
        policy.check(bid, Action.CORRECT)
        return Open(undoing.correction_form(turn._, bid))
    step = policy.correct(bid, clean(why), turn.person.id, turn.now, shelves.audit.of(bid.subject))
    return receipt(turn, shelves, step, undoing.corrected)
