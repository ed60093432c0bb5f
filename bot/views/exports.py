"""What is said about exports: that one is coming, what it holds, or why it could not be sent."""

from bot.language import Translator
from bot.views.blocks import Message, code, prose, says


def coming(_: Translator) -> Message:
    """Say that the files are being made."""
    return says(prose(_.template("I am writing your export. It comes as a direct message, and the audit log notes it.")))


def enclosed(_: Translator, bids: int, people: int | None) -> str:
    """Return the words beside the files: how much is in them; `people` is None where that list is not among them."""
    counted = [_.plural("{n} bid", "{n} bids", bids)]
    if people is not None:
        counted.append(_.plural("{n} person", "{n} people", people))
    return _("Your export: {contents}. It holds what you may see yourself; please handle it accordingly.", contents=_.list(counted))


def unsent(_: Translator, error: str) -> Message:
    """Say that the files could not be sent, in Slack's word."""
    sorry = prose(_.template("I could not send your export; Slack says {error}."), error=code(error))
    return says(sorry, prose(_.template("An administrator can see more with {doctor}."), doctor=code("/presales doctor")))
