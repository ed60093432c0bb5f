"""People and channels coming, changing and going."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import TEAM
from sandbox.workspace.channels import Channel
from sandbox.workspace.people import CHANGEABLE, Person
from sandbox.workspace.posting import post

if TYPE_CHECKING:
    from sandbox.workspace.state import Workspace


def join(workspace: "Workspace", channel: Channel, person: str, inviter: str | None = None) -> None:
    """Put somebody into a channel and say so."""
    if person in channel.members:
        return
    channel.members.append(person)
    channel.read[person] = next(reversed(channel.messages), "0")
    by = {"inviter": inviter} if inviter else {}
    text = f"<@{person}> has joined the channel"
    notice = {"type": "message", "subtype": f"{_noun(channel)}_join", "user": person, "text": text, **by, "ts": workspace.new_ts()}
    letter = "C" if channel.kind == "channel" else "G"
    event = {"type": "member_joined_channel", "user": person, "channel": channel.id, "channel_type": letter, "team": TEAM, **by}
    post(workspace, channel, notice)
    workspace.tell_app(event | {"event_ts": workspace.new_ts()}, channel)
    workspace.show_channel(channel)


def leave(workspace: "Workspace", channel: Channel, person: str) -> None:
    """Take somebody out of a channel and say so."""
    if person not in channel.members:
        raise Refused("not_in_channel")
    text = f"<@{person}> has left the channel"
    notice = {"type": "message", "subtype": f"{_noun(channel)}_leave", "user": person, "text": text, "ts": workspace.new_ts()}
    post(workspace, channel, notice)
    letter = "C" if channel.kind == "channel" else "G"
    event = {"type": "member_left_channel", "user": person, "channel": channel.id, "channel_type": letter, "team": TEAM}
    workspace.tell_app(event | {"event_ts": workspace.new_ts()}, channel)
    channel.members.remove(person)
    workspace.show_channel(channel)
    workspace.stream.publish({"type": "channel", "channel": workspace.channel_for(person, channel)}, (person,))


def _noun(channel: Channel) -> str:
    return "group" if channel.kind == "group" else "channel"


def create_channel(workspace: "Workspace", name: str, creator: str, *, private: bool = False) -> Channel:
    """Make a channel with its creator in it; raise Refused for a name that Slack would not take."""
    if not name or len(name) > 80 or name != name.lower() or not name.replace("-", "").replace("_", "").isalnum():
        raise Refused("invalid_name_specials", "names are lower case letters, digits, hyphens and underscores, 80 at most")
    if any(channel.name == name for channel in workspace.channels.values()):
        raise Refused("name_taken")
    kind = "group" if private else "channel"
    channel = Channel(
        workspace.new_id("C"), name, "group" if kind == "group" else "channel", [creator], workspace.seconds(), creator=creator
    )
    workspace.channels[channel.id] = channel
    workspace.show_channel(channel)
    return channel


def archive(workspace: "Workspace", channel: Channel, archived: bool) -> None:
    """Archive a channel, or bring it back."""
    channel.archived = archived
    workspace.show_channel(channel)


def add_person(workspace: "Workspace", person: Person) -> None:
    """Let somebody join the workspace."""
    workspace.people[person.id] = replace(person, updated=workspace.seconds())
    _tell(workspace, "team_join", workspace.people[person.id])


def change_person(workspace: "Workspace", person: Person, changes: JSON) -> None:
    """Change somebody's account; raise Refused for a field that is not known."""
    if unknown := changes.keys() - CHANGEABLE:
        raise Refused("invalid_arguments", f"a person has no {', '.join(sorted(unknown))}")
    for key, value in changes.items():
        setattr(person, key, value)
    person.updated = workspace.seconds()
    _tell(workspace, "user_change", person)


def _tell(workspace: "Workspace", kind: str, person: Person) -> None:
    user = person.described(workspace.clock.now(), with_email="users:read.email" in workspace.app.scopes)
    event = {"type": kind, "user": user, "cache_ts": workspace.seconds(), "event_ts": workspace.new_ts()}
    workspace.tell_app(event, None)
    workspace.stream.publish({"type": "people", "person": person.described(workspace.clock.now())})
