"""Blocks as Slack keeps and returns them: with the ids and defaults that the app left out."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from sandbox.refusal import JSON

_PRESSED = "button checkboxes overflow radio_buttons workflow_button icon_button feedback_buttons"
_TYPED = "plain_text_input email_text_input url_text_input number_input rich_text_input file_input datepicker datetimepicker timepicker"
_SELECTS = [f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")]
INTERACTIVE = frozenset([*_PRESSED.split(), *_TYPED.split(), *_SELECTS, *(f"multi_{select}" for select in _SELECTS)])
_TEXT_DEFAULTS: dict[Any, tuple[str, bool]] = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}
_PARTS = ("elements", "actions")


def as_stored(blocks: list[JSON], new_id: Callable[[], str]) -> list[JSON]:
    """Return a copy of the blocks with every id and default in place."""
    stored = deepcopy(blocks)
    _fill_texts(stored)
    for block in every_block(stored):
        block.setdefault("block_id", new_id())
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
        for element in elements_of(block):
            if element.get("type") in INTERACTIVE:
                element.setdefault("action_id", new_id())
            if element.get("type") == "plain_text_input":
                element.setdefault("dispatch_action_config", {"trigger_actions_on": ["on_enter_pressed"]})
    return stored


def _fill_texts(value: Any) -> None:
    """Give each text object the flag that Slack adds."""
    if isinstance(value, list):
        for item in value:
            _fill_texts(item)
    elif isinstance(value, dict):
        kind = value.get("type")
        if isinstance(kind, str) and kind in _TEXT_DEFAULTS and isinstance(value.get("text"), str):
            value.setdefault(*_TEXT_DEFAULTS[kind])
        for item in value.values():
            _fill_texts(item)


def every_block(blocks: list[JSON]) -> Iterator[JSON]:
    """Yield each block, those inside containers and carousels after their holder."""
    for block in blocks:
        yield block
        yield from every_block(block.get("child_blocks", []))
        if block["type"] == "carousel":
            yield from every_block(block["elements"])


def elements_of(block: JSON) -> Iterator[JSON]:
    """Yield the elements that stand in a block itself."""
    for part in _PARTS:
        held = block.get(part)
        yield from (element for element in held or [] if isinstance(element, dict))
    for single in ("accessory", "element"):
        if isinstance(block.get(single), dict):
            yield block[single]


def find_element(blocks: list[JSON], block_id: str, action_id: str) -> tuple[JSON, JSON] | None:
    """Return the block and element with these ids."""
    for block in every_block(blocks):
        if block.get("block_id") == block_id:
            for element in elements_of(block):
                if element.get("action_id") == action_id:
                    return block, element
    return None
