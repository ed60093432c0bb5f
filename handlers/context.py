"""What a handler is given, and the kinds of answer that it may return."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot.clock import Clock
from bot.handbook import Handbook
from bot.language import Translator, translator
from bot.policy.people import Person, Role, relation, standing
from bot.views.blocks import Block, Message
from storage.inbox import Delivery
from storage.store import Shelves, Store


@dataclass(frozen=True)
class Desk:
    """The parts that app.py builds and that every request shares."""

    store: Store
    handbook: Handbook
    clock: Clock
    admins: frozenset[str] = frozenset()
    team_id: str = ""
    url: str = ""


@dataclass(frozen=True)
class Turn:
    """One thing that one person said or pressed: who, when, in which words, and where; `pressed_at` is Slack's time of a press."""

    desk: Desk
    person: Person
    now: datetime
    request: str
    client: WebClient
    command: str = ""
    text: str = ""
    value: str = ""
    channel: str = ""
    metadata: str = ""
    view: Mapping[str, Any] = field(default_factory=dict)
    pressed_at: str = ""

    @property
    def _(self) -> Translator:
        """Return the translator into the person's language."""
        return translator(self.person.speaks)

    @property
    def handbook(self) -> Handbook:
        """Return the company's handbook."""
        return self.desk.handbook

    @property
    def roles(self) -> frozenset[Role]:
        """Return what the person is in the company; the environment names the first administrators."""
        named = {self.person.id.casefold(), self.person.email.casefold()} & self.desk.admins
        held = standing(self.person, Role(self.handbook.people.newcomers))
        return held | {Role.ADMIN} if held and named else held

    def roles_for(self, shelves: Shelves, owner: str, team: tuple[str, ...] = ()) -> frozenset[Role]:
        """Return what the person is in the company and to a record of `owner` and `team`."""
        return self.roles | relation(self.person, owner, team, shelves.people.managers_of(owner))


@dataclass(frozen=True)
class Say:
    """Answer with a message that only the person sees."""

    message: Message


@dataclass(frozen=True)
class Open:
    """Open a form."""

    view: Block


@dataclass(frozen=True)
class Show:
    """Put another view in place of the one that is open."""

    view: Block


@dataclass(frozen=True)
class Errors:
    """Keep the form open and mark its fields."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class Done:
    """Answer nothing: what was pressed shows its effect by itself, or the form closes."""


Answer = Say | Open | Show | Errors | Done


@dataclass(frozen=True)
class Happening:
    """Something that Slack reports; `remember` opens the one transaction in which it is taken note of."""

    desk: Desk
    client: WebClient
    event: Mapping[str, Any]
    now: datetime
    request: str
    event_id: str

    def remember(self) -> AbstractContextManager[Shelves]:
        """Open a transaction for this event; raise AlreadyHandled when it came before."""
        return self.desk.store.change(Delivery(key=f"event:{self.event_id}", kind="event"))


class Instead(Exception):
    """Leave the handler early with this answer; nothing has been changed."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered early")
        self.answer = answer
