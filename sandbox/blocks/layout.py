"""Layout blocks, and on which surfaces each may stand."""

from collections.abc import Iterator

from sandbox.blocks.elements import BUTTON, IMAGE, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.blocks.objects import plain, text
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import action_ids_differ, any_of, no_dispatch_of_files, no_divider_when_collapsible
from sandbox.blocks.schema import Each, Flag, Kinds, Object, Shape, Text, Whole, problem
from sandbox.refusal import JSON

MESSAGE, MODAL, HOME = "message", "modal", "home"
_ALL = frozenset((MESSAGE, MODAL, HOME))
_ID: dict[str, Shape] = {"block_id": Text(255)}
_PICTURE = Kinds({"image": IMAGE})
_CELL = Kinds(
    {
        "raw_text": Object({"text": Text()}),
        "raw_number": Object({"value": Whole(-(10**15), 10**15), "text": Text()}),
        "rich_text": RICH_TEXT,
    }
)


class _ColumnSettings:
    """Settings of a column, null to skip one."""

    _shape = Object({}, {"align": Text(among=("left", "center", "right")), "is_wrapped": Flag()})

    def check(self, value: object, at: str) -> Iterator[str]:
        """Yield what is wrong with a column's settings."""
        return iter(()) if value is None else self._shape.check(value, at)


CARD = Object(
    {},
    {
        **_ID,
        "hero_image": _PICTURE,
        "icon": _PICTURE,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": Each(Kinds({"button": BUTTON}), 3),
    },
    [any_of("hero_image", "title", "actions", "body")],
)
_PLAIN_BLOCKS: dict[str, Shape] = {
    "section": Object(
        {},
        {**_ID, "text": text(3000), "fields": Each(text(2000), 10), "accessory": IN_SECTION, "expand": Flag()},
        [any_of("text", "fields")],
    ),
    "actions": Object({"elements": Each(IN_ACTIONS, 25)}, _ID, [action_ids_differ]),
    "input": Object(
        {"label": plain(2000), "element": IN_INPUT},
        {**_ID, "hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
        [no_dispatch_of_files],
    ),
    "context": Object({"elements": Each(Kinds({**text(3000).shapes, "image": IMAGE}), 10)}, _ID),
    "header": Object({"text": plain(150)}, {**_ID, "level": Whole(1, 4)}),
    "image": IMAGE.with_fields(**_ID, title=plain(2000)),
    "divider": Object({}, _ID),
    "rich_text": RICH_TEXT,
    "markdown": Object({"text": Text(12_000)}, _ID),
    "table": Object({"rows": Each(Each(_CELL, 20), 100)}, {**_ID, "column_settings": Each(_ColumnSettings(), 20)}),
    "alert": Object({"text": text(200)}, {**_ID, "level": Text(among=("default", "info", "warning", "error", "success"))}),
    "card": CARD,
    "carousel": Object({"elements": Each(Kinds({"card": CARD}), 10)}, _ID),
    "context_actions": Object({"elements": Each(IN_CONTEXT_ACTIONS, 5)}, _ID, [action_ids_differ]),
    "video": Object(
        {"alt_text": Text(), "title": plain(199), "thumbnail_url": Text(3000), "video_url": Text(3000, pattern="https://.+")},
        {
            **_ID,
            "title_url": Text(3000, pattern="https://.+"),
            "description": plain(199),
            "author_name": Text(49),
            "provider_name": Text(),
            "provider_icon_url": Text(3000),
        },
    ),
    "file": Object({"external_id": Text(), "source": Text(among=("remote",))}, _ID),
}
CONTAINER = Object(
    {"child_blocks": Each(Kinds(_PLAIN_BLOCKS), 10)},
    {
        **_ID,
        "title": plain(150),
        "rich_text_title": Kinds({"rich_text": RICH_TEXT}),
        "subtitle": text(150),
        "icon": _PICTURE,
        "width": Text(among=("narrow", "standard", "wide", "full")),
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    [any_of("title", "rich_text_title"), no_divider_when_collapsible],
)
BLOCK = Kinds({**_PLAIN_BLOCKS, "container": CONTAINER})

SURFACES: dict[str, frozenset[str]] = {
    **dict.fromkeys(BLOCK.shapes, _ALL),
    "markdown": frozenset((MESSAGE,)),
    "table": frozenset((MESSAGE, HOME)),
    "carousel": frozenset((MESSAGE, HOME)),
    "container": frozenset((MESSAGE, HOME)),
    "alert": frozenset((MODAL,)),
    "context_actions": frozenset((MESSAGE,)),
    "file": frozenset((MESSAGE,)),
}
ELEMENT_SURFACES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("email_text_input", "url_text_input", "number_input", "file_input"), frozenset((MODAL,))),
    "datetimepicker": frozenset((MESSAGE, MODAL)),
}


def misplaced(block: JSON, elements: list[JSON], surface: str, at: str) -> Iterator[str]:
    """Yield what may not stand on this surface: the block itself or elements in it."""
    if surface not in SURFACES[block["type"]]:
        yield problem(f"unsupported type: {block['type']}", f"{at}/type")
    for element in elements:
        if surface not in ELEMENT_SURFACES.get(element.get("type", ""), _ALL):
            yield problem(f"unsupported type: {element['type']}", at)
