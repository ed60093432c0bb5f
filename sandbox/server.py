"""The workspace as a server on loopback, in a thread of its own."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.clock import Clock
from sandbox.api import WebApi
from sandbox.api.limits import Limits
from sandbox.api.scheduled import post_due
from sandbox.control import Control
from sandbox.events.deliveries import Deliveries
from sandbox.events.signed import Signed
from sandbox.events.sockets import Sockets
from sandbox.faults import Faults
from sandbox.refusal import JSON
from sandbox.traffic import Traffic
from sandbox.web.api import ApiRoutes
from sandbox.web.control import ControlRoutes
from sandbox.workspace import SlackApp, Workspace
from sandbox.workspace.channels import ChannelData
from sandbox.workspace.people import PersonData

PAGE = Path(__file__).parent / "page"
SCHEDULE_TICK = 1.0
PING_SECONDS = 0.2  # the official client lets go of a quiet connection only every three seconds


class _Server(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.up.set()


class Sandbox:
    """A strict Slack workspace for one app: `start()`, use `url` or `control`, `stop()`."""

    def __init__(
        self,
        clock: Clock,
        port: int = 0,
        *,
        manifest: JSON,
        people: Sequence[PersonData] = (),
        channels: Sequence[ChannelData] = (),
        events_url: str | None = None,
        signing_secret: str = "sandbox-secret",
        bot_token: str = "xoxb-sandbox",
        app_token: str = "xapp-sandbox",
        pass_time: Callable[[datetime], None] | None = None,
        on_reset: Callable[[], None] | None = None,
        real_pace: bool = True,
        answer_seconds: float = 3.0,
        trigger_seconds: float = 3.0,
        retry_after: tuple[float, ...] = (0.0, 60.0, 300.0),
    ) -> None:
        self.workspace = Workspace(clock, SlackApp(manifest), people, channels)
        self.faults, self._limits = Faults(), Limits(clock.elapsed)
        self.traffic = Traffic(
            lambda: clock.now().isoformat(), lambda call: self.workspace.stream.publish({"type": "traffic", "call": call})
        )
        self._sockets = Sockets(answer_seconds)
        self._signed = Signed(events_url, signing_secret, answer_seconds)
        self.deliveries = Deliveries(self.workspace, self._sockets, self._signed, self.faults, self.traffic, retry_after)
        tokens = {"bot": bot_token, "app": app_token}
        self._api = WebApi(self.workspace, self.faults, self._limits, tokens, self._sockets.new_ticket, trigger_seconds, real_pace)
        self.control = Control(self.workspace, self.deliveries, self.faults, self.traffic, self._limits, pass_time, on_reset)
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Return the address of page and workspace, `/api/` of which is the Web API."""
        return self.workspace.url

    @property
    def events_url(self) -> str | None:
        """Return where deliveries go while no socket is connected."""
        return self._signed.url

    @events_url.setter
    def events_url(self, url: str | None) -> None:
        self._signed.url = url

    def start(self) -> "Sandbox":
        """Serve until stopped."""
        listener = socket.create_server(("127.0.0.1", self._port))
        self.workspace.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = Starlette(routes=self._routes(), lifespan=self._lifespan)
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=None,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="sandbox", daemon=True)
        self._thread.start()
        self._server.up.wait()
        return self

    def stop(self) -> None:
        """Close every connection and leave."""
        if self._server is None or self._thread is None:
            return
        self.workspace.stream.publish({"type": "end"})
        self._server.should_exit = True
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> "Sandbox":
        """Start."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def _routes(self) -> list[BaseRoute]:
        api = ApiRoutes(self._api, self.workspace, self.traffic, self._api.tokens["bot"])
        control = ControlRoutes(self.control)
        page = [Route("/", _page), Mount("/static", StaticFiles(directory=PAGE, check_dir=False))]
        return [*api.routes(), *control.routes(), WebSocketRoute("/link/", self._sockets.serve), *page]

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        self.deliveries.start(asyncio.get_running_loop())
        ticking = asyncio.create_task(self._post_scheduled())
        try:
            yield
        finally:
            ticking.cancel()
            self.deliveries.stop()

    async def _post_scheduled(self) -> None:
        """Post scheduled messages as their time comes by itself."""
        while True:
            await asyncio.sleep(SCHEDULE_TICK)
            post_due(self.workspace)


async def _page(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html")
