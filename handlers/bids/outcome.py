"""What came of a bid (§4.4.3, §5.1.1): `/bid won` and `lost`."""

import re
from decimal import Decimal, InvalidOperation
from functools import partial

from pydantic import Field, ValidationInfo, field_validator

from bot.language import N_, translator
from bot.policy import bids as policy
from bot.policy.bids import Action, Bid, Step
from bot.policy.money import Money
from bot.policy.refusal import Refusal
from bot.views.bids import announcement, outcome, sheet
from bot.views.bids.steps import (
    FILL_GAP,
    LOST,
    WON,
)
from bot.views.blocks import Choice
from bot.words.amounts import read_amount
from bot.words.text import clean, fold
from handlers.amounts import Amount, asked_by, credible
from handlers.bids.finding import bid_by_id, bid_by_value
from handlers.bids.keeping import allow, keep, receipt
from handlers.bids.words import step_word
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes
from storage.store import Shelves

MOST_PER_CENT = 1000
NOT_WON = ("lose", "未中标", "未中標", "未得標", "落标", "落標", "丢标")


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of the outcome."""
    routes.command(
        "/bid",
        "new",
        step_word(routes, "won", WON, award, N_("won X [amount]"), N_("record a win"), ("win", "中标", "中標", "得标", "得標")),
        step_word(routes, "lost", LOST, give_up, N_("lost X [reason]"), N_("record that it was not won"), NOT_WON),
    )
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
    winner: str = Field(default="", max_length=200)
    price_gap: Decimal | None = None
    note: str = Field(default="", max_length=2000)

    @field_validator("price_gap", mode="before")
    @classmethod
    def read_per_cent(cls, typed: str) -> Decimal:
        """Read a number of per cent as typed, with or without its sign."""
        try:
            gap = Decimal(typed.strip().rstrip("%％ ").replace(",", "."))
        except InvalidOperation:
            gap = Decimal("NaN")
        if not (gap.is_finite() and abs(gap) < MOST_PER_CENT):
            raise Refusal(N_("Write a number of per cent, for example 12.5."), field="price_gap")
        return round(gap, 2)


def award(turn: Turn, shelves: Shelves, bid: Bid, typed: str) -> Answer:
    """Record a win; ask for the amount when none is known, and offer to fill the gap when the submission is missing."""
    allow(turn, shelves, bid)
    amount = credible(turn, read_amount(typed, bid.currency, language=turn.person.speaks)) if typed.strip() else None
    try:
        return take_award(turn, shelves, policy.win(bid, amount, turn.person.id, turn.now))
    except policy.NotYet as gap:
        return Say(outcome.gap(turn._, gap, Action.WIN, typed))
    except policy.AmountNeeded:
        return Open(outcome.won_form(turn._, bid))


def take_award(turn: Turn, shelves: Shelves, step: Step) -> Answer:
    """Record a win and announce it in the channel that the handbook names, with the detail in its thread, unless it is withheld."""
    answer = receipt(turn, shelves, step, outcome.won)
    channel = turn.handbook.channels.wins
    if channel and not announcement.is_withheld(step.bid, turn.handbook.bids):
        company, key = translator(turn.handbook.company.language), f"{announcement.ANNOUNCED}:{step.bid.id}"
        told = announcement.announcement(company, step.bid, turn.handbook.bids.announced_amount)
        shelves.outbox.say(key, channel, told, subject=step.bid.subject)
        detail = announcement.detail(company, step.bid)
        shelves.outbox.say(f"{announcement.DETAIL}:{step.bid.id}", channel, detail, thread=key, subject=step.bid.subject)
    return answer


def won_filled(turn: Turn, shelves: Shelves, form: WonBid) -> Answer:
    """Record a win from the form."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    return take_award(turn, shelves, policy.win(bid, form.awarded, turn.person.id, turn.now))


def give_up(turn: Turn, shelves: Shelves, bid: Bid, typed: str) -> Answer:
    """Record that a bid was not won if the typed reason begins with one of the handbook's; otherwise ask by form."""
    allow(turn, shelves, bid)
    try:
        reason, note = reason_in(turn, typed)
        return receipt(turn, shelves, policy.lose(bid, reason, note, turn.person.id, turn.now), say_lost(turn, reason))
    except policy.NotYet as gap:
        return Say(outcome.gap(turn._, gap, Action.LOSE, typed))
    except policy.ReasonNeeded:
        return Open(outcome.lost_form(turn._, bid, reasons(turn), typed))


def lost_filled(turn: Turn, shelves: Shelves, form: LostBid) -> Answer:
    """Record from the form that a bid was not won."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    if form.loss_reason not in {reason.id for reason in turn.handbook.bids.loss_reasons}:
        raise Refusal(N_("Please choose one of the list."), field="loss_reason")
    told = (form.loss_reason, clean(form.note), turn.person.id, turn.now, clean(form.winner), form.price_gap)
    return receipt(turn, shelves, policy.lose(bid, *told), say_lost(turn, form.loss_reason))


def fill_gap(turn: Turn, shelves: Shelves) -> Answer:
    """Record the missing submission, and with it the outcome that was told."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    _number, missing, told, typed = [*turn.value.split(":", 3), "", "", ""][:4]
    step = policy.fill_gap(bid, Action.DEFEND if missing == Action.DEFEND else Action.SUBMIT, turn.person.id, turn.now)
    keep(turn, shelves, step)
    return (award if told == Action.WIN else give_up)(turn, shelves, step.bid, typed)


def reasons(turn: Turn) -> list[Choice]:
    """Return the handbook's loss reasons in the person's language."""
    return [Choice(reason.id, reason.name[turn.person.speaks]) for reason in turn.handbook.bids.loss_reasons]


def say_lost(turn: Turn, reason: str) -> sheet.Says:
    """Return the sentence about a loss that names its reason in the person's language."""
    names = {choice.value: choice.text for choice in reasons(turn)}
    return partial(outcome.lost, reason=names.get(reason, reason))


def reason_in(turn: Turn, typed: str) -> tuple[str, str]:
    """Return the loss reason that the typed text begins with, by its id or its name in any language, and the rest as a note."""
    text = fold(typed)
    for reason in turn.handbook.bids.loss_reasons:
        for name in (fold(reason.id), *map(fold, reason.name.values())):
            if re.match(rf"{re.escape(name)}(?!\w)", text):
                return reason.id, clean(typed)[len(name) :].lstrip(" ,:;，：；")
    return "", ""
