"""An office whose bot runs in a process of its own, so that it can die."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.clock import Clock, MovableClock
from bot.policy.bids import Bid
from sandbox.refusal import Refused
from sandbox.server import Sandbox
from scheduler import JOBS
from storage import Store
from storage.leases import LEASES
from storage.outbox import OUTBOX
from tests.faults.process import Process, until
from tests.office import CHANNELS, MANIFEST, MONDAY, PEOPLE, Office, Seen, free_port, pressables

WINS = "C0WINS001"
RETRIES = (0.0, 0.2, 0.4, 0.8, 1.6)


class Branch(Office):
    """The workspace, and the bot in its process; the test reads the same database."""

    bot: Process  # type: ignore[assignment]
    store: Store

    def settle(self) -> None:
        """Wait until the bot has taken in all events and said all that is due."""
        assert self.sandbox.control.settle(), "the bot did not take its events in"
        until(lambda: self.outbox().due == 0)

    def outbox(self) -> Any:
        """Return how the outbox stands."""
        with self.store.look() as shelves:
            return shelves.outbox.waiting()

    def bids(self) -> list[Bid]:
        """Return every bid in the books."""
        with self.store.look() as shelves:
            return [bid for number in range(1, 100) if (bid := shelves.bids.get(number))]

    def history(self, subject: str = "bid:1") -> list[str]:
        """Return what happened to a bid, after a look at the links of the whole log."""
        with self.store.look() as shelves:
            assert shelves.audit.broken() == []
            return [event.action for event in shelves.audit.of(subject)]

    def start(self, dies_after: str = "", ready: bool = True) -> None:
        """Start the bot and wait until it works, or without `ready` until it has died."""
        sockets = self.sandbox.deliveries.sockets
        until(lambda: not sockets.connected)  # the workspace has noticed that the one before is gone
        self.bot.start(self.clock.now(), dies_after)
        if ready:
            until(lambda: self.bot.ready() and (sockets.connected or self.sandbox.events_url))

    def crash(self, dies_after: str = "") -> None:
        """Kill the bot and start it again."""
        self.bot.kill()
        self.rise(dies_after)

    def rise(self, dies_after: str = "", ready: bool = True) -> None:
        """Start the bot again after it was killed, once what it had in hand is free."""
        assert self.bot.killed()
        self.outlive_leases()
        self.start(dies_after, ready)

    def outlive_leases(self) -> None:
        """Let what the dead had in hand run out, as waiting would."""
        with self.store.change() as shelves:
            shelves.connection.execute(update(OUTBOX).values(lease_until=None))
            shelves.connection.execute(update(LEASES).values(until=Clock().now() - timedelta(seconds=1)))

    def let_jobs_run(self) -> None:
        """Wait until the bot has been through each job of every minute: it renews the job's lease whenever it begins."""
        often = [job.name for job in JOBS if job.every <= timedelta(minutes=1)]
        seen: dict[str, set[datetime]] = {name: set() for name in often}

        def each_began_again() -> bool:
            with self.store.look() as shelves:
                for name, end in shelves.connection.execute(select(LEASES.c.name, LEASES.c.until).where(LEASES.c.name.in_(often))):
                    seen[name].add(end)
            return min(map(len, seen.values())) > 2

        until(each_began_again)

    def kill_when_called(self, name: str) -> None:
        """Have the bot killed as soon as Slack has done what this call asks for, before it answers."""

        def watch(happening: dict[str, Any]) -> None:
            if happening["type"] == "traffic" and happening["call"]["name"] == name and happening["call"]["direction"] == "in":
                leave()
                self.bot.kill()

        leave = self.sandbox.workspace.stream.subscribe("", watch)

    def connections(self) -> int:
        """Return how many sockets the workspace holds."""
        return len(self.sandbox.deliveries.sockets._connections)

    def in_wins(self) -> list[Seen]:
        """Return what the bot says in the channel for wins."""
        return [seen for seen in self.bob.all_seen(WINS) if seen.message.get("bot_id")]

    def types(self, text: str) -> None:
        """Have Ann type a command; the bot may die before it answers."""
        with suppress(Refused):
            self.sandbox.control.command("U0ANN0001", "C0GENERAL", text)

    def presses(self, seen: Seen, label: str) -> None:
        """Have a button pressed; the bot may die before it answers."""
        [block, action, value] = next(rest for known, *rest in pressables(seen.message) if known == label)
        place = (seen.channel, seen.message["ts"])
        with suppress(Refused):
            self.sandbox.control.press(seen.person.id, message=place, block_id=block, action_id=action, value=value)


def in_vain(act: Callable[[], object]) -> None:
    """Do something that the bot dies over: the person sees that it was not answered."""
    with pytest.raises(Refused, match="the app did not answer"):
        act()


@contextmanager
def open_branch(database: str, log: Path, *, way: str = "http", **more: str) -> Iterator[Branch]:
    """Open a branch on a Monday morning, its bot reached by Socket Mode or by signed HTTP."""
    clock, port = MovableClock(MONDAY), free_port()
    with Sandbox(clock, manifest=MANIFEST, people=PEOPLE, channels=CHANNELS, real_pace=False, retry_after=RETRIES) as sandbox:
        branch = Branch(sandbox, Process(told(sandbox.url, database, way, port) | more, port, log), clock)  # type: ignore[arg-type]
        branch.store = Store(database, clock)
        if way == "http":
            sandbox.events_url = f"http://127.0.0.1:{port}/slack/events"
        branch.start()
        try:
            yield branch
        finally:
            code = branch.bot.stop()
            branch.store.close()
        assert code == 0


def told(workspace: str, database: str, way: str, port: int) -> dict[str, str]:
    """Return the environment of a bot."""
    reached = {"http": {"SLACK_SIGNING_SECRET": "sandbox-secret", "PORT": str(port)}}
    by_socket = {"SLACK_APP_TOKEN": "xapp-sandbox", "METRICS_PORT": str(port)}
    told = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_API_URL": f"{workspace}/api/", "DATABASE_URL": database, "ADMINS": "U0ADA0001"}
    return told | reached.get(way, by_socket)
