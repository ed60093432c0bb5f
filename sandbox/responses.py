"""What the app says at a response URL, or in the acknowledgement of a slash command."""

from sandbox.api.call import Call
from sandbox.api.message import whole_content
from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.links import ResponseUrl
from sandbox.workspace.posting import change_whisper, delete, edit, from_bot, parent_of, post, whisper
from sandbox.workspace.state import Workspace


def respond(workspace: Workspace, address: ResponseUrl, body: JSON) -> None:
    """Do what the app answered: say something, or replace or delete what was acted upon. Raise Refused."""
    call = Call(workspace, body)
    if call.flag("delete_original"):
        _change_original(workspace, address, None)
    elif call.flag("replace_original"):
        _change_original(workspace, address, whole_content(call))
    else:
        _say(workspace, address, call)


def _change_original(workspace: Workspace, address: ResponseUrl, content: JSON | None) -> None:
    channel = workspace.channel(address.channel)
    if address.message_ts is None:
        raise Refused("message_not_found", "a slash command's own text can neither be replaced nor deleted")
    if address.is_ephemeral:
        change_whisper(workspace, channel, address.message_ts, content)
        return
    message = workspace.message(channel, address.message_ts)
    if content is None:
        delete(workspace, channel, message)
    else:
        edit(workspace, channel, message, {"blocks": []} | content, BOT_USER)


def _say(workspace: Workspace, address: ResponseUrl, call: Call) -> None:
    channel = workspace.channel(address.channel)
    content = whole_content(call)
    thread_ts = call.optional("thread_ts") or address.thread_ts
    if call.text("response_type", "ephemeral") != "in_channel":
        whisper(workspace, channel, address.person, content | ({"thread_ts": thread_ts} if thread_ts else {}))
        return
    post(workspace, channel, from_bot(workspace, content), parent_of(workspace, channel, thread_ts))
