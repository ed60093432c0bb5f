"""Messages leave once, in order, whatever goes wrong on the way."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import text

from bot.clock import Clock, MovableClock
from bot.views.blocks import Message
from scheduler.outbox import Pace, Sender
from storage import Said, Store
from tests.scheduler.conftest import HandClock
from tests.scheduler.fake_slack import FakeSlack

HOLD = [{"type": "divider"}]


def say(store: Store, key: str, to: str = "C1", **more: Any) -> None:
    with store.change() as shelves:
        assert shelves.outbox.say(key, to, Message(key, tuple(HOLD)), **more)


def amend(store: Store, key: str, words: str) -> None:
    with store.change() as shelves:
        assert shelves.outbox.amend(key, Message(words))


def withdraw(store: Store, key: str) -> None:
    with store.change() as shelves:
        assert shelves.outbox.withdraw(key)


def get(store: Store, key: str) -> Said:
    with store.look() as shelves:
        said = shelves.outbox.find(key)
    assert said is not None
    return said


def later(store: Store) -> None:
    """Let the pauses between attempts and the leases run out."""
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET retry_at = NULL, lease_until = NULL"))


def test_a_message_is_sent_with_a_key_that_gives_nothing_away(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "bid:ACME")
    assert sender.deliver_due() == 1 and sender.deliver_due() == 0
    [message] = slack.channels["C1"]
    assert message["text"] == "bid:ACME" and message["blocks"] == HOLD
    assert message["unfurl_links"] is message["unfurl_media"] is False
    assert message["metadata"]["event_type"] == "bidwell_message" and "ACME" not in str(message["metadata"])
    assert get(store, "bid:ACME").ts == message["ts"] and get(store, "bid:ACME").channel == "C1"


def test_a_person_is_opened_once_and_known_to_later_senders(store: Store, slack: FakeSlack, sender: Sender, clock: MovableClock) -> None:
    say(store, "a", "U1")
    sender.deliver_due()
    say(store, "b", "U1")
    Sender(store, slack.client(), clock).deliver_due()
    assert slack.said("DU1") == ["a", "b"] and len(slack.called("conversations.open")) == 1


def test_a_channel_may_be_given_by_name(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a", "#wins")
    say(store, "b", "#nowhere")
    sender.deliver_due()
    assert slack.said("C9") == ["a"] and get(store, "b").failed == "channel_not_found"


def test_a_message_without_blocks_has_none(store: Store, slack: FakeSlack, sender: Sender) -> None:
    with store.change() as shelves:
        shelves.outbox.say("a", "C1", Message("hello"))
    sender.deliver_due()
    assert "blocks" not in slack.channels["C1"][0]


def test_a_limit_holds_back_its_conversation_for_as_long_as_slack_says(store: Store, slack: FakeSlack, sender: Sender) -> None:
    for key, to in [("a", "C1"), ("b", "C1"), ("c", "C2")]:
        say(store, key, to)
    slack.fail("chat.postMessage", error="ratelimited", status=429, headers={"Retry-After": "30"})
    sender.deliver_due()
    assert slack.said("C1") == [] and slack.said("C2") == ["c"]
    retry_at = get(store, "a").retry_at
    assert retry_at is not None and timedelta(seconds=25) < retry_at - Clock().now() <= timedelta(seconds=30)
    later(store)
    sender.deliver_due()
    assert slack.said("C1") == ["a", "b"] and slack.called("conversations.history") == []


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 503, "body": "<html>"}, {"error": "internal_error"}, {"broken": True}], ids=str
)
@pytest.mark.parametrize("accepted", [False, True])
def test_a_message_whose_sending_failed_is_there_once(
    store: Store, slack: FakeSlack, sender: Sender, fault: dict[str, Any], accepted: bool
) -> None:
    say(store, "a")
    slack.fail("chat.postMessage", accepted=accepted, **fault)
    sender.deliver_due()
    assert get(store, "a").ts == "" and get(store, "a").retry_at is not None
    later(store)
    sender.deliver_due()
    assert slack.said("C1") == ["a"] and get(store, "a").ts == slack.channels["C1"][0]["ts"]
    assert len(slack.called("chat.postMessage")) == (1 if accepted else 2)


def test_a_message_whose_sending_took_too_long_is_there_once(store: Store, slack: FakeSlack, clock: MovableClock) -> None:
    hasty = Sender(store, slack.client(), clock, lease=3.0)
    say(store, "a", "U1")
    slack.fail("chat.postMessage", silent=True, accepted=True)
    hasty.deliver_due()
    later(store)
    hasty.deliver_due()
    assert slack.said("DU1") == ["a"] and get(store, "a").sent_version == 1


class Killed(WebClient):
    """A client whose process is killed right after, or right before, it posts."""

    def __init__(self, client: WebClient, *, before: bool) -> None:
        super().__init__(client.token, client.base_url)
        self.before = before

    def api_call(self, api_method: str, **arguments: Any) -> Any:
        if api_method == "chat.postMessage" and self.before:
            raise SystemExit
        answer = super().api_call(api_method, **arguments)
        if api_method == "chat.postMessage":
            raise SystemExit
        return answer


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("thread", [None, "1700000000.000001"])
def test_a_message_is_there_once_though_its_sender_was_killed(
    store: Store, slack: FakeSlack, sender: Sender, clock: MovableClock, before: bool, thread: str | None
) -> None:
    say(store, "a", "C1", thread=thread)
    doomed = Sender(store, slack.client(), clock)
    doomed._courier.client = Killed(slack.client(), before=before)
    with pytest.raises(SystemExit):
        doomed.deliver_due()
    assert sender.deliver_due() == 0, "the message is still in the other's hands"
    later(store)
    sender.deliver_due()
    assert slack.said("C1") == ["a"] and get(store, "a").ts == slack.channels["C1"][0]["ts"]


def in_the_dark(store: Store, slack: FakeSlack, sender: Sender) -> None:
    """Post a message without learning of it."""
    say(store, "a")
    slack.fail("chat.postMessage", broken=True, accepted=True)
    sender.deliver_due()
    later(store)


def test_a_message_is_found_behind_many_others(store: Store, slack: FakeSlack, sender: Sender) -> None:
    in_the_dark(store, slack, sender)
    slack.channels["C1"].extend({"text": "chatter", "ts": f"1800000000.{number:06}"} for number in range(450))
    sender.deliver_due()
    assert slack.said("C1").count("a") == 1 and get(store, "a").ts == slack.channels["C1"][0]["ts"]


def test_the_search_ends_before_the_message_was_tried(store: Store, slack: FakeSlack, sender: Sender) -> None:
    slack.channels["C1"].extend({"text": "chatter", "ts": f"1600000000.{number:06}"} for number in range(450))
    say(store, "a")
    slack.fail("chat.postMessage", broken=True)
    sender.deliver_due()
    later(store)
    sender.deliver_due()
    assert slack.said("C1")[-1] == "a" and len(slack.called("conversations.history")) == 1


def test_a_message_changed_meanwhile_is_found_and_changed(store: Store, slack: FakeSlack, sender: Sender) -> None:
    in_the_dark(store, slack, sender)
    amend(store, "a", "done")
    sender.deliver_due()
    assert slack.said("C1") == ["done"] and sender.deliver_due() == 0


def test_a_message_withdrawn_meanwhile_is_found_and_deleted(store: Store, slack: FakeSlack, sender: Sender) -> None:
    in_the_dark(store, slack, sender)
    withdraw(store, "a")
    sender.deliver_due()
    assert slack.said("C1") == [] and sender.deliver_due() == 0


@pytest.mark.parametrize("word", ["missing_scope", "not_in_channel", "unknown_method"])
def test_what_cannot_be_looked_for_is_not_said_again(store: Store, slack: FakeSlack, sender: Sender, word: str) -> None:
    in_the_dark(store, slack, sender)
    slack.fail("conversations.history", error=word)
    sender.deliver_due()
    assert slack.said("C1") == ["a"] and get(store, "a").failed == "unconfirmed"


@pytest.mark.parametrize("fault", [{"status": 429, "error": "ratelimited"}, {"status": 500}, {"broken": True}], ids=str)
def test_what_cannot_be_looked_for_now_is_looked_for_later(
    store: Store, slack: FakeSlack, sender: Sender, hand: HandClock, fault: dict[str, Any]
) -> None:
    in_the_dark(store, slack, sender)
    slack.fail("conversations.history", **fault)
    sender.deliver_due()
    assert get(store, "a").failed == "" and get(store, "a").ts == ""
    later(store)
    hand.seconds += 5
    sender.deliver_due()
    assert slack.said("C1") == ["a"] and get(store, "a").ts != ""


def test_a_changed_message_is_changed_in_slack(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a")
    sender.deliver_due()
    amend(store, "a", "done")
    amend(store, "a", "done twice")
    assert sender.deliver_due() == 1
    assert slack.said("C1") == ["done twice"] and slack.channels["C1"][0]["blocks"] == []


def test_a_withdrawn_message_is_deleted_even_if_somebody_did_so_already(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a")
    say(store, "b")
    sender.deliver_due()
    del slack.channels["C1"][0]
    withdraw(store, "a")
    withdraw(store, "b")
    assert sender.deliver_due() == 2
    assert slack.said("C1") == [] and get(store, "a").failed == ""


def test_a_change_of_what_somebody_deleted_is_given_up(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a")
    sender.deliver_due()
    slack.channels["C1"].clear()
    amend(store, "a", "done")
    sender.deliver_due()
    assert get(store, "a").failed == "message_not_found" and slack.said("C1") == []


def test_a_limit_on_changes_is_kept(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a")
    sender.deliver_due()
    amend(store, "a", "done")
    slack.fail("chat.update", error="ratelimited", status=429, headers={"Retry-After": "7"})
    sender.deliver_due()
    assert slack.said("C1") == ["a"]
    later(store)
    sender.deliver_due()
    assert slack.said("C1") == ["done"]


def test_an_answer_goes_below_the_message_it_belongs_to(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "above")
    say(store, "below", thread="above")
    sender.deliver_due()
    above, below = slack.channels["C1"]
    assert above["text"] == "above" and below["thread_ts"] == above["ts"]


@pytest.mark.parametrize("word", ["channel_not_found", "is_archived", "not_in_channel", "messages_tab_disabled", "msg_too_long"])
def test_a_message_that_slack_will_never_take_fails_and_the_others_go_on(
    store: Store, slack: FakeSlack, sender: Sender, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    say(store, "a")
    say(store, "a's answer", thread="a")
    say(store, "b")
    slack.fail("chat.postMessage", error=word)
    sender.deliver_due()
    assert get(store, "a").failed == word and get(store, "a's answer").failed == "no_thread"
    assert slack.said("C1") == ["b"]
    assert [(record.__dict__["key"], record.__dict__["error"]) for record in caplog.records] == [("a", word)]


def test_a_person_who_cannot_be_written_to_fails(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a", "U1")
    slack.fail("conversations.open", error="user_disabled")
    sender.deliver_due()
    assert get(store, "a").failed == "user_disabled"


def test_a_limit_on_opening_holds_back_everybody_not_yet_opened(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a", "U1")
    say(store, "b", "U2")
    slack.fail("conversations.open", error="ratelimited", status=429, headers={"Retry-After": "30"})
    sender.deliver_due()
    assert len(slack.called("conversations.open")) == 1 and get(store, "b").retry_at is not None


@pytest.mark.parametrize("word", ["token_revoked", "account_inactive", "invalid_auth", "token_expired", "not_authed"])
def test_trouble_with_our_account_pauses_everything_until_it_is_over(
    store: Store, slack: FakeSlack, sender: Sender, hand: HandClock, word: str
) -> None:
    say(store, "a", "C1")
    say(store, "b", "C2")
    slack.fail("chat.postMessage", error=word)
    sender.deliver_due()
    assert sender.trouble == word and slack.said("C2") == [] and get(store, "a").failed == ""
    assert sender.deliver_due() == 0
    hand.seconds += 60
    sender.deliver_due()
    assert sender.trouble == "" and slack.said("C1") == ["a"] and slack.said("C2") == ["b"]


def test_an_unreachable_slack_is_tried_for_a_day_and_then_given_up(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a")
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET attempts = 299"))
    slack.fail("chat.postMessage", status=503)
    sender.deliver_due()
    assert get(store, "a").failed == "http_503"


def test_pauses_between_attempts_grow(store: Store, slack: FakeSlack, sender: Sender) -> None:
    say(store, "a")
    pauses = []
    for _ in range(4):
        slack.fail("chat.postMessage", status=503)
        sender.deliver_due()
        pauses.append((get(store, "a").retry_at or Clock().now()) - Clock().now())
        later(store)
    assert pauses == sorted(pauses) and timedelta(seconds=10) < pauses[-1] < timedelta(seconds=21)


def reply(store: Store, slack: FakeSlack, clock: MovableClock, *, replace: bool) -> None:
    with store.change() as shelves:
        expires = clock.now() + timedelta(minutes=30)
        assert shelves.outbox.reply("r", f"{slack.url}/respond", Message("noted"), replace=replace, expires=expires)


@pytest.mark.parametrize("replace", [True, False])
def test_a_private_reply_goes_to_its_address(store: Store, slack: FakeSlack, sender: Sender, clock: MovableClock, replace: bool) -> None:
    reply(store, slack, clock, replace=replace)
    sender.deliver_due()
    [response] = slack.responses
    assert response["text"] == "noted" and response["response_type"] == "ephemeral" and response["replace_original"] is replace


def test_a_private_reply_that_may_have_arrived_is_not_repeated(store: Store, slack: FakeSlack, sender: Sender, clock: MovableClock) -> None:
    reply(store, slack, clock, replace=False)
    slack.fail("respond", status=500, accepted=True)
    sender.deliver_due()
    later(store)
    sender.deliver_due()
    assert len(slack.responses) == 1 and get(store, "r").failed == "unconfirmed"


def test_a_replacement_may_be_repeated(store: Store, slack: FakeSlack, sender: Sender, clock: MovableClock) -> None:
    reply(store, slack, clock, replace=True)
    slack.fail("respond", status=500)
    sender.deliver_due()
    later(store)
    sender.deliver_due()
    assert len(slack.responses) == 1 and get(store, "r").sent_version == 1


@pytest.mark.parametrize("body", ["used_url", '{"ok": false, "error": "used_url"}'])
def test_a_used_address_is_given_up(store: Store, slack: FakeSlack, sender: Sender, clock: MovableClock, body: str) -> None:
    reply(store, slack, clock, replace=True)
    slack.fail("respond", status=404, body=body)
    sender.deliver_due()
    assert get(store, "r").failed == "used_url"


def test_a_private_reply_too_late_is_dropped(store: Store, slack: FakeSlack, sender: Sender, clock: MovableClock) -> None:
    reply(store, slack, clock, replace=True)
    clock.move_to(clock.now() + timedelta(minutes=31))
    sender.deliver_due()
    assert slack.responses == []


def test_two_senders_in_the_background_keep_the_order_of_each_conversation(store: Store, slack: FakeSlack, clock: MovableClock) -> None:
    quick = [Sender(store, slack.client(), clock, pace=Pace(per_channel=0.001, posts_a_minute=100_000)) for _ in range(2)]
    for sender in quick:
        sender.start()
    for number in range(20):
        with store.change() as shelves:
            for channel in ("C1", "C2", "U1"):
                shelves.outbox.say(f"{channel}:{number:02}", channel, Message(f"{number:02}"))
    slack.wait_for(60)
    for sender in quick:
        sender.stop()
    expected = [f"{number:02}" for number in range(20)]
    assert slack.said("C1") == slack.said("C2") == slack.said("DU1") == expected


def test_a_sender_that_stops_finishes_what_it_has_in_hand(store: Store, slack: FakeSlack, clock: MovableClock) -> None:
    sender = Sender(store, slack.client(), clock)
    sender.start()
    say(store, "a")
    slack.wait_for(1)
    sender.stop()
    say(store, "b")
    assert get(store, "a").sent_version == 1 and slack.said("C1") == ["a"]
