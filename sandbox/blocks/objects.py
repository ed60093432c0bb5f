"""Composition objects: texts, options, confirmations and the like."""

from sandbox.blocks.rules import exactly_one_of, not_empty
from sandbox.blocks.schema import Each, Flag, Kinds, Object, Text


def text(most: int = 3000) -> Kinds:
    """Return a text object of either kind, no longer than this."""
    words = {"text": Text(most)}
    return Kinds({"plain_text": Object(words, {"emoji": Flag()}), "mrkdwn": Object(words, {"verbatim": Flag()})})


def plain(most: int) -> Kinds:
    """Return a plain text object no longer than this."""
    return text(most).only("plain_text")


def _option(label: Kinds, description: Kinds) -> Object:
    return Object({"text": label, "value": Text(150)}, {"description": description})


OPTION = _option(plain(75), plain(75))
MARKED_OPTION = _option(text(75), text(75))
OVERFLOW_OPTION = OPTION.with_fields(url=Text(3000))
OPTIONS = Each(OPTION, 100)
OPTION_GROUPS = Each(Object({"label": plain(75), "options": OPTIONS}), 100)
CONFIRM = Object(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": Text(among=("primary", "danger"))},
)
DISPATCH = Object({}, {"trigger_actions_on": Each(Text(among=("on_enter_pressed", "on_character_entered")), 2)})
FILTER = Object(
    {},
    {
        "include": Each(Text(among=("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    [not_empty],
)
SLACK_FILE = Object({}, {"id": Text(), "url": Text(3000)}, [exactly_one_of("id", "url")])
STYLE = Text(among=("primary", "danger"))
