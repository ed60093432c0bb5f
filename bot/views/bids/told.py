"""A message that was told about a bid, as the views that tell it again know it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.policy.record import Event


class Told(NamedTuple):
    """A message: its key, whom it was told, its blocks, whether Slack shows it already; and the event after which it is told again."""

    key: str
    to: str
    shown: Mapping[str, Any]
    sent: bool
    after: Event

    @property
    def kind(self) -> str:
        """Return the kind of the message: the first part of its key."""
        return self.key.partition(":")[0]
