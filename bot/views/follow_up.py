"""The button that asks for a customer's opinion (§2.1.5), on the sheet of what was done for them."""

from enum import StrEnum

from bot.language import Translator
from bot.policy.people import Role, may
from bot.views.blocks import Block, button

ASK, REPORT = "surveys.ask", "surveys.report"


class Offer(StrEnum):
    """What may follow the end of some work: a survey to be sent, or an answer to be typed in where none can be sent."""

    SEND = "send"
    REPORT = "report"


def offered(roles: frozenset[Role], address: str | None) -> Offer | None:
    """Return what somebody in these roles is offered; `address` is where customers reach the web server, if they do."""
    if not may("surveys.ask", roles):
        return None
    return Offer.SEND if address else Offer.REPORT


def follow_up(_: Translator, ref: str, offer: Offer | None) -> list[Block]:
    """Return the button on the sheet of what a survey may be about."""
    names = {Offer.SEND: (_("Send a survey"), ASK), Offer.REPORT: (_("Enter their answer"), REPORT)}
    return [button(*names[offer], ref)] if offer else []
