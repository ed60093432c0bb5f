"""chat.*: messages of the bot."""

from sandbox.api.call import Call
from sandbox.api.message import content, metadata, whole_content
from sandbox.api.method import Method
from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import BOT, BOT_USER
from sandbox.workspace.channels import Channel
from sandbox.workspace.posting import delete, edit, from_bot, parent_of, post, told, whisper


def target(call: Call) -> Channel:
    """Return where a message goes: a conversation the bot may post in, or a person's direct message. Raise Refused."""
    wanted = call.text("channel")
    is_person = wanted in call.workspace.people or wanted == "USLACKBOT"
    channel = _direct(call, wanted) if is_person else call.conversation()
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind == "im" and not call.workspace.app.home_setting("messages_tab_enabled"):
        raise Refused("messages_tab_disabled")
    if not channel.has_bot and not (channel.kind == "channel" and "chat:write.public" in call.workspace.app.scopes):
        raise Refused("not_in_channel")
    return channel


def _direct(call: Call, person_id: str) -> Channel:
    person = call.workspace.people.get(person_id)
    if person is None or person.is_bot:
        raise Refused("cannot_dm_bot")
    if person.is_stranger and not any(c.shared and c.has_bot and person_id in c.members for c in call.workspace.channels.values()):
        raise Refused("channel_not_found")
    return call.workspace.direct(BOT_USER, person_id)


def post_message(call: Call) -> JSON:
    """Post a message, at top level or in a thread."""
    if call.has("username") or call.has("icon_emoji") or call.has("icon_url"):
        call.need("chat:write.customize")
    body, meta = whole_content(call), metadata(call)
    channel = target(call)
    parent = parent_of(call.workspace, channel, call.optional("thread_ts"))
    message = from_bot(call.workspace, body | ({"metadata": meta} if meta else {}))
    post(call.workspace, channel, message, parent, broadcast=call.flag("reply_broadcast"))
    return {"channel": channel.id, "ts": message["ts"], "message": told(message, metadata=True)}


def update(call: Call) -> JSON:
    """Change one of the bot's own messages; parts that are not given stay."""
    body, meta = content(call), metadata(call)
    if not body and meta is None:
        raise Refused("no_text")
    channel = call.conversation()
    message = _own(call, channel, "cant_update_message")
    if channel.archived:
        raise Refused("is_inactive")
    changes = body if meta is None else body | {"metadata": meta}
    edit(call.workspace, channel, message, changes, BOT_USER)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": told(message, metadata=True)}


def _own(call: Call, channel: Channel, error: str) -> JSON:
    message = call.workspace.message(channel, call.text("ts"))
    if message.get("bot_id") != BOT:
        raise Refused(error)
    return message


def remove(call: Call) -> JSON:
    """Delete one of the bot's own messages."""
    channel = call.conversation()
    message = _own(call, channel, "cant_delete_message")
    delete(call.workspace, channel, message)
    return {"channel": channel.id, "ts": message["ts"]}


def post_ephemeral(call: Call) -> JSON:
    """Show one person something; bot and person must be in the conversation."""
    body = whole_content(call)
    channel = target(call)
    person = call.text("user")
    if person not in channel.members or not channel.has_bot:
        raise Refused("user_not_in_channel" if channel.has_bot else "not_in_channel")
    thread = {"thread_ts": call.text("thread_ts")} if call.optional("thread_ts") else {}
    return {"message_ts": whisper(call.workspace, channel, person, body | thread)["ts"]}


def permalink(call: Call) -> JSON:
    """Return a message's address."""
    channel = call.conversation()
    message = call.workspace.message(channel, call.text("message_ts"))
    thread = f"?thread_ts={message['thread_ts']}&cid={channel.id}" if message.get("thread_ts", message["ts"]) != message["ts"] else ""
    return {"channel": channel.id, "permalink": f"{call.workspace.url}/archives/{channel.id}/p{message['ts'].replace('.', '')}{thread}"}


_WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, "message", _WRITE),
    "chat.update": Method(update, "tier3", _WRITE),
    "chat.delete": Method(remove, "tier3", _WRITE),
    "chat.postEphemeral": Method(post_ephemeral, "tier4", _WRITE),
    "chat.getPermalink": Method(permalink, "special"),
}
