"""The web server: signed deliveries at `/slack/events`, and health and metrics for whoever runs the process."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from handlers.payloads import MISSHAPEN

LARGEST = 1_000_000  # bytes; Slack's largest delivery, a form, has a quarter of that
log = logging.getLogger("bidwell.web")

Headers = dict[str, str | Sequence[str]]
Troubles = Callable[[], Mapping[str, str]]


def web_app(bolt: Callable[[], App | None] | None, troubles: Troubles, pages: Sequence[Route] = ()) -> Starlette:
    """Return the ASGI application, with `pages` for people outside.

    Without `bolt` it takes nothing from Slack; before there is an app Slack has to wait.
    """

    async def events(request: Request) -> Response:
        app = bolt() if bolt else None
        if app is None:
            return PlainTextResponse("not ready yet", 503)
        headers: Headers = {name.lower(): [value] for name, value in request.headers.items()}
        body = await request.body() if int(request.headers.get("content-length") or 0) <= LARGEST else b""
        if not body or len(body) > LARGEST:
            return PlainTextResponse("too large or empty", 413 if body or int(request.headers.get("content-length") or 0) else 400)
        return await run_in_threadpool(dispatch, app, body, headers)

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        wrong = await run_in_threadpool(troubles)
        return JSONResponse({"ready": not wrong, "troubles": dict(wrong)}, 503 if wrong else 200)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    told = [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics), *pages]
    return Starlette(routes=[Route("/slack/events", events, methods=["POST"]), *told] if bolt else told)


def dispatch(bolt: App, body: bytes, headers: Headers) -> Response:
    """Hand a delivery to Bolt, which checks its signature."""
    stamp = headers.get("x-slack-request-timestamp", [""])[0]
    signature = headers.get("x-slack-signature", [""])[0]
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 16 and str(signature).isascii()):
        return PlainTextResponse("unauthorized", 401)
    try:
        answer: BoltResponse = bolt.dispatch(BoltRequest(body=body.decode(), headers=headers))
    except MISSHAPEN as error:
        log.warning("a delivery could not be read", extra={"error": type(error).__name__})
        return PlainTextResponse("unreadable", 400)
    return Response(answer.body, answer.status, {name: values[0] for name, values in answer.headers.items()})


class PortTaken(Exception):
    """A port cannot be served."""


class Server:
    """A web server in a thread of its own, for one process with other things to do."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        config = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, name="web", daemon=True)

    def start(self) -> None:
        """Start serving; raise PortTaken."""
        self.thread.start()
        while not self.server.started:
            self.thread.join(0.01)
            if not self.thread.is_alive():
                raise PortTaken(f"Port {self.server.config.port} cannot be used.")

    @property
    def port(self) -> int:
        """Return the port that is served; of use when any free one was asked for."""
        return int(self.server.servers[0].sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Finish what is in hand and stop."""
        self.server.should_exit = True
        self.thread.join(8)
