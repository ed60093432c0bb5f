"""Rate limits: buckets that refill at Slack's pace and hold the bursts that Slack tolerates."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.api.method import Tier


@dataclass(frozen=True)
class Pace:
    """How many calls a second, and how many at once."""

    per_second: float
    burst: int


PACES: dict[Tier, Pace] = {
    "message": Pace(1.0, 5),
    "special": Pace(10.0, 600),
    "tier4": Pace(100 / 60, 100),
    "tier3": Pace(50 / 60, 50),
    "tier2": Pace(20 / 60, 20),
    "tier1": Pace(1 / 60, 20),
}
WORKSPACE_MESSAGES = Pace(5.0, 300)


class Limits:
    """Count calls per method, and messages per channel and over the workspace."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._buckets: dict[tuple[str, ...], tuple[float, float]] = {}

    def wait_for(self, method: str, tier: Tier, channel: str) -> int:
        """Count a call; return 0, or the seconds after which it may be tried again."""
        if tier != "message":
            return self._draw((method,), PACES[tier])
        wait = self._draw((method, channel), PACES[tier])
        return wait or self._draw((method,), WORKSPACE_MESSAGES)

    def _draw(self, key: tuple[str, ...], pace: Pace) -> int:
        now = self._elapsed()
        held, since = self._buckets.get(key, (float(pace.burst), now))
        held = min(float(pace.burst), held + (now - since) * pace.per_second)
        if held < 1:
            return max(1, math.ceil((1 - held) / pace.per_second))
        self._buckets[key] = (held - 1, now)
        return 0

    def clear(self) -> None:
        """Begin anew."""
        self._buckets.clear()
