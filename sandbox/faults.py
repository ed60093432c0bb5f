"""Faults on request: what a test or a curious person may ask the workspace to do wrong."""

import threading
from dataclasses import dataclass

from sandbox.refusal import JSON, invalid_arguments

OF_CALLS = ("ratelimited", "server_error", "delay", "drop", "revoked")
OF_EVENTS = ("drop", "repeat", "reorder")
ONCE = ("disconnect",)
EVENTS = "events"


@dataclass
class Fault:
    """One fault: for a method, for every method (`*`), or for events; gone after `left` times."""

    target: str
    kind: str
    left: int | None
    seconds: float

    def described(self) -> JSON:
        """Return the fault as the page shows it."""
        return {"method": self.target, "kind": self.kind, "times": self.left, "seconds": self.seconds}


def fault_of(method: str | None, kind: str, times: int | None, seconds: float) -> Fault:
    """Return the fault that was asked for: without a method, `drop`, `repeat` and `reorder` are for events. Raise Refused."""
    if kind not in OF_CALLS + OF_EVENTS:
        raise invalid_arguments(f"there is no fault {kind}")
    target = method or (EVENTS if kind in OF_EVENTS else "*")
    return Fault(target, kind, None if kind == "revoked" and times is None else times or 1, seconds)


class Faults:
    """Hand out the faults that are due."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Arrange a fault."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Call off all that is arranged."""
        with self._lock:
            self._faults.clear()

    def take(self, target: str, kinds: tuple[str, ...]) -> Fault | None:
        """Return the next fault of these kinds for a method or for events, one time less of it."""
        if not self._faults:
            return None
        with self._lock:
            for fault in self._faults:
                if fault.kind in kinds and fault.target in (target, "*"):
                    return self._spend(fault)
        return None

    def _spend(self, fault: Fault) -> Fault:
        if fault.left is not None:
            fault.left -= 1
            if fault.left <= 0:
                self._faults.remove(fault)
        return fault

    def described(self) -> list[JSON]:
        """Return what is arranged."""
        with self._lock:
            return [fault.described() for fault in self._faults]
