"""The courier: carries one message to Slack, and looks first whether an earlier attempt has brought it there."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.clock import Clock
from scheduler.outbox.pace import Pace
from scheduler.outbox.verdict import Held, Refused, refusal, seconds
from storage.outbox import Kind, Said

EVENT_TYPE = "bidwell_message"
READING = frozenset({"conversations.history", "conversations.replies", "conversations.list"})  # methods that take no JSON
SETTLED = frozenset({"already_reacted", "no_reaction", "message_not_found"})
PAGE, PAGES = 200, 20
UNCONFIRMED = "unconfirmed"  # why we gave up on a message that may be in Slack but cannot be looked for
SKEW = timedelta(minutes=1)  # by how much our clock may be ahead of Slack's


@dataclass
class Errand:
    """One attempt to carry a message; `posting` is set from when it may have arrived, `looking` while we look for it."""

    said: Said
    until: float  # when it is too late to begin a call, by Clock.elapsed
    posting: bool = False
    looking: bool = False
    method: str = ""


@dataclass(frozen=True)
class Receipt:
    """Where in Slack the message is; nowhere for what was deleted or only answered."""

    channel: str = ""
    ts: str = ""


class Courier:
    """Carries messages; shared by threads."""

    def __init__(self, client: WebClient, pace: Pace, clock: Clock) -> None:
        self.client = client
        self.pace = pace
        self.clock = clock

    def carry(self, errand: Errand, channel: str) -> Receipt:
        """Bring Slack into line with the message, in this channel if it is known; raise what the call raised."""
        said = errand.said
        if said.kind is Kind.REPLY:
            return self.respond(errand)
        if said.kind is Kind.MARK:
            return self.mark(errand)
        if said.ts:
            return self.edit(errand, said.channel, said.ts)
        if said.gone and said.tried is None:
            return Receipt()
        channel = channel or said.channel or self.open(errand)
        return self.resume(errand, channel, said.tried) if said.tried else self.post(errand, channel)

    def resume(self, errand: Errand, channel: str, tried: datetime) -> Receipt:
        """Go on after an attempt that ended in the dark: take what is there, or post if nothing is."""
        errand.looking = True
        ts = self.look_up(errand, channel, tried)
        errand.looking = False
        if ts and (errand.said.gone or errand.said.version > 1):  # what was posted then may not be what it says now
            return self.edit(errand, channel, ts)
        if ts or errand.said.gone:
            return Receipt(channel, ts)
        return self.post(errand, channel)

    def post(self, errand: Errand, channel: str) -> Receipt:
        """Post the message."""
        said = errand.said
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": digest(said.key)}}
        thread = {"thread_ts": said.thread_ts} if said.thread_ts else {}
        manner = {"metadata": metadata, "unfurl_links": False, "unfurl_media": False, **thread}
        answer = self.call(errand, "chat.postMessage", {"channel": channel, **content(said), **manner})
        return Receipt(answer["channel"], answer["ts"])

    def edit(self, errand: Errand, channel: str, ts: str) -> Receipt:
        """Make the message in Slack say what it should, or delete it."""
        place = {"channel": channel, "ts": ts}
        if errand.said.gone:
            self.delete(errand, place)
        else:
            self.call(errand, "chat.update", {**place, **errand.said.message})
        return Receipt(channel, ts)

    def delete(self, errand: Errand, place: dict[str, str]) -> None:
        """Delete the message; one that somebody else deleted is as good."""
        try:
            self.call(errand, "chat.delete", place)
        except Refused as refused:
            if refused.word != "message_not_found":
                raise

    def open(self, errand: Errand) -> str:
        """Return the conversation in which to speak: a person's direct messages, the channel of a #name, or the channel itself."""
        target = errand.said.target
        if target.startswith("#"):
            return self.find(errand, target[1:])
        if not is_person(target):
            return target
        return str(self.call(errand, "conversations.open", {"users": target})["channel"]["id"])

    def find(self, errand: Errand, name: str) -> str:
        """Return the channel of this name; raise Refused when we see none."""
        asked = {"types": "public_channel,private_channel", "exclude_archived": True}
        for page in self.pages(errand, "conversations.list", asked):
            for channel in page["channels"]:
                if channel["name"] == name:
                    return str(channel["id"])
        raise Refused("channel_not_found")

    def look_up(self, errand: Errand, channel: str, tried: datetime) -> str:
        """Return the `ts` of the message if it is in the conversation, or nothing; threads come oldest first, channels latest first."""
        said = errand.said
        method = "conversations.replies" if said.thread_ts else "conversations.history"
        thread = {"ts": said.thread_ts} if said.thread_ts else {}
        for page in self.pages(errand, method, {"channel": channel, "include_all_metadata": True, **thread}):
            for message in page["messages"]:
                if key_of(message) == digest(said.key):
                    return str(message["ts"])
            if not thread and page["messages"] and float(page["messages"][-1]["ts"]) < (tried - SKEW).timestamp():
                break
        return ""

    def pages(self, errand: Errand, method: str, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield a list that Slack gives a page at a time."""
        cursor: dict[str, str] = {}
        for _ in range(PAGES):
            page = self.call(errand, method, {**asked, "limit": PAGE, **cursor})
            yield page
            cursor = {"cursor": (page.get("response_metadata") or {}).get("next_cursor") or ""}
            if not cursor["cursor"]:
                return

    def respond(self, errand: Errand) -> Receipt:
        """Answer by the address that came with what somebody pressed; nobody can look there for what was answered."""
        said = errand.said
        if said.tried and not said.replace:
            raise Refused(UNCONFIRMED)
        self.begin(errand, "response_url")
        hook = WebhookClient(said.target, timeout=self.client.timeout, ssl=self.client.ssl, proxy=self.client.proxy, retry_handlers=[])
        answer = hook.send(**content(said), response_type="ephemeral", replace_original=said.replace)
        if answer.status_code != 200:
            raise Refused(word_in(answer.body), answer.status_code, seconds(answer.headers))
        return Receipt()

    def mark(self, errand: Errand) -> Receipt:
        """React to somebody's message, or take the reaction away; what is so already, or has nothing left to stand on, is as good."""
        said = errand.said
        method = "reactions.remove" if said.gone else "reactions.add"
        try:
            self.call(errand, method, {"channel": said.target, "timestamp": said.thread_ts, "name": said.message["text"]})
        except Refused as refused:
            if refused.word not in SETTLED:
                raise
        return Receipt(said.target, said.thread_ts)

    def call(self, errand: Errand, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Call a method of the Web API; raise Refused with Slack's word, or whatever went wrong on the way."""
        self.begin(errand, method)
        form, body = (arguments, None) if method in READING else (None, arguments)
        try:
            answer = self.client.api_call(method, params=form, json=body)
        except SlackApiError as error:
            raise refusal(error.response) from None
        assert isinstance(answer.data, dict)
        return answer.data

    def begin(self, errand: Errand, method: str) -> None:
        """Note that a call begins; raise Held when it must not, because Slack or the time left for the errand forbids it."""
        wait = self.pace.closed_for(method)
        if wait or self.clock.elapsed() > errand.until:
            raise Held(max(wait, 1.0))
        errand.method = method
        errand.posting = method in ("chat.postMessage", "response_url")


def is_person(target: str) -> bool:
    """Tell a person's id from a conversation's."""
    return target.startswith(("U", "W"))


def content(said: Said) -> dict[str, Any]:
    """Return text and blocks, of which there may be none."""
    return {name: part for name, part in said.message.items() if part}


def digest(key: str) -> str:
    """Return what stands for a key in a message's metadata, which everybody in the workspace may read."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def key_of(message: dict[str, Any]) -> str:
    """Return the digest in a message's metadata, or nothing."""
    metadata = message.get("metadata") or {}
    return str(metadata.get("event_payload", {}).get("key", "")) if metadata.get("event_type") == EVENT_TYPE else ""


def word_in(body: str) -> str:
    """Return the word in which a `response_url` says why not: it is the whole answer, or the `error` of some JSON."""
    try:
        said = json.loads(body)
    except ValueError:
        return body.strip()
    return str(said.get("error", "")) if isinstance(said, dict) else ""
