"""Messages: what may be posted where, and what becomes of it."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import MovableClock
from sandbox import Sandbox
from sandbox.refusal import Refused
from sandbox.workspace.app import BOT_USER
from tests.sandbox.listener import Listener
from tests.sandbox.modals import button
from tests.sandbox.workspace import ANN, BOB, CHANNELS, GENERAL, GONE, GUEST, OLD, OTHER_BOT, PEOPLE, QUIET, SECRET, manifest

MINUTE, DAY = 60, 86_400


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in messages]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": GENERAL}, "no_text"),
        ({"channel": GENERAL, "text": "", "blocks": []}, "no_text"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "#general", "text": "x"}, "channel_not_found"),
        ({"channel": SECRET, "text": "x"}, "channel_not_found"),
        ({"channel": QUIET, "text": "x"}, "not_in_channel"),
        ({"channel": OLD, "text": "x"}, "is_archived"),
        ({"channel": OTHER_BOT, "text": "x"}, "cannot_dm_bot"),
        ({"channel": "USLACKBOT", "text": "x"}, "cannot_dm_bot"),
        ({"channel": GENERAL, "text": "x", "blocks": [{"type": "divider"}] * 51}, "msg_blocks_too_long"),
        ({"channel": GENERAL, "text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"channel": GENERAL, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": GENERAL, "text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"channel": GENERAL, "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"channel": GENERAL, "text": "x", "username": "me"}, "missing_scope"),
        ({"channel": GENERAL, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": GENERAL, "text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"channel": GENERAL, "text": "x", "metadata": {"event_type": "x", "event_payload": {}, "y": 1}}, "invalid_metadata_format"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_posted(client: WebClient, arguments: dict[str, Any], error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call("chat.postMessage", json=arguments)
    assert refused.value.response["error"] == error


def test_a_message_is_seen_by_the_members(sandbox: Sandbox, client: WebClient) -> None:
    client.chat_postMessage(channel=GENERAL, text="hi")
    assert texts(sandbox.control.messages(BOB, GENERAL))[-1] == "hi"


def test_a_person_is_addressed_by_their_id(sandbox: Sandbox, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=ANN, text="hi")
    assert posted["channel"] == client.conversations_open(users=ANN)["channel"]["id"]
    assert texts(sandbox.control.messages(ANN, BOT_USER)) == ["hi"]


def test_posting_does_not_tell_that_somebody_left(client: WebClient) -> None:
    assert client.chat_postMessage(channel=GONE, text="hi")["ok"]


def test_long_text_is_cut(client: WebClient) -> None:
    assert len(client.chat_postMessage(channel=GENERAL, text="x" * 40_001)["message"]["text"]) == 40_000


def test_the_messages_tab_may_be_switched_off(clock: MovableClock) -> None:
    with Sandbox(clock, manifest=manifest(messages_tab_enabled=False), people=PEOPLE) as closed:
        with pytest.raises(SlackApiError, match="messages_tab_disabled"):
            WebClient("xoxb-sandbox", base_url=f"{closed.url}/api/").chat_postMessage(channel=ANN, text="hi")
        with pytest.raises(Refused, match="cannot write"):
            closed.control.say(ANN, BOT_USER, "hi")


def test_only_public_channels_are_open_to_chat_write_public(clock: MovableClock) -> None:
    public = manifest()
    public["oauth_config"]["scopes"]["bot"].append("chat:write.public")
    with Sandbox(clock, manifest=public, people=PEOPLE, channels=CHANNELS) as opened:
        client = WebClient("xoxb-sandbox", base_url=f"{opened.url}/api/")
        assert client.chat_postMessage(channel=QUIET, text="hi")["ok"]
        with pytest.raises(SlackApiError, match="channel_not_found"):
            client.chat_postMessage(channel=SECRET, text="hi")


def test_metadata_is_kept_and_given_only_when_asked_for(client: WebClient) -> None:
    metadata = {"event_type": "said", "event_payload": {"key": "k-1"}}
    client.chat_postMessage(channel=GENERAL, text="hi", metadata=metadata)
    assert "metadata" not in client.conversations_history(channel=GENERAL, limit=1)["messages"][0]
    assert client.conversations_history(channel=GENERAL, limit=1, include_all_metadata=True)["messages"][0]["metadata"] == metadata


def test_an_update_keeps_what_it_does_not_name(client: WebClient) -> None:
    metadata = {"event_type": "said", "event_payload": {}}
    posted = client.chat_postMessage(channel=GENERAL, text="hi", blocks=[button("b", "a")], metadata=metadata)
    changed = client.chat_update(channel=GENERAL, ts=posted["ts"], text="ho")
    assert changed["text"] == "ho"
    assert changed["message"]["blocks"] == posted["message"]["blocks"]
    assert changed["message"]["metadata"] == metadata
    assert client.chat_update(channel=GENERAL, ts=posted["ts"], blocks=[], text="ho")["message"]["blocks"] == []


def test_only_own_messages_can_be_changed_or_deleted(sandbox: Sandbox, client: WebClient) -> None:
    ts = sandbox.control.say(ANN, GENERAL, "mine")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        client.chat_update(channel=GENERAL, ts=ts, text="x")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        client.chat_delete(channel=GENERAL, ts=ts)
    with pytest.raises(SlackApiError, match="message_not_found"):
        client.chat_update(channel=GENERAL, ts="1.000001", text="x")


def test_a_deleted_message_is_gone_unless_it_has_replies(client: WebClient) -> None:
    alone, parent = (client.chat_postMessage(channel=GENERAL, text="x")["ts"] for _ in range(2))
    client.chat_postMessage(channel=GENERAL, text="reply", thread_ts=parent)
    for ts in (alone, parent):
        client.chat_delete(channel=GENERAL, ts=ts)
    left = client.conversations_history(channel=GENERAL)["messages"]
    assert [message.get("subtype") for message in left] == ["tombstone", None]


def test_an_ephemeral_is_seen_by_one_and_kept_by_no_history(sandbox: Sandbox, client: WebClient) -> None:
    client.chat_postEphemeral(channel=GENERAL, user=ANN, text="psst")
    assert "psst" in texts(sandbox.control.messages(ANN, GENERAL))
    assert "psst" not in texts(sandbox.control.messages(BOB, GENERAL))
    assert "psst" not in texts(client.conversations_history(channel=GENERAL)["messages"])


@pytest.mark.parametrize(("channel", "user", "error"), [(QUIET, ANN, "not_in_channel"), (GENERAL, GONE, "user_not_in_channel")])
def test_an_ephemeral_needs_both_in_the_channel(client: WebClient, channel: str, user: str, error: str) -> None:
    with pytest.raises(SlackApiError, match=f"'error': '{error}'"):
        client.chat_postEphemeral(channel=channel, user=user, text="psst")


def test_an_ephemeral_cannot_be_updated(client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel=GENERAL, user=ANN, text="psst")["message_ts"]
    with pytest.raises(SlackApiError, match="message_not_found"):
        client.chat_update(channel=GENERAL, ts=ts, text="x")


def test_a_thread_counts_its_replies(sandbox: Sandbox, client: WebClient) -> None:
    parent = sandbox.control.say(ANN, GENERAL, "root")
    for text in ("one", "two"):
        client.chat_postMessage(channel=GENERAL, text=text, thread_ts=parent)
    thread = client.conversations_replies(channel=GENERAL, ts=parent)["messages"]
    assert texts(thread) == ["root", "one", "two"]
    assert (thread[0]["reply_count"], thread[0]["reply_users"], thread[1]["parent_user_id"]) == (2, [BOT_USER], ANN)
    assert "one" not in texts(client.conversations_history(channel=GENERAL)["messages"])


def test_history_comes_newest_first_and_by_pages(sandbox: Sandbox, client: WebClient) -> None:
    stamps = [sandbox.control.say(ANN, GENERAL, text) for text in "abc"]
    first = client.conversations_history(channel=GENERAL, limit=2)
    assert (texts(first["messages"]), first["has_more"]) == (["c", "b"], True)
    second = client.conversations_history(channel=GENERAL, limit=2, cursor=first["response_metadata"]["next_cursor"])
    assert (texts(second["messages"]), second["has_more"]) == (["a", "hello"], False)
    assert texts(client.conversations_history(channel=GENERAL, oldest=stamps[1])["messages"]) == ["c"]
    assert texts(client.conversations_history(channel=GENERAL, oldest=stamps[1], inclusive=True, latest=stamps[2])["messages"]) == [
        "c",
        "b",
    ]


def test_reactions_are_given_once_and_taken_back_once(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x")["ts"]
    client.reactions_add(channel=GENERAL, timestamp=ts, name="tada")
    with pytest.raises(SlackApiError, match="already_reacted"):
        client.reactions_add(channel=GENERAL, timestamp=ts, name="tada")
    assert client.reactions_get(channel=GENERAL, timestamp=ts)["message"]["reactions"] == [
        {"name": "tada", "users": [BOT_USER], "count": 1}
    ]
    client.reactions_remove(channel=GENERAL, timestamp=ts, name="tada")
    with pytest.raises(SlackApiError, match="no_reaction"):
        client.reactions_remove(channel=GENERAL, timestamp=ts, name="tada")
    with pytest.raises(SlackApiError, match="invalid_name"):
        client.reactions_add(channel=GENERAL, timestamp=ts, name=":tada:")


def test_a_scheduled_message_comes_at_its_time(sandbox: Sandbox, client: WebClient, clock: MovableClock) -> None:
    at = int(clock.now().timestamp()) + 10 * MINUTE
    scheduled = client.chat_scheduleMessage(channel=GENERAL, text="later", post_at=at)
    assert [s["post_at"] for s in client.chat_scheduledMessages_list()["scheduled_messages"]] == [at]
    sandbox.control.clock(by=9 * MINUTE)
    assert "later" not in texts(sandbox.control.messages(ANN, GENERAL))
    sandbox.control.clock(by=MINUTE + 1)
    assert texts(sandbox.control.messages(ANN, GENERAL))[-1] == "later"
    with pytest.raises(SlackApiError, match="invalid_scheduled_message_id"):
        client.chat_deleteScheduledMessage(channel=GENERAL, scheduled_message_id=scheduled["scheduled_message_id"])


def test_a_scheduled_message_with_metadata_never_comes(sandbox: Sandbox, client: WebClient, clock: MovableClock) -> None:
    metadata = {"event_type": "said", "event_payload": {}}
    at = int(clock.now().timestamp()) + MINUTE
    client.chat_scheduleMessage(channel=GENERAL, text="lost", post_at=at, metadata=metadata)
    sandbox.control.clock(by=DAY)
    assert "lost" not in texts(sandbox.control.messages(ANN, GENERAL))


@pytest.mark.parametrize(("ahead", "error"), [(-1, "time_in_past"), (121 * DAY, "time_too_far")])
def test_scheduling_has_its_bounds(client: WebClient, clock: MovableClock, ahead: int, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        client.chat_scheduleMessage(channel=GENERAL, text="x", post_at=int(clock.now().timestamp()) + ahead)


def test_thirty_messages_fit_into_five_minutes_of_a_channel(client: WebClient, clock: MovableClock) -> None:
    at = (int(clock.now().timestamp()) // 300 + 10) * 300
    for second in range(30):
        client.chat_scheduleMessage(channel=GENERAL, text="x", post_at=at + second)
    with pytest.raises(SlackApiError, match="restricted_too_many"):
        client.chat_scheduleMessage(channel=GENERAL, text="x", post_at=at + 31)


def test_a_message_has_an_address(client: WebClient, sandbox: Sandbox) -> None:
    ts = client.chat_postMessage(channel=GENERAL, text="x")["ts"]
    assert (
        client.chat_getPermalink(channel=GENERAL, message_ts=ts)["permalink"] == f"{sandbox.url}/archives/{GENERAL}/p{ts.replace('.', '')}"
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("a & b <c> 😀👍", "a &amp; b &lt;c&gt; :grinning::+1:"),
        ("@Bob Sample and @bob", f"<@{BOB}> and <@{BOB}>"),
        ("@bobby is nobody", "@bobby is nobody"),
        ("<@U0BOB0002> <!channel>", "&lt;@U0BOB0002&gt; &lt;!channel&gt;"),
        ("@channel @here", "<!channel> <!here>"),
        ("in #general now", f"in <#{GENERAL}|general> now"),
        ("in #secret", f"in <#{SECRET}|>"),
        ("see https://example.com/a?b=1&c=2.", "see <https://example.com/a?b=1&amp;c=2>."),
        ("@Ann Example请看", f"<@{ANN}>请看"),
    ],
)
def test_what_people_type_arrives_as_slack_writes_it(sandbox: Sandbox, typed: str, text: str) -> None:
    sandbox.control.say(ANN, GENERAL, typed)
    assert sandbox.control.messages(ANN, GENERAL)[-1]["text"] == text


def test_a_link_changes_its_message_and_nobody_edited_it(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.control.say(ANN, BOT_USER, "see https://example.com/a")
    assert sandbox.control.settle()
    posted, changed = listener.events("message")
    assert changed["subtype"] == "message_changed"
    assert changed["message"]["attachments"][0]["original_url"] == "https://example.com/a"
    assert (changed["message"]["text"], "edited" in changed["message"]) == (posted["text"], False)


def test_rich_text_holds_what_was_typed_unescaped(sandbox: Sandbox) -> None:
    sandbox.control.say(ANN, GENERAL, "a & @bob 😀")
    elements = sandbox.control.messages(ANN, GENERAL)[-1]["blocks"][0]["elements"][0]["elements"]
    assert elements == [
        {"type": "text", "text": "a & "},
        {"type": "user", "user_id": BOB},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "grinning"},
    ]


@pytest.mark.parametrize(
    ("person", "channel", "error"),
    [
        (GONE, GENERAL, "account_inactive"),
        (GUEST, QUIET, "channel_not_found"),
        (BOB, QUIET, "not_in_channel"),
        (BOB, SECRET, "channel_not_found"),
        (ANN, OLD, "is_archived"),
        (BOT_USER, GENERAL, "invalid_arguments"),
        ("U0NOBODY", GENERAL, "user_not_found"),
    ],
)
def test_who_cannot_speak_where(sandbox: Sandbox, person: str, channel: str, error: str) -> None:
    with pytest.raises(Refused) as refused:
        sandbox.control.say(person, channel, "hi")
    assert refused.value.error == error


def test_people_change_only_their_own_words(sandbox: Sandbox) -> None:
    ts = sandbox.control.say(ANN, GENERAL, "mine")
    for change in (lambda: sandbox.control.edit(BOB, GENERAL, ts, "x"), lambda: sandbox.control.delete(BOB, GENERAL, ts)):
        with pytest.raises(Refused, match="only what they said"):
            change()


def test_unread_marks_are_each_persons_own(sandbox: Sandbox) -> None:
    def unread(person: str) -> int:
        return next(int(c["unread"]) for c in sandbox.control.state(person)["channels"] if c["id"] == GENERAL)

    assert unread(BOB) == 0
    ts = sandbox.control.say(ANN, GENERAL, "news")
    assert (unread(ANN), unread(BOB), unread(GUEST)) == (0, 1, 1)
    sandbox.control.read(BOB, GENERAL, ts)
    assert (unread(BOB), unread(GUEST)) == (0, 1)
