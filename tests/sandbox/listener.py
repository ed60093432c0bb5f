"""An app that keeps what the workspace sends it: over the official Socket Mode client, or over HTTP."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox import Sandbox

Json = dict[str, Any]
Answering = Callable[[Json], Json | str | None]
SILENT: Json = {"silent": True}


class Listener:
    """A Socket Mode app; `answer` is a payload, or a function of what came, or SILENT."""

    def __init__(self, sandbox: Sandbox) -> None:
        web = WebClient("xoxb-sandbox", base_url=f"{sandbox.url}/api/")
        self.socket = SocketModeClient("xapp-sandbox", web_client=web, auto_reconnect_enabled=True, ping_interval=5)
        self.socket.socket_mode_request_listeners.append(self._take)
        self.socket.on_message_listeners.append(self._note)
        self.requests: list[SocketModeRequest] = []
        self.frames: list[Json] = []
        self.answer: Json | Answering | None = None
        self._came = threading.Condition()

    def __enter__(self) -> "Listener":
        self.socket.connect()
        self.wait(lambda: any(frame.get("type") == "hello" for frame in self.frames))
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the client; a last message wakes its processor, which would otherwise wait for a second."""
        self.socket.closed = True
        self.socket.enqueue_message('{"type": "bye"}')
        self.socket.close()

    def _note(self, message: str) -> None:
        with self._came:
            self.frames.append(json.loads(message))
            self._came.notify_all()

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._came:
            self.requests.append(request)
            self._came.notify_all()
        answer = self.answer(request.payload) if callable(self.answer) else self.answer
        if answer is not SILENT:
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=answer))

    def wait(self, met: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait until something came that meets this."""
        with self._came:
            assert self._came.wait_for(met, seconds), [request.to_dict() for request in self.requests]

    def events(self, kind: str = "") -> list[Json]:
        """Return the events that came, of one type or all."""
        events = [request.payload["event"] for request in self.requests if request.type == "events_api"]
        return [event for event in events if kind in ("", event["type"])]

    @property
    def last(self) -> Json:
        """Return the payload that came last."""
        with self._came:
            return dict(self.requests[-1].payload)


class HttpListener:
    """An app at a request URL, answering what the test tells it to."""

    def __init__(self, status: int = 200, body: str = "", headers: dict[str, str] | None = None) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.status, self.body, self.headers = status, body, headers or {}
        self.release = threading.Event()
        self.release.set()
        app = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                app.requests.append(({name.lower(): value for name, value in self.headers.items()}, body))
                app.release.wait(5)
                self.send_response(app.status)
                for name, value in {**app.headers, "content-length": str(len(app.body.encode()))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(app.body.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def __enter__(self) -> "HttpListener":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()

    def form(self, index: int = -1) -> dict[str, str]:
        """Return the form fields of a request."""
        return {key: values[0] for key, values in parse_qs(self.requests[index][1], keep_blank_values=True).items()}
