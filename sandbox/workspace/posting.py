"""Messages coming, changing and going, and the reactions on them."""

import uuid
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import APP, BOT, BOT_USER, TEAM
from sandbox.workspace.channels import Channel
from sandbox.workspace.markup import message_from

if TYPE_CHECKING:
    from sandbox.workspace.people import Person
    from sandbox.workspace.state import Workspace

_NOT_TOLD = frozenset({"metadata", "reactions", "reply_count", "reply_users", "reply_users_count", "latest_reply", "root"})


def told(message: JSON, *, metadata: bool = False) -> JSON:
    """Return a copy of a message as apps get it, with its metadata only when asked for."""
    return {key: deepcopy(value) for key, value in message.items() if metadata or key != "metadata"}


def _plain(message: JSON) -> JSON:
    return {key: deepcopy(value) for key, value in message.items() if key not in _NOT_TOLD}


def parent_of(workspace: "Workspace", channel: Channel, thread_ts: str | None) -> JSON | None:
    """Return the message that a thread hangs on; raise Refused when there is none."""
    if not thread_ts:
        return None
    message = workspace.message(channel, thread_ts, "thread_not_found")
    top = message.get("thread_ts", thread_ts)
    return workspace.message(channel, top, "thread_not_found")


def from_bot(workspace: "Workspace", body: JSON) -> JSON:
    """Return a new message of the app's bot."""
    head = {"type": "message", "user": BOT_USER, "ts": workspace.new_ts(), "bot_id": BOT, "app_id": APP, "text": "", "team": TEAM}
    return head | body


def from_person(workspace: "Workspace", person: "Person", typed: str) -> JSON:
    """Return a new message of a person, from what they typed."""
    head = {"type": "message", "user": person.id, "ts": workspace.new_ts(), "client_msg_id": str(uuid.uuid4())}
    foreign = {"user_team": person.team_id, "source_team": person.team_id} if person.is_stranger else {}
    if person.is_bot:
        foreign |= {"bot_id": "B0OTHER001", "app_id": "A0OTHER001"}
    return head | message_from(typed, workspace.names(typed), workspace.short_id()) | {"team": person.team_id} | foreign


def post(workspace: "Workspace", channel: Channel, message: JSON, parent: JSON | None = None, *, broadcast: bool = False) -> JSON:
    """Put a message into a conversation or a thread and tell everybody."""
    if parent is not None and broadcast:
        message |= {"subtype": "thread_broadcast", "root": _plain(parent)}
    workspace.keep(channel, message, parent)
    workspace.show({"type": "message", "message": told(message)}, channel)
    if parent is not None:
        workspace.show({"type": "message_changed", "message": told(parent)}, channel)
    _show_unread(workspace, channel)
    event = _plain(message) | ({"root": message["root"]} if broadcast else {})
    workspace.tell_app(event | _place(channel, message["ts"]), channel)
    _tell_mention(workspace, channel, message, message["ts"])
    return message


def _place(channel: Channel, event_ts: str) -> JSON:
    return {"channel": channel.id, "event_ts": event_ts, "channel_type": channel.kind}


def _tell_mention(workspace: "Workspace", channel: Channel, message: JSON, event_ts: str) -> None:
    if channel.kind != "im" and f"<@{BOT_USER}>" in message.get("text", "") and message.get("user") != BOT_USER:
        mention = _plain(message) | {"type": "app_mention", "channel": channel.id, "event_ts": event_ts}
        mention.pop("subtype", None)
        workspace.tell_app(mention, channel)


def _show_unread(workspace: "Workspace", channel: Channel) -> None:
    for watcher in workspace.stream.watchers() & set(channel.members):
        workspace.stream.publish({"type": "unread", "channel": channel.id, "unread": channel.unread(watcher)}, (watcher,))


def edit(workspace: "Workspace", channel: Channel, message: JSON, changes: JSON, editor: str | None) -> JSON:
    """Change a message; without an editor it counts as not edited, as with unfurled links."""
    previous = _plain(message)
    message |= changes
    event_ts = workspace.new_ts()
    if editor is not None:
        message["edited"] = {"user": editor, "ts": event_ts}
    workspace.show({"type": "message_changed", "message": told(message)}, channel)
    change: JSON = {"type": "message", "subtype": "message_changed", "message": _with_teams(_plain(message))}
    change["previous_message"] = _with_teams(previous)
    workspace.tell_app(change | {"hidden": True, "ts": event_ts} | _place(channel, event_ts), channel)
    if f"<@{BOT_USER}>" not in previous.get("text", ""):
        _tell_mention(workspace, channel, message, event_ts)
    return message


