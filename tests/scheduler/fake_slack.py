"""As much of Slack's Web API as the sender uses, over HTTP, failing exactly where a test wants it to."""

import json
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Condition, Event, Thread
from typing import Any
from urllib.parse import parse_qs

from slack_sdk import WebClient

JSON = dict[str, Any]


@dataclass
class Fault:
    """What one call gets instead of its answer; `accepted` calls take effect all the same."""

    error: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    accepted: bool = False
    broken: bool = False  # the connection ends without an answer
    silent: bool = False  # no answer comes until the server stops
    body: str = ""

    def answer(self) -> str:
        return self.body or json.dumps({"ok": False, "error": self.error})


class FakeSlack:
    """A workspace of channels; those of people are their ids with a D in front."""

    def __init__(self) -> None:
        self.url = ""
        self.channels: dict[str, list[JSON]] = defaultdict(list)
        self.responses: list[JSON] = []
        self.calls: list[tuple[str, JSON]] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.changed = Condition()
        self.closing = Event()
        self._numbers = count(1)

    def fail(self, method: str, **fault: Any) -> None:
        """Let the next call of a method fail."""
        self.faults[method].append(Fault(**fault))

    def said(self, channel: str) -> list[str]:
        """Return the texts in a channel."""
        return [message["text"] for message in self.channels[channel]]

    def called(self, method: str) -> list[JSON]:
        """Return what a method was called with."""
        return [arguments for name, arguments in self.calls if name == method]

    def wait_for(self, number: int) -> None:
        """Wait until that many messages are there."""
        with self.changed:
            assert self.changed.wait_for(lambda: sum(map(len, self.channels.values())) >= number, 20), "too few messages came"

    def handle(self, method: str, arguments: JSON) -> tuple[Fault | None, JSON]:
        with self.changed:
            self.calls.append((method, arguments))
            fault = self.faults[method].pop(0) if self.faults[method] else None
            answer = {} if fault and not fault.accepted else self.do(method, arguments)
            self.changed.notify_all()
        return fault, answer

    def do(self, method: str, asked: JSON) -> JSON:
        match method:
            case "chat.postMessage":
                message = {**asked, "ts": f"1700000000.{next(self._numbers):06}"}
                self.channels[asked["channel"]].append(message)
                return {"ok": True, "channel": asked["channel"], "ts": message["ts"]}
            case "chat.update":
                return self.change(asked, {"text": asked["text"], "blocks": asked["blocks"]})
            case "chat.delete":
                return self.change(asked, None)
            case "conversations.open":
                return {"ok": True, "channel": {"id": f"D{asked['users']}"}}
            case "conversations.list":
                channels = [{"id": "C8", "name": "news"}, {"id": "C9", "name": "wins"}]
                return {"ok": True, "channels": channels, "response_metadata": {"next_cursor": ""}}
            case "conversations.history" | "conversations.replies":
                return self.page(asked, [m for m in self.channels[asked["channel"]] if m.get("thread_ts") == asked.get("ts")])
        self.responses.append(asked)
        return {"ok": True}

    def change(self, asked: JSON, to: JSON | None) -> JSON:
        messages = self.channels[asked["channel"]]
        found = [message for message in messages if message["ts"] == asked["ts"]]
        if not found:
            return {"ok": False, "error": "message_not_found"}
        if to is None:
            messages.remove(found[0])
        else:
            found[0].update(to)
        return {"ok": True, "channel": asked["channel"], "ts": asked["ts"]}

    def page(self, asked: JSON, messages: list[JSON]) -> JSON:
        start = int(asked.get("cursor", 0))
        end = start + int(asked["limit"])
        cursor = str(end) if end < len(messages) else ""
        return {"ok": True, "messages": messages[::-1][start:end], "response_metadata": {"next_cursor": cursor}}

    def client(self) -> WebClient:
        """Return a client of this workspace."""
        return WebClient("xoxb-test", base_url=f"{self.url}/api/", timeout=10)


class Handler(BaseHTTPRequestHandler):
    slack: FakeSlack

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        is_json = self.headers["Content-Type"].startswith("application/json")
        arguments = json.loads(content) if is_json else {name: values[0] for name, values in parse_qs(content).items()}
        fault, answer = self.slack.handle(self.path.rpartition("/")[2], arguments)
        if fault and fault.silent:
            self.slack.closing.wait(20)
        elif fault and fault.broken:
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault:
            self.respond(fault.status, fault.answer(), fault.headers)
        else:
            self.respond(200, json.dumps(answer), {})

    def respond(self, status: int, body: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


@contextmanager
def fake_slack() -> Iterator[FakeSlack]:
    """Run a workspace as long as the block lasts."""
    slack = FakeSlack()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"slack": slack}))
    slack.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield slack
    slack.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()
