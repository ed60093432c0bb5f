"""Acknowledgements over Socket Mode: Slack closes the connection over a long frame, so what is long goes by another way."""

import json
import logging
from collections.abc import Callable
from threading import Event
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.webhook import WebhookClient

# Slack says "Max frame length of 20480 has been exceeded"; the header of a frame, and its envelope, may count.
LONGEST = 20_000  # bytes
SENTENCES = 2_000  # characters of an error, when all errors together are too long
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)  # seconds, together as long as Slack waits for an acknowledgement
UNSENT = (SlackApiError, SlackClientError, OSError, KeyError)  # the last where there is no other way to answer
log = logging.getLogger("bidwell.connection")


def dispatched(app: App, req: SocketModeRequest) -> tuple[BoltResponse, WebClient]:
    """Return what the app answers to an envelope, and the client that it answered with."""
    request = BoltRequest(mode="socket_mode", body=req.payload, headers=build_headers(req))
    response = app.dispatch(request)
    return response, request.context.client or app.client


def acknowledge(client: SocketModeClient, req: SocketModeRequest, response: BoltResponse, web: Callable[[], WebClient]) -> None:
    """Send an answer in the acknowledgement, or where it is too long for a frame, after it; what failed is left for Slack to repeat."""
    if response.status != 200:
        log.info("an envelope is not acknowledged", extra=facts_of(req) | {"status": response.status})
        return
    answer = body_of(response)
    long = len(as_frame(req, answer)) > LONGEST
    if send(client, req, brief(req, answer) if long else answer) and long and not answer.get("errors"):
        follow(req, answer, web())


def body_of(response: BoltResponse) -> dict[str, Any]:
    """Return the payload of an acknowledgement."""
    if not response.body:
        return {}
    is_json = response.headers.get("content-type", [""])[0].startswith("application/json")
    return dict(json.loads(response.body)) if is_json else {"text": response.body}


def as_frame(req: SocketModeRequest, answer: dict[str, Any]) -> bytes:
    """Return the text of an acknowledgement; a character outside ASCII takes half the bytes that its escape would."""
    return json.dumps({"envelope_id": req.envelope_id} | ({"payload": answer} if answer else {}), ensure_ascii=False).encode()


def brief(req: SocketModeRequest, answer: dict[str, Any]) -> dict[str, Any]:
    """Return what is acknowledged first: for a page, one with its title that says it is coming; for errors, one; for a message, nothing."""
    if answer.get("errors"):
        name, text = next(iter(answer["errors"].items()))
        return answer | {"errors": {name: text[:SENTENCES]}}
    view = answer.get("view")
    if not isinstance(view, dict):
        return {}
    coming = {"type": "section", "text": {"type": "plain_text", "text": ":hourglass_flowing_sand:", "emoji": True}}
    kept = {name: view[name] for name in ("type", "title", "close") if view.get(name)}
    return {"response_action": answer["response_action"], "view": kept | {"external_id": req.envelope_id, "blocks": [coming]}}


def send(client: SocketModeClient, req: SocketModeRequest, answer: dict[str, Any]) -> bool:
    """Send an acknowledgement; return whether it went."""
    frame = as_frame(req, answer)
    try:
        client.send_message(frame.decode())
    except UNSENT as error:
        lost(req, error, len(frame))
        return False
    return True


def follow(req: SocketModeRequest, answer: dict[str, Any], web: WebClient) -> None:
    """Bring what was too long for the acknowledgement: a page in place of the one that says it is coming, a message as a reply."""
    try:
        if isinstance(answer.get("view"), dict):
            turn_page(req.envelope_id, answer["view"], web)
        else:
            reply(payload_of(req)["response_url"], answer, web)
    except UNSENT as error:
        lost(req, error, len(as_frame(req, answer)))


def turn_page(coming: str, view: dict[str, Any], web: WebClient) -> None:
    """Put a page in place of the one that says it is coming, as soon as Slack has that one: it would hide a page that came before it."""
    for pause in PAUSES:
        if replaced(coming, view, web):
            return
        Event().wait(pause)
    raise TimeoutError("Slack did not show the page that was acknowledged")


def replaced(coming: str, view: dict[str, Any], web: WebClient) -> bool:
    """Put a view in place of the one with this external id; say whether Slack has that one."""
    try:
        web.views_update(external_id=coming, view=view)
    except SlackApiError as error:
        if error.response.get("error") != "not_found":
            raise
        return False
    return True


def reply(url: str, answer: dict[str, Any], web: WebClient) -> None:
    """Send a message to the address that came with a command; raise OSError when it is not taken."""
    hook = WebhookClient(url, timeout=web.timeout, ssl=web.ssl, proxy=web.proxy, retry_handlers=web.retry_handlers)
    answered = hook.send_dict(answer)
    if answered.status_code != 200:
        raise OSError(f"a response address answers {answered.status_code}")


def lost(req: SocketModeRequest, error: Exception, size: int) -> None:
    """Log that somebody was not answered, without a word of the answer."""
    log.error("an answer could not be sent", extra=facts_of(req) | {"error": type(error).__name__, "bytes": size})


def facts_of(req: SocketModeRequest) -> dict[str, Any]:
    """Return which delivery an envelope holds, without its content."""
    payload = payload_of(req)
    view = payload.get("view")
    callback = view.get("callback_id") if isinstance(view, dict) else ""
    return {"kind": req.type, "route": str(payload.get("command") or callback or payload.get("type", ""))[:80]}


def payload_of(req: SocketModeRequest) -> dict[str, Any]:
    """Return what an envelope holds."""
    return req.payload if isinstance(req.payload, dict) else {}
