"""The shape of a payload: the path of every key in it."""

from collections.abc import Iterator
from typing import Any

OPEN = ("blocks", "values", "elements", "fields", "status_emoji_display_info")


def shape(value: Any, path: str = "") -> list[str]:
    """Return the paths of all keys, sorted; what differs from block to block is left out."""
    return sorted(set(_paths(value, path)))


def _paths(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}{key}"
            if key not in OPEN:
                yield from _paths(inner, f"{path}{key}.")
    elif isinstance(value, list):
        for item in value:
            yield from _paths(item, path)
