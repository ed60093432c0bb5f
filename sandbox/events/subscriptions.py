"""Which happenings reach the app: those it subscribed to, has the scope for, and is there to see."""

from dataclasses import dataclass

from sandbox.refusal import JSON
from sandbox.workspace.app import APP, BOT_USER, TEAM, VERIFICATION, SlackApp
from sandbox.workspace.channels import Channel


@dataclass(frozen=True)
class Rule:
    """One of these scopes is needed; `present` asks for the bot in the conversation too."""

    scopes: tuple[str, ...] = ()
    present: bool = False


RULES = {
    "message.channels": Rule(("channels:history",), present=True),
    "message.groups": Rule(("groups:history",), present=True),
    "message.im": Rule(("im:history",), present=True),
    "message.mpim": Rule(("mpim:history",), present=True),
    "app_mention": Rule(("app_mentions:read",), present=True),
    "app_home_opened": Rule(),
    "reaction_added": Rule(("reactions:read",), present=True),
    "reaction_removed": Rule(("reactions:read",), present=True),
    "member_joined_channel": Rule(("channels:read", "groups:read"), present=True),
    "member_left_channel": Rule(("channels:read", "groups:read"), present=True),
    "team_join": Rule(("users:read",)),
    "user_change": Rule(("users:read",)),
    "tokens_revoked": Rule(),
}
_MESSAGES = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


def reaches(app: SlackApp, event: JSON, channel: Channel | None) -> bool:
    """Tell whether the app gets this event."""
    name = _MESSAGES[channel.kind] if event["type"] == "message" and channel else event["type"]
    rule = RULES[name]
    if name not in app.events or (rule.scopes and not app.scopes & set(rule.scopes)):
        return False
    return not rule.present or (channel is not None and channel.has_bot)


def envelope(event: JSON, channel: Channel | None, event_id: str, seconds: int) -> JSON:
    """Return the event in what the Events API wraps around it."""
    authorization = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
    wrapped: JSON = {"token": VERIFICATION, "team_id": event.get("user_team", TEAM), "context_team_id": TEAM, "context_enterprise_id": None}
    wrapped |= {"api_app_id": APP, "event": event, "type": "event_callback", "event_id": event_id, "event_time": seconds}
    wrapped |= {"authorizations": [authorization], "is_ext_shared_channel": bool(channel and channel.shared)}
    return wrapped | {"event_context": f"4-{event_id}"}
