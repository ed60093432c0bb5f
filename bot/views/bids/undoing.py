"""What is said when a change is taken back or corrected, and the form of a correction."""

from bot.language import Translator
from bot.policy.bids import STATE_NAMES, Bid, State
from bot.views.bids.sheet import facts, name
from bot.views.bids.steps import CORRECT
from bot.views.blocks import (
    Block,
    Sentence,
    field_of,
    modal,
    paragraph,
    prose,
    text_input,
)


def undone(_: Translator, bid: Bid) -> Sentence:
    """Say what an undo left behind."""
    return prose(_.template("Undone. {customer} is {state} again."), customer=name(bid), state=_(STATE_NAMES[bid.state]))


def retracted(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was taken out of the books."""
    return prose(_.template("Undone. {customer} ({number}) is out of the books."), customer=name(bid), number=bid.number)


def correction_form(_: Translator, bid: Bid) -> Block:
    """Return the form that asks a manager why an outcome is wrong."""
    return modal(
        CORRECT,
        _("Correct the outcome"),
        [paragraph(facts(_, bid)), field_of(_("Why is it wrong?"), text_input("reason", lines=True, limit=1000))],
        submit=_("Correct"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def corrected(_: Translator, bid: Bid) -> Sentence:
    """Say that an outcome was corrected."""
    if bid.state is not State.AWAITING_RESULT:
        return undone(_, bid)
    return prose(_.template("Corrected. {customer} awaits its result again."), customer=name(bid))
