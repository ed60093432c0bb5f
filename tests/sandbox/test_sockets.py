"""Socket Mode, through the official client."""

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from sandbox import Sandbox
from sandbox.refusal import Refused
from sandbox.workspace.app import APP, BOT_USER
from tests.sandbox.listener import SILENT, Listener
from tests.sandbox.workspace import ANN, GENERAL


@pytest.fixture
def listener(sandbox: Sandbox) -> Iterator[Listener]:
    with Listener(sandbox) as connected:
        yield connected


def test_a_connection_is_greeted(listener: Listener) -> None:
    assert listener.frames[0]["connection_info"] == {"app_id": APP}


def test_only_the_app_token_opens_a_connection(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client.apps_connections_open(app_token="xoxb-sandbox")


def test_a_command_is_answered_in_its_acknowledgement(sandbox: Sandbox, listener: Listener) -> None:
    listener.answer = {"text": "done"}
    assert sandbox.control.command(ANN, GENERAL, "/do it") == {"status": 200, "response": {"text": "done"}}
    assert listener.last["command"] == "/do"
    assert [m["text"] for m in sandbox.control.messages(ANN, GENERAL) if m.get("is_ephemeral")] == ["done"]


def test_a_frame_that_is_too_long_closes_the_connection(sandbox: Sandbox, client: WebClient) -> None:
    with connect(client.apps_connections_open(app_token="xapp-sandbox")["url"]) as socket:
        socket.recv()
        socket.send(json.dumps({"payload": "x" * 20_000}))  # long, and answers nothing
        socket.send(json.dumps({"payload": "x" * 20_480}))
        with pytest.raises(ConnectionClosedError, match=r"1009.*Max frame length of 20480"):
            socket.recv()


def test_a_command_that_nobody_acknowledges_times_out(sandbox: Sandbox, listener: Listener) -> None:
    listener.answer = SILENT
    with pytest.raises(Refused, match="did not answer") as refused:
        sandbox.control.command(ANN, GENERAL, "/do it")
    assert refused.value.error == "operation_timeout"


def test_without_a_connection_a_command_fails(sandbox: Sandbox) -> None:
    with pytest.raises(Refused) as refused:
        sandbox.control.command(ANN, GENERAL, "/do it")
    assert refused.value.error == "dispatch_failed"


def test_an_event_that_is_not_acknowledged_comes_again(sandbox: Sandbox, listener: Listener) -> None:
    listener.answer = SILENT
    sandbox.control.say(ANN, BOT_USER, "hi")
    assert sandbox.control.settle()
    listener.wait(lambda: len(listener.requests) == 3)
    assert [(r.retry_attempt, r.retry_reason) for r in listener.requests] == [(0, ""), (1, "timeout"), (2, "timeout")]
    assert len({r.payload["event_id"] for r in listener.requests}) == 1
    assert len({r.envelope_id for r in listener.requests}) == 3


def test_each_payload_goes_to_one_connection_of_several(sandbox: Sandbox, listener: Listener) -> None:
    with Listener(sandbox) as second:
        for _ in range(4):
            sandbox.control.command(ANN, GENERAL, "/do it")
        assert (len(listener.requests), len(second.requests)) == (2, 2)


def test_the_eleventh_connection_is_turned_away(client: WebClient) -> None:
    with ExitStack() as stack:
        addresses = [client.apps_connections_open(app_token="xapp-sandbox")["url"] for _ in range(11)]
        frames = [json.loads(stack.enter_context(connect(address)).recv()) for address in addresses]
    assert [frame["type"] for frame in frames] == ["hello"] * 10 + ["disconnect"]
    assert (frames[10]["reason"], frames[10]["num_connections"]) == ("too_many_websockets", 11)


def test_an_address_is_good_for_one_connection(client: WebClient) -> None:
    address = client.apps_connections_open(app_token="xapp-sandbox")["url"]
    with connect(address), pytest.raises(InvalidStatus):
        connect(address)


def test_a_disconnected_app_comes_back_and_is_served(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.control.fault("disconnect")
    listener.wait(lambda: [frame["type"] for frame in listener.frames].count("hello") == 2)
    assert {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "sandbox"}} in listener.frames
    assert sandbox.control.command(ANN, GENERAL, "/do it")["status"] == 200
