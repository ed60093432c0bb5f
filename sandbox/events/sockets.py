"""Socket Mode: the app's WebSocket connections, and the envelopes that go over them."""

import asyncio
import json
import uuid
from secrets import token_urlsafe
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.events.answer import Answer
from sandbox.refusal import JSON
from sandbox.workspace.app import APP

MOST = 10
LONGEST = 20_480  # bytes of a frame; Slack closes the connection over a longer one
_ANSWERED = ("view_submission", "block_suggestion")


class Connection:
    """One WebSocket of the app, and what it has not yet acknowledged."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.leaving = False
        self._waiting: dict[str, asyncio.Future[Answer]] = {}

    async def deliver(self, envelope: JSON, seconds: float) -> Answer:
        """Send an envelope and wait so long for its acknowledgement."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        try:
            await self.send(envelope)
            return await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            return Answer(0, problem="timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Answer(0, problem="connection_failed")
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def send(self, frame: JSON) -> None:
        """Send one frame."""
        await self.socket.send_text(json.dumps(frame))

    def acknowledge(self, frame: Any) -> None:
        """Take an acknowledgement; what answers nothing is let go."""
        waiting = self._waiting.get(frame.get("envelope_id", "")) if isinstance(frame, dict) else None
        if waiting is not None and not waiting.done():
            payload = frame.get("payload")
            waiting.set_result(Answer(200, payload if isinstance(payload, dict) and payload else None))

    def lost(self) -> None:
        """Give up waiting: the connection is gone."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(Answer(0, problem="connection_failed"))


class Sockets:
    """All connections of the app; each payload goes to one of them, in turn."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._connections: list[Connection] = []
        self._tickets: set[str] = set()
        self._turn = 0

    def new_ticket(self) -> str:
        """Return the right to one connection."""
        ticket = token_urlsafe()
        self._tickets.add(ticket)
        return ticket

    def _usable(self) -> list[Connection]:
        return [connection for connection in self._connections if not connection.leaving]

    @property
    def connected(self) -> bool:
        """Tell whether a payload could be delivered."""
        return bool(self._usable())

    async def serve(self, socket: WebSocket) -> None:
        """Greet a connection, take its acknowledgements, and see it off."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(4001)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        connection = Connection(socket)
        if len(self._connections) >= MOST:
            await self._turn_away(connection)
            return
        self._connections.append(connection)
        try:
            await self._listen(connection)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._connections.remove(connection)
            connection.lost()

    async def _turn_away(self, connection: Connection) -> None:
        frame = _farewell("too_many_websockets") | {"num_connections": MOST + 1, "connection_info": {"app_id": APP}}
        await connection.send(frame)
        await connection.socket.close()

    async def _listen(self, connection: Connection) -> None:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
        hello = {"type": "hello", "num_connections": len(self._connections), "debug_info": debug, "connection_info": {"app_id": APP}}
        await connection.send(hello)
        async for text in connection.socket.iter_text():
            if len(text.encode()) > LONGEST:
                await connection.socket.close(1009, f"Max frame length of {LONGEST} has been exceeded.")
                return
            try:
                connection.acknowledge(json.loads(text))
            except ValueError:
                continue

    async def deliver(self, kind: str, payload: JSON, attempt: int = 0, reason: str = "") -> Answer:
        """Deliver to the connection whose turn it is."""
        usable = self._usable()
        if not usable:
            return Answer(0, problem="connection_failed")
        self._turn += 1
        answered = kind == "slash_commands" or payload["type"] in _ANSWERED
        envelope: JSON = {"envelope_id": str(uuid.uuid4()), "payload": payload, "type": kind, "accepts_response_payload": answered}
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        return await usable[self._turn % len(usable)].deliver(envelope, self.seconds)

    async def disconnect(self, reason: str, close: bool) -> None:
        """Tell every connection to go, and go at once where asked to."""
        for connection in list(self._connections):
            connection.leaving = True
            await connection.send(_farewell(reason))
            if close:
                await connection.socket.close()


def _farewell(reason: str) -> JSON:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
