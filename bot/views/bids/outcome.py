"""What is said when a bid is handed in, won or not, and taken back; the announcement; and the forms."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.bids import STATE_NAMES, Action, Bid, NotYet, State
from bot.views.bids.entry import amount_hint
from bot.views.bids.sheet import VALUE, facts, money, name
from bot.views.bids.steps import FILL_GAP, LOST, WON
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    actions,
    bold,
    button,
    emoji,
    field_of,
    modal,
    paragraph,
    prose,
    says,
    select,
    text_input,
    user,
)

ANNOUNCED = "bids.announced"


def submitted(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was handed in."""
    return prose(_.template("{customer} is recorded as submitted. Good luck!"), customer=name(bid))


def won(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was won."""
    return prose(_.template("{customer} is won: {amount}. Well done!"), customer=name(bid), amount=bold(money(_, bid.award)))


def lost(_: Translator, bid: Bid, reason: str = "") -> Sentence:
    """Say that a bid was not won, and why."""
    return prose(_.template("{customer} is recorded as not won: {reason}."), customer=name(bid), reason=reason or bid.loss_reason)


def undone(_: Translator, bid: Bid) -> Sentence:
    """Say what an undo left behind."""
    return prose(_.template("Undone. {customer} is {state} again."), customer=name(bid), state=_(STATE_NAMES[bid.state]))


def retracted(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was taken out of the books."""
    return prose(_.template("Undone. {customer} ({number}) is out of the books."), customer=name(bid), number=bid.number)


def gap(_: Translator, refusal: NotYet, outcome: Action, typed: str) -> Message:
    """Offer to record the missing step and the outcome in one press."""
    bid = refusal.bid
    word = _("Record both: that and won") if outcome is Action.WIN else _("Record both: that and not won")
    sentence = prose("{reason}", reason=_(refusal.reason, **refusal.values))
    ask = prose(_.template("If it was done and only the record is missing, one press records both."))
    return says(sentence, ask, also=[actions(button(word, FILL_GAP, f"{bid.id}:{refusal.missing}:{outcome}:{typed}"[:VALUE], "primary"))])


def announcement(_: Translator, bid: Bid, actor: str) -> Message:
    """Tell the channel of a win, or take that back when it is no longer so."""
    if bid.state is State.WON:
        head = prose(_.template("{tada} {customer} is won!"), tada=emoji("tada"), customer=name(bid))
        return says(head, facts(_, bid), prose(_.template("Recorded by {person}"), person=user(actor)))
    return says(prose(_.template("Correction: {customer} ({number}) is not recorded as won."), customer=name(bid), number=bid.number))


def won_form(_: Translator, bid: Bid) -> Block:
    """Return the form that records a win."""
    amount = "" if bid.amount is None else f"{bid.currency} {bid.amount:f}"
    return modal(
        WON,
        _("Record a win"),
        [
            paragraph(facts(_, bid)),
            field_of(_("Amount awarded"), text_input("awarded", amount, limit=60), hint=amount_hint(_, bid.currency)),
        ],
        submit=_("Record"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def lost_form(_: Translator, bid: Bid, reasons: Sequence[Choice], note: str) -> Block:
    """Return the form that records that a bid was not won."""
    return modal(
        LOST,
        _("Record the outcome"),
        [
            paragraph(facts(_, bid)),
            field_of(_("Main reason"), select("loss_reason", reasons)),
            field_of(_("What was decisive?"), text_input("note", note, lines=True, limit=2000), optional=True),
        ],
        submit=_("Record"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )
