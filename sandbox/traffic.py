"""The log of every request between the workspace and the app, secrets left out."""

import threading
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Any

from sandbox.refusal import JSON

_SECRET = frozenset({"token", "response_url", "response_urls", "trigger_id", "upload_url"})
KEPT = 1000


def without_secrets(value: Any) -> Any:
    """Return a copy of a request or an answer in which no secret stands."""
    if isinstance(value, dict):
        return {key: "***" if key in _SECRET and inner else without_secrets(inner) for key, inner in value.items()}
    if isinstance(value, str) and "ticket=" in value:
        return "***"
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    return value


class Traffic:
    """Keep the last thousand requests, numbered from one."""

    def __init__(self, now: Callable[[], str], watch: Callable[[JSON], None]) -> None:
        self._calls: deque[JSON] = deque(maxlen=KEPT)
        self._numbers = count(1)
        self._now = now
        self._watch = watch
        self._lock = threading.Lock()

    def record(self, direction: str, kind: str, name: str, request: Any, response: Any, status: int, seconds: float) -> None:
        """Note a request: `in` from the app, `out` to it; `seconds` is what it took."""
        call = {"at": self._now(), "direction": direction, "kind": kind, "name": name, "request": without_secrets(request)}
        call |= {"response": without_secrets(response), "status": status, "ms": round(seconds * 1000, 1)}
        with self._lock:
            call = {"n": next(self._numbers)} | call
            self._calls.append(call)
        self._watch(call)

    def after(self, number: int) -> list[JSON]:
        """Return the kept requests whose number is higher."""
        with self._lock:
            return [call for call in self._calls if call["n"] > number]

    def clear(self) -> None:
        """Forget what was logged; the numbers go on."""
        with self._lock:
            self._calls.clear()
