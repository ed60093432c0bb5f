"""Blocks and views that the tests open, press and fill in."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> Json:
    """Return an option."""
    return {"text": plain(text), "value": value}


def button(block_id: str, action_id: str) -> Json:
    """Return a block with one button."""
    element = {"type": "button", "action_id": action_id, "text": plain("Go"), "value": "1", "style": "primary"}
    return {"type": "actions", "block_id": block_id, "elements": [element]}


def field(name: str, element: Json, **block: Any) -> Json:
    """Return an input block whose block id and action id are one name."""
    return {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": name, **element}, **block}


def modal(*blocks: Json, **view: Any) -> Json:
    """Return a modal of these blocks."""
    return {"type": "modal", "title": plain("Modal"), "submit": plain("Send"), "blocks": list(blocks), **view}


def home(*blocks: Json, **view: Any) -> Json:
    """Return a home of these blocks."""
    return {"type": "home", "blocks": list(blocks), **view}


PREVIEW = {
    "type": "actions",
    "block_id": "act",
    "elements": [{"type": "button", "action_id": "preview", "text": plain("Preview"), "value": "1"}],
}
FORM = modal(
    field("note", {"type": "plain_text_input"}),
    field("pick", {"type": "external_select", "min_query_length": 1}, optional=True),
    PREVIEW,
    close=plain("Cancel"),
    notify_on_close=True,
    callback_id="form",
)
HOME = home(PREVIEW)
