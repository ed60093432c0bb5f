"""What is said about a bid that only those concerned may know of."""

from bot.language import Translator
from bot.policy.bids import Bid
from bot.views.blocks import Sentence, bold, prose

CONFIDENTIAL = "bids.confidential"


def marked(_: Translator, bid: Bid) -> list[Sentence]:
    """Return what the sheet says of a confidential bid."""
    return [prose(_.template("Confidential: for the owner, the bid team and the managers above."))] if bid.confidential else []


def changed(_: Translator, bid: Bid) -> Sentence:
    """Say who may know of the bid from now on."""
    customer = bold(bid.customer)
    if bid.confidential:
        return prose(
            _.template("{customer} is confidential now, with all that hangs on the deal: nobody else finds it in a list or by its number."),
            customer=customer,
        )
    return prose(_.template("{customer} is not confidential any more: the whole department can see it."), customer=customer)
