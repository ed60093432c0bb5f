"""The self-check finds what is wrong and says how to mend it."""

import json
import socket
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import Clock
from bot.handbook import load_handbook
from bot.language import LANGUAGES, translator
from bot.policy.record import Event
from bot.views import doctor as views
from bot.views.blocks import Message
from handlers.connection import web_client
from handlers.doctor import examine
from handlers.examining.parts import Examined
from handlers.examining.slack import clock as judged
from sandbox.workspace import SlackApp
from sandbox.workspace.channels import Channel
from storage import Store
from tests.office import Office, open_office

SHANGHAI = "Asia/Shanghai"
MANIFEST = json.loads(Path("manifest.json").read_text("utf-8"))


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Return an office on either database."""
    with open_office(database) as office:
        yield office


def parts(office: Office, **other: object) -> Examined:
    """Return the parts of an office's bot, thoroughly examined."""
    bot = office.bot
    given = {"client": bot.client, "store": bot.store, "handbook": bot.desk.handbook, "now": office.clock.now(), "thorough": True}
    return Examined(**{**given, "patience": 20.0, "app_token": "xapp-sandbox", **other})


def lines(examined: Examined) -> list[str]:
    """Return what the command line would print."""
    return list(views.lines(translator("en"), examine(examined), SHANGHAI))


def starting(words: str, found: list[str]) -> list[str]:
    return [line for line in found if line.startswith(words)]


def test_a_healthy_bot_has_no_trouble(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m")
    found = lines(parts(office))
    assert starting("trouble", found) == []
    assert starting("ok      Bot token: Slack knows me as ", found)
    assert starting("ok      App token: ", found) and starting("ok      Clock: ", found) and starting("ok      Scopes: ", found)
    assert starting("ok      Deliveries: The last to change anything: command: Mon 23 Nov 2026, 09:30 CST.", found)
    assert starting("ok      Channels: I can post in #wins.", found)
    assert starting("ok      Database: ", found) and starting("ok      Audit log: ", found)


def test_an_administrator_asks_in_slack(office: Office) -> None:
    seen = office.ada.types("/presales doctor").words
    assert "Everything is all right." in seen and "Bot token: Slack knows me as" in seen
    assert "Audit log" not in seen and "App token" not in seen


def test_nobody_else_may(office: Office) -> None:
    assert "an administrator" in office.ann.types("/presales doctor").words


def test_a_missing_scope_is_named_with_what_it_is_for(office: Office) -> None:
    manifest = deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove("files:write")
    office.sandbox.workspace.app = SlackApp(manifest)
    [line] = starting("trouble Scopes", lines(parts(office)))
    assert "files:write is missing, which is for sending exports as files." in line and "install the app again" in line


def test_every_scope_of_the_manifest_has_a_purpose_here_and_in_the_handbook_for_operators() -> None:
    scopes = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    assert set(views.PURPOSES) == scopes
    told = Path("docs/operating.md").read_text("utf-8")
    assert [scope for scope in scopes if f"`{scope}`" not in told] == []


def test_a_wrong_token_hides_nothing_else(office: Office) -> None:
    found = lines(parts(office, client=web_client("xoxb-wrong", f"{office.sandbox.url}/api/")))
    assert starting("trouble Bot token: Slack says no: invalid_auth. Copy the token", found)
    assert starting("ok      Database", found)


def test_a_slack_that_says_nothing_is_passed_over_in_time(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = web_client("xoxb-1", f"http://127.0.0.1:{silent.getsockname()[1]}/", retries=False)
        found = lines(parts(office, client=client, thorough=False, patience=1.0))
    assert starting("trouble Bot token: No answer within 1 seconds.", found)
    assert starting("ok      Handbook", found)


@pytest.mark.parametrize(("seconds", "ok"), [(0, True), (60, True), (-60, True), (61, False), (-400, False)])
def test_the_clock_may_be_a_minute_off(seconds: int, ok: bool) -> None:
    assert judged(timedelta(seconds=seconds)).ok is ok


def test_a_database_without_this_version_s_schema(office: Office, empty_database: str) -> None:
    store = Store(empty_database, Clock())
    found = lines(parts(office, store=store))
    store.close()
    assert starting("trouble Database: Its schema is –; this version needs", found)
    assert starting("trouble Messages: This cannot be examined", found)


def test_messages_that_wait_or_fail(office: Office) -> None:
    with office.bot.store.change() as shelves:
        shelves.outbox.say("a", "C0WINS001", Message("hello"))
        shelves.outbox.say("b", "C0NOWHERE", Message("hello"))
        shelves.outbox.say("c", "U0ANN0001", Message("hello"), expires=office.clock.now() + timedelta(minutes=1))
    office.clock.move_to(office.clock.now() + timedelta(minutes=6))
    assert starting("trouble Messages: 3 are waiting to be sent, the first for 6 minutes.", lines(parts(office)))
    with office.bot.store.change() as shelves:
        shelves.sending.expire()
    office.settle()
    found = lines(parts(office))
    assert starting("trouble Messages: 1 of the last week could not be sent: channel_not_found.", found)
    assert starting("note    Messages: 1 of the last week could not be sent: expired.", found)
    office.clock.move_to(office.clock.now() + timedelta(days=8))
    assert starting("trouble", lines(parts(office))) == []


def test_a_history_changed_outside_the_bot_is_found(office: Office) -> None:
    with office.bot.store.change() as shelves:
        shelves.audit.note(Event(at=office.clock.now(), actor="U0ANN0001", subject="bid:1", action="win"))
    with office.bot.store.change() as shelves:
        shelves.connection.execute(text("UPDATE events SET actor = 'U0BOB0001'"))
    assert starting("trouble Audit log: The history of bid:1 was changed outside the bot.", lines(parts(office)))


@pytest.mark.parametrize(
    ("channel", "line"),
    [
        ("#nowhere", "trouble Channels: #nowhere (channels.bids in the handbook) is not there."),
        ("C0NOWHERE", "trouble Channels: C0NOWHERE (channels.bids in the handbook) is not there."),
        ("#old", "trouble Channels: #old (channels.bids in the handbook) is archived."),
        ("#general", "ok      Channels: I can post in #general."),
        ("C0GENERAL", "ok      Channels: I can post in C0GENERAL."),
        ("#ours", "note    Channels: #ours is also read by another company."),
    ],
)
def test_channels_of_the_handbook(office: Office, tmp_path: Path, channel: str, line: str) -> None:
    there = office.sandbox.workspace.channels
    there["C0OLD0001"] = Channel("C0OLD0001", "old", "channel", [], 0, archived=True)
    there["C0OURS001"] = Channel("C0OURS001", "ours", "channel", [], 0, shared=True)
    file = tmp_path / "handbook.yaml"
    file.write_text(f'channels:\n  bids: "{channel}"\n')
    assert starting(line, lines(parts(office, handbook=load_handbook(file))))


def test_guests_in_a_channel_are_named(office: Office) -> None:
    office.gus.types("/bid list")
    assert starting("note    Channels: #wins is also read by Gus Guest.", lines(parts(office)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_is_within_slack_s_limits_in_every_language(office: Office, language: str) -> None:
    findings = examine(parts(office)) * 3
    message = views.examined(translator(language), findings, SHANGHAI)
    assert len(message.text) <= 4000 and len(message.blocks) <= 50
