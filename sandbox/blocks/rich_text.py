"""Rich text: sections, lists, quotes and preformatted text, and what stands in them."""

from sandbox.blocks.schema import Each, Flag, Kinds, Object, Shape, Text, Whole

_MANY = 10_000
_STYLE = Object({}, {name: Flag() for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")})
_STYLED: dict[str, Shape] = {"style": _STYLE}
INLINE = Kinds(
    {
        "text": Object({"text": Text()}, _STYLED),
        "link": Object({"url": Text(3000)}, {**_STYLED, "text": Text(), "unsafe": Flag()}),
        "emoji": Object({"name": Text()}, {**_STYLED, "unicode": Text(), "skin_tone": Whole(1, 6)}),
        "user": Object({"user_id": Text()}, _STYLED),
        "usergroup": Object({"usergroup_id": Text()}, _STYLED),
        "channel": Object({"channel_id": Text()}, _STYLED),
        "team": Object({"team_id": Text()}, _STYLED),
        "broadcast": Object({"range": Text(among=("here", "channel", "everyone"))}, _STYLED),
        "color": Object({"value": Text()}, _STYLED),
        "date": Object({"timestamp": Whole(0, 9_999_999_999), "format": Text()}, {**_STYLED, "url": Text(3000), "fallback": Text()}),
    }
)
_RUN = Each(INLINE, _MANY, least=0)
_BORDER: dict[str, Shape] = {"border": Whole(0, 1)}
SECTION = Object({"elements": _RUN})
LIST = Object(
    {"elements": Each(Kinds({"rich_text_section": SECTION}), _MANY), "style": Text(among=("bullet", "ordered"))},
    {**_BORDER, "indent": Whole(0, 8), "offset": Whole(0, _MANY)},
)
_PARTS = Kinds(
    {
        "rich_text_section": SECTION,
        "rich_text_list": LIST,
        "rich_text_quote": Object({"elements": _RUN}, _BORDER),
        "rich_text_preformatted": Object({"elements": Each(INLINE.only("text", "link"), _MANY, least=0)}, {**_BORDER, "language": Text()}),
    }
)
RICH_TEXT = Object({"elements": Each(_PARTS, _MANY)}, {"block_id": Text(255)})
