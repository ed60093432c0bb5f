"""The sheet of a bid, and the receipt that answers a change: facts, what is unusual, and what can be done next."""

from collections.abc import Callable, Sequence

from bot.language import N_, Translator
from bot.policy.bids import Action, Bid
from bot.policy.money import Money
from bot.views.bids.steps import BUTTONS, UNDO
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    overflow,
    prose,
    says,
    select,
    user,
)

MENU = "menu"  # its entries carry the action as well as the value
SHORT = 5  # entries of an overflow menu
VALUE = 2000  # the longest value of a button
Says = Callable[[Translator, Bid], Sentence]


GAPS = {
    "assessed": N_("assessment"),
    "decided": N_("go/no-go decision"),
    "prepared": N_("preparation"),
    "reviewed": N_("review"),
    "submitted": N_("submission"),
    "defended": N_("defence"),
}


def name(bid: Bid) -> Span:
    """Return the bid's customer, as the headline of a sentence."""
    return bold(bid.customer)


def money(_: Translator, amount: Money | None) -> str:
    """Return an amount in full, or say that none is known."""
    return _("amount not known yet") if amount is None else _.amount(amount.amount, amount.currency)


def due(_: Translator, bid: Bid) -> str:
    """Return the deadline in full with its zone, or say that none is known."""
    return _("no deadline yet") if bid.deadline is None else _("due {when}", when=_.moment(bid.deadline, bid.zone))


def facts(_: Translator, bid: Bid) -> Sentence:
    """Return number, amount, deadline and owner in one line."""
    amount = money(_, bid.award or bid.asked)
    return prose("{number} · {amount} · {due} · {owner}", number=bid.number, amount=amount, due=due(_, bid), owner=user(bid.owner))


def receipt(_: Translator, bid: Bid, sentence: Sentence, steps: Sequence[Action], undo: int | None) -> Message:
    """Return what a change is answered with: what was understood, the next step, and the way back."""
    said = [prose("“{note}”", note=bid.note)] if bid.note else []
    return says(sentence, facts(_, bid), *notes(_, bid), *said, also=next_steps(_, bid, steps, undo))


def notes(_: Translator, bid: Bid) -> list[Sentence]:
    """Return what is unusual about the bid: late, or with gaps in its record."""
    late = [prose(_.template("It was handed in after the deadline."))] if bid.late else []
    skipped = [_(GAPS[gap]) for gap in bid.gaps]
    gap = [prose(_.template("Not recorded at its time: {steps}."), steps=_.list(skipped))] if skipped else []
    return late + gap


def next_steps(_: Translator, bid: Bid, steps: Sequence[Action], undo: int | None) -> list[Block]:
    """Return the buttons: the natural next step first, undo, and the other steps in a menu."""
    told = {Action.DEBRIEF} if bid.debrief else set()
    known = sorted((step for step in BUTTONS if step in steps), key=told.__contains__)
    primary = [button(_(BUTTONS[step][1]), BUTTONS[step][0], str(bid.id), "primary") for step in known[:1]]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{bid.id}:{undo}")]
    rest = [Choice(f"{BUTTONS[step][0]} {bid.id}", _(BUTTONS[step][1])) for step in known[1:]]
    row = [*primary, *back, *menu(_, rest)]
    return [actions(*row)] if row else []


def menu(_: Translator, entries: Sequence[Choice]) -> list[Block]:
    """Return the menu of what is pressed less often, nothing where there is nothing; each entry carries its action and its value."""
    short = len(entries) <= SHORT
    return [overflow(MENU, entries) if short else select(MENU, entries, placeholder=_("More"))] if entries else []
