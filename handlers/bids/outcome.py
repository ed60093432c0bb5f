"""Handing in and what came of it (§4.4.3): `/bid submit`, `won`, `lost` and `undo`, their buttons and forms."""

import re
from functools import partial

from pydantic import Field, ValidationInfo, field_validator

from bot.language import N_, translator
from bot.policy import bids as policy
from bot.policy.bids import Action, Bid, State, Step
from bot.policy.money import Money
from bot.policy.refusal import Refusal
from bot.views.bids import outcome as views
from bot.views.bids import sheet
from bot.views.bids.steps import FILL_GAP, LOST, SUBMIT, UNDO, WON
from bot.views.blocks import Choice
from bot.words.amounts import read_amount
from bot.words.text import clean, fold
from handlers.bids.amounts import Amount, asked_by, credible
from handlers.bids.finding import bid_by_id, bid_by_value, find_bid
from handlers.bids.keeping import allow, keep, receipt, roles
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves

NOT_WON = ("lose", "未中标", "未中標", "未得標", "落标", "落標", "丢标")


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of handing in and of the outcome."""
    routes.command(
        "/bid",
        "new",
        Word("submit", submit, N_("submit X"), N_("record that it was handed in"), ("提交", "递交", "遞交", "投递")),
        Word("won", won, N_("won X [amount]"), N_("record a win"), ("win", "中标", "中標", "得标", "得標")),
        Word("lost", lost, N_("lost X [reason]"), N_("record that it was not won"), NOT_WON),
        Word("undo", undo, N_("undo X"), N_("take your last change back"), ("撤销", "撤銷", "取消")),
    )
    routes.button(SUBMIT, submit_pressed)
    routes.button(WON, won_pressed)
    routes.button(LOST, lost_pressed)
    routes.button(UNDO, undo_pressed)
    routes.button(FILL_GAP, fill_gap)
    routes.form(WON, WonBid, won_filled)
    routes.form(LOST, LostBid, lost_filled)


class WonBid(Form):
    """A win to be recorded."""

    awarded: Amount

    @field_validator("awarded")
    @classmethod
    def believe(cls, amount: Money, info: ValidationInfo) -> Money | None:
        """Refuse an amount above what the handbook takes for possible."""
        return credible(asked_by(info), amount)


class LostBid(Form):
    """A bid that was not won, to be recorded."""

    loss_reason: str
    note: str = Field(default="", max_length=2000)


def submit(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the bid was handed in."""
    return hand_in(turn, shelves, find_bid(turn, shelves, SUBMIT).bid)


def submit_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the bid of this button was handed in."""
    return hand_in(turn, shelves, bid_by_value(turn, shelves))


def hand_in(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Record the submission; it settles the reminders."""
    allow(turn, shelves, bid)
    return receipt(turn, shelves, policy.submit(bid, turn.person.id, turn.now), views.submitted)


def won(turn: Turn, shelves: Shelves) -> Answer:
    """Record a win as typed."""
    found = find_bid(turn, shelves, WON)
    return award(turn, shelves, found.bid, " ".join(word.typed for word in found.rest))


def won_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Record a win at the amount asked, or at the one that was typed before the bid was picked."""
    return award(turn, shelves, bid_by_value(turn, shelves), turn.value.partition(":")[2])


def award(turn: Turn, shelves: Shelves, bid: Bid, typed: str) -> Answer:
    """Record a win; ask for the amount when none is known, and offer to fill the gap when the submission is missing."""
    allow(turn, shelves, bid)
    amount = credible(turn, read_amount(typed, bid.currency, language=turn.person.speaks)) if typed.strip() else None
    try:
        return take_award(turn, shelves, policy.win(bid, amount, turn.person.id, turn.now))
    except policy.NotYet as gap:
        return Say(views.gap(turn._, gap, Action.WIN, typed))
    except policy.AmountNeeded:
        return Open(views.won_form(turn._, bid))


def take_award(turn: Turn, shelves: Shelves, step: Step) -> Answer:
    """Record a win and announce it in the channel that the handbook names."""
    answer = receipt(turn, shelves, step, views.won)
    channel = turn.handbook.channels.wins
    if channel:
        company = translator(turn.handbook.company.language)
        shelves.outbox.say(
            f"{views.ANNOUNCED}:{step.bid.id}", channel, views.announcement(company, step.bid, turn.person.id), subject=step.bid.subject
        )
    return answer


def won_filled(turn: Turn, shelves: Shelves, form: WonBid) -> Answer:
    """Record a win from the form."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    return take_award(turn, shelves, policy.win(bid, form.awarded, turn.person.id, turn.now))


