"""Acting as a person, moving the clock, asking for faults: what the page and the tests call."""

from sandbox.control.commanding import Commanding
from sandbox.control.directory import Directory
from sandbox.control.modals import Modals
from sandbox.control.passing import Passing
from sandbox.control.talking import Talking
from sandbox.faults import ONCE, fault_of
from sandbox.refusal import JSON, Refused
from sandbox.workspace.app import BOT_USER
from sandbox.workspace.views import home_of, stack_of


class Control(Talking, Commanding, Modals, Directory, Passing):
    """Every verb; each may be called from any thread but the server's own."""

    def state(self, person: str) -> JSON:
        """Return all that a person sees around the messages."""
        with self.workspace.lock:
            workspace, viewer, now = self.workspace, self.person(person), self.workspace.clock.now()
            state: JSON = {"me": viewer.described(now), "people": [p.described(now) for p in workspace.people.values()]}
            state["channels"] = [workspace.channel_for(person, channel) for channel in workspace.visible_to(viewer)]
            state |= {"commands": list(workspace.app.commands.values()), "shortcuts": list(workspace.app.shortcuts.values())}
            state |= {"clock": self.clock_now(), "faults": self.faults.described(), "app": workspace.app.described()}
            return state | {"home": home_of(workspace, person), "views": stack_of(workspace, person)}

    def fault(
        self, kind: str = "", method: str | None = None, times: int | None = None, seconds: float = 0.0, clear: bool = False
    ) -> list[JSON]:
        """Arrange a fault, or call all off; return what is arranged. Raise Refused."""
        if clear:
            self.faults.clear()
        elif kind in ONCE:
            self.deliveries.disconnect(seconds)
        else:
            self.faults.add(fault_of(method, kind, times, seconds))
        if kind == "revoked":
            self._tell_revoked()
        self.workspace.stream.publish({"type": "faults", "faults": self.faults.described()})
        return self.faults.described()

    def _tell_revoked(self) -> None:
        event: JSON = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}, "event_ts": self.workspace.new_ts()}
        self.workspace.tell_app(event, None)

    def traffic(self, after: int = 0) -> list[JSON]:
        """Return the logged requests with a higher number."""
        return self.traffic_log.after(after)

    def settle(self, timeout: float = 5.0) -> bool:
        """Wait until every event has been taken by the app; False when that took longer, in seconds."""
        return self.deliveries.settle(timeout)

    def anybody(self) -> str:
        """Return the person as whom a page begins; raise Refused in an empty workspace."""
        with self.workspace.lock:
            for person in self.workspace.people.values():
                if not (person.is_bot or person.deleted or person.is_guest):
                    return person.id
        raise Refused("user_not_found", "there is nobody in this workspace")
