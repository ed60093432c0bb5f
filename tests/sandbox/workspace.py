"""The workspace that the sandbox's own tests act in."""

from copy import deepcopy
from typing import Any

from sandbox.workspace.channels import ChannelData
from sandbox.workspace.people import PersonData

ANN, BOB, GUEST, EVE, GONE, OTHER_BOT = "U0ANN0001", "U0BOB0002", "U0GUEST03", "U0EVE0004", "U0GONE005", "U0OTHER06"
GENERAL, SECRET, QUIET, OLD, SHARED = "C0GENERAL", "C0SECRET1", "C0QUIET01", "C0OLD0001", "C0SHARED1"

PEOPLE: list[PersonData] = [
    {"id": ANN, "name": "Ann Example", "email": "ann@example.com", "tz": "Asia/Shanghai", "locale": "zh-CN", "title": "Engineer"},
    {"id": BOB, "name": "Bob Sample", "email": "bob@example.com", "tz": "America/New_York"},
    {"id": GUEST, "name": "Gus Guest", "is_restricted": True, "is_ultra_restricted": True},
    {"id": EVE, "name": "Eve Partner", "team_id": "T0PARTNER"},
    {"id": GONE, "name": "Gone Away", "email": "gone@example.com", "deleted": True},
    {"id": OTHER_BOT, "name": "Other Bot", "is_bot": True},
]
CHANNELS: list[ChannelData] = [
    {
        "id": GENERAL,
        "name": "general",
        "members": [ANN, BOB, GUEST],
        "bot": True,
        "messages": [{"user": ANN, "text": "hello", "ago": 3600, "replies": [{"user": BOB, "text": "hi", "ago": 1800}]}],
    },
    {"id": SECRET, "name": "secret", "members": [ANN], "private": True},
    {"id": QUIET, "name": "quiet", "members": [ANN, OTHER_BOT]},
    {"id": OLD, "name": "old", "members": [ANN], "bot": True, "archived": True},
    {"id": SHARED, "name": "shared", "members": [ANN, EVE], "bot": True, "shared": True},
]

SCOPES = """
    app_mentions:read channels:history channels:join channels:manage channels:read chat:write commands files:read files:write
    groups:history groups:read im:history im:read im:write mpim:history mpim:read mpim:write reactions:read reactions:write
    team:read users.profile:read users:read users:read.email
""".split()
EVENTS = """
    app_home_opened app_mention member_joined_channel message.channels message.groups message.im message.mpim
    reaction_added reaction_removed team_join tokens_revoked user_change
""".split()
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Tester"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Tester"},
        "slash_commands": [{"command": "/do", "should_escape": True}, {"command": "/raw", "should_escape": False}],
        "shortcuts": [
            {"name": "New", "type": "global", "callback_id": "new"},
            {"name": "Log", "type": "message", "callback_id": "log"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": EVENTS}, "interactivity": {"is_enabled": True}},
}


def manifest(*, without_scopes: tuple[str, ...] = (), without_events: tuple[str, ...] = (), **app_home: bool) -> dict[str, Any]:
    """Return the manifest with less in it."""
    changed = deepcopy(MANIFEST)
    changed["oauth_config"]["scopes"]["bot"] = [scope for scope in SCOPES if scope not in without_scopes]
    changed["settings"]["event_subscriptions"]["bot_events"] = [event for event in EVENTS if event not in without_events]
    changed["features"]["app_home"] |= app_home
    return changed
