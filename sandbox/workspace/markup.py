"""What Slack makes of what a person types: escapes, mentions, links, emoji, and the rich text beside them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox.refusal import JSON
from sandbox.workspace.emoji import EMOJI, as_shortcodes, name_of

BROADCASTS = ("here", "channel", "everyone")
_SPECIAL = re.compile(rf"(?P<at>@)|(?P<hash>#)|(?P<link>https?://[^\s<>|]+)|(?P<emoji>{EMOJI.pattern})")


@dataclass(frozen=True)
class Names:
    """Who and what can be mentioned: ids by folded name (people by their id too), and private channels."""

    people: Mapping[str, str]
    channels: Mapping[str, str]
    private: frozenset[str] = frozenset()
    shown: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Piece:
    """A stretch of what was typed: its text as Slack writes it and its element of rich text."""

    text: str
    element: JSON


def escaped(text: str) -> str:
    """Escape the three characters that Slack's markup is made of."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def pieces(typed: str, names: Names) -> Iterator[Piece]:
    """Cut what was typed into plain text, mentions, links and emoji."""
    plain = position = 0
    while match := _SPECIAL.search(typed, position):
        found = _special(match, typed, names)
        if found is None:
            position = match.end()
            continue
        piece, end = found
        yield from _plain(typed[plain : match.start()])
        yield piece
        plain = position = end
    yield from _plain(typed[plain:])


def _plain(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(escaped(text), {"type": "text", "text": text})


def _special(match: re.Match[str], typed: str, names: Names) -> tuple[Piece, int] | None:
    if match["at"]:
        return _mention(typed, match.end(), names)
    if match["hash"]:
        return _channel(typed, match.end(), names)
    if match["emoji"]:
        name = name_of(match["emoji"])
        return Piece(f":{name}:", {"type": "emoji", "name": name}), match.end()
    url = match["link"].rstrip(".,;:!?)")
    return Piece(f"<{escaped(url)}>", {"type": "link", "url": url}), match.start() + len(url)


def _mention(typed: str, start: int, names: Names) -> tuple[Piece, int] | None:
    for word in BROADCASTS:
        if typed.startswith(word, start) and not typed[start + len(word) : start + len(word) + 1].isalnum():
            return Piece(f"<!{word}>", {"type": "broadcast", "range": word}), start + len(word)
    written_out = typed[start - 2 : start - 1] == "<"
    if written_out or (found := _longest(typed, start, names.people)) is None:
        return None
    return Piece(f"<@{found[0]}>", {"type": "user", "user_id": found[0]}), found[1]


def _channel(typed: str, start: int, names: Names) -> tuple[Piece, int] | None:
    if (found := _longest(typed, start, names.channels)) is None:
        return None
    shown = "" if found[0] in names.private else typed[start : found[1]]
    return Piece(f"<#{found[0]}|{shown}>", {"type": "channel", "channel_id": found[0]}), found[1]


def _longest(typed: str, start: int, known: Mapping[str, str]) -> tuple[str, int] | None:
    """Find the longest known name that begins here and does not end within an ASCII word."""
    for end in range(min(len(typed), start + max(map(len, known), default=0)), start, -1):
        following = typed[end : end + 1]
        runs_on = following.isascii() and following.isalnum() and typed[end - 1].isascii() and typed[end - 1].isalnum()
        if not runs_on and (found := known.get(typed[start:end].casefold())):
            return found, end
    return None


def message_from(typed: str, names: Names, block_id: str) -> JSON:
    """Return `text` and `blocks` of a message that a person typed."""
    cut = list(pieces(typed, names))
    section = {"type": "rich_text_section", "elements": [piece.element for piece in cut]}
    return {"text": "".join(piece.text for piece in cut), "blocks": [{"type": "rich_text", "block_id": block_id, "elements": [section]}]}


def command_text(typed: str, names: Names, *, should_escape: bool) -> str:
    """Return the text of a slash command: escaped, with mentions resolved, only where the app asked for it."""
    if not should_escape:
        return as_shortcodes(typed)
    return "".join(_named(piece, names) for piece in pieces(typed, names))


def _named(piece: Piece, names: Names) -> str:
    user = piece.element.get("user_id")
    return f"<@{user}|{(names.shown or {}).get(user, '')}>" if user else piece.text
