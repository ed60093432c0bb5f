"""What a person starts: slash commands and shortcuts."""

from sandbox.control.actor import Actor
from sandbox.events import payloads
from sandbox.refusal import JSON, Refused
from sandbox.responses import respond
from sandbox.workspace.links import ResponseUrl
from sandbox.workspace.markup import command_text
from sandbox.workspace.posting import from_person, told


class Commanding(Actor):
    """Type a command, choose a shortcut."""

    def command(self, person: str, channel: str, text: str) -> JSON:
        """Type a slash command; return `status` and the `response` that the person saw at once. Raise Refused."""
        name, _, rest = text.partition(" ")
        with self.workspace.lock:
            speaker = self.person(person)
            registered = self.workspace.app.commands.get(name)
            if registered is None or "commands" not in self.workspace.app.scopes:
                raise Refused("invalid_command", f"{name} is not a valid command")
            place = self.place_to_write(speaker, channel)
            typed = command_text(rest, self.workspace.names(rest), should_escape=bool(registered.get("should_escape")))
            payload = payloads.command(self.workspace, speaker, place, name, typed)
            address = self.workspace.contents.response_urls[payload["response_url"].rpartition("/")[2]]
        answer = self.ask("slash_commands", payload)
        self._show(address, text, answer.body)
        return {"status": answer.status, "response": answer.body}

    def _show(self, address: ResponseUrl, typed: str, body: JSON | None) -> None:
        """Show the answer that came with the acknowledgement; the command too when everybody sees it."""
        if not body:
            return
        with self.workspace.lock:
            if body.get("response_type") == "in_channel":
                self._show_command(address, typed)
            respond(self.workspace, address, body)

    def _show_command(self, address: ResponseUrl, typed: str) -> None:
        channel = self.workspace.channel(address.channel)
        message = from_person(self.workspace, self.workspace.person(address.person), typed)
        self.workspace.keep(channel, message, None)
        self.workspace.show({"type": "message", "message": told(message)}, channel)

    def shortcut(self, person: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> None:
        """Choose a shortcut, one on a message when `channel` and `ts` are given. Raise Refused."""
        with self.workspace.lock:
            actor = self.person(person)
            wanted = "message" if ts else "global"
            registered = self.workspace.app.shortcuts.get(callback_id)
            if registered is None or registered["type"] != wanted:
                raise Refused("invalid_shortcut", f"there is no {wanted} shortcut {callback_id}")
            if ts is None:
                payload = payloads.shortcut(self.workspace, actor, callback_id)
            else:
                place = self.place(actor, channel or "")
                payload = payloads.message_shortcut(self.workspace, actor, callback_id, place, self.workspace.message(place, ts))
        self.ask("interactive", payload)
