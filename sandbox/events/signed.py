"""Deliveries over HTTP, signed as Slack signs them."""

import http.client
import json
import threading
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock
from sandbox.events.answer import Answer, body_of
from sandbox.refusal import JSON

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


def encoded(kind: str, payload: JSON) -> tuple[str, str]:
    """Return body and content type: JSON for events, a form for commands, a form with one field for interactions."""
    if kind == "events_api":
        return json.dumps(payload), _JSON
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)}), _FORM


@dataclass
class Signed:
    """Post deliveries to the app's request URL, when it has one."""

    url: str | None
    secret: str
    seconds: float
    _local: threading.local = field(default_factory=threading.local)
    _opened: list[http.client.HTTPConnection] = field(default_factory=list)

    def close(self) -> None:
        """Close every connection to the app."""
        while self._opened:
            self._opened.pop().close()

    def headers(self, body: str, content_type: str, attempt: int, reason: str) -> dict[str, str]:
        """Return Slack's headers; the timestamp is the computer's time, which the app checks against its own."""
        timestamp = str(int(Clock().now().timestamp()))
        signature = SignatureVerifier(self.secret).generate_signature(timestamp=timestamp, body=body) or ""
        headers = {"Content-Type": content_type, "X-Slack-Signature": signature, "X-Slack-Request-Timestamp": timestamp}
        headers |= {"User-Agent": "Slackbot 1.0 (+sandbox)"}
        return headers | ({"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {})

    def post(self, kind: str, payload: JSON, attempt: int = 0, reason: str = "") -> Answer:
        """Deliver once, waiting no longer than Slack does."""
        body, content_type = encoded(kind, payload)
        headers = self.headers(body, content_type, attempt, reason)
        try:
            return self._exchange(body, headers)
        except TimeoutError:
            return Answer(0, problem="http_timeout")
        except (OSError, http.client.HTTPException):
            return Answer(0, problem="connection_failed")

    def _exchange(self, body: str, headers: dict[str, str]) -> Answer:
        """Send over this thread's connection, over a new one where the app has closed the old."""
        try:
            return self._send(self._connection(fresh=False), body, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            return self._send(self._connection(fresh=True), body, headers)

    def _connection(self, *, fresh: bool) -> http.client.HTTPConnection:
        known: tuple[str | None, http.client.HTTPConnection] | None = getattr(self._local, "known", None)
        if known is not None and known[0] == self.url and not fresh:
            return known[1]
        address = urlsplit(self.url or "")
        connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=self.seconds)
        self._local.known = (self.url, connection)
        self._opened.append(connection)
        return connection

    def _send(self, connection: http.client.HTTPConnection, body: str, headers: dict[str, str]) -> Answer:
        try:
            connection.request("POST", urlsplit(self.url or "").path or "/", body.encode(), headers)
            response = connection.getresponse()
            text = response.read().decode()
        except BaseException:
            connection.close()
            raise
        if 200 <= response.status < 300:
            return Answer(response.status, body_of(text))
        stop = response.getheader("x-slack-no-retry") == "1"
        return Answer(response.status, body_of(text), "no_retry" if stop else "http_error")
