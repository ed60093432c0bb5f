"""What is said when a change is taken back or corrected, and the form of a correction."""

from bot.language import N_, Translator
from bot.policy.bids import PENDING, STATE_NAMES, Bid, State, awaits_again
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
    """Return the form that asks a manager what is wrong with the outcome, the submission or the withdrawal."""
    return modal(
        CORRECT,
        _(titles(bid)),
        [paragraph(facts(_, bid)), field_of(_("Why is it wrong?"), text_input("reason", lines=True, limit=1000), hint=becomes(_, bid))],
        submit=_("Correct"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def titles(bid: Bid) -> str:
    """Return the title of the form of a correction."""
    if bid.state in PENDING:
        return N_("Correct the submission")
    return N_("Correct the withdrawal") if bid.state is State.WITHDRAWN else N_("Correct the outcome")


def becomes(_: Translator, bid: Bid) -> str:
    """Say what a correction will make of the bid."""
    if awaits_again(bid):
        return _("It then awaits its result again.")
    return _("It then counts as not handed in, and goes back to where it stood.")


def corrected(_: Translator, bid: Bid) -> Sentence:
    """Say that an outcome, a submission or a withdrawal was corrected."""
    if bid.state is State.AWAITING_RESULT:
        return prose(_.template("Corrected. {customer} awaits its result again."), customer=name(bid))
    return prose(_.template("Corrected. {customer} is {state} again."), customer=name(bid), state=_(STATE_NAMES[bid.state]))