def lost(turn: Turn, shelves: Shelves) -> Answer:
    """Record as typed that a bid was not won, or ask for the reason."""
    found = find_bid(turn, shelves, LOST)
    return give_up(turn, shelves, found.bid, " ".join(word.typed for word in found.rest))


def lost_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask for the reason, unless it was typed before the bid was picked."""
    return give_up(turn, shelves, bid_by_value(turn, shelves), turn.value.partition(":")[2])


def give_up(turn: Turn, shelves: Shelves, bid: Bid, typed: str) -> Answer:
    """Record that a bid was not won if the typed reason begins with one of the handbook's; otherwise ask by form."""
    allow(turn, shelves, bid)
    try:
        reason, note = reason_in(turn, typed)
        return receipt(turn, shelves, policy.lose(bid, reason, note, turn.person.id, turn.now), say_lost(turn, reason))
    except policy.NotYet as gap:
        return Say(views.gap(turn._, gap, Action.LOSE, typed))
    except policy.ReasonNeeded:
        return Open(views.lost_form(turn._, bid, reasons(turn), typed))


def lost_filled(turn: Turn, shelves: Shelves, form: LostBid) -> Answer:
    """Record from the form that a bid was not won."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    if form.loss_reason not in {reason.id for reason in turn.handbook.bids.loss_reasons}:
        raise Refusal(N_("Please choose one of the list."), field="loss_reason")
    return receipt(
        turn, shelves, policy.lose(bid, form.loss_reason, clean(form.note), turn.person.id, turn.now), say_lost(turn, form.loss_reason)
    )


def fill_gap(turn: Turn, shelves: Shelves) -> Answer:
    """Record the missing submission, and with it the outcome that was told."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    _number, missing, outcome, typed = [*turn.value.split(":", 3), "", "", ""][:4]
    step = policy.fill_gap(bid, Action.DEFEND if missing == Action.DEFEND else Action.SUBMIT, turn.person.id, turn.now)
    keep(turn, shelves, step)
    return (award if outcome == Action.WIN else give_up)(turn, shelves, step.bid, typed)


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change of the bid."""
    return take_back(turn, shelves, find_bid(turn, shelves, UNDO).bid, None)


def undo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the very change that the button belongs to."""
    change = turn.value.partition(":")[2]
    return take_back(turn, shelves, bid_by_value(turn, shelves), int(change) if change.isdigit() else None)


def take_back(turn: Turn, shelves: Shelves, bid: Bid, change: int | None) -> Answer:
    """Take back the last change, which must be the one meant if one is, with everything that it caused."""
    history = shelves.audit.of(bid.subject)
    step = policy.undo(bid, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    keep(turn, shelves, step)
    sentence = views.retracted if step.bid.state is State.RETRACTED else views.undone
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(sheet.receipt(turn._, step.bid, sentence(turn._, step.bid), steps, None))


def reasons(turn: Turn) -> list[Choice]:
    """Return the handbook's loss reasons in the person's language."""
    return [Choice(reason.id, reason.name[turn.person.speaks]) for reason in turn.handbook.bids.loss_reasons]


def say_lost(turn: Turn, reason: str) -> sheet.Says:
    """Return the sentence about a loss that names its reason in the person's language."""
    names = {choice.value: choice.text for choice in reasons(turn)}
    return partial(views.lost, reason=names.get(reason, reason))


def reason_in(turn: Turn, typed: str) -> tuple[str, str]:
    """Return the loss reason that the typed text begins with, by its id or its name in any language, and the rest as a note."""
    text = fold(typed)
    for reason in turn.handbook.bids.loss_reasons:
        for name in (fold(reason.id), *map(fold, reason.name.values())):
            if re.match(rf"{re.escape(name)}(?!\w)", text):
                return reason.id, clean(typed)[len(name) :].lstrip(" ,:;，：；")
    return "", ""
