"""Deliveries made by hand: signed as Slack signs them, or not quite."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection
from typing import Any

from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock
from sandbox.events import payloads
from sandbox.workspace import Workspace
from sandbox.workspace.app import TEAM
from sandbox.workspace.views import Entered

FORM, AS_JSON = "application/x-www-form-urlencoded", "application/json"
ANN, GENERAL = "U0ANN0001", "C0GENERAL"


def signed(body: bytes, kind: str = FORM, *, secret: str = "sandbox-secret", late: float = 0, stamp: str = "") -> dict[str, str]:
    """Return the headers of a delivery signed so many seconds ago, or with this timestamp."""
    timestamp = stamp or str(int(Clock().now().timestamp() - late))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body) or ""
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


def post(port: int, body: Any, headers: Mapping[str, str], *, method: str = "POST", path: str = "/slack/events") -> tuple[int, str]:
    """Deliver; return status and body of the answer, which must come as fast as Slack wants it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def command(workspace: Workspace, text: str, who: str = ANN) -> dict[str, Any]:
    """Return the fields of a slash command."""
    name, _, rest = text.partition(" ")
    with workspace.lock:
        return payloads.command(workspace, workspace.person(who), workspace.channel(GENERAL), name, rest)


def press(workspace: Workspace, action: str, value: str, who: str = ANN) -> dict[str, Any]:
    """Return what a button sends that somebody presses in a message that all see."""
    message = {"ts": workspace.new_ts(), "blocks": []}
    pressed = {"type": "button", "block_id": "b", "action_id": action, "value": value, "action_ts": message["ts"]}
    with workspace.lock:
        return payloads.message_actions(workspace, workspace.person(who), workspace.channel(GENERAL), message, Entered(), pressed)


def submission(callback: str, values: Mapping[str, str], metadata: str = "", who: str = ANN) -> dict[str, Any]:
    """Return what a form of text fields sends."""
    state = {name: {name: {"type": "plain_text_input", "value": value}} for name, value in values.items()}
    view = {"id": "V0001", "type": "modal", "hash": "1.a", "callback_id": callback, "private_metadata": metadata}
    user = {"id": who, "team_id": TEAM}
    return {"type": "view_submission", "user": user, "view": view | {"state": {"values": state}}, "trigger_id": "1.2.3"}


def event(event: Mapping[str, Any], id: str = "Ev0001") -> dict[str, Any]:
    """Return an event in its envelope."""
    return {"type": "event_callback", "event_id": id, "event_time": 1, "team_id": TEAM, "event": dict(event)}


def as_json(payload: Any) -> bytes:
    """Return what the Events API would send."""
    return json.dumps(payload).encode()
