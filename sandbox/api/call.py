"""A call of the Web API: its arguments read and checked, its token's rights."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.refusal import JSON, Refused, invalid_arguments
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.channels import Channel
from sandbox.workspace.state import Workspace

T = TypeVar("T")
_TRUE, _FALSE = ("true", "1", True, 1), ("false", "0", "", False, 0)


@dataclass(frozen=True)
class Call:
    """What a method was called with; form values are strings, JSON values are what they are."""

    workspace: Workspace
    arguments: JSON
    trigger_seconds: float = 3.0

    def has(self, name: str) -> bool:
        """Tell whether an argument was given."""
        return self.arguments.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """Return a string; raise Refused when it is missing and has no default."""
        value = self.arguments.get(name, default)
        if value is None or (value == "" and default is None):
            raise invalid_arguments(f"missing required field: {name}")
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise invalid_arguments(f"must provide a string [json-pointer:/{name}]")
        return str(value)

    def optional(self, name: str) -> str | None:
        """Return a string, or nothing when it was not given or is empty."""
        return self.text(name, "") or None

    def flag(self, name: str) -> bool:
        """Return a truth value, false when it was not given."""
        value = self.arguments.get(name, False)
        if value not in _TRUE + _FALSE:
            raise invalid_arguments(f"must provide a boolean [json-pointer:/{name}]")
        return value in _TRUE

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        value = self.arguments.get(name)
        try:
            return default if value in (None, "") else int(str(value))
        except ValueError as error:
            raise invalid_arguments(f"must provide an integer [json-pointer:/{name}]") from error

    def limit(self, default: int, most: int) -> int:
        """Return how many items a page may hold; raise Refused above Slack's own limit."""
        wanted = self.number("limit", default)
        if not 0 < wanted <= most:
            raise Refused("invalid_limit", f"a page holds 1 to {most}")
        return wanted

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """Return a JSON argument, decoded when it came as a string; None when it was not given. Raise Refused."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        if value == "":
            return None
        try:
            return json.loads(value)
        except ValueError as cause:
            raise Refused(error, f"{name} is no JSON") from cause

    def need(self, *scopes: str) -> None:
        """Raise Refused unless the token has one of these scopes."""
        granted = self.workspace.app.scopes
        if scopes and not granted & set(scopes):
            raise Refused("missing_scope", needed=scopes[0], provided=",".join(sorted(granted)))

    def conversation(self, name: str = "channel") -> Channel:
        """Return the named conversation, if the bot may know of it; raise Refused."""
        channel = self.workspace.channel(self.text(name))
        if channel.kind != "channel" and not channel.has_bot:
            raise Refused("channel_not_found", "the bot is not in this conversation and cannot know of it")
        return channel

    def joined(self, name: str = "channel") -> Channel:
        """Return the named conversation, which the bot must be in; raise Refused."""
        channel = self.conversation(name)
        if BOT_USER not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def page(self, items: Sequence[T], default: int, most: int) -> tuple[Sequence[T], JSON]:
        """Return one page of the items and `response_metadata` that leads to the next."""
        start, limit = _offset(self.optional("cursor")), self.limit(default, most)
        if start > len(items):
            raise Refused("invalid_cursor")
        end = start + limit
        cursor = urlsafe_b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
        return items[start:end], {"next_cursor": cursor}


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(urlsafe_b64decode(cursor.encode()).decode().removeprefix("next:"))
    except (ValueError, Base64Error) as error:
        raise Refused("invalid_cursor") from error
