"""Who acts, and where: what every verb of the control begins with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sandbox.api.limits import Limits
from sandbox.events.answer import Answer
from sandbox.events.deliveries import Deliveries
from sandbox.faults import Faults
from sandbox.refusal import JSON, Refused
from sandbox.traffic import Traffic
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.channels import Channel
from sandbox.workspace.people import Person
from sandbox.workspace.state import Workspace


@dataclass
class Actor:
    """Hold the parts that the verbs work with."""

    workspace: Workspace
    deliveries: Deliveries
    faults: Faults
    traffic_log: Traffic
    limits: Limits
    pass_time: Callable[[datetime], None] | None = None
    on_reset: Callable[[], None] | None = None

    def person(self, person_id: str) -> Person:
        """Return somebody who can act; raise Refused."""
        person = self.workspace.person(person_id)
        if person.deleted:
            raise Refused("account_inactive", f"{person.name} is deactivated")
        if person.id == BOT_USER:
            raise Refused("invalid_arguments", "the app acts for itself")
        return person

    def place(self, person: Person, channel_id: str) -> Channel:
        """Return a conversation that a person sees; a person's id means the direct message with them. Raise Refused."""
        if channel_id in self.workspace.people:
            return self.workspace.direct(person.id, channel_id)
        channel = self.workspace.channel(channel_id)
        if not self.workspace.sees(person, channel):
            raise Refused("channel_not_found", f"{person.name} cannot see {channel_id}")
        return channel

    def place_to_write(self, person: Person, channel_id: str) -> Channel:
        """Return a conversation in which a person can type; raise Refused."""
        channel = self.place(person, channel_id)
        if person.id not in channel.members:
            raise Refused("not_in_channel", f"{person.name} is not in {channel.name}")
        if channel.archived:
            raise Refused("is_archived")
        if channel.kind == "im" and channel.has_bot and not self.workspace.app.takes_messages:
            raise Refused("messages_tab_disabled", "people cannot write to this app")
        return channel

    def ask(self, kind: Literal["slash_commands", "interactive"], payload: JSON) -> Answer:
        """Bring the app a command or an interaction; raise Refused when it does not take it."""
        if kind == "interactive" and not self.workspace.app.interactive:
            raise Refused("not_enabled", "interactivity is switched off in the manifest")
        return self.deliveries.ask(kind, payload).checked()
