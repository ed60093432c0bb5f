"""Response URLs, and answers in the acknowledgement of a command."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from sandbox import Sandbox
from sandbox.refusal import Refused
from tests.sandbox.listener import Listener
from tests.sandbox.modals import button, field, modal
from tests.sandbox.workspace import ANN, BOB, GENERAL, QUIET

HALF_AN_HOUR = 1800


def texts(sandbox: Sandbox, person: str, channel: str = GENERAL) -> list[str]:
    return [message["text"] for message in sandbox.control.messages(person, channel)]


def address_of_command(sandbox: Sandbox, listener: Listener, channel: str = GENERAL) -> WebhookClient:
    sandbox.control.command(ANN, channel, "/do it")
    return WebhookClient(listener.last["response_url"])


def pressed(sandbox: Sandbox, listener: Listener, client: WebClient, *, ephemeral: bool = False) -> tuple[str, WebhookClient]:
    """Press a button in a message; return the message's ts and where the app may answer."""
    if ephemeral:
        ts = str(client.chat_postEphemeral(channel=GENERAL, user=ANN, text="first", blocks=[button("b", "a")])["message_ts"])
    else:
        ts = str(client.chat_postMessage(channel=GENERAL, text="first", blocks=[button("b", "a")])["ts"])
    sandbox.control.press(ANN, message=(GENERAL, ts), block_id="b", action_id="a")
    return ts, WebhookClient(listener.last["response_url"])


def test_an_answer_is_ephemeral_unless_it_says_otherwise(sandbox: Sandbox, listener: Listener) -> None:
    address = address_of_command(sandbox, listener)
    assert address.send(text="for you").body == "ok"
    assert address.send(text="for all", response_type="in_channel").body == "ok"
    assert texts(sandbox, ANN)[-2:] == ["for you", "for all"]
    assert texts(sandbox, BOB)[-1] == "for all"
    assert "for you" not in texts(sandbox, BOB)


def test_it_works_where_the_bot_may_not_post(sandbox: Sandbox, listener: Listener) -> None:
    assert address_of_command(sandbox, listener, QUIET).send(text="hi", response_type="in_channel").status_code == 200


def test_five_answers_are_the_most(sandbox: Sandbox, listener: Listener) -> None:
    address = address_of_command(sandbox, listener)
    answers = [address.send(text="hi").status_code for _ in range(6)]
    assert answers == [200] * 5 + [404]
    assert "used_url" in address.send(text="hi").body


def test_half_an_hour_is_the_longest(sandbox: Sandbox, listener: Listener) -> None:
    address = address_of_command(sandbox, listener)
    sandbox.control.clock(by=HALF_AN_HOUR + 1)
    answer = address.send(text="late")
    assert (answer.status_code, "expired_url" in answer.body) == (404, True)


def test_a_public_message_is_replaced_and_deleted(sandbox: Sandbox, listener: Listener, client: WebClient) -> None:
    ts, address = pressed(sandbox, listener, client)
    address.send(text="second", replace_original=True)
    message = next(m for m in sandbox.control.messages(BOB, GENERAL) if m["ts"] == ts)
    assert (message["text"], message["blocks"]) == ("second", [])
    address.send(delete_original=True)
    assert ts not in [m["ts"] for m in sandbox.control.messages(BOB, GENERAL)]


def test_an_ephemeral_message_stays_ephemeral(sandbox: Sandbox, listener: Listener, client: WebClient) -> None:
    ts, address = pressed(sandbox, listener, client, ephemeral=True)
    address.send(text="second", replace_original=True, response_type="in_channel")
    assert "second" in texts(sandbox, ANN)
    assert "second" not in texts(sandbox, BOB)
    address.send(delete_original=True)
    assert ts not in [m["ts"] for m in sandbox.control.messages(ANN, GENERAL)]


def test_a_typed_command_can_be_neither_replaced_nor_deleted(sandbox: Sandbox, listener: Listener) -> None:
    assert address_of_command(sandbox, listener).send(delete_original=True).status_code == 400


@pytest.mark.parametrize("message", [{}, {"text": "x", "blocks": [{"type": "marquee"}]}])
def test_what_could_not_be_posted_cannot_be_answered(sandbox: Sandbox, listener: Listener, message: dict[str, Any]) -> None:
    assert address_of_command(sandbox, listener).send(**message).status_code == 400


def test_an_answer_in_a_thread_stays_there(sandbox: Sandbox, listener: Listener, client: WebClient) -> None:
    parent = sandbox.control.say(BOB, GENERAL, "root")
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[button("b", "a")], thread_ts=parent)["ts"]
    sandbox.control.press(ANN, message=(GENERAL, ts), block_id="b", action_id="a")
    WebhookClient(listener.last["response_url"]).send(text="here", response_type="in_channel")
    assert sandbox.control.messages(ANN, GENERAL, parent)[-1]["text"] == "here"


def test_an_acknowledgement_for_all_shows_the_command_too(sandbox: Sandbox, listener: Listener) -> None:
    listener.answer = {"text": "done", "response_type": "in_channel"}
    sandbox.control.command(ANN, GENERAL, "/do it")
    assert texts(sandbox, BOB)[-2:] == ["/do it", "done"]


def test_an_acknowledgement_that_slack_would_not_show(sandbox: Sandbox, listener: Listener) -> None:
    listener.answer = {"text": "x", "blocks": [{"type": "marquee"}]}
    with pytest.raises(Refused, match="unsupported type: marquee"):
        sandbox.control.command(ANN, GENERAL, "/do it")


def test_a_modal_answers_in_the_conversation_chosen_in_it(sandbox: Sandbox, listener: Listener, client: WebClient) -> None:
    sandbox.control.shortcut(ANN, "new")
    view = modal(field("where", {"type": "conversations_select", "response_url_enabled": True}))
    opened = client.views_open(trigger_id=listener.last["trigger_id"], view=view)["view"]["id"]
    sandbox.control.submit(ANN, opened, {"where": {"where": GENERAL}})
    [address] = listener.last["response_urls"]
    assert (address["block_id"], address["channel_id"]) == ("where", GENERAL)
    WebhookClient(address["response_url"]).send(text="from the modal", response_type="in_channel")
    assert texts(sandbox, BOB)[-1] == "from the modal"


@pytest.mark.parametrize(
    ("typed", "command", "text"),
    [
        ("/do   a  b ", "/do", "  a  b "),
        ("/do", "/do", ""),
        ("/do ask @bob in #general & <3 😀", "/do", f"ask <@{BOB}|bob> in <#{GENERAL}|general> &amp; &lt;3 :grinning:"),
        ("/do in #secret", "/do", "in <#C0SECRET1|>"),
        ("/raw ask @bob & <3", "/raw", "ask @bob & <3"),
        ("/do 申请　２０２６－１２－２４", "/do", "申请　２０２６－１２－２４"),
        ("/do a\nb", "/do", "a\nb"),
    ],
)
def test_a_commands_text_is_all_after_the_first_space(sandbox: Sandbox, listener: Listener, typed: str, command: str, text: str) -> None:
    sandbox.control.command(ANN, GENERAL, typed)
    assert (listener.last["command"], listener.last["text"]) == (command, text)


def test_an_unregistered_command_is_none(sandbox: Sandbox, listener: Listener) -> None:
    with pytest.raises(Refused, match="/undo is not a valid command"):
        sandbox.control.command(ANN, GENERAL, "/undo it")
    assert listener.requests == []
