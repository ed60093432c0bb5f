"""The vocabulary of Block Kit: small words from which every message and form is built, kept inside Slack's limits.

What people typed is shown as text only: in plain_text objects or rich_text elements, which Slack never parses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from string import Formatter
from typing import Any, Literal

Block = dict[str, Any]
Style = Literal["primary", "danger"]

SPAN_TEXT = {"text": "text", "user": "user_id", "channel": "channel_id", "emoji": "name", "link": "text"}
ALIVE = {"user": "<@{}>", "channel": "<#{}>", "emoji": ":{}:"}
BUTTON, OPTION, HEADER, TITLE, SECTION, FIELD_LABEL, HINT = 75, 75, 150, 24, 3000, 2000, 2000


@dataclass(frozen=True)
class Message:
    """What is said: blocks, and the text that notifications and screen readers use."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One entry of a menu."""

    value: str
    text: str
    description: str = ""


@dataclass(frozen=True)
class Span:
    """A piece of a sentence: text as typed, or a person, a channel, an emoji or a link."""

    text: str
    kind: Literal["text", "user", "channel", "emoji", "link"] = "text"
    style: Mapping[str, bool] = field(default_factory=dict)
    url: str = ""

    def element(self) -> Block:
        """Return the rich_text element."""
        made: Block = {"type": self.kind, SPAN_TEXT[self.kind]: self.text}
        return made | ({"url": self.url} if self.kind == "link" else {}) | ({"style": dict(self.style)} if self.style else {})

    def fallback(self) -> str:
        """Return the same for the message's `text`, escaped so that nothing in it comes alive but the person meant."""
        return ALIVE[self.kind].format(self.text) if self.kind in ALIVE else escape(self.text)


Sentence = tuple[Span, ...]


def escape(text: str) -> str:
    """Return text with Slack's three live characters disarmed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, with an ellipsis where something was cut; never empty."""
    text = text or "–"
    return text if len(text) <= limit else text[: limit - 1] + "…"


def bold(text: str) -> Span:
    """Return text in bold."""
    return Span(text, style={"bold": True})


def code(text: str) -> Span:
    """Return text as code, for what can be typed."""
    return Span(text, style={"code": True})


def italic(text: str) -> Span:
    """Return text in italics."""
    return Span(text, style={"italic": True})


def user(person: str) -> Span:
    """Return a mention of a person, by id."""
    return Span(person, kind="user")


def emoji(name: str) -> Span:
    """Return an emoji by its short name; rich text does not read `:name:`."""
    return Span(name, kind="emoji")


def prose(template: str, **values: str | Span) -> Sentence:
    """Return a translated template with its placeholders filled: by text, which stays text, or by spans."""
    return tuple(span for literal, name in stretches(template) for span in filled(literal, name, values))


@lru_cache(maxsize=4096)
def stretches(template: str) -> tuple[tuple[str, str | None], ...]:
    """Return the stretches of a template, each with the name of the placeholder behind it."""
    return tuple((literal, name) for literal, name, _spec, _conversion in Formatter().parse(template))


def filled(literal: str, name: str | None, values: Mapping[str, str | Span]) -> Sentence:
    """Return the spans of one stretch of a template and the placeholder behind it."""
    value = values.get(name, "") if name else ""
    spans = (Span(literal), value if isinstance(value, Span) else Span(value))
    return tuple(span for span in spans if span.text)


def fallback(*sentences: Sentence) -> str:
    """Return the sentences as a message's `text`, a line each."""
    return clip("\n".join("".join(span.fallback() for span in sentence) for sentence in sentences), 3900)


def plain(text: str, limit: int = SECTION) -> Block:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def header(text: str) -> Block:
    """Return a header."""
    return {"type": "header", "text": plain(text, HEADER)}


def divider() -> Block:
    """Return a line across."""
    return {"type": "divider"}


def paragraph(*sentences: Sentence) -> Block:
    """Return sentences as rich text, a line each."""
    lines = [span for sentence in sentences for span in (Span("\n"), *sentence)][1:]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [span.element() for span in lines]}]}


def bullets(*sentences: Sentence) -> Block:
    """Return sentences as a bulleted list."""
    items = [{"type": "rich_text_section", "elements": [span.element() for span in sentence]} for sentence in sentences]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}


def quote(text: str) -> Block:
    """Return what somebody wrote, as a quotation."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": clip(text, SECTION)}]}]}


def section(text: str, accessory: Block | None = None) -> Block:
    """Return a section of plain text, with something to press beside it."""
    return {"type": "section", "text": plain(text)} | ({"accessory": accessory} if accessory else {})


def context(*texts: str) -> Block:
    """Return small print."""
    return {"type": "context", "elements": [plain(text, 2000) for text in texts[:10]]}


def actions(*elements: Block) -> Block:
    """Return a row of things to press."""
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action: str, value: str, style: Style | None = None, confirm: Block | None = None) -> Block:
    """Return a button; `value` is the record's id, which the handler checks again."""
    made: Block = {"type": "button", "text": plain(text, BUTTON), "action_id": action, "value": value}
    return made | ({"style": style} if style else {}) | ({"confirm": confirm} if confirm else {})


