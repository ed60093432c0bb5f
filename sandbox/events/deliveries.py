"""Deliveries to the app: events with their retries, and interactions that somebody waits for."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sandbox.events.answer import Answer
from sandbox.events.signed import Signed
from sandbox.events.sockets import Sockets
from sandbox.events.subscriptions import envelope, reaches
from sandbox.faults import EVENTS, OF_EVENTS, Faults
from sandbox.refusal import JSON
from sandbox.traffic import Traffic
from sandbox.workspace.channels import Channel
from sandbox.workspace.state import Workspace

SENDERS = 16


class Deliveries:
    """Bring payloads to the app, over its sockets or else to its URL."""

    def __init__(
        self, workspace: Workspace, sockets: Sockets, signed: Signed, faults: Faults, traffic: Traffic, retry_after: tuple[float, ...]
    ) -> None:
        self.workspace, self.sockets, self.signed = workspace, sockets, signed
        self.faults, self.traffic, self.retry_after = faults, traffic, retry_after
        self._loop: asyncio.AbstractEventLoop | None = None
        self._senders: ThreadPoolExecutor | None = None
        self._held: list[JSON] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._outstanding = 0
        self._quiet = threading.Condition()
        workspace.tell_app = self.tell

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Deliver from now on, on this loop."""
        self._loop = loop
        self._senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="sandbox-http")

    def stop(self) -> None:
        """Deliver nothing more."""
        self._loop = None
        if self._senders is not None:
            self._senders.shutdown(wait=False, cancel_futures=True)
        self.signed.close()

    def tell(self, event: JSON, channel: Channel | None) -> None:
        """Queue an event, if it is one that reaches the app."""
        if self._loop is None or not reaches(self.workspace.app, event, channel):
            return
        wrapped = envelope(event, channel, self.workspace.new_id("Ev"), self.workspace.seconds())
        self._count(+1)
        self._loop.call_soon_threadsafe(self._take, wrapped)

    def _count(self, change: int) -> None:
        with self._quiet:
            self._outstanding += change
            self._quiet.notify_all()

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is on its way to the app; False when that took longer, in seconds."""
        with self._quiet:
            return self._quiet.wait_for(lambda: self._outstanding == 0, timeout)

    def _take(self, wrapped: JSON) -> None:
        """Start a delivery, or do what a fault asks for instead."""
        fault = self.faults.take(EVENTS, OF_EVENTS)
        if fault is not None and fault.kind == "reorder":
            self._held.append(wrapped)
            asyncio.get_running_loop().call_later(fault.seconds or 1.0, self._release)
            return
        if fault is not None and fault.kind == "repeat":
            self._count(+1)
            self._start(self._deliver(wrapped))
        self._start(self._deliver(wrapped, lost=fault is not None and fault.kind == "drop"))
        self._release()

    def _release(self) -> None:
        while self._held:
            self._start(self._deliver(self._held.pop()))

    def _start(self, delivery: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(delivery)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._count(-1)

    def forget(self) -> None:
        """Drop every event that is on its way."""
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._forget(), self._loop).result()

    async def _forget(self) -> None:
        self._count(-len(self._held))
        self._held.clear()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, wrapped: JSON, lost: bool = False) -> None:
        """Deliver an event, again after each pause until the app takes it."""
        reason = ""
        for attempt, pause in enumerate((None, *self.retry_after)):
            if pause is not None:
                await asyncio.sleep(pause)
            drop = lost and attempt == 0
            answer = Answer(0, problem="http_timeout") if drop else await self.send("events_api", wrapped, attempt, reason)
            reason = answer.problem
            if answer.acknowledged or reason == "no_retry":
                return

    async def send(self, kind: str, payload: JSON, attempt: int = 0, reason: str = "") -> Answer:
        """Deliver once, over a socket when there is one, and log it."""
        began = self.workspace.clock.elapsed()
        if self.sockets.connected or not self.signed.url:
            answer = await self.sockets.deliver(kind, payload, attempt, reason)
        else:
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._senders, self.signed.post, kind, payload, attempt, reason)
        response = {"error": answer.problem} if answer.problem else answer.body
        self.traffic.record("out", kind, _name_of(kind, payload), payload, response, answer.status, self.workspace.clock.elapsed() - began)
        return answer

    def ask(self, kind: str, payload: JSON) -> Answer:
        """Deliver a command or interaction and wait for what the app says; not to be called from the server's own thread."""
        if self._loop is None:
            return Answer(0, problem="connection_failed")
        return asyncio.run_coroutine_threadsafe(self.send(kind, payload), self._loop).result()

    def disconnect(self, seconds: float) -> None:
        """Warn every connection, and close it after so many seconds."""
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._disconnect(seconds), self._loop).result()

    async def _disconnect(self, seconds: float) -> None:
        if seconds:
            await self.sockets.disconnect("warning", close=False)
            await asyncio.sleep(seconds)
        await self.sockets.disconnect("refresh_requested", close=True)


def _name_of(kind: str, payload: JSON) -> str:
    if kind == "slash_commands":
        return str(payload["command"])
    return str(payload["event"]["type"] if kind == "events_api" else payload["type"])
