"""`/control/...`: the control interface over HTTP, for the page and for scripts."""

import asyncio
import base64
import json
from binascii import Error as Base64Error
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.control import Control
from sandbox.refusal import JSON, Refused

Verb = Callable[[Control, JSON], JSON | None]
HEARTBEAT = 15.0
ENDS = ("reset", "end")


class Given(dict[str, Any]):
    """What a caller gave; what is missing is said by name."""

    def __missing__(self, key: str) -> Any:
        """Raise Refused."""
        raise Refused("invalid_arguments", f"missing: {key}")


def _upload(control: Control, body: JSON) -> JSON:
    try:
        content = base64.b64decode(body["content_base64"], validate=True)
    except Base64Error as error:
        raise Refused("invalid_arguments", "content_base64 is no base64") from error
    return {"ts": control.upload(body["as"], body["channel"], body["name"], content, body.get("thread_ts"))}


def _where(body: JSON) -> JSON:
    """Return the arguments that say where something is pressed."""
    message = body.get("message")
    where = {"message": (message["channel"], message["ts"])} if message else {"view": body["view"]}
    return where | {"block_id": body["block_id"], "action_id": body["action_id"]}


def _press(control: Control, body: JSON) -> None:
    control.press(body["as"], **_where(body), value=body.get("value"), values=body.get("values"))


def _options(control: Control, body: JSON) -> JSON:
    return {"options": control.options(body["as"], **_where(body), value=body.get("value", ""))}


def _people(control: Control, body: JSON) -> JSON:
    return {"person": control.people(body.get("id"), **{key: value for key, value in body.items() if key not in ("as", "id")})}


def _channel(control: Control, body: JSON) -> JSON:
    changes = {"name": body.get("name"), "invite": body.get("invite", ()), "kick": body.get("kick", ())}
    changes |= {"archive_it": body.get("archive"), "private": bool(body.get("private"))}
    return {"channel": control.channel(body["as"], body.get("channel"), **changes)}


def _clock(control: Control, body: JSON) -> JSON:
    person = control.workspace.people.get(body.get("as", ""))
    moves = {key: body[key] for key in ("by", "to", "mark", "reset") if key in body}
    return {"clock": control.clock(**moves, tz=person.tz if person else "UTC")}


def _faults(control: Control, body: JSON) -> JSON:
    given = {key: body[key] for key in ("kind", "method", "times", "seconds", "clear") if body.get(key) is not None}
    return {"faults": control.fault(**given)}


VERBS: dict[str, Verb] = {
    "say": lambda c, b: {"ts": c.say(b["as"], b["channel"], b["text"], b.get("thread_ts"))},
    "edit": lambda c, b: c.edit(b["as"], b["channel"], b["ts"], b["text"]),
    "delete": lambda c, b: c.delete(b["as"], b["channel"], b["ts"]),
    "react": lambda c, b: c.react(b["as"], b["channel"], b["ts"], b["name"], bool(b.get("remove"))),
    "read": lambda c, b: c.read(b["as"], b["channel"], b["ts"]),
    "upload": _upload,
    "command": lambda c, b: c.command(b["as"], b["channel"], b["text"]),
    "press": _press,
    "options": _options,
    "submit": lambda c, b: c.submit(b["as"], b["view"], b.get("values")),
    "close": lambda c, b: c.close(b["as"], b["view"], bool(b.get("all"))),
    "shortcut": lambda c, b: c.shortcut(b["as"], b["callback_id"], b.get("channel"), b.get("ts")),
    "home": lambda c, b: c.home(b["as"], b.get("tab", "home")),
    "people": _people,
    "channel": _channel,
    "clock": _clock,
    "faults": _faults,
    "settle": lambda c, b: {"settled": c.settle(float(b.get("timeout", 5)))},
}
QUESTIONS: dict[str, Verb] = {
    "state": lambda c, q: c.state(q.get("as") or c.anybody()),
    "messages": lambda c, q: {"messages": c.messages(q["as"], q["channel"], q.get("thread_ts"))},
    "traffic": lambda c, q: {"calls": c.traffic(int(q.get("after", 0)))},
}


@dataclass(frozen=True)
class ControlRoutes:
    """Serve the control interface to this machine's own pages only."""

    control: Control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/control/stream", self._own(self.stream)),
            Route("/control/file", self._own(self.file)),
            Route("/control/{verb}", self._own(self.answer), methods=["GET", "POST"]),
        ]

    def _own(self, endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """Refuse requests under a foreign name, or from a foreign page."""

        async def guarded(request: Request) -> Response:
            port = request.scope["server"][1]
            hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
            origin = request.headers.get("origin")
            if request.headers.get("host") not in hosts or (origin and origin.partition("://")[2] not in hosts):
                return JSONResponse(
                    {"ok": False, "error": "foreign_host", "message": "the control interface answers this machine only"}, 403
                )
            return await endpoint(request)

        return guarded

    async def answer(self, request: Request) -> Response:
        """Carry out a verb or answer a question."""
        name = request.path_params["verb"]
        verb = (QUESTIONS if request.method == "GET" else VERBS).get(name, _unknown)
        try:
            given = Given(request.query_params if request.method == "GET" else _object(await request.body()))
            answer = await run_in_threadpool(verb, self.control, given)
            return JSONResponse({"ok": True} | (answer or {}))
        except Refused as refusal:
            return JSONResponse(refusal.answer() | {"message": refusal.message})

    async def file(self, request: Request) -> Response:
        """Hand a file to a person who may see it."""
        try:
            file = self.control.file(request.query_params.get("as", ""), request.query_params.get("id", ""))
        except Refused as refusal:
            return JSONResponse(refusal.answer() | {"message": refusal.message}, 404)
        return Response(file.content or b"", media_type=file.mimetype)

    async def stream(self, request: Request) -> Response:
        """Tell a person's page what happens."""
        return StreamingResponse(self._happenings(request.query_params.get("as", "")), media_type="text/event-stream")

    async def _happenings(self, person: str) -> AsyncIterator[str]:
        """Yield what happens, until a reset or the server's end: the page then connects and asks anew."""
        queue: asyncio.Queue[JSON] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        leave = self.control.workspace.stream.subscribe(person, lambda happening: _hand_over(loop, queue, happening))
        try:
            yield "retry: 300\n\n"
            last = ""
            while last not in ENDS:
                happening = await _next(queue)
                last = happening["type"] if happening else ""
                yield f"data: {json.dumps(happening)}\n\n" if happening else ": still here\n\n"
        finally:
            leave()


async def _next(queue: asyncio.Queue[JSON]) -> JSON | None:
    """Return the next happening, or nothing when it is time for a sign of life."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            return await queue.get()
    except TimeoutError:
        return None


def _hand_over(loop: asyncio.AbstractEventLoop, queue: asyncio.Queue[JSON], happening: JSON) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(queue.put_nowait, happening)


def _object(body: bytes) -> JSON:
    try:
        read: Any = json.loads(body or b"{}")
    except ValueError as error:
        raise Refused("invalid_json") from error
    if not isinstance(read, dict):
        raise Refused("json_not_object")
    return read


def _unknown(_control: Control, _body: JSON) -> None:
    raise Refused("unknown_method", "the control interface has no such address")
