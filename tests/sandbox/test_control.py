"""The control interface over HTTP, the stream, the clock, the faults and the log."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import Clock, MovableClock
from bot.policy.appraisals.opening import due
from sandbox import Sandbox
from sandbox.control.passing import instant_of
from sandbox.department.rules import handbook
from sandbox.refusal import Refused
from sandbox.workspace.app import BOT_USER
from tests.sandbox.listener import Listener
from tests.sandbox.modals import FORM, button, home
from tests.sandbox.workspace import ANN, BOB, CHANNELS, GENERAL, MANIFEST, PEOPLE, SECRET

Json = dict[str, Any]


@contextmanager
def connection(sandbox: Sandbox) -> Iterator[HTTPConnection]:
    opened = HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)
    try:
        yield opened
    finally:
        opened.close()


class Http:
    """The control interface as the page and scripts call it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def send(self, method: str, path: str, body: Json | None = None, headers: dict[str, str] | None = None) -> tuple[int, Json]:
        with connection(self.sandbox) as opened:
            opened.request(method, f"/control/{path}", json.dumps(body) if body is not None else None, headers or {})
            response = opened.getresponse()
            return response.status, json.load(response)

    def get(self, path: str) -> Json:
        return self.send("GET", path)[1]

    def post(self, path: str, **body: Any) -> Json:
        return self.send("POST", path, {"as": ANN, **body})[1]


@pytest.fixture
def http(sandbox: Sandbox) -> Http:
    return Http(sandbox)


def test_the_state_is_what_a_person_sees(http: Http) -> None:
    state = http.get(f"state?as={BOB}")
    assert (state["ok"], state["me"]["id"], state["home"], state["views"]) == (True, BOB, None, [])
    assert SECRET not in [channel["id"] for channel in state["channels"]]
    assert [command["command"] for command in state["commands"]] == ["/do", "/raw"]
    assert state["app"]["bot_user_id"] == BOT_USER
    assert http.get("state")["me"]["id"] == ANN


def test_each_verb_has_its_address(http: Http, listener: Listener, client: WebClient) -> None:
    said = http.post("say", channel=GENERAL, text="hi")
    assert http.post("edit", channel=GENERAL, ts=said["ts"], text="ho")["ok"]
    assert http.post("react", channel=GENERAL, ts=said["ts"], name="tada")["ok"]
    assert http.post("read", channel=GENERAL, ts=said["ts"])["ok"]
    assert http.get(f"messages?as={BOB}&channel={GENERAL}")["messages"][-1]["text"] == "ho"
    assert http.post("delete", channel=GENERAL, ts=said["ts"])["ok"]
    listener.answer = {"text": "done"}
    assert http.post("command", channel=GENERAL, text="/do it") == {"ok": True, "status": 200, "response": {"text": "done"}}
    assert http.post("upload", channel=GENERAL, name="x.txt", content_base64="eA==")["ts"]
    assert http.post("people", id=BOB, tz="Europe/Paris")["person"]["tz"] == "Europe/Paris"
    assert http.post("channel", name="new-room", private=True)["channel"]["is_private"]
    assert http.post("home")["view"] is None


def test_buttons_and_modals_over_http(http: Http, listener: Listener, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x", blocks=[button("b", "a")])["ts"]
    assert http.post("press", message={"channel": GENERAL, "ts": ts}, block_id="b", action_id="a")["ok"]
    opened = client.views_open(trigger_id=listener.last["trigger_id"], view=FORM)["view"]["id"]
    listener.answer = {"options": []}
    assert http.post("options", view=opened, block_id="pick", action_id="pick", value="x")["options"] == []
    listener.answer = None
    refused = http.post("submit", view=opened, values={})
    assert (refused["error"], list(refused["errors"])) == ("invalid_input", ["note"])
    assert http.post("submit", view=opened, values={"note": {"note": "x"}})["response_action"] is None
    assert http.post("shortcut", callback_id="new")["ok"]


def test_a_refusal_has_a_word_and_a_sentence(http: Http) -> None:
    assert http.post("say", channel="C0NOWHERE", text="hi")["error"] == "channel_not_found"
    assert http.post("say", channel=GENERAL) == {"ok": False, "error": "invalid_arguments", "message": "missing: text"}
    assert http.post("dance")["error"] == "unknown_method"


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"origin": "https://evil.example"}])
def test_only_this_machine_is_answered(http: Http, headers: dict[str, str]) -> None:
    status, answer = http.send("GET", f"state?as={ANN}", headers=headers)
    assert (status, answer["error"]) == (403, "foreign_host")


