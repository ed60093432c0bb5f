"""People and channels, as an administrator changes them."""

from collections.abc import Sequence
from typing import Any

from sandbox.control.actor import Actor
from sandbox.refusal import JSON, Refused
from sandbox.workspace.channels import Channel
from sandbox.workspace.membership import add_person, archive, change_person, create_channel, join, leave
from sandbox.workspace.people import Person


class Directory(Actor):
    """Let people join and change, make and change channels."""

    def people(self, id: str | None = None, **fields: Any) -> JSON:
        """Change somebody, or let somebody join when there is no such id; return the user object. Raise Refused."""
        with self.workspace.lock:
            person = self.workspace.people.get(id or "")
            if person is None:
                person = self._new_person(id or self.workspace.new_id("U"), fields)
            else:
                change_person(self.workspace, person, fields)
            return self.workspace.people[person.id].described(self.workspace.clock.now())

    def _new_person(self, id: str, fields: JSON) -> Person:
        try:
            person = Person(id=id, **fields)
        except TypeError as error:
            raise Refused("invalid_arguments", str(error)) from error
        add_person(self.workspace, person)
        return person

    def channel(
        self,
        person: str,
        channel: str | None = None,
        *,
        name: str | None = None,
        invite: Sequence[str] = (),
        kick: Sequence[str] = (),
        archive_it: bool | None = None,
        private: bool = False,
    ) -> JSON:
        """Make a channel, or change one: who is in it, whether it is archived. Raise Refused."""
        with self.workspace.lock:
            actor = self.person(person)
            changed = self.place(actor, channel) if channel else create_channel(self.workspace, name or "", person, private=private)
            if changed.is_direct:
                raise Refused("method_not_supported_for_channel_type")
            self._change_members(changed, person, invite, kick)
            if archive_it is not None:
                archive(self.workspace, changed, archive_it)
            return self.workspace.channel_for(person, changed)

    def _change_members(self, channel: Channel, inviter: str, invite: Sequence[str], kick: Sequence[str]) -> None:
        for invited in invite:
            self.workspace.person(invited)
            join(self.workspace, channel, invited, inviter if inviter != invited else None)
        for kicked in kick:
            leave(self.workspace, channel, kicked)
