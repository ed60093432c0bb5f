"""files.*: uploads in their three steps."""

from typing import Any

from sandbox.api.call import Call
from sandbox.api.message import checked_blocks
from sandbox.api.method import Method
from sandbox.refusal import JSON, Refused, invalid_arguments
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.channels import Channel
from sandbox.workspace.files import File
from sandbox.workspace.posting import from_bot, parent_of, post
from sandbox.workspace.state import Workspace


def upload_url(call: Call) -> JSON:
    """Return where a file of that name and length goes."""
    length = call.number("length", 0)
    if length <= 0:
        raise invalid_arguments("length must be more than 0 [json-pointer:/length]")
    workspace = call.workspace
    file = File(workspace.new_id("F"), call.text("filename"), length, BOT_USER, workspace.seconds())
    workspace.contents.files[file.id] = file
    return {"upload_url": f"{workspace.url}/upload/v1/{file.secret}", "file_id": file.id}


def receive(workspace: Workspace, secret: str, content: bytes) -> str:
    """Take the bytes of a file at its upload URL; raise Refused."""
    file = next((f for f in workspace.contents.files.values() if f.secret == secret and f.content is None), None)
    if file is None:
        raise Refused("not_found")
    if len(content) != file.size:
        raise Refused("length_mismatch", f"{file.size} bytes were announced, {len(content)} came")
    file.content = content
    return f"OK - {len(content)}"


def complete(call: Call) -> JSON:
    """Finish uploads and share them in a conversation, when one is named."""
    channel = _place(call)
    files = [_finished(call, entry) for entry in _entries(call.structure("files"))]
    if channel is not None:
        _share(call, channel, files)
    return {"files": [file.described(call.workspace.url) for file in files]}


def _entries(given: Any) -> list[JSON]:
    if not isinstance(given, list) or not given or not all(isinstance(entry, dict) and "id" in entry for entry in given):
        raise invalid_arguments("must provide a list of files [json-pointer:/files]")
    return given


def _finished(call: Call, entry: JSON) -> File:
    file = call.workspace.contents.files.get(entry["id"])
    if file is None or file.content is None:
        raise Refused("file_not_found")
    if file.complete:
        raise Refused("file_already_completed")
    file.complete, file.title = True, entry.get("title") or file.name
    return file


def _place(call: Call) -> Channel | None:
    if not call.optional("channel_id"):
        return None
    channel = call.joined("channel_id")
    if channel.archived:
        raise Refused("is_archived")
    return channel


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    blocks = call.structure("blocks", "invalid_blocks_format")
    body: JSON = {"text": call.text("initial_comment", ""), "files": [file.described(call.workspace.url) for file in files], "upload": True}
    body |= {"blocks": checked_blocks(call.workspace, blocks)} if blocks else {}
    message = from_bot(call.workspace, body)
    post(call.workspace, channel, message, parent_of(call.workspace, channel, call.optional("thread_ts")))
    for file in files:
        where = "public" if channel.kind == "channel" else "private"
        file.shares.setdefault(where, {})[channel.id] = [{"ts": message["ts"], "channel_name": channel.name}]


def info(call: Call) -> JSON:
    """Describe a file."""
    file = call.workspace.contents.files.get(call.text("file"))
    if file is None or not file.complete:
        raise Refused("file_not_found")
    return {"file": file.described(call.workspace.url), "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, "tier4", ("files:write",)),
    "files.completeUploadExternal": Method(complete, "tier4", ("files:write",)),
    "files.info": Method(info, "tier4", ("files:read",)),
}
