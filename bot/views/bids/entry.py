"""The form that enters a bid, and what is said when it is in the books."""

from bot.language import Translator
from bot.policy.bids import Bid
from bot.views.bids.sheet import name
from bot.views.blocks import (
    Block,
    Sentence,
    bold,
    field_of,
    modal,
    moment_input,
    prose,
    text_input,
)

NEW, NEW_FOR = "bids.new", "bids.new_for"


def registered(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was entered."""
    return prose(_.template("{customer} is in the books as {number}."), customer=name(bid), number=bold(bid.number))


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
