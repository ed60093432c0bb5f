"""Messages follow their matter: what was said about a record is rendered again whenever the record changes."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, false, or_, select

from bot.policy.people import Person
from bot.views.blocks import Message
from storage.outbox import OUTBOX, Said
from storage.store import Shelves

Render = Callable[[Said, Person | None], Message | None]


def retell(shelves: Shelves, told: Iterable[Said], render: Render) -> None:
    """Bring messages up to date.

    `render` is given a message and the person it was told (None for a channel), and returns what it should say now, or None
    to leave it; a message without words is not sent any more, but stays as it is where it was sent.
    """
    for said in told:
        message = render(said, shelves.people.get(said.target))
        if message and message.text:
            shelves.outbox.amend(said.key, message)
        elif message and not said.ts:
            shelves.outbox.withdraw(said.key)


def already_said(shelves: Shelves, keys: Collection[str]) -> frozenset[str]:
    """Return those of the keys under which something was said."""
    known = select(OUTBOX.c.key).where(OUTBOX.c.key.in_(keys))
    return frozenset(shelves.connection.execute(known).scalars()) if keys else frozenset()


def said_daily(shelves: Shelves, kind: str, people: Iterable[str], since: date, subject: str = "") -> list[Said]:
    """Return what was said to people under the keys "kind:person:day", from a day on; and what was said about a subject."""
    ranges = [(f"{kind}:{person}:{since}", f"{kind}:{person}:9999") for person in people]
    ends = {f"{end}{n}": key for n, keys in enumerate(ranges) for end, key in zip(("from", "to"), keys, strict=True)}
    return shelves.outbox.all_of(within(len(ranges), subject != ""), {"subject": subject, **ends})


@cache
def within(ranges: int, about: bool) -> Select[Any]:
    """Return the question for the messages whose keys lie within so many ranges, or which are about a subject."""
    between = [OUTBOX.c.key.between(bindparam(f"from{n}"), bindparam(f"to{n}")) for n in range(ranges)]
    wanted = or_(false(), *between, *([OUTBOX.c.subject == bindparam("subject")] if about else []))
    return select(OUTBOX).where(wanted).order_by(OUTBOX.c.id)
