"""What the page is told as it happens."""

import threading
from collections.abc import Callable, Container

from sandbox.refusal import JSON

Listener = Callable[[JSON], None]


class Stream:
    """Hand each happening to those who watch as a person that may see it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[int, tuple[str, Listener]] = {}
        self._next = 0

    def subscribe(self, person: str, listener: Listener) -> Callable[[], None]:
        """Call the listener with all that this person may see; return the way out."""
        with self._lock:
            self._next += 1
            key = self._next
            self._listeners[key] = (person, listener)
        return lambda: self._forget(key)

    def _forget(self, key: int) -> None:
        with self._lock:
            self._listeners.pop(key, None)

    def watchers(self) -> set[str]:
        """Return the people as whom somebody watches."""
        with self._lock:
            return {person for person, _ in self._listeners.values()}

    def publish(self, happening: JSON, people: Container[str] | None = None) -> None:
        """Tell those among these people that watch; everybody when none are named."""
        with self._lock:
            listeners = list(self._listeners.values())
        for person, listener in listeners:
            if people is None or person in people:
                listener(happening)