def happenings(sandbox: Sandbox, person: str, act: Callable[[], object], wanted: int) -> list[Json]:
    """Return the first that a person's stream tells of an act, the log's own lines left out."""
    with connection(sandbox) as opened:
        opened.request("GET", f"/control/stream?as={person}")
        response = opened.getresponse()
        assert response.readline() == b"retry: 300\n"
        act()
        told = []
        while len(told) < wanted:
            line = response.readline()
            if line.startswith(b"data: ") and b'"type": "traffic"' not in line:
                told.append(json.loads(line.removeprefix(b"data: ")))
        return told


def test_the_stream_tells_each_person_what_they_may_see(sandbox: Sandbox, client: WebClient) -> None:
    def act() -> None:
        sandbox.control.say(ANN, SECRET, "between us")
        sandbox.control.say(ANN, GENERAL, "to all")

    told = happenings(sandbox, BOB, act, 2)
    assert [happening["type"] for happening in told] == ["message", "unread"]
    assert (told[0]["message"]["text"], told[1]["unread"]) == ("to all", 1)


def test_the_stream_tells_of_homes_people_and_faults(sandbox: Sandbox, client: WebClient) -> None:
    def act() -> None:
        client.views_publish(user_id=ANN, view=home({"type": "divider"}))
        sandbox.control.people(BOB, tz="Europe/Paris")
        sandbox.control.fault("server_error")

    told = happenings(sandbox, ANN, act, 3)
    assert [happening["type"] for happening in told] == ["home", "people", "faults"]


def test_a_reset_ends_the_stream_and_everything_since_the_start(sandbox: Sandbox) -> None:
    sandbox.control.say(ANN, GENERAL, "to be forgotten")
    sandbox.control.clock(by=86_400)
    told = happenings(sandbox, ANN, lambda: sandbox.control.clock(reset=True), 1)
    assert told[0]["type"] == "reset"
    assert [m["text"] for m in sandbox.control.messages(ANN, GENERAL)] == ["hello"]
    assert sandbox.workspace.clock.now() < datetime(2026, 11, 24, tzinfo=UTC)


def test_files_are_shown_to_those_who_may_see_them(sandbox: Sandbox) -> None:
    sandbox.control.upload(ANN, SECRET, "x.txt", b"secret")
    file = sandbox.control.messages(ANN, SECRET)[-1]["files"][0]["id"]
    with connection(sandbox) as opened:
        opened.request("GET", f"/control/file?as={ANN}&id={file}")
        assert opened.getresponse().read() == b"secret"
        opened.request("GET", f"/control/file?as={BOB}&id={file}")
        assert opened.getresponse().status == 404


def test_the_bot_reads_files_with_its_token(sandbox: Sandbox) -> None:
    sandbox.control.upload(ANN, GENERAL, "x.txt", b"shared")
    path = sandbox.control.messages(ANN, GENERAL)[-1]["files"][0]["url_private"].removeprefix(sandbox.url)
    with connection(sandbox) as opened:
        opened.request("GET", path, headers={"authorization": "Bearer xoxb-sandbox"})
        assert opened.getresponse().read() == b"shared"
        opened.request("GET", path)
        response = opened.getresponse()
        assert (response.status, response.read()) == (403, b"not_authed")


MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mark", "tz", "instant"),
    [
        ("tomorrow", "UTC", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        ("friday-16:00", "UTC", datetime(2026, 11, 27, 16, tzinfo=UTC)),
        ("friday-16:00", "Asia/Shanghai", datetime(2026, 11, 27, 8, tzinfo=UTC)),
        ("monday-08:00", "UTC", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("monday-10:00", "UTC", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("month-end-17:00", "UTC", datetime(2026, 11, 30, 17, tzinfo=UTC)),
        ("after-quarter", "UTC", datetime(2027, 1, 4, 1, tzinfo=UTC)),
        ("year-end", "UTC", datetime(2026, 12, 31, 9, tzinfo=UTC)),
    ],
)
def test_marks_are_instants_by_a_persons_clock(mark: str, tz: str, instant: datetime) -> None:
    assert instant_of(mark, MONDAY, tz) == instant


def test_the_morning_after_a_quarter_is_the_one_on_which_its_appraisals_begin() -> None:
    morning = datetime(2027, 1, 4, 1, tzinfo=UTC)  # nine in Shanghai, after the holidays
    assert instant_of("after-quarter", datetime(2027, 1, 2, tzinfo=UTC), "UTC") == morning
    assert [of.name for of in due(morning, handbook())] == ["2026Q4", "2026"] and due(morning - timedelta(minutes=1), handbook()) == ()
    assert instant_of("after-quarter", morning, "UTC") == datetime(2027, 4, 1, 1, tzinfo=UTC)


def test_the_end_of_a_month_that_is_over_is_the_next_ones() -> None:
    assert instant_of("month-end", datetime(2026, 11, 30, 10, tzinfo=UTC), "UTC") == datetime(2026, 12, 31, 9, tzinfo=UTC)
    with pytest.raises(Refused, match="is no mark"):
        instant_of("someday", MONDAY, "UTC")


def test_the_clock_goes_forward_only(http: Http, sandbox: Sandbox) -> None:
    now = datetime.fromisoformat(http.post("clock")["clock"]["now"])
    assert datetime.fromisoformat(http.post("clock", by=60)["clock"]["now"]) >= now + timedelta(seconds=60)
    assert http.post("clock", to=(now - timedelta(days=1)).isoformat())["error"] == "time_in_past"
    assert http.post("clock", to="2026-12-24T09:00:00")["error"] == "invalid_arguments"
    assert http.post("clock", mark="friday-16:00")["clock"]["now"].startswith("2026-11-27T08:00")


def test_whoever_passes_the_time_is_asked_to() -> None:
    clock, asked = MovableClock(MONDAY), list[datetime]()

    def pass_time(to: datetime) -> None:
        asked.append(to)
        clock.move_to(to)

    workspace = Sandbox(clock, manifest=MANIFEST, people=PEOPLE, channels=CHANNELS, pass_time=pass_time)
    workspace.control.clock(to=MONDAY + timedelta(days=1))
    assert asked == [MONDAY + timedelta(days=1)]


def test_a_computers_clock_cannot_be_moved() -> None:
    with pytest.raises(Refused, match="clock not movable"):
        Sandbox(Clock(), manifest=MANIFEST).control.clock(by=1)


def test_a_reset_tells_whoever_keeps_more() -> None:
    told: list[str] = []
    Sandbox(MovableClock(MONDAY), manifest=MANIFEST, on_reset=lambda: told.append("reset")).control.clock(reset=True)
    assert told == ["reset"]


def error_of(call: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(SlackApiError) as error:
        call()
    return error.value.response.status_code, str(error.value.response["error"])


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [("ratelimited", 429, "ratelimited"), ("server_error", 500, "internal_error"), ("revoked", 200, "token_revoked")],
)
def test_a_fault_of_a_method(sandbox: Sandbox, client: WebClient, kind: str, status: int, error: str) -> None:
    sandbox.control.fault(kind, method="chat.postMessage", times=1)
    assert client.auth_test()["ok"]
    assert error_of(lambda: client.chat_postMessage(channel=GENERAL, text="x")) == (status, error)
    assert client.chat_postMessage(channel=GENERAL, text="x")["ok"]


def test_a_revoked_token_stays_revoked_until_the_fault_is_cleared(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.control.fault("revoked")
    assert [error_of(client.auth_test) for _ in range(2)] == [(200, "token_revoked")] * 2
    sandbox.control.fault(clear=True)
    assert client.auth_test()["ok"]


def test_a_lost_answer_leaves_what_was_done(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.control.fault("drop", method="chat.postMessage")
    client.retry_handlers.clear()
    with pytest.raises((OSError, HTTPException)):
        client.chat_postMessage(channel=GENERAL, text="was it sent?")
    assert sandbox.control.messages(ANN, GENERAL)[-1]["text"] == "was it sent?"


def test_a_late_answer_comes_after_the_time_asked_for(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.control.fault("delay", method="auth.test", seconds=0.2)
    began = sandbox.workspace.clock.elapsed()
    assert client.auth_test()["ok"]
    assert sandbox.workspace.clock.elapsed() - began >= 0.2


def texts(listener: Listener) -> list[str]:
    return [event["text"] for event in listener.events("message")]


def test_events_can_be_lost_repeated_and_out_of_order(sandbox: Sandbox, listener: Listener) -> None:
    for kind, words in (("drop", "a"), ("repeat", "b"), ("reorder", "cd")):
        sandbox.control.fault(kind)
        for word in words:
            sandbox.control.say(ANN, BOT_USER, word)
        assert sandbox.control.settle()
    assert texts(listener) == ["a", "b", "b", "d", "c"]
    assert listener.requests[0].retry_attempt == 1
    assert listener.requests[1].payload["event_id"] == listener.requests[2].payload["event_id"]


def test_a_fault_that_there_is_not(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="there is no fault"):
        sandbox.control.fault("earthquake")


def test_the_log_numbers_every_request_and_keeps_no_secret(http: Http, sandbox: Sandbox, listener: Listener, client: WebClient) -> None:
    sandbox.control.command(ANN, GENERAL, "/do it")
    client.api_call("chat.postMessage", json={"channel": GENERAL, "text": "hi", "token": "xoxb-sandbox"})
    assert sandbox.control.settle()
    calls = http.get("traffic")["calls"]
    assert [(call["direction"], call["name"]) for call in calls] == [("out", "/do"), ("in", "chat.postMessage"), ("out", "message")]
    assert "xoxb-sandbox" not in json.dumps(calls)
    assert listener.requests[0].payload["response_url"] not in json.dumps(calls)
    assert http.get(f"traffic?after={calls[0]['n']}")["calls"] == calls[1:]
