"""People, channels and files, as the app finds them."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import MovableClock
from sandbox import Sandbox
from sandbox.workspace.app import BOT_USER
from tests.sandbox.listener import Listener
from tests.sandbox.workspace import ANN, BOB, CHANNELS, EVE, GENERAL, GONE, GUEST, OLD, OTHER_BOT, PEOPLE, QUIET, SECRET, SHARED, manifest


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as error:
        call()
    return str(error.value.response["error"])


def test_the_directory_comes_by_pages_with_everybody_in_it(client: WebClient) -> None:
    found: list[str] = []
    for page in client.users_list(limit=3):
        found += [member["id"] for member in page["members"]]
    assert sorted(found) == sorted(["USLACKBOT", BOT_USER, ANN, BOB, GUEST, EVE, GONE, OTHER_BOT])


def test_the_directory_asks_for_a_limit(client: WebClient) -> None:
    assert error_of(client.users_list) == "limit_required"
    assert error_of(lambda: client.users_list(limit=1001)) == "invalid_limit"
    assert error_of(lambda: client.users_list(limit=10, cursor="???")) == "invalid_cursor"


def test_a_person_as_slack_shows_them(client: WebClient) -> None:
    ann = client.users_info(user=ANN)["user"]
    assert (ann["tz"], ann["tz_offset"], ann["tz_label"]) == ("Asia/Shanghai", 28_800, "China Standard Time")
    assert "locale" not in ann
    assert client.users_info(user=ANN, include_locale=True)["user"]["locale"] == "zh-CN"
    assert client.users_profile_get(user=ANN)["profile"]["email"] == "ann@example.com"


def test_who_is_no_ordinary_member(client: WebClient) -> None:
    users: dict[str, Any] = {user: client.users_info(user=user)["user"] for user in (GUEST, EVE, GONE, OTHER_BOT, "USLACKBOT")}
    assert (users[GUEST]["is_restricted"], users[GUEST]["is_ultra_restricted"]) == (True, True)
    assert (users[EVE]["is_stranger"], users[EVE]["team_id"], "email" in users[EVE]["profile"]) == (True, "T0PARTNER", False)
    assert (users[GONE]["deleted"], "tz" in users[GONE], "is_admin" in users[GONE]) == (True, False, False)
    assert (users[OTHER_BOT]["is_bot"], users["USLACKBOT"]["is_bot"]) == (True, False)


def test_the_address_needs_its_own_scope(clock: MovableClock) -> None:
    with Sandbox(clock, manifest=manifest(without_scopes=("users:read.email",)), people=PEOPLE) as modest:
        client = WebClient("xoxb-sandbox", base_url=f"{modest.url}/api/")
        assert "email" not in client.users_info(user=ANN)["user"]["profile"]
        assert error_of(lambda: client.users_lookupByEmail(email="ann@example.com")) == "missing_scope"


def test_people_are_found_by_their_address(client: WebClient) -> None:
    assert client.users_lookupByEmail(email="ANN@example.com")["user"]["id"] == ANN
    assert error_of(lambda: client.users_lookupByEmail(email="gone@example.com")) == "users_not_found"


def test_nobody_by_that_id(client: WebClient) -> None:
    assert error_of(lambda: client.users_info(user="U0NOBODY")) == "user_not_found"


def test_channels_are_listed_as_far_as_the_bot_knows_of_them(client: WebClient) -> None:
    def names(**arguments: Any) -> list[str]:
        return [channel["name"] for channel in client.conversations_list(**arguments)["channels"]]

    assert names() == ["general", "quiet", "old", "shared"]
    assert names(exclude_archived=True, types="public_channel,private_channel") == ["general", "quiet", "shared"]
    assert [c["name"] for c in client.users_conversations()["channels"]] == ["general", "old", "shared"]
    assert [c["name"] for c in client.users_conversations(user=BOB)["channels"]] == ["general"]
    assert error_of(lambda: client.conversations_list(types="rooms")) == "invalid_types"


def test_a_channel_as_slack_shows_it(client: WebClient) -> None:
    shared = client.conversations_info(channel=SHARED, include_num_members=True)["channel"]
    assert (shared["name"], shared["is_ext_shared"], shared["is_member"], shared["num_members"]) == ("shared", True, True, 3)
    assert client.conversations_info(channel=QUIET)["channel"]["is_member"] is False
    assert error_of(lambda: client.conversations_info(channel=SECRET)) == "channel_not_found"
    assert client.conversations_members(channel=GENERAL)["members"] == [ANN, BOB, GUEST, BOT_USER]


@pytest.mark.parametrize(("user", "error"), [("U0NOBODY", "user_not_found"), (GONE, "user_disabled"), (OTHER_BOT, "cannot_dm_bot")])
def test_with_whom_no_direct_message_can_be_opened(client: WebClient, user: str, error: str) -> None:
    assert error_of(lambda: client.conversations_open(users=user)) == error


def test_a_direct_message_is_opened_once(client: WebClient) -> None:
    first, second = (client.conversations_open(users=ANN) for _ in range(2))
    assert first["channel"]["id"] == second["channel"]["id"]
    assert (first.get("already_open"), second["already_open"]) == (None, True)
    group = client.conversations_open(users=f"{ANN},{BOB}", return_im=True)["channel"]
    assert (group["is_mpim"], group["id"][0]) == (True, "G")


def test_the_bot_joins_and_makes_channels(sandbox: Sandbox, client: WebClient) -> None:
    client.conversations_join(channel=QUIET)
    assert client.chat_postMessage(channel=QUIET, text="hi")["ok"]
    assert error_of(lambda: client.conversations_join(channel=OLD)) == "is_archived"
    made = client.conversations_create(name="new-room")["channel"]
    assert made["is_member"]
    assert error_of(lambda: client.conversations_create(name="new-room")) == "name_taken"
    assert error_of(lambda: client.conversations_create(name="New Room")) == "invalid_name_specials"


def test_a_bot_that_is_not_there_hears_nothing(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.control.say(ANN, QUIET, "@Tester hello")
    sandbox.control.say(ANN, SECRET, "hello")
    assert sandbox.control.settle()
    assert listener.requests == []


@pytest.mark.parametrize(
    ("less", "kind"),
    [({"without_events": ("message.im",)}, "subscription"), ({"without_scopes": ("im:history",)}, "scope")],
)
def test_a_bot_hears_only_what_its_manifest_grants(clock: MovableClock, less: dict[str, Any], kind: str) -> None:
    with Sandbox(clock, manifest=manifest(**less), people=PEOPLE, channels=CHANNELS) as deaf, Listener(deaf) as listener:
        deaf.control.say(ANN, BOT_USER, f"no {kind}")
        assert deaf.control.settle()
        assert listener.requests == []


def test_other_bots_words_say_whose_they_are(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.control.channel(ANN, QUIET, invite=[BOT_USER])
    sandbox.control.say(OTHER_BOT, QUIET, "beep")
    assert sandbox.control.settle()
    assert listener.events("message")[-1]["bot_id"] == "B0OTHER001"


def test_people_join_and_change(sandbox: Sandbox, listener: Listener) -> None:
    joined = sandbox.control.people(name="New Person", tz="Europe/Paris")
    sandbox.control.people(joined["id"], name="New Name")
    assert sandbox.control.settle()
    assert [(event["type"], event["user"]["real_name"]) for event in listener.events()] == [
        ("team_join", "New Person"),
        ("user_change", "New Name"),
    ]


def test_a_file_goes_up_in_three_steps(sandbox: Sandbox, client: WebClient) -> None:
    uploaded = client.files_upload_v2(channel=GENERAL, content="a,b\n1,2\n", filename="report.csv", title="Report", initial_comment="Here")
    message = sandbox.control.messages(BOB, GENERAL)[-1]
    assert (message["text"], message["files"][0]["title"], message["files"][0]["size"]) == ("Here", "Report", 8)
    assert client.files_info(file=uploaded["files"][0]["id"])["file"]["shares"]["public"].keys() == {GENERAL}
    assert sandbox.control.file(BOB, uploaded["files"][0]["id"]).content == b"a,b\n1,2\n"


@pytest.mark.parametrize(
    ("channel", "error"), [(ANN, "channel_not_found"), (QUIET, "not_in_channel"), (OLD, "is_archived"), ("C0NOWHERE", "channel_not_found")]
)
def test_a_file_goes_only_where_the_bot_may_post(client: WebClient, channel: str, error: str) -> None:
    assert error_of(lambda: client.files_upload_v2(channel=channel, content="x", filename="x.txt")) == error


def test_a_file_must_have_been_uploaded(client: WebClient) -> None:
    announced = client.files_getUploadURLExternal(filename="x.txt", length=3)
    files = [{"id": announced["file_id"], "title": "x"}]
    assert error_of(lambda: client.files_completeUploadExternal(files=files)) == "file_not_found"
    assert error_of(lambda: client.files_getUploadURLExternal(filename="x.txt", length=0)) == "invalid_arguments"
