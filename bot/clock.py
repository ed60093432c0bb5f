"""The one place that reads the computer's clock; everything else is given a time."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Tell the time: the computer's, or that of a workspace whose time is moved."""

    def now(self) -> datetime:
        """Return this instant in UTC, as people and records know it."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Return seconds that only ever grow, for leases and measurements; moving the time leaves them alone."""
        return time.monotonic()


class MovableClock(Clock):
    """A clock that runs beside the computer's and can be set to another instant."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta() if start is None else start - datetime.now(UTC)
        self._home = self._offset

    def now(self) -> datetime:
        """Return this instant, shifted by all moves so far."""
        return datetime.now(UTC) + self._offset

    def move_to(self, instant: datetime) -> None:
        """Set the clock; raise ValueError when that lies in its past."""
        if instant < self.now():
            raise ValueError("time only moves forward; reset() returns to the start")
        self._offset = instant - datetime.now(UTC)

    def reset(self) -> None:
        """Return to where the clock would be had it never been moved."""
        self._offset = self._home
