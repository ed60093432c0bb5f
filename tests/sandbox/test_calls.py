"""Calls of the Web API: how they are encoded, who may make them, how often."""

import json
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import MovableClock
from sandbox import Sandbox
from sandbox.api import METHODS
from tests.sandbox.workspace import ANN, CHANNELS, GENERAL, MANIFEST, PEOPLE, QUIET, manifest


def refusal(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def post(sandbox: Sandbox, method: str, body: bytes, content_type: str, token: str | None = "xoxb-sandbox") -> dict[str, object]:
    headers = {"content-type": content_type} | ({"authorization": f"Bearer {token}"} if token else {})
    with urlopen(Request(f"{sandbox.url}/api/{method}", body, headers)) as response:
        answer: dict[str, object] = json.load(response)
        return answer


FORM, JSON = "application/x-www-form-urlencoded", "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"channel=C0GENERAL&text=hi&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D", FORM),
        (b'{"channel": "C0GENERAL", "text": "hi", "blocks": [{"type": "divider"}]}', JSON),
        (b'{"channel": "C0GENERAL", "text": "hi", "blocks": "[{\\"type\\": \\"divider\\"}]"}', JSON),
    ],
)
def test_forms_and_json_are_both_read(sandbox: Sandbox, body: bytes, content_type: str) -> None:
    answer = post(sandbox, "chat.postMessage", body, content_type)
    assert answer["ok"], answer
    assert sandbox.control.messages(ANN, GENERAL)[-1]["blocks"][0]["type"] == "divider"


@pytest.mark.parametrize(
    ("body", "content_type", "token", "error"),
    [
        (b"", FORM, None, "not_authed"),
        (b"", FORM, "xoxb-another", "invalid_auth"),
        (b"", FORM, "xapp-sandbox", "not_allowed_token_type"),
        (b"{", JSON, "xoxb-sandbox", "invalid_json"),
        (b"[]", JSON, "xoxb-sandbox", "json_not_object"),
        (b"x", "text/plain", "xoxb-sandbox", "invalid_post_type"),
    ],
)
def test_what_cannot_be_read_or_trusted_is_refused(sandbox: Sandbox, body: bytes, content_type: str, token: str | None, error: str) -> None:
    assert post(sandbox, "auth.test", body, content_type, token)["error"] == error


def test_a_token_may_stand_in_the_body(sandbox: Sandbox) -> None:
    assert post(sandbox, "auth.test", b"token=xoxb-sandbox", FORM, None)["ok"]


def test_unknown_methods_are_said_to_be_unknown(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as error:
        client.api_call("chat.shout")
    assert refusal(error) == "unknown_method"


def test_api_test_gives_back_what_it_got(client: WebClient) -> None:
    assert client.api_test(foo="bar")["args"] == {"foo": "bar"}
    with pytest.raises(SlackApiError, match="my_error"):
        client.api_test(error="my_error")


def test_auth_test_tells_who_the_app_is_and_what_it_may(client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["user_id"], answer["is_enterprise_install"]) == ("U0SANDBOT1", False)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    assert client.bots_info(bot=answer["bot_id"])["bot"]["user_id"] == "U0SANDBOT1"
    assert client.team_info()["team"]["domain"] == "sandbox"


@pytest.mark.parametrize("method", sorted(name for name, method in METHODS.items() if method.scopes))
def test_every_method_asks_for_its_scope(method: str, clock: MovableClock) -> None:
    with Sandbox(clock, manifest=manifest(without_scopes=tuple(MANIFEST["oauth_config"]["scopes"]["bot"]))) as bare:
        answer = post(bare, method, b"", FORM)
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", METHODS[method].scopes[0], "")


def test_the_sixth_message_at_once_to_a_channel_is_too_many(client: WebClient) -> None:
    for _ in range(5):
        client.chat_postMessage(channel=GENERAL, text="hi")
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=GENERAL, text="hi")
    assert (error.value.response.status_code, refusal(error)) == (429, "ratelimited")
    assert error.value.response.headers["retry-after"] == "1"
    assert client.chat_postMessage(channel=ANN, text="another channel has its own pace")["ok"]


def test_other_methods_have_the_pace_of_their_tier(client: WebClient) -> None:
    for _ in range(20):
        client.users_list(limit=1)
    with pytest.raises(SlackApiError) as error:
        client.users_list(limit=1)
    assert error.value.response.headers["retry-after"] == "3"


def test_limits_can_be_left_out(clock: MovableClock) -> None:
    with Sandbox(clock, manifest=MANIFEST, people=PEOPLE, channels=CHANNELS, real_pace=False) as fast:
        client = WebClient("xoxb-sandbox", base_url=f"{fast.url}/api/")
        assert all(client.chat_postMessage(channel=GENERAL, text="hi")["ok"] for _ in range(30))


def test_a_missing_argument_is_named(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as error:
        client.conversations_info(channel="")
    assert error.value.response["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_what_an_argument_must_be_is_said(sandbox: Sandbox) -> None:
    answer = post(sandbox, "conversations.history", b'{"channel": "C0GENERAL", "limit": "many"}', JSON)
    assert answer["error"] == "invalid_arguments"
    answer = post(sandbox, "conversations.history", b'{"channel": ["C0GENERAL"]}', JSON)
    assert answer["error"] == "invalid_arguments"


def test_calls_of_a_channel_the_bot_is_not_in_are_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        client.conversations_history(channel=QUIET)
