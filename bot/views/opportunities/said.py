"""What is said when something was done with an opportunity."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.opportunities import OUTCOME_NAMES, Opportunity, Outcome
from bot.views.blocks import (
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    code,
    prose,
    says,
    section,
)
from bot.views.opportunities.sheet import ABANDON, ANOTHER, BID_SHARES, LOST, SHOW, WON, named


def entered(_: Translator, deal: Opportunity, near: Sequence[str] = ()) -> Sentence:
    """Say that an opportunity was entered; for a new customer with names nearby, how to merge them if they are the same."""
    said = prose(_.template("{customer} is in the books as {number}."), customer=bold(deal.customer_name), number=bold(deal.number))
    if not near:
        return said
    hint = _.template("{customer} is a new customer. If it is {names}: {command}")
    command = code(f'/customer merge "{deal.customer_name}" = "{near[0]}"')
    return (*said, Span("\n"), *prose(hint, customer=deal.customer_name, names=bold(_.list(list(near))), command=command))


def exists(_: Translator, deals: Sequence[Opportunity], typed: str) -> Message:
    """Say that there is a live opportunity with this customer, with the ways to open it and to enter another all the same."""
    said = prose(_.template("{customer} has an open opportunity already."), customer=bold(deals[0].customer_name))
    rows = [section(f"{deal.number} · {deal.title or deal.customer_name}", button(_("Open"), SHOW, str(deal.id))) for deal in deals[:5]]
    return says(said, also=[*rows, actions(button(_("Enter another one"), ANOTHER, typed))])


def changed(_: Translator, deal: Opportunity) -> Sentence:
    """Say that facts were changed."""
    return prose(_.template("{customer} ({number}) is up to date."), **named(_, deal))


def stepped(_: Translator, deal: Opportunity) -> Sentence:
    """Say where an opportunity stands now."""
    return prose(_.template("{customer} ({number}) is {state}."), **named(_, deal), state=bold(_(OUTCOME_NAMES[deal.state])))


def undone(_: Translator, deal: Opportunity) -> Sentence:
    """Say what an undo left behind."""
    if deal.state is Outcome.RETRACTED:
        return prose(_.template("Undone. {customer} ({number}) is out of the books."), **named(_, deal))
    return prose(_.template("Undone. {customer} is {state} again."), customer=bold(deal.customer_name), state=_(OUTCOME_NAMES[deal.state]))


def proposed(_: Translator, deal: Opportunity) -> Sentence:
    """Say that shares are proposed."""
    return prose(_.template("Shares are proposed; everybody who has not agreed is asked."))


def agreed(_: Translator, deal: Opportunity) -> Sentence:
    """Say that somebody agreed."""
    return prose(_.template("You agreed to your share of {customer} ({number})."), **named(_, deal))


def shares_of_bid(_: Translator, deal: Opportunity, bid: int) -> Message:
    """Say that the credit for this deal is shared on its bid, and open it."""
    said = prose(_.template("The credit for {customer} ({number}) is shared on its bid."), **named(_, deal))
    return says(said, also=[actions(button(_("Share the credit"), BID_SHARES, f"{bid}:", "primary"))])


def choose_end(_: Translator, deal: Opportunity) -> Message:
    """Ask what came of an opportunity."""
    ends = ((WON, _("Won without a tender")), (LOST, _("Not won")), (ABANDON, _("Give it up")))
    return says(
        prose(_.template("What came of {customer} ({number})?"), **named(_, deal)),
        also=[actions(*(button(label, name, str(deal.id)) for name, label in ends))],
    )
