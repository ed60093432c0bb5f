"""Views: modals in their stack of three, and everybody's App Home."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.blocks.normal import as_stored, elements_of, every_block
from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import APP, BOT, TEAM
from sandbox.workspace.elements import ENTRIES, initial

if TYPE_CHECKING:
    from sandbox.workspace.state import Workspace

DEEPEST, LARGEST = 3, 250_000


@dataclass
class Entered:
    """What a person entered in a view or a message, and the options an external select offered."""

    values: dict[tuple[str, str], JSON] = field(default_factory=dict)
    offered: dict[tuple[str, str], dict[str, JSON]] = field(default_factory=dict)

    def state(self, blocks: list[JSON]) -> JSON:
        """Return `state.values`: every input, and what else was touched or began with something."""
        values: dict[str, dict[str, JSON]] = {}
        for block in every_block(blocks):
            for element in elements_of(block):
                if element.get("type") not in ENTRIES:
                    continue
                key = (block["block_id"], element["action_id"])
                if key in self.values or block["type"] == "input" or element.get(ENTRIES[element["type"]].initial):
                    values.setdefault(key[0], {})[key[1]] = self.values.get(key) or initial(element)
        return {"values": values}

    def carried_over(self, blocks: list[JSON]) -> "Entered":
        """Return what stays when the blocks change: entries of the same block id, action id and type."""
        kept = {(b["block_id"], e["action_id"]): e["type"] for b in every_block(blocks) for e in elements_of(b) if "action_id" in e}
        values = {key: state for key, state in self.values.items() if kept.get(key) == state["type"]}
        return Entered(values, {key: offered for key, offered in self.offered.items() if key in kept})


@dataclass
class View:
    """A modal or a home, as one person has it before them."""

    id: str
    person: str
    given: JSON
    hash: str
    root: str
    previous: str | None = None
    entered: Entered = field(default_factory=Entered)

    @property
    def blocks(self) -> list[JSON]:
        """Return its blocks."""
        blocks: list[JSON] = self.given["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """Return the id that the app gave it, or nothing."""
        return str(self.given.get("external_id") or "")

    def described(self, *, with_state: bool = True) -> JSON:
        """Return the view object."""
        title = self.given.get("title", {"type": "plain_text", "text": "View Title", "emoji": True})
        described: JSON = {"id": self.id, "team_id": TEAM, "type": self.given["type"], "blocks": self.blocks}
        described |= {key: self.given.get(key) or "" for key in ("private_metadata", "callback_id")}
        described |= {"state": self.entered.state(self.blocks) if with_state else {"values": {}}, "hash": self.hash, "title": title}
        described |= {key: bool(self.given.get(key)) for key in ("clear_on_close", "notify_on_close")}
        described |= {key: self.given.get(key) for key in ("close", "submit")}
        described |= {"previous_view_id": self.previous, "root_view_id": self.root, "app_id": APP, "external_id": self.external_id}
        return described | {"app_installed_team_id": TEAM, "bot_id": BOT}


def _given(workspace: "Workspace", view: JSON) -> JSON:
    if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST:
        raise Refused("view_too_large")
    texts = {"title": view.get("title"), "close": view.get("close"), "submit": view.get("submit")}
    filled = {key: {"emoji": True, **text} for key, text in texts.items() if text}
    return view | filled | {"blocks": as_stored(view["blocks"], workspace.short_id)}


def _hash(workspace: "Workspace") -> str:
    return f"{workspace.seconds()}.{workspace.short_id(8)}"


def _check_external_id(workspace: "Workspace", view: JSON, own: str | None = None) -> None:
    wanted = view.get("external_id")
    if wanted and any(other.external_id == wanted and other.id != own for other in workspace.contents.views.values()):
        raise Refused("duplicate_external_id")


def open_view(workspace: "Workspace", person: str, view: JSON, *, on: str | None) -> View:
    """Show a modal: on top of the one acted in, or in place of all that were open."""
    stack = workspace.contents.stacks.setdefault(person, [])
    if on is not None and stack:
        return push_view(workspace, person, view)
    _check_external_id(workspace, view)
    given = _given(workspace, view)
    for view_id in list(stack):
        close_view(workspace, workspace.contents.views[view_id])
    return _show(workspace, person, given)


def push_view(workspace: "Workspace", person: str, view: JSON) -> View:
    """Put a modal on top of the stack; raise Refused at the fourth."""
    if len(workspace.contents.stacks.get(person, [])) >= DEEPEST:
        raise Refused("push_limit_reached")
    _check_external_id(workspace, view)
    return _show(workspace, person, _given(workspace, view))


def _show(workspace: "Workspace", person: str, given: JSON) -> View:
    stack = workspace.contents.stacks.setdefault(person, [])
    view_id = workspace.new_id("V")
    view = View(view_id, person, given, _hash(workspace), stack[0] if stack else view_id, stack[-1] if stack else None)
    workspace.contents.views[view_id] = view
    stack.append(view_id)
    workspace.stream.publish({"type": "view_opened", "view": view.described()}, (person,))
    return view


def update_view(workspace: "Workspace", current: View, view: JSON, expected_hash: str | None = None) -> View:
    """Replace a view's content; entries with the same ids stay. Raise Refused."""
    if expected_hash is not None and expected_hash != current.hash:
        raise Refused("hash_conflict")
    _check_external_id(workspace, view, own=current.id)
    current.given = _given(workspace, view)
    current.entered = current.entered.carried_over(current.blocks)
    current.hash = _hash(workspace)
    kind = "home" if current.given["type"] == "home" else "view_updated"
    workspace.stream.publish({"type": kind, "view": current.described()}, (current.person,))
    return current


def close_view(workspace: "Workspace", view: View) -> None:
    """Take a modal off its stack."""
    workspace.contents.views.pop(view.id, None)
    stack = workspace.contents.stacks.get(view.person, [])
    if view.id in stack:
        stack.remove(view.id)
    workspace.stream.publish({"type": "view_closed", "view": view.described()}, (view.person,))


def publish_home(workspace: "Workspace", person: str, view: JSON, expected_hash: str | None = None) -> View:
    """Set what somebody's App Home shows; raise Refused."""
    home_id = workspace.contents.homes.get(person)
    if home_id is not None:
        return update_view(workspace, workspace.contents.views[home_id], view, expected_hash)
    _check_external_id(workspace, view)
    view_id = workspace.new_id("V")
    home = View(view_id, person, _given(workspace, view), _hash(workspace), view_id)
    workspace.contents.views[view_id] = home
    workspace.contents.homes[person] = view_id
    workspace.stream.publish({"type": "home", "view": home.described()}, (person,))
    return home


def find_view(workspace: "Workspace", view_id: str | None, external_id: str | None = None) -> View:
    """Return a live view by either id; raise Refused."""
    if view_id:
        found = workspace.contents.views.get(view_id)
    else:
        found = next((view for view in workspace.contents.views.values() if external_id and view.external_id == external_id), None)
    if found is None:
        raise Refused("not_found", "there is no such view")
    return found


def home_of(workspace: "Workspace", person: str) -> JSON | None:
    """Return somebody's App Home, if anything was ever published there."""
    home_id = workspace.contents.homes.get(person)
    return workspace.contents.views[home_id].described() if home_id else None


def stack_of(workspace: "Workspace", person: str) -> list[JSON]:
    """Return the modals open before a person, bottom first."""
    views: dict[str, Any] = workspace.contents.views
    return [views[view_id].described() for view_id in workspace.contents.stacks.get(person, [])]
