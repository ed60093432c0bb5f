"""A conversation: its members, its messages and what Slack shows of it."""

from dataclasses import dataclass, field
from typing import Literal, NotRequired, TypedDict

from sandbox.refusal import JSON
from sandbox.workspace.app import BOT_USER, TEAM

Kind = Literal["channel", "group", "im", "mpim"]


class MessageData(TypedDict):
    """A message of the department's history, `ago` seconds old at the start."""

    user: str
    text: str
    ago: float
    replies: NotRequired[list["MessageData"]]


class ChannelData(TypedDict):
    """What a department says about a channel; `bot` puts the app's bot in it."""

    id: str
    name: str
    members: list[str]
    bot: NotRequired[bool]
    private: NotRequired[bool]
    archived: NotRequired[bool]
    shared: NotRequired[bool]
    topic: NotRequired[str]
    purpose: NotRequired[str]
    messages: NotRequired[list[MessageData]]


@dataclass
class Channel:
    """A public or private channel, a direct message or a group of them."""

    id: str
    name: str
    kind: Kind
    members: list[str]
    created: int
    creator: str = ""
    archived: bool = False
    shared: bool = False
    topic: str = ""
    purpose: str = ""
    messages: dict[str, JSON] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)
    ephemerals: list[JSON] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        """Tell whether this is a direct message, to one or to several."""
        return self.kind in ("im", "mpim")

    @property
    def has_bot(self) -> bool:
        """Tell whether the app's bot is in it."""
        return BOT_USER in self.members

    @property
    def name_for_apps(self) -> str:
        """Return the name that payloads carry: direct and private ones are not told."""
        return {"im": "directmessage", "group": "privategroup"}.get(self.kind, self.name)

    def partner_of(self, person: str) -> str:
        """Return the other side of a direct message."""
        return next((member for member in self.members if member != person), person)

    def top_level(self) -> list[JSON]:
        """Return what stands in the channel itself, oldest first."""
        return [m for m in self.messages.values() if m.get("thread_ts", m["ts"]) == m["ts"] or m.get("subtype") == "thread_broadcast"]

    def unread(self, person: str) -> int:
        """Count what others said in the channel after this person's mark."""
        mark = self.read.get(person, "0")
        return sum(1 for m in self.top_level() if m["ts"] > mark and m.get("user") != person)

    def described(self, viewer: str = BOT_USER, *, num_members: bool = False) -> JSON:
        """Return the conversation object as this viewer gets it."""
        described: JSON = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
            "is_org_shared": False,
        }
        if self.kind == "im":
            return described | {"user": self.partner_of(viewer), "is_user_deleted": False, "priority": 0, "context_team_id": TEAM}
        described |= {"name": self.name, "name_normalized": self.name, "creator": self.creator, "context_team_id": TEAM, "unlinked": 0}
        described |= {"is_channel": self.kind == "channel", "is_group": self.kind == "group", "is_mpim": self.kind == "mpim"}
        described |= {"is_private": self.kind != "channel", "is_general": self.name == "general", "is_member": viewer in self.members}
        described |= {"is_shared": self.shared, "is_ext_shared": self.shared, "is_pending_ext_shared": False, "shared_team_ids": [TEAM]}
        described |= {"topic": _note(self.topic, self.creator), "purpose": _note(self.purpose, self.creator)}
        return described | ({"num_members": len(self.members)} if num_members else {})


def _note(text: str, creator: str) -> JSON:
    return {"value": text, "creator": creator if text else "", "last_set": 0}