def confirmation(title: str, text: str, yes: str, no: str) -> Block:
    """Return the question asked before something that is hard to take back."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(choice: Choice) -> Block:
    """Return one entry of a menu."""
    made: Block = {"text": plain(choice.text, OPTION), "value": choice.value}
    return made | ({"description": plain(choice.description, OPTION)} if choice.description else {})


def overflow(action: str, choices: Sequence[Choice]) -> Block:
    """Return the menu of further steps, at most five."""
    return {"type": "overflow", "action_id": action, "options": [option(choice) for choice in choices[:5]]}


def select(name: str, choices: Sequence[Choice], initial: str = "", placeholder: str = "") -> Block:
    """Return a menu of at most a hundred entries."""
    made: Block = {"type": "static_select", "action_id": name, "options": [option(choice) for choice in choices[:100]]}
    chosen = [entry for entry in made["options"] if entry["value"] == initial]
    made |= {"initial_option": chosen[0]} if chosen else {}
    return made | ({"placeholder": plain(placeholder, 150)} if placeholder else {})


def text_input(name: str, initial: str = "", *, lines: bool = False, limit: int = SECTION, placeholder: str = "") -> Block:
    """Return a text field of one line, or of several."""
    made: Block = {"type": "plain_text_input", "action_id": name, "multiline": lines, "max_length": limit}
    made |= {"initial_value": initial[:limit]} if initial else {}
    return made | ({"placeholder": plain(placeholder, 150)} if placeholder else {})


def moment_input(name: str, initial: datetime | None = None) -> Block:
    """Return a picker of a date and a time."""
    made: Block = {"type": "datetimepicker", "action_id": name}
    return made | ({"initial_date_time": int(initial.timestamp())} if initial else {})


def day_input(name: str, initial: date | None = None) -> Block:
    """Return a picker of a day."""
    made: Block = {"type": "datepicker", "action_id": name}
    return made | ({"initial_date": initial.isoformat()} if initial else {})


def person_input(name: str, initial: str = "") -> Block:
    """Return a picker of one person."""
    made: Block = {"type": "users_select", "action_id": name}
    return made | ({"initial_user": initial} if initial else {})


def people_input(name: str, initial: Sequence[str] = ()) -> Block:
    """Return a picker of several people."""
    made: Block = {"type": "multi_users_select", "action_id": name}
    return made | ({"initial_users": list(initial)} if initial else {})


def choices_input(name: str, choices: Sequence[Choice], chosen: Sequence[str] = ()) -> Block:
    """Return boxes to tick, at most ten."""
    options = [option(choice) for choice in choices[:10]]
    ticked = [entry for entry in options if entry["value"] in chosen]
    made: Block = {"type": "checkboxes", "action_id": name, "options": options}
    return made | ({"initial_options": ticked} if ticked else {})


def field_of(label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """Return a form's field, whose block_id is its element's action_id: one name from modal to column."""
    made: Block = {"type": "input", "block_id": element["action_id"], "label": plain(label, FIELD_LABEL), "element": element}
    return made | {"optional": optional} | ({"hint": plain(hint, HINT)} if hint else {})


def heard(field: Block, action: str) -> Block:
    """Return a form's field that reports what is typed or chosen in it at once, under this action."""
    element = field["element"] | {"action_id": action}
    if element["type"] == "plain_text_input":
        element |= {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    return field | {"element": element, "dispatch_action": True}


def modal(callback: str, title: str, blocks: Iterable[Block], *, submit: str = "", close: str, metadata: str = "") -> Block:
    """Return a form; without `submit` it only shows."""
    made: Block = {"type": "modal", "callback_id": callback, "title": plain(title, TITLE), "blocks": list(blocks)[:100]}
    return made | {"close": plain(close, TITLE), "private_metadata": metadata} | ({"submit": plain(submit, TITLE)} if submit else {})


def home(blocks: Iterable[Block]) -> Block:
    """Return an App Home."""
    return {"type": "home", "blocks": list(blocks)[:100]}


def message(*blocks: Block, text: str) -> Message:
    """Return a message of at most fifty blocks."""
    return Message(text, blocks[:50])


def says(*sentences: Sentence, also: Iterable[Block] = ()) -> Message:
    """Return a message of these sentences, with further blocks below."""
    return message(paragraph(*sentences), *also, text=fallback(*sentences))
