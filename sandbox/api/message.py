"""What a message may consist of, as chat.* and response URLs are given it."""

from typing import Any

from sandbox.api.call import Call
from sandbox.blocks import check_message_blocks
from sandbox.blocks.normal import as_stored
from sandbox.refusal import JSON, Refused
from sandbox.workspace.state import Workspace

LONGEST_TEXT, LONGEST_MARKDOWN, MOST_ATTACHMENTS, MOST_BLOCKS = 40_000, 12_000, 100, 50


def content(call: Call) -> JSON:
    """Return the checked text, blocks and attachments that were given; raise Refused."""
    body: JSON = {}
    if call.has("text"):
        body["text"] = call.text("text", "")[:LONGEST_TEXT]
    if (blocks := call.structure("blocks", "invalid_blocks_format")) is not None:
        body["blocks"] = checked_blocks(call.workspace, blocks)
    if (attachments := call.structure("attachments")) is not None:
        body["attachments"] = _attachments(attachments)
    if call.has("markdown_text"):
        body |= _markdown(call, body)
    return body


def whole_content(call: Call) -> JSON:
    """Return the content of a new message, which must not be empty; raise Refused."""
    body = content(call)
    if not any(body.get(part) for part in ("text", "blocks", "attachments")):
        raise Refused("no_text")
    return body


def checked_blocks(workspace: Workspace, blocks: Any) -> list[JSON]:
    """Return blocks as Slack keeps them; raise Refused for what Slack would not take."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if len(blocks) > MOST_BLOCKS:
        raise Refused("msg_blocks_too_long" if all(isinstance(block, dict) for block in blocks) else "invalid_blocks")
    if problems := check_message_blocks(blocks):
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise Refused("invalid_blocks", "; ".join(problems), errors=problems, response_metadata={"messages": messages})
    return as_stored(blocks, workspace.short_id)


def _markdown(call: Call, body: JSON) -> JSON:
    if body:
        raise Refused("markdown_text_conflict")
    text = call.text("markdown_text", "")
    if len(text) > LONGEST_MARKDOWN:
        raise Refused("msg_too_long")
    return {"text": text}


def _attachments(attachments: Any) -> list[JSON]:
    if not isinstance(attachments, list) or not all(isinstance(attachment, dict) for attachment in attachments):
        raise Refused("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    return attachments


def metadata(call: Call) -> JSON | None:
    """Return a message's metadata; raise Refused when it has not the shape that Slack asks for."""
    given = call.structure("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if given == {}:
        return {}
    if not isinstance(given, dict) or given.keys() - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or not isinstance(given.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    return dict(given)
