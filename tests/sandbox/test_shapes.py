"""What the app is sent and answered has the keys of Slack's own samples, no fewer and no more."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Sandbox
from sandbox.workspace.app import BOT_USER
from tests.sandbox.listener import Listener
from tests.sandbox.modals import FORM, HOME, button, option
from tests.sandbox.shape import shape
from tests.sandbox.workspace import ANN, BOB, EVE, GENERAL, QUIET, SHARED

SHAPES = Path(__file__).parent / "shapes"
PICTURES = ("profile.image_24", "profile.image_512")  # nobody has a picture here


def same_shape(name: str, payload: Any, *, beside: frozenset[str] = frozenset(), without: frozenset[str] = frozenset()) -> None:
    listed = json.loads((SHAPES / f"{name}.json").read_text())
    expected = {path for path in listed if not path.endswith(PICTURES)}
    assert set(shape(payload)) - beside == expected - without


class Stage:
    """A client, an app on a socket and the control: what each case acts with."""

    def __init__(self, sandbox: Sandbox, listener: Listener, client: WebClient) -> None:
        self.control, self.listener, self.client = sandbox.control, listener, client

    def event(self) -> Any:
        assert self.control.settle()
        return self.listener.last

    def message(self, channel: str = GENERAL, thread_ts: str | None = None) -> tuple[str, str]:
        posted = self.client.chat_postMessage(channel=channel, text="hi", blocks=[button("b", "a")], thread_ts=thread_ts)
        return posted["channel"], posted["ts"]

    def modal(self) -> str:
        self.control.shortcut(ANN, "new")
        view = self.client.views_open(trigger_id=self.listener.last["trigger_id"], view=FORM)
        return str(view["view"]["id"])


@pytest.fixture
def stage(sandbox: Sandbox, listener: Listener, client: WebClient) -> Stage:
    return Stage(sandbox, listener, client)


def test_slash_command(stage: Stage) -> None:
    stage.control.command(ANN, GENERAL, "/do it")
    same_shape("slash_command", stage.listener.last)
    same_shape("socket_slash_commands", stage.listener.frames[-1])


def test_shortcuts(stage: Stage) -> None:
    stage.control.shortcut(ANN, "new")
    same_shape("shortcut_global", stage.listener.last)
    ts = stage.control.say(BOB, GENERAL, "off tomorrow")
    stage.control.shortcut(ANN, "log", GENERAL, ts)
    same_shape("message_action", stage.listener.last, beside=frozenset({"message.client_msg_id"}))


def test_a_button_in_a_message(stage: Stage) -> None:
    stage.control.press(ANN, message=stage.message(), block_id="b", action_id="a")
    same_shape("block_actions_message", stage.listener.last)


def test_a_button_in_a_thread(stage: Stage) -> None:
    parent = stage.control.say(BOB, GENERAL, "root")
    stage.control.press(ANN, message=stage.message(thread_ts=parent), block_id="b", action_id="a")
    same_shape("block_actions_message_thread", stage.listener.last)


def test_a_button_in_an_ephemeral(stage: Stage) -> None:
    posted = stage.client.chat_postEphemeral(channel=GENERAL, user=ANN, text="psst", blocks=[button("b", "a")])
    stage.control.press(ANN, message=(GENERAL, posted["message_ts"]), block_id="b", action_id="a")
    same_shape("block_actions_ephemeral", stage.listener.last)


def test_a_modal_from_opening_to_closing(stage: Stage) -> None:
    view = stage.modal()
    no_style = frozenset({"actions.style"})
    stage.control.press(ANN, view=view, block_id="act", action_id="preview")
    same_shape("block_actions_modal", stage.listener.last, beside=no_style)
    stage.listener.answer = {"response_action": "errors", "errors": {"note": "no"}}
    stage.control.submit(ANN, view, {"note": {"note": "x"}})
    same_shape("view_submission", stage.listener.last)
    stage.listener.answer = None
    stage.control.close(ANN, view)
    same_shape("view_closed", stage.listener.last)


def test_options_asked_for(stage: Stage) -> None:
    view = stage.modal()
    stage.listener.answer = {"options": [option("Bob", "bob")]}
    stage.control.options(ANN, view=view, block_id="pick", action_id="pick", value="bo")
    same_shape("block_suggestion", stage.listener.last)


def test_home(stage: Stage) -> None:
    stage.control.home(ANN)
    same_shape("event_app_home_opened_first", stage.event())
    stage.client.views_publish(user_id=ANN, view=HOME)
    stage.control.home(ANN)
    same_shape("event_app_home_opened", stage.event())
    view = stage.control.home_view(ANN)
    assert view is not None
    stage.control.press(ANN, view=view["id"], block_id="act", action_id="preview")
    untitled = frozenset(f"view.{part}.{key}" for part in ("close", "submit") for key in ("type", "text", "emoji"))
    same_shape("block_actions_home", stage.listener.last, beside=frozenset({"actions.style"}), without=untitled)


Act = Callable[[Stage], object]
EVENTS: dict[str, Act] = {
    "event_message_channel": lambda s: s.control.say(ANN, GENERAL, "hello"),
    "event_message_im": lambda s: s.control.say(ANN, BOT_USER, "help"),
    "event_message_thread_reply": lambda s: s.control.say(ANN, GENERAL, "reply", s.control.say(BOB, GENERAL, "root")),
    "event_message_changed": lambda s: s.control.edit(ANN, GENERAL, s.control.say(ANN, GENERAL, "hello"), "edited"),
    "event_message_deleted": lambda s: s.control.delete(ANN, GENERAL, s.control.say(ANN, GENERAL, "hello")),
    "event_message_file_share": lambda s: s.control.upload(ANN, GENERAL, "note.pdf", b"%PDF"),
    "event_message_shared_channel_external_user": lambda s: s.control.say(EVE, SHARED, "hi from outside"),
    "event_reaction_added": lambda s: s.control.react(ANN, GENERAL, s.control.say(BOB, GENERAL, "done"), "tada"),
    "event_member_joined_channel_bot": lambda s: s.control.channel(ANN, QUIET, invite=[BOT_USER]),
    "event_team_join": lambda s: s.control.people(name="New Person", email="new@example.com"),
    "event_user_change": lambda s: s.control.people(ANN, tz="Europe/Paris"),
    "event_user_change_deactivated": lambda s: s.control.people(ANN, deleted=True),
    "event_tokens_revoked": lambda s: s.control.fault("revoked"),
}
FILE_EXTRAS = frozenset(f"event.files.{key}" for key in ("created", "is_external", "is_public", "timestamp", "url_private_download"))
BESIDE = {"event_message_file_share": FILE_EXTRAS}


@pytest.mark.parametrize("name", EVENTS)
def test_events(stage: Stage, name: str) -> None:
    EVENTS[name](stage)
    same_shape(name, stage.event(), beside=BESIDE.get(name, frozenset()))


def test_a_mention_comes_as_message_and_as_mention(stage: Stage) -> None:
    stage.control.say(ANN, GENERAL, "@Tester who is out?")
    stage.event()
    assert [event["type"] for event in stage.listener.events()] == ["message", "app_mention"]
    same_shape("event_app_mention", stage.listener.last)
    assert stage.listener.last["event"]["text"] == f"<@{BOT_USER}> who is out?"


def test_somebody_joins(stage: Stage) -> None:
    stage.control.channel(ANN, SHARED, invite=[BOB])
    stage.event()
    joined = next(r.payload for r in stage.listener.requests if r.payload["event"].get("subtype") == "channel_join")
    same_shape("event_message_channel_join", joined)


def test_what_the_bot_says_comes_back_to_it(stage: Stage) -> None:
    stage.client.chat_postMessage(channel=GENERAL, text="from this app")
    person_only = frozenset({"event.blocks", "event.client_msg_id"})
    same_shape("event_message_own_bot", stage.event(), without=person_only)


def test_a_reply_sent_to_the_channel_too(stage: Stage) -> None:
    ts = stage.control.say(BOB, GENERAL, "root")
    stage.client.chat_postMessage(channel=GENERAL, text="also to channel", thread_ts=ts, reply_broadcast=True)
    event = stage.event()["event"]
    assert (event["subtype"], event["root"]["text"]) == ("thread_broadcast", "root")


def test_the_envelopes_of_socket_mode(stage: Stage) -> None:
    same_shape("socket_hello", stage.listener.frames[0])
    stage.control.say(ANN, BOT_USER, "help")
    stage.event()
    same_shape("socket_events_api", stage.listener.frames[-1])
    assert stage.listener.frames[-1]["accepts_response_payload"] is False


def test_answers_of_the_web_api(stage: Stage) -> None:
    client = stage.client
    same_shape("api_auth_test", client.auth_test().data)
    posted = client.chat_postMessage(channel=ANN, text="Bob asks", blocks=[button("b", "a")])
    same_shape("api_chat_postMessage", posted.data)
    same_shape("api_conversations_open", client.conversations_open(users=ANN).data)
    same_shape("api_users_info", client.users_info(user=ANN, include_locale=True).data)
    same_shape("api_users_info_stranger", client.users_info(user=EVE).data)
