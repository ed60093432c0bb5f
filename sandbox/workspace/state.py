"""The workspace: everything there is in it, and the names by which it is found."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from secrets import choice
from string import ascii_letters, digits
from typing import cast

from bot.clock import Clock
from sandbox.refusal import JSON, Refused
from sandbox.stream import Stream
from sandbox.workspace.app import BOT_USER, TEAM, SlackApp
from sandbox.workspace.channels import Channel, ChannelData, Kind, MessageData
from sandbox.workspace.files import File
from sandbox.workspace.links import ResponseUrl, Trigger
from sandbox.workspace.markup import Names, message_from
from sandbox.workspace.people import Person, PersonData
from sandbox.workspace.views import Entered, View

Happening = Callable[[JSON, Channel | None], None]


@dataclass
class Scheduled:
    """A message that waits for its time; one with metadata never comes."""

    id: str
    channel: str
    post_at: int
    text: str
    body: JSON
    created: int


@dataclass
class Contents:
    """What the workspace holds at some time; a reset begins with a new one."""

    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    directs: dict[frozenset[str], str] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    entered: dict[tuple[str, str, str], Entered] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    scheduled: dict[str, Scheduled] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)


class Workspace:
    """Hold the contents, hand out ids and instants, and tell the app and the page what happens."""

    def __init__(self, clock: Clock, app: SlackApp, people: Sequence[PersonData] = (), channels: Sequence[ChannelData] = ()) -> None:
        self.clock = clock
        self.app = app
        self.lock = threading.RLock()
        self.stream = Stream()
        self.tell_app: Happening = lambda event, channel: None
        self.url = ""
        self._seed = (people, channels)
        self._ids = count(1)
        self.reset()

    def reset(self) -> None:
        """Return to the department's first day."""
        with self.lock:
            self.contents = Contents()
            self._last_ts = 0
            self._add_bot()
            for person in self._seed[0]:
                self.people[person["id"]] = Person(**person)
            for channel in self._seed[1]:
                self._add_channel(channel)

    def _add_bot(self) -> None:
        self.people[BOT_USER] = Person(id=BOT_USER, name=self.app.name, is_bot=True, tz="America/Los_Angeles")

    def _add_channel(self, data: ChannelData) -> None:
        members = data["members"] + ([BOT_USER] if data.get("bot") and BOT_USER not in data["members"] else [])
        kind: Kind = "group" if data.get("private") else "channel"
        channel = Channel(data["id"], data["name"], kind, list(members), self.seconds(), creator=members[0] if members else "")
        channel.topic, channel.purpose = data.get("topic", ""), data.get("purpose", "")
        channel.archived, channel.shared = data.get("archived", False), data.get("shared", False)
        self.channels[channel.id] = channel
        for message in sorted(data.get("messages", []), key=lambda m: -m["ago"]):
            self._remember(channel, message, None)
        for member in channel.members:
            channel.read[member] = next(reversed(channel.messages), "0")

    def _remember(self, channel: Channel, data: MessageData, parent: JSON | None) -> None:
        """Put a message of the past where it belongs, its replies after it."""
        ts = f"{(self.clock.now() - timedelta(seconds=data['ago'])).timestamp():.6f}"
        message = {"type": "message", "user": data["user"], "ts": ts, "team": TEAM} | message_from(
            data["text"], self.names(data["text"]), self.short_id()
        )
        self.keep(channel, message, parent)
        for reply in data.get("replies", []):
            self._remember(channel, reply, message)

    def keep(self, channel: Channel, message: JSON, parent: JSON | None) -> None:
        """Add a message to a channel, and to its parent's thread."""
        channel.messages[message["ts"]] = message
        if parent is None:
            return
        message |= {"thread_ts": parent["ts"], "parent_user_id": parent.get("user", "")}
        replies = channel.replies.setdefault(parent["ts"], [])
        replies.append(message["ts"])
        users = list(dict.fromkeys([*parent.get("reply_users", []), message.get("user", "")]))
        parent |= {"thread_ts": parent["ts"], "reply_count": len(replies), "reply_users": users}
        parent |= {"reply_users_count": len(users), "latest_reply": message["ts"]}

    @property
    def people(self) -> dict[str, Person]:
        """Return everybody by id, the bot among them."""
        return self.contents.people

    @property
    def channels(self) -> dict[str, Channel]:
        """Return all conversations by id."""
        return self.contents.channels

    def seconds(self) -> int:
        """Return the workspace's time in Unix seconds."""
        return int(self.clock.now().timestamp())

    def new_ts(self) -> str:
        """Return the next message's `ts`; no two are the same."""
        with self.lock:
            self._last_ts = max(int(self.clock.now().timestamp() * 1_000_000), self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """Return an id that was never used here."""
        return f"{prefix}0S{next(self._ids):07d}"

    def short_id(self, length: int = 5) -> str:
        """Return what Slack puts where the app gave no id."""
        return "".join(choice(ascii_letters + digits) for _ in range(length))

    def person(self, person_id: str, error: str = "user_not_found") -> Person:
        """Return somebody by id; raise Refused."""
        found = self.people.get(person_id)
        if found is None:
            raise Refused(error, f"there is nobody with the id {person_id}")
        return found

    def channel(self, channel_id: str) -> Channel:
        """Return a conversation by id; raise Refused."""
        found = self.channels.get(channel_id)
        if found is None:
            raise Refused("channel_not_found", f"there is no conversation {channel_id}")
        return found

    def message(self, channel: Channel, ts: str, error: str = "message_not_found") -> JSON:
        """Return a message by its `ts`; raise Refused."""
        found = channel.messages.get(ts)
        if found is None:
            raise Refused(error, f"there is no message {ts} in {channel.id}")
        return found

    def direct(self, *members: str) -> Channel:
        """Return the direct message between these, opened when need be."""
        key = frozenset(members)
        if key not in self.contents.directs:
            kind: Kind = "im" if len(key) == 2 else "mpim"
            name = "" if kind == "im" else "mpdm-" + "--".join(self.person(member).username for member in members) + "-1"
            channel = Channel(self.new_id("D" if kind == "im" else "G"), name, kind, list(members), self.seconds(), creator=members[0])
            self.channels[channel.id] = channel
            self.contents.directs[key] = channel.id
            self.show_channel(channel)
        return self.channels[self.contents.directs[key]]

    def sees(self, person: Person, channel: Channel) -> bool:
        """Tell whether a person may look into a conversation."""
        return person.id in channel.members or (channel.kind == "channel" and not person.is_guest)

    def visible_to(self, person: Person) -> Iterator[Channel]:
        """Yield the conversations that a person may look into."""
        return (channel for channel in list(self.channels.values()) if self.sees(person, channel))

    def names(self, typed: str) -> Names:
        """Return who and what could be mentioned in this text."""
        if "@" not in typed and "#" not in typed:
            return Names({}, {})
        people = {
            name.casefold(): p.id for p in reversed(self.people.values()) for name in (p.name, p.display_name, p.username, p.id) if name
        }
        channels = {c.name.casefold(): c.id for c in self.channels.values() if not c.is_direct}
        private = frozenset(c.id for c in self.channels.values() if c.kind == "group")
        return Names(people, channels, private, {p.id: p.username for p in self.people.values()})

    def channel_for(self, viewer: str, channel: Channel) -> JSON:
        """Return a conversation as the page shows it to a person."""
        return channel.described(viewer) | {"members": list(channel.members), "unread": channel.unread(viewer)}

    def show_channel(self, channel: Channel) -> None:
        """Tell each watching person that may see it how a conversation now stands."""
        for watcher in self.stream.watchers():
            if watcher in self.people and self.sees(self.people[watcher], channel):
                self.stream.publish({"type": "channel", "channel": self.channel_for(watcher, channel)}, (watcher,))

    def show(self, happening: JSON, channel: Channel) -> None:
        """Tell the page what happened in a conversation, for those who may see it."""
        for watcher in self.stream.watchers():
            if watcher in self.people and self.sees(self.people[watcher], channel):
                self.stream.publish(cast(JSON, {"channel": channel.id} | happening), (watcher,))
