"""Pace: how fast Slack lets us speak, per conversation, per workspace and per method."""

from dataclasses import dataclass, field
from threading import Lock

from bot.clock import Clock


@dataclass
class Bucket:
    """A rate that allows a burst; times are seconds of `Clock.elapsed`."""

    interval: float
    burst: int
    full_at: float = 0.0  # when all of the burst is available again

    @property
    def ready_at(self) -> float:
        """Return from when the next one may go."""
        return self.full_at - (self.burst - 1) * self.interval

    def take(self, now: float) -> None:
        """Count one that goes now."""
        self.full_at = max(self.full_at, now) + self.interval

    def close(self, until: float) -> None:
        """Let none go before then."""
        self.full_at = max(self.full_at, until + (self.burst - 1) * self.interval)


@dataclass
class Pace:
    """Our own limits, kept a little below Slack's, and those that Slack told us to keep with a 429."""

    clock: Clock = field(default_factory=Clock)
    per_channel: float = 1.0  # seconds between messages of one conversation
    burst: int = 3
    posts_a_minute: int = 300
    edits_a_minute: int = 50

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._posts = Bucket(60 / self.posts_a_minute, 10)
        self._edits = Bucket(60 / self.edits_a_minute, 10)
        self._channels: dict[str, Bucket] = {}
        self._methods: dict[str, float] = {}

    def take(self, target: str, *, edit: bool) -> None:
        """Count a message that is about to be posted or edited."""
        now = self.clock.elapsed()
        with self._lock:
            if edit:
                self._edits.take(now)
            else:
                self._posts.take(now)
                self._channel(target).take(now)

    def posts_ready(self) -> bool:
        """Say whether the workspace as a whole can take another message."""
        return self._posts.ready_at <= self.clock.elapsed()

    def edits_ready(self) -> bool:
        """Say whether a message may be edited now."""
        return self._edits.ready_at <= self.clock.elapsed()

    def busy(self) -> list[str]:
        """Return the conversations that must wait."""
        now = self.clock.elapsed()
        with self._lock:
            self._channels = {target: bucket for target, bucket in self._channels.items() if bucket.full_at > now}
            return [target for target, bucket in self._channels.items() if bucket.ready_at > now]

    def next_ready(self) -> float:
        """Return in how many seconds something that waits now may go; infinity when nothing waits."""
        now = self.clock.elapsed()
        with self._lock:
            moments = [bucket.ready_at for bucket in (self._posts, self._edits, *self._channels.values())]
        return min((moment - now for moment in moments if moment > now), default=float("inf"))

    def refused(self, method: str, target: str, seconds: float) -> None:
        """Keep to a 429: Slack limits messages by conversation, everything else by method."""
        until = self.clock.elapsed() + seconds
        with self._lock:
            if method == "chat.postMessage":
                self._channel(target).close(until)
            elif method in ("chat.update", "chat.delete"):
                self._edits.close(until)
            else:
                self._methods[method] = until

    def closed_for(self, method: str) -> float:
        """Return for how many seconds Slack wants no call of this method."""
        return max(self._methods.get(method, 0.0) - self.clock.elapsed(), 0.0)

    def _channel(self, target: str) -> Bucket:
        return self._channels.setdefault(target, Bucket(self.per_channel, self.burst))
