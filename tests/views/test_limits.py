"""Every view, in every language, with the longest content that is allowed, stays inside Slack's limits."""

from collections.abc import Iterator

import pytest

from bot.views.blocks import BUTTON, FIELD_LABEL, HINT, TITLE, Block
from sandbox.blocks import check_message_blocks, check_view
from tests.views.everything import VIEWS, nodes, surfaces

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
LONGEST_TEXT = 40_000
LIMITS = {TITLE, BUTTON, FIELD_LABEL, HINT, 150}


def faults(surface: Block) -> list[str]:
    """Return what Slack would refuse; a form's field on its own is looked at as if it stood in a form."""
    if surface["type"] != "message":
        return check_view(surface)
    if any(block["type"] == "input" for block in surface["blocks"]):
        words = {name: {"type": "plain_text", "text": name} for name in ("title", "submit")}
        return check_view({"type": "modal", "blocks": surface["blocks"], **words})
    too_long = ["the text is too long"] if len(surface["text"]) > LONGEST_TEXT else []
    return too_long + check_message_blocks(surface["blocks"])


def our_words(surface: Block) -> Iterator[str]:
    """Yield the words that are ours alone, and so have to be shown whole: titles, buttons, labels and hints."""
    for node in nodes(surface):
        ours = ["title", "submit", "close"] if node.get("type") == "modal" else ["label", "hint", "placeholder"]
        ours += ["text"] if node.get("type") == "button" else []
        yield from (node[name]["text"] for name in ours if isinstance(node.get(name), dict))


def is_cut(text: str) -> bool:
    """Say whether a text was too long for its place, and lost its end."""
    return text.endswith("…") and len(text) in LIMITS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_stays_inside_slacks_limits_with_no_word_of_ours_cut(view: str, language: str) -> None:
    for surface in surfaces(view, language):
        assert faults(surface) + [text for text in our_words(surface) if is_cut(text)] == []


def test_every_part_of_the_views_is_looked_at() -> None:
    looked_at = {name.rpartition(".")[0] for name in VIEWS}
    assert {"bids.full", "bids.outcome", "bids.submission", "home", "people", "doctor", "errors", "exports", "help"} <= looked_at
