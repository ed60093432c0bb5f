"""What an interaction leaves behind for a while: a trigger to open a modal, an address to answer at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow, token_hex, token_urlsafe
from typing import TYPE_CHECKING

from sandbox.refusal import Refused
from sandbox.workspace.app import TEAM

if TYPE_CHECKING:
    from sandbox.workspace.state import Workspace

RESPONSES, RESPONSE_TIME = 5, timedelta(minutes=30)


@dataclass
class Trigger:
    """The right to open one modal for a person, for three seconds."""

    id: str
    person: str
    issued: float
    view: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """An address at which the app may answer five times within half an hour."""

    key: str
    kind: str
    person: str
    channel: str
    expires: datetime
    message_ts: str | None = None
    is_ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = 0


def new_trigger(workspace: "Workspace", person: str, view: str | None = None) -> str:
    """Issue a trigger; `view` is the modal in which the person acted."""
    trigger = Trigger(f"{randbelow(10**13)}.{randbelow(10**9)}.{token_hex(16)}", person, workspace.clock.elapsed(), view)
    workspace.contents.triggers[trigger.id] = trigger
    return trigger.id


def use_trigger(workspace: "Workspace", trigger_id: str, lifetime: float) -> Trigger:
    """Spend a trigger within its lifetime in seconds; raise Refused."""
    trigger = workspace.contents.triggers.get(trigger_id)
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if workspace.clock.elapsed() - trigger.issued > lifetime:
        raise Refused("expired_trigger_id")
    trigger.used = True
    return trigger


def new_response_url(workspace: "Workspace", kind: str, person: str, channel: str, **source: str | bool | None) -> str:
    """Issue a response URL of kind `commands`, `actions` or `app`; `source` tells the message acted upon."""
    key = token_urlsafe(18)
    expires = workspace.clock.now() + RESPONSE_TIME
    workspace.contents.response_urls[key] = ResponseUrl(key, kind, person, channel, expires, **source)  # type: ignore[arg-type]
    return f"{workspace.url}/hooks/{kind}/{TEAM}/{randbelow(10**11)}/{key}"


def use_response_url(workspace: "Workspace", key: str) -> ResponseUrl:
    """Spend one use of a response URL; raise Refused."""
    found = workspace.contents.response_urls.get(key)
    if found is None:
        raise Refused("expired_url")
    if workspace.clock.now() > found.expires:
        raise Refused("expired_url")
    if found.uses >= RESPONSES:
        raise Refused("used_url")
    found.uses += 1
    return found
