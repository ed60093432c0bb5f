"""What Slack refuses in blocks, views and messages, in its own words and with the place of each fault."""

from collections.abc import Iterator
from typing import Any

from sandbox.blocks.layout import BLOCK, HOME, MESSAGE, MODAL, misplaced
from sandbox.blocks.normal import elements_of, every_block
from sandbox.blocks.objects import OPTION_GROUPS, OPTIONS, plain
from sandbox.blocks.rules import exactly_one_of
from sandbox.blocks.schema import Each, Flag, Kinds, Object, Shape, Text, problem
from sandbox.refusal import JSON

LONGEST_TABLES, LONGEST_MARKDOWN, MOST_TABLES = 10_000, 12_000, 1
_OPTIONS_ANSWER = Object(
    {}, {"options": Each(OPTIONS.item, 100, least=0), "option_groups": OPTION_GROUPS}, [exactly_one_of("options", "option_groups")]
)
_VIEW: dict[str, Shape] = {
    "private_metadata": Text(3000, least=0),
    "callback_id": Text(255, least=0),
    "external_id": Text(255, least=0),
}
_MODAL_TEXTS: dict[str, Shape] = {"submit": plain(24), "close": plain(24), "clear_on_close": Flag(), "notify_on_close": Flag()}


def check_message_blocks(blocks: list[Any]) -> list[str]:
    """Return what is wrong with the blocks of a message."""
    found = [*Each(BLOCK, 50, least=0).check(blocks, "/blocks")]
    return found or [*_together(blocks, MESSAGE, "/blocks"), *_totals(blocks)]


def check_view(view: Any) -> list[str]:
    """Return what is wrong with a view."""
    found = [*_VIEWS.check(view, "/view")]
    return found or [*_together(view["blocks"], view["type"], "/view/blocks")]


def check_options(answer: JSON) -> list[str]:
    """Return what is wrong with the options offered to an external select."""
    return [*_OPTIONS_ANSWER.check(answer, "")]


def _submit_with_inputs(view: JSON, at: str) -> Iterator[str]:
    """Ask for a submit button where there is anything to submit."""
    if "submit" not in view and any(block.get("type") == "input" for block in view["blocks"]):
        yield problem("missing required field: submit", at)


def _together(blocks: list[JSON], surface: str, at: str) -> Iterator[str]:
    """Yield what is wrong with the blocks among themselves: place, repeated ids, two focuses."""
    seen: set[str] = set()
    focused = 0
    for index, block in enumerate(every_block(blocks)):
        elements = [*elements_of(block)]
        yield from misplaced(block, elements, surface, f"{at}/{index}")
        focused += sum(bool(element.get("focus_on_load")) for element in elements)
        if block.get("block_id") in seen:
            yield problem(f'`block_id` "{block["block_id"]}" already exists for another block', f"{at}/{index}/block_id")
        if "block_id" in block:
            seen.add(block["block_id"])
    if focused > 1:
        yield problem("only one element can have focus_on_load", at)


def _totals(blocks: list[JSON]) -> Iterator[str]:
    """Yield what is too much in a message as a whole."""
    tables = [block for block in blocks if block["type"] == "table"]
    if len(tables) > MOST_TABLES:
        yield problem("only_one_table_allowed", "/blocks")
    if sum(_characters(table["rows"]) for table in tables) > LONGEST_TABLES:
        yield problem(f"tables must be less than {LONGEST_TABLES + 1} characters", "/blocks")
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > LONGEST_MARKDOWN:
        yield problem(f"markdown must be less than {LONGEST_MARKDOWN + 1} characters", "/blocks")


def _characters(value: Any) -> int:
    """Count the characters of all texts in a structure."""
    if isinstance(value, dict):
        return sum(len(inner) if key == "text" and isinstance(inner, str) else _characters(inner) for key, inner in value.items())
    return sum(map(_characters, value)) if isinstance(value, list) else 0


_VIEWS = Kinds(
    {
        MODAL: Object({"title": plain(24), "blocks": Each(BLOCK, 100)}, {**_VIEW, **_MODAL_TEXTS}, [_submit_with_inputs]),
        HOME: Object({"blocks": Each(BLOCK, 100)}, _VIEW),
    }
)
