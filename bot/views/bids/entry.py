"""The form that enters a bid, and what is said when it is in the books."""

from bot.language import Translator
from bot.policy.bids import Bid
from bot.views.bids.sheet import VALUE, name
from bot.views.blocks import (
    Block,
    Message,
    Sentence,
    actions,
    bold,
    button,
    field_of,
    modal,
    moment_input,
    prose,
    says,
    text_input,
)

NEW, NEW_FOR, ANOTHER = "bids.new", "bids.new_for", "bids.another"


def registered(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was entered."""
    return prose(_.template("{customer} is in the books as {number}."), customer=name(bid), number=bold(bid.number))


def already(_: Translator, bid: Bid, typed: str) -> Message:
    """Say that the same bid was entered a moment ago, and offer to enter another."""
    said = prose(_.template("You entered that a moment ago: {customer} is {number}."), customer=name(bid), number=bold(bid.number))
    return says(said, also=[actions(button(_("Enter another one"), ANOTHER, typed[:VALUE]))])


def new_form(_: Translator, currency: str, customer: str = "") -> Block:
    """Return the form that enters a bid."""
    return modal(
        NEW,
        _("New bid"),
        [
            field_of(_("Customer"), text_input("customer", customer, limit=200, placeholder="ACME")),
            field_of(_("Amount"), text_input("amount", limit=60, placeholder="1.2m"), optional=True, hint=amount_hint(_, currency)),
            field_of(_("Deadline"), moment_input("deadline"), optional=True),
        ],
        submit=_("Enter"),
        close=_("Cancel"),
    )


def amount_hint(_: Translator, currency: str) -> str:
    """Return how an amount may be written."""
    return _("For example 350k, 1.2m or USD 80,000; without a currency it is {currency}.", currency=currency)
