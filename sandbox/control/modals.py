"""What a person does with modals, and with the app's home."""

from typing import Literal

from sandbox.blocks import check_view
from sandbox.control.pressing import Pressing, Values, enter
from sandbox.events import payloads
from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.elements import complaint
from sandbox.workspace.people import Person
from sandbox.workspace.views import View, close_view, home_of, push_view, stack_of, update_view


class Modals(Pressing):
    """Submit and close modals, open App Home."""

    def submit(self, person: str, view: str, values: Values | None = None) -> JSON:
        """Submit a modal; return `response_action` and `errors`. Raise Refused, also for inputs that Slack's form would not send."""
        with self.workspace.lock:
            actor = self.person(person)
            modal = self._top(actor, view)
            if not modal.given.get("submit"):
                raise Refused("no_submit", "this modal has no submit button")
            enter(modal.blocks, modal.entered, values or {})
            if errors := _complaints(modal):
                raise Refused("invalid_input", "; ".join(errors.values()), errors=errors)
            payload = payloads.submission(self.workspace, actor, modal)
        answer = self.ask("interactive", payload)
        with self.workspace.lock:
            return self._follow(modal, answer.body or {})

    def _top(self, person: Person, view_id: str) -> View:
        view = self.own_view(person, view_id)
        stack = self.workspace.contents.stacks.get(person.id, [])
        if not stack or stack[-1] != view.id:
            raise Refused("not_found", "this is not the modal on top")
        return view

    def _follow(self, modal: View, body: JSON) -> JSON:
        """Do what the app answered to a submission."""
        action = body.get("response_action")
        if not body:
            close_view(self.workspace, modal)
        elif action == "errors":
            return {"response_action": "errors", "errors": _errors(modal, body.get("errors"))}
        elif action == "clear":
            self._clear(modal.person)
        elif action in ("update", "push"):
            self._replace(modal, action, body.get("view"))
        else:
            raise Refused("invalid_response", f"a modal cannot be answered with {body}")
        return {"response_action": action, "errors": {}}

    def _replace(self, modal: View, action: str, view: JSON | None) -> None:
        problems = check_view(view) if view is not None else ["missing required field: view"]
        if problems or view is None or view["type"] != "modal":
            raise Refused("invalid_response", "; ".join(problems or ["the view is no modal"]))
        if action == "push":
            push_view(self.workspace, modal.person, view)
        else:
            update_view(self.workspace, modal, view)

    def _clear(self, person: str) -> None:
        for view_id in reversed(self.workspace.contents.stacks.get(person, [])[:]):
            close_view(self.workspace, self.workspace.contents.views[view_id])

    def close(self, person: str, view: str, all: bool = False) -> None:
        """Cancel a modal, or close the whole stack with the X."""
        with self.workspace.lock:
            actor = self.person(person)
            modal = self._top(actor, view)
            cleared = all or bool(modal.given.get("clear_on_close"))
            told = self.own_view(actor, modal.root) if cleared else modal
            payload = payloads.closed(actor, told, is_cleared=cleared)
            wanted = told.given.get("notify_on_close") or modal.given.get("notify_on_close")
            if cleared:
                self._clear(person)
            else:
                close_view(self.workspace, modal)
        if wanted:
            self.deliveries.ask("interactive", payload)

    def home(self, person: str, tab: Literal["home", "messages"] = "home") -> JSON:
        """Open the app's home; return its `channel` and the `view` that is there so far. Raise Refused."""
        with self.workspace.lock:
            actor = self.person(person)
            setting = "home_tab_enabled" if tab == "home" else "messages_tab_enabled"
            if not self.workspace.app.home_setting(setting):
                raise Refused("not_enabled", f"this app has no {tab} tab")
            channel, view = self.workspace.direct(BOT_USER, actor.id), home_of(self.workspace, person)
            event: JSON = {
                "type": "app_home_opened",
                "user": actor.id,
                "channel": channel.id,
                "tab": tab,
                "event_ts": self.workspace.new_ts(),
            }
            self.workspace.tell_app(event | ({"view": view} if view and tab == "home" else {}), None)
            return {"channel": channel.id, "view": view}

    def views(self, person: str) -> list[JSON]:
        """Return the modals that a person has open, bottom first."""
        with self.workspace.lock:
            return stack_of(self.workspace, person)

    def home_view(self, person: str) -> JSON | None:
        """Return what was published to a person's home."""
        with self.workspace.lock:
            return home_of(self.workspace, person)


def _complaints(modal: View) -> dict[str, str]:
    state = modal.entered.state(modal.blocks)["values"]
    inputs = [block for block in modal.blocks if block["type"] == "input"]
    said = {b["block_id"]: complaint(b, b["element"], state[b["block_id"]][b["element"]["action_id"]]) for b in inputs}
    return {block_id: text for block_id, text in said.items() if text}


def _errors(modal: View, errors: object) -> dict[str, str]:
    """Return the errors of an answer; raise Refused unless each belongs to an input of the modal."""
    inputs = {block["block_id"] for block in modal.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not all(isinstance(text, str) and text for text in errors.values()):
        raise Refused("invalid_response", "errors must be texts by block id")
    if unknown := errors.keys() - inputs:
        raise Refused("invalid_response", f"there is no input {', '.join(sorted(unknown))}")
    return errors
