"""A person of the workspace and what Slack shows of them."""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import NotRequired, TypedDict
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from sandbox.refusal import JSON
from sandbox.workspace.app import APP, BOT, BOT_USER, TEAM


class PersonData(TypedDict):
    """What a department says about one of its people; only `id` and `name` are needed."""

    id: str
    name: str
    display_name: NotRequired[str]
    title: NotRequired[str]
    email: NotRequired[str]
    tz: NotRequired[str]
    locale: NotRequired[str]
    team_id: NotRequired[str]
    deleted: NotRequired[bool]
    is_admin: NotRequired[bool]
    is_owner: NotRequired[bool]
    is_restricted: NotRequired[bool]
    is_ultra_restricted: NotRequired[bool]
    is_bot: NotRequired[bool]


@dataclass
class Person:
    """Somebody with an account here, or a stranger who shares a channel (another `team_id`)."""

    id: str
    name: str
    display_name: str = ""
    title: str = ""
    email: str = ""
    tz: str = "UTC"
    locale: str = "en-US"
    team_id: str = TEAM
    deleted: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    updated: int = 0

    @property
    def is_stranger(self) -> bool:
        """Tell whether this person belongs to another workspace."""
        return self.team_id != TEAM

    @property
    def username(self) -> str:
        """Return the obsolete account name."""
        return self.email.partition("@")[0] or "".join(self.name.lower().split()) or self.id.lower()

    @property
    def is_guest(self) -> bool:
        """Tell whether this person sees only the conversations they were put in."""
        return self.is_restricted or self.is_ultra_restricted or self.is_stranger

    def described(self, now: datetime, *, with_locale: bool = True, with_email: bool = True) -> JSON:
        """Return the user object; a deactivated person's lacks zone and standing, a stranger's is partial."""
        described: JSON = {"id": self.id, "team_id": self.team_id, "name": self.username, "deleted": self.deleted, "real_name": self.name}
        described["profile"] = self.profile(with_email=with_email)
        described |= {"is_bot": self.is_bot, "is_app_user": False, "updated": self.updated}
        if not self.is_stranger:
            described |= {"color": "9f69e7", "is_email_confirmed": True, "who_can_share_contact_card": "EVERYONE"}
        if self.deleted:
            return described | {"is_forgotten": False}
        described |= zone_fields(self.tz, now) | {"is_restricted": self.is_restricted, "is_ultra_restricted": self.is_ultra_restricted}
        if self.is_stranger:
            return described | {"is_stranger": True}
        described |= {"is_admin": self.is_admin, "is_owner": self.is_owner, "is_primary_owner": False}
        return described | ({"locale": self.locale} if with_locale else {})

    def profile(self, *, with_email: bool = True) -> JSON:
        """Return the profile; partial for a stranger, with the address only where the scope allows it."""
        short: JSON = {"real_name": self.name, "display_name": self.display_name, "team": self.team_id}
        if self.is_stranger:
            return short
        first, _, last = self.name.partition(" ")
        profile = short | {"title": self.title, "phone": "", "skype": "", "real_name_normalized": self.name, "fields": {}}
        profile |= {"display_name_normalized": self.display_name, "first_name": first, "last_name": last, "avatar_hash": "g0"}
        profile |= {
            "status_text": "",
            "status_emoji": "",
            "status_emoji_display_info": [],
            "status_expiration": 0,
            "status_text_canonical": "",
        }
        if self.is_bot:
            profile |= {"api_app_id": APP if self.id == BOT_USER else "A0OTHER001", "bot_id": BOT if self.id == BOT_USER else "B0OTHER001"}
        return profile | ({"email": self.email} if with_email and self.email else {})


CHANGEABLE = frozenset(field.name for field in fields(Person)) - {"id", "updated"}


def zone_fields(tz: str, now: datetime) -> JSON:
    """Return zone, its English name and its offset at that instant in seconds."""
    local = now.astimezone(ZoneInfo(tz))
    offset = local.utcoffset()
    return {"tz": tz, "tz_label": _zone_label(tz, bool(local.dst())), "tz_offset": int(offset.total_seconds()) if offset else 0}


@lru_cache
def _zone_label(tz: str, summer: bool) -> str:
    return str(get_timezone_name(ZoneInfo(tz), zone_variant="daylight" if summer else "standard", locale="en"))


def slackbot(now: datetime) -> JSON:
    """Return Slack's own bot, which says of itself that it is none."""
    profile = {"real_name": "Slackbot", "display_name": "Slackbot", "always_active": True}
    head = {"id": "USLACKBOT", "team_id": TEAM, "name": "slackbot", "deleted": False, "real_name": "Slackbot"}
    return head | zone_fields("America/Los_Angeles", now) | {"profile": profile, "is_bot": False, "is_app_user": False, "updated": 0}
