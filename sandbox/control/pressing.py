"""What a person presses and chooses, in messages, modals and App Home."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.blocks import check_options
from sandbox.blocks.normal import find_element
from sandbox.control.actor import Actor
from sandbox.events import payloads
from sandbox.refusal import JSON, Refused
from sandbox.workspace.elements import ENTRIES, EXTERNAL, entered, options_of
from sandbox.workspace.people import Person
from sandbox.workspace.views import Entered, View, find_view

Values = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Surface:
    """Where something is pressed: its blocks, what was entered, and how the app is told."""

    blocks: list[JSON]
    entered: Entered
    payload: Callable[[JSON], JSON]
    holder: Callable[[], JSON]


def enter(blocks: list[JSON], filled: Entered, values: Values) -> None:
    """Take over what a person typed and chose so far; raise Refused for what is not there."""
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            _, element = found(blocks, block_id, action_id)
            key = (block_id, action_id)
            filled.values[key] = entered(element, value, filled.offered.get(key, {}))


def found(blocks: list[JSON], block_id: str, action_id: str) -> tuple[JSON, JSON]:
    """Return the block and the element of these ids; raise Refused."""
    if (both := find_element(blocks, block_id, action_id)) is None:
        raise Refused("action_not_found", f"there is no {action_id} in {block_id}")
    return both


class Pressing(Actor):
    """Press buttons, choose options."""

    def press(
        self,
        person: str,
        *,
        block_id: str,
        action_id: str,
        message: tuple[str, str] | None = None,
        view: str | None = None,
        value: Any = None,
        values: Values | None = None,
    ) -> None:
        """Press or choose something in a message (channel, ts) or a view; `values` is what the form holds so far. Raise Refused."""
        with self.workspace.lock:
            surface = self._surface(self.person(person), message, view)
            block, element = found(surface.blocks, block_id, action_id)
            if block["type"] == "input" and not block.get("dispatch_action"):
                raise Refused("not_dispatched", "this input tells the app nothing before the form is submitted")
            enter(surface.blocks, surface.entered, values or {})
            payload = surface.payload(self._action(surface, block, element, value))
        self.ask("interactive", payload)

    def _action(self, surface: Surface, block: JSON, element: JSON, value: Any) -> JSON:
        kind, key = element["type"], (block["block_id"], element["action_id"])
        action: JSON = {"action_ts": self.workspace.new_ts(), "type": kind, "action_id": key[1], "block_id": key[0]}
        if kind == "button":
            return action | {name: element[name] for name in ("text", "style", "value", "url") if name in element}
        if kind == "overflow":
            option = next((option for option in options_of(element) if option.get("value") == value), None)
            if option is None:
                raise Refused("invalid_value", f"{value!r} is not among the options")
            return action | {"selected_option": option}
        if kind not in ENTRIES:
            raise Refused("action_not_found", f"a {kind} cannot be pressed here")
        surface.entered.values[key] = state = entered(element, value, surface.entered.offered.get(key, {}))
        described = {name: element[name] for name in ("placeholder", ENTRIES[kind].initial) if name in element}
        return action | state | described

    def _surface(self, person: Person, message: tuple[str, str] | None, view: str | None) -> Surface:
        if (message is None) == (view is None):
            raise Refused("invalid_arguments", "name a message or a view")
        return self._message_surface(person, *message) if message else self._view_surface(person, view or "")

    def _view_surface(self, person: Person, view_id: str) -> Surface:
        view = self.own_view(person, view_id)
        return Surface(
            view.blocks,
            view.entered,
            lambda action: payloads.view_actions(self.workspace, person, view, action),
            lambda: payloads.holder_of_view(view),
        )

    def own_view(self, person: Person, view_id: str) -> View:
        """Return a view that a person has open; raise Refused."""
        view = find_view(self.workspace, view_id)
        if view.person != person.id:
            raise Refused("not_found", "this view is another person's")
        return view

    def _message_surface(self, person: Person, channel_id: str, ts: str) -> Surface:
        channel = self.place(person, channel_id)
        whispered = next((m for m in channel.ephemerals if m["ts"] == ts and m["to"] == person.id), None)
        message = whispered or self.workspace.message(channel, ts)
        filled = self.workspace.contents.entered.setdefault((channel.id, ts, person.id), Entered())
        return Surface(
            message.get("blocks", []),
            filled,
            lambda action: payloads.message_actions(self.workspace, person, channel, message, filled, action),
            lambda: payloads.holder_of_message(channel, message),
        )

    def options(
        self, person: str, *, block_id: str, action_id: str, value: str, message: tuple[str, str] | None = None, view: str | None = None
    ) -> list[JSON]:
        """Type into an external select; return the options that the app offers. Raise Refused."""
        with self.workspace.lock:
            actor = self.person(person)
            surface = self._surface(actor, message, view)
            _, element = found(surface.blocks, block_id, action_id)
            if element["type"] not in EXTERNAL:
                raise Refused("action_not_found", f"a {element['type']} asks nobody for options")
            if len(value) < element.get("min_query_length", 3):
                raise Refused("query_too_short", f"type {element.get('min_query_length', 3)} characters first")
            payload = payloads.suggestion(actor, surface.holder(), block_id, action_id, value)
        answer = self.ask("interactive", payload).body or {}
        if problems := check_options(answer):
            raise Refused("invalid_options", "; ".join(problems))
        offered = list(options_of(answer))
        with self.workspace.lock:
            surface.entered.offered.setdefault((block_id, action_id), {}).update({option["value"]: option for option in offered})
        return offered