def _with_teams(message: JSON) -> JSON:
    return message | {"source_team": message.get("team", TEAM), "user_team": message.get("team", TEAM)}


def delete(workspace: "Workspace", channel: Channel, message: JSON) -> None:
    """Remove a message; one with replies leaves a tombstone."""
    ts, previous = message["ts"], _plain(message)
    if channel.replies.get(ts):
        gone = {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT", "hidden": True}
        kept = {key: value for key, value in message.items() if key in _NOT_TOLD - {"metadata"} or key in ("type", "ts", "thread_ts")}
        channel.messages[ts] = kept | gone
    else:
        _unlink(channel, message)
    workspace.show({"type": "message_deleted", "ts": ts, "message": previous}, channel)
    event_ts = workspace.new_ts()
    event: JSON = {"type": "message", "subtype": "message_deleted", "previous_message": _with_teams(previous), "hidden": True}
    event |= {"deleted_ts": ts, "ts": event_ts}
    workspace.tell_app(event | _place(channel, event_ts), channel)


def _unlink(channel: Channel, message: JSON) -> None:
    del channel.messages[message["ts"]]
    replies = channel.replies.get(message.get("thread_ts", ""), [])
    if message["ts"] in replies:
        replies.remove(message["ts"])
        parent = channel.messages[message["thread_ts"]]
        parent["reply_count"] = len(replies)


def whisper(workspace: "Workspace", channel: Channel, person: str, body: JSON) -> JSON:
    """Show one person a message of the bot's that nobody else sees and no history keeps."""
    message = from_bot(workspace, body) | {"is_ephemeral": True, "to": person}
    channel.ephemerals.append(message)
    workspace.stream.publish({"type": "ephemeral", "channel": channel.id, "message": message}, (person,))
    return message


def change_whisper(workspace: "Workspace", channel: Channel, ts: str, body: JSON | None) -> None:
    """Replace an ephemeral message, or take it away; raise Refused."""
    message = next((m for m in channel.ephemerals if m["ts"] == ts), None)
    if message is None:
        raise Refused("message_not_found")
    if body is None:
        channel.ephemerals.remove(message)
        happening: JSON = {"type": "message_deleted", "channel": channel.id, "ts": ts, "message": message}
    else:
        message |= {"blocks": []} | body
        happening = {"type": "message_changed", "channel": channel.id, "message": message}
    workspace.stream.publish(happening, (message["to"],))


def react(workspace: "Workspace", person: str, channel: Channel, ts: str, name: str) -> None:
    """Add somebody's reaction; raise Refused when it is there."""
    message = workspace.message(channel, ts)
    reactions: list[JSON] = message.setdefault("reactions", [])
    reaction = next((r for r in reactions if r["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    if person in reaction["users"]:
        raise Refused("already_reacted")
    reaction["users"].append(person)
    _tell_reaction(workspace, "reaction_added", person, channel, message, reaction)


def unreact(workspace: "Workspace", person: str, channel: Channel, ts: str, name: str) -> None:
    """Take somebody's reaction away; raise Refused when there is none."""
    message = workspace.message(channel, ts)
    reactions: list[JSON] = message.get("reactions", [])
    reaction = next((r for r in reactions if r["name"] == name and person in r["users"]), None)
    if reaction is None:
        raise Refused("no_reaction")
    reaction["users"].remove(person)
    if not reaction["users"]:
        reactions.remove(reaction)
    _tell_reaction(workspace, "reaction_removed", person, channel, message, reaction)


def _tell_reaction(workspace: "Workspace", kind: str, person: str, channel: Channel, message: JSON, reaction: JSON) -> None:
    reaction["count"] = len(reaction["users"])
    workspace.show({"type": "reaction", "message": told(message)}, channel)
    item: JSON = {"type": "message", "channel": channel.id, "ts": message["ts"]}
    event: dict[str, Any] = {"type": kind, "user": person, "reaction": reaction["name"], "item": item}
    author = {"item_user": message["user"]} if "user" in message else {}
    workspace.tell_app(event | author | {"event_ts": workspace.new_ts()}, channel)
