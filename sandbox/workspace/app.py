"""The app installed in the workspace, as its manifest describes it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sandbox.refusal import JSON

TEAM, TEAM_NAME, DOMAIN = "T0SANDBOX1", "Sandbox", "sandbox"
APP, BOT, BOT_USER = "A0SANDBOX1", "B0SANDBOX1", "U0SANDBOT1"
VERIFICATION = "verification-token"


@dataclass(frozen=True)
class SlackApp:
    """What the manifest grants and switches on."""

    manifest: JSON

    def _at(self, *path: str, default: Any) -> Any:
        value: Any = self.manifest
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return default if value is None else value

    @property
    def name(self) -> str:
        """Return the name that people see."""
        return str(self._at("features", "bot_user", "display_name", default=self._at("display_information", "name", default="app")))

    @cached_property
    def commands(self) -> dict[str, JSON]:
        """Return the registered slash commands by name, slash included."""
        return {command["command"]: command for command in self._at("features", "slash_commands", default=[])}

    @cached_property
    def shortcuts(self) -> dict[str, JSON]:
        """Return the registered shortcuts by callback id."""
        return {shortcut["callback_id"]: shortcut for shortcut in self._at("features", "shortcuts", default=[])}

    @cached_property
    def scopes(self) -> frozenset[str]:
        """Return the scopes of the bot token."""
        return frozenset(self._at("oauth_config", "scopes", "bot", default=[]))

    @cached_property
    def events(self) -> frozenset[str]:
        """Return the events that the app subscribed to."""
        return frozenset(self._at("settings", "event_subscriptions", "bot_events", default=[]))

    def home_setting(self, key: str) -> bool:
        """Tell whether a setting of App Home is on (`home_tab_enabled`, `messages_tab_enabled`, ...)."""
        return bool(self._at("features", "app_home", key, default=False))

    @property
    def takes_messages(self) -> bool:
        """Tell whether people can write to the app."""
        return self.home_setting("messages_tab_enabled") and not self.home_setting("messages_tab_read_only_enabled")

    @property
    def interactive(self) -> bool:
        """Tell whether buttons, modals and shortcuts reach the app."""
        return bool(self._at("settings", "interactivity", "is_enabled", default=False))

    def described(self) -> JSON:
        """Return what the page shows about the app."""
        keys = ("home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled")
        return {"id": APP, "name": self.name, "bot_id": BOT, "bot_user_id": BOT_USER, "team_id": TEAM} | {
            key: self.home_setting(key) for key in keys
        }
