"""Messages follow their matter: what was said about a record is rendered again whenever the record changes."""

from collections.abc import Callable

from bot.policy.people import Person
from bot.views.blocks import Message
from storage.outbox import Said
from storage.store import Shelves

AGAIN = ":again"

Render = Callable[[str, Person | None], Message | None]


def retell(shelves: Shelves, subject: str, render: Render) -> None:
    """Bring every message about a subject up to date.

    `render` is given the first part of a message's key and the person it was told (None for a channel), and returns what
    it should say now, or None to leave it. A message that was followed up under its key and ":again" is history.
    """
    told = shelves.outbox.about(subject)
    followed_up = {said.key.removesuffix(AGAIN) for said in told if said.key.endswith(AGAIN)}
    for said in told:
        if said.key not in followed_up and (message := render(kind_of(said), shelves.people.get(said.target))):
            shelves.outbox.amend(said.key, message)


def kind_of(said: Said) -> str:
    """Return the kind of a message: the first part of its key."""
    return said.key.partition(":")[0]
