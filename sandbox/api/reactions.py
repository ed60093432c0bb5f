"""reactions.*: the bot's reactions, and whose there are."""

import re

from sandbox.api.call import Call
from sandbox.api.method import Method
from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.posting import react, told, unreact

_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def _name(call: Call) -> str:
    name = call.text("name")
    if not _NAME.fullmatch(name):
        raise Refused("invalid_name")
    return name


def add(call: Call) -> JSON:
    """React to a message."""
    react(call.workspace, BOT_USER, call.joined(), call.text("timestamp"), _name(call))
    return {}


def remove(call: Call) -> JSON:
    """Take the bot's reaction away."""
    unreact(call.workspace, BOT_USER, call.joined(), call.text("timestamp"), _name(call))
    return {}


def get(call: Call) -> JSON:
    """Return a message with its reactions."""
    channel = call.joined()
    return {"type": "message", "channel": channel.id, "message": told(call.workspace.message(channel, call.text("timestamp")))}


METHODS = {
    "reactions.add": Method(add, "tier3", ("reactions:write",)),
    "reactions.remove": Method(remove, "tier2", ("reactions:write",)),
    "reactions.get": Method(get, "tier3", ("reactions:read",)),
}
