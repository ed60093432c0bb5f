"""Deliveries over HTTP, read with the official means of checking them."""

import json
from collections.abc import Iterator

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox import Sandbox
from sandbox.refusal import Refused
from sandbox.workspace.app import BOT_USER
from tests.sandbox.listener import HttpListener, Listener
from tests.sandbox.workspace import ANN, GENERAL


@pytest.fixture
def app(sandbox: Sandbox) -> Iterator[HttpListener]:
    with HttpListener() as listening:
        sandbox.events_url = listening.url
        yield listening


def test_a_command_is_a_signed_form(sandbox: Sandbox, app: HttpListener) -> None:
    sandbox.control.command(ANN, GENERAL, "/do a b")
    headers, body = app.requests[0]
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert SignatureVerifier("sandbox-secret").is_valid_request(body, headers)
    assert (app.form()["command"], app.form()["text"]) == ("/do", "a b")


def test_an_event_is_signed_json(sandbox: Sandbox, app: HttpListener) -> None:
    sandbox.control.say(ANN, BOT_USER, "hi")
    assert sandbox.control.settle()
    headers, body = app.requests[0]
    assert SignatureVerifier("sandbox-secret").is_valid_request(body, headers)
    assert headers["content-type"] == "application/json"
    assert json.loads(body)["event"]["text"] == "hi"


def test_the_signature_keeps_the_real_time_when_the_clock_is_moved(sandbox: Sandbox, app: HttpListener) -> None:
    sandbox.control.clock(by=86_400)
    sandbox.control.command(ANN, GENERAL, "/do it")
    headers, body = app.requests[0]
    assert SignatureVerifier("sandbox-secret").is_valid_request(body, headers)


def test_an_interaction_is_one_field_of_a_form(sandbox: Sandbox, app: HttpListener) -> None:
    sandbox.control.shortcut(ANN, "new")
    assert json.loads(app.form()["payload"])["callback_id"] == "new"


@pytest.mark.parametrize(
    ("body", "response"), [("", None), ("plain words", {"text": "plain words"}), ('{"text": "json"}', {"text": "json"})]
)
def test_what_stands_in_the_body_is_shown(sandbox: Sandbox, app: HttpListener, body: str, response: object) -> None:
    app.body = body
    assert sandbox.control.command(ANN, GENERAL, "/do it") == {"status": 200, "response": response}


@pytest.mark.parametrize("status", [404, 500])
def test_another_status_is_a_failure(sandbox: Sandbox, app: HttpListener, status: int) -> None:
    app.status = status
    with pytest.raises(Refused) as refused:
        sandbox.control.command(ANN, GENERAL, "/do it")
    assert (refused.value.error, refused.value.details) == ("dispatch_failed", {"status": status})


def test_an_app_that_is_too_slow_has_failed(sandbox: Sandbox, app: HttpListener) -> None:
    app.release.clear()
    with pytest.raises(Refused) as refused:
        sandbox.control.command(ANN, GENERAL, "/do it")
    assert refused.value.error == "operation_timeout"


def test_a_failed_event_comes_again_and_says_why(sandbox: Sandbox, app: HttpListener) -> None:
    app.status = 500
    sandbox.control.say(ANN, BOT_USER, "hi")
    assert sandbox.control.settle()
    retries = [(headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")) for headers, _ in app.requests]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in app.requests}) == 1


def test_an_app_may_ask_for_no_retry(sandbox: Sandbox, app: HttpListener) -> None:
    app.status, app.headers = 500, {"x-slack-no-retry": "1"}
    sandbox.control.say(ANN, BOT_USER, "hi")
    assert sandbox.control.settle()
    assert len(app.requests) == 1


def test_a_socket_goes_before_the_address(sandbox: Sandbox, app: HttpListener) -> None:
    with Listener(sandbox) as listener:
        sandbox.control.command(ANN, GENERAL, "/do it")
        assert (len(listener.requests), len(app.requests)) == (1, 0)


def test_an_app_that_closed_its_connection_is_asked_anew(sandbox: Sandbox, app: HttpListener) -> None:
    app.headers = {"connection": "close"}
    for _ in range(2):
        sandbox.control.command(ANN, GENERAL, "/do it")
    assert len(app.requests) == 2


def test_nobody_at_the_address_is_a_failure(sandbox: Sandbox) -> None:
    sandbox.events_url = "http://127.0.0.1:9/slack/events"
    with pytest.raises(Refused) as refused:
        sandbox.control.command(ANN, GENERAL, "/do it")
    assert refused.value.error == "dispatch_failed"
