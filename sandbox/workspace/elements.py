"""What people enter in elements, as `state.values` and `actions` carry it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sandbox.refusal import JSON, Refused
from sandbox.workspace.emoji import as_shortcodes


@dataclass(frozen=True)
class Entry:
    """Where an element keeps what was entered, and where it says what it begins with."""

    key: str
    initial: str
    many: bool = False


_OPTION, _OPTIONS = Entry("selected_option", "initial_option"), Entry("selected_options", "initial_options", many=True)
_TYPED = Entry("value", "initial_value")
ENTRIES: Mapping[str, Entry] = {
    **dict.fromkeys(("plain_text_input", "email_text_input", "url_text_input", "number_input"), _TYPED),
    **dict.fromkeys(("static_select", "external_select", "radio_buttons"), _OPTION),
    **dict.fromkeys(("multi_static_select", "multi_external_select", "checkboxes"), _OPTIONS),
    "rich_text_input": Entry("rich_text_value", "initial_value"),
    "file_input": Entry("files", "", many=True),
    "datepicker": Entry("selected_date", "initial_date"),
    "timepicker": Entry("selected_time", "initial_time"),
    "datetimepicker": Entry("selected_date_time", "initial_date_time"),
    "users_select": Entry("selected_user", "initial_user"),
    "channels_select": Entry("selected_channel", "initial_channel"),
    "conversations_select": Entry("selected_conversation", "initial_conversation"),
    "multi_users_select": Entry("selected_users", "initial_users", many=True),
    "multi_channels_select": Entry("selected_channels", "initial_channels", many=True),
    "multi_conversations_select": Entry("selected_conversations", "initial_conversations", many=True),
}
EXTERNAL = ("external_select", "multi_external_select")


def initial(element: JSON) -> JSON:
    """Return the state of an element that nobody touched."""
    entry = ENTRIES[element["type"]]
    value = element.get(entry.initial, [] if entry.many else None)
    if element["type"] == "number_input" and value is None:
        return {"type": "number_input"}
    return _state(element, entry, value)


def _state(element: JSON, entry: Entry, value: Any) -> JSON:
    zone = {"timezone": element["timezone"]} if element["type"] == "timepicker" and "timezone" in element else {}
    return {"type": element["type"], entry.key: value, **zone}


def is_empty(element: JSON, state: JSON) -> bool:
    """Tell whether nothing was entered."""
    return state.get(ENTRIES[element["type"]].key) in (None, "", [])


def entered(element: JSON, value: Any, offered: Mapping[str, JSON]) -> JSON:
    """Return the state after a person entered this; `offered` are an external select's options. Raise Refused."""
    entry = ENTRIES[element["type"]]
    if value in (None, "", []):
        return initial({key: kept for key, kept in element.items() if key != entry.initial})
    if entry.many and not isinstance(value, list):
        raise Refused("invalid_value", f"{element['type']} takes a list")
    return _state(element, entry, _taken(element, entry, value, offered))


def _taken(element: JSON, entry: Entry, value: Any, offered: Mapping[str, JSON]) -> Any:
    if entry in (_OPTION, _OPTIONS):
        known = offered if element["type"] in EXTERNAL else {option["value"]: option for option in options_of(element)}
        return [_option(known, item) for item in value] if entry.many else _option(known, value)
    if element["type"] == "datetimepicker":
        return int(value)
    if element["type"] == "rich_text_input" and isinstance(value, str):
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
        return {"type": "rich_text", "elements": [section]}
    if element["type"] in ("datepicker", "timepicker"):
        _read_moment(element["type"], str(value))
    return as_shortcodes(str(value)) if entry is _TYPED else value


def _read_moment(kind: str, value: str) -> None:
    try:
        date.fromisoformat(value) if kind == "datepicker" else time.fromisoformat(value)
    except ValueError as error:
        raise Refused("invalid_value", f"{value} is nothing that a {kind} could give") from error


def _option(known: Mapping[str, JSON], value: Any) -> JSON:
    if value not in known:
        raise Refused("invalid_value", f"{value!r} is not among the options")
    return known[value]


def options_of(element: JSON) -> Iterator[JSON]:
    """Yield the options of an element, those of its groups too."""
    yield from element.get("options", [])
    for group in element.get("option_groups", []):
        yield from group["options"]


def complaint(block: JSON, element: JSON, state: JSON) -> str | None:
    """Say what Slack's own form would find wrong with an input before it sends anything."""
    if is_empty(element, state):
        return None if block.get("optional") else "Please complete this required field."
    check = _CHECKS.get(element["type"])
    return check(element, state) if check else None


def _length(element: JSON, state: JSON) -> str | None:
    length = len(state["value"])
    if length < element.get("min_length", 0):
        return f"Enter at least {element['min_length']} characters."
    longest = element.get("max_length", 3000)
    return f"Enter no more than {longest} characters." if length > longest else None


def _number(element: JSON, state: JSON) -> str | None:
    text = state["value"]
    if not re.fullmatch(r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+", text):
        return "Enter a valid number."
    if "min_value" in element and float(text) < float(element["min_value"]):
        return f"Enter a number of at least {element['min_value']}."
    return (
        f"Enter a number of at most {element['max_value']}."
        if "max_value" in element and float(text) > float(element["max_value"])
        else None
    )


def _email(_element: JSON, state: JSON) -> str | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", state["value"]) else "Enter a valid email address."


def _address(_element: JSON, state: JSON) -> str | None:
    return None if re.match(r"https?://[^\s]+\.[^\s]+", state["value"]) else "Enter a valid URL."


def _selected(element: JSON, state: JSON) -> str | None:
    most = element.get("max_selected_items")
    return f"Choose no more than {most} items." if most and len(state[ENTRIES[element["type"]].key]) > most else None


_CHECKS = {"plain_text_input": _length, "number_input": _number, "email_text_input": _email, "url_text_input": _address}
_CHECKS |= {kind: _selected for kind in ENTRIES if kind.startswith("multi_")}
