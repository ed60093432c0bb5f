"""The parts that the self-check looks at."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.handbook import Handbook
from storage.store import Store

MANIFEST = Path(__file__).parents[2] / "manifest.json"
ANSWERED_WITHIN = 2.0  # seconds, so that Slack still takes the answer to a command


@dataclass(frozen=True)
class Examined:
    """What is looked at; with `thorough` also what takes long or may only be asked once a minute.

    `now` is the people's time; `patience` the seconds after which a part that has not answered is passed over.
    """

    client: WebClient
    store: Store
    handbook: Handbook
    now: datetime
    file: Path | None = None
    app_token: str = ""
    thorough: bool = False
    patience: float = ANSWERED_WITHIN


@cache
def promised() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the scopes and the events that the manifest names."""
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    return tuple(manifest["oauth_config"]["scopes"]["bot"]), tuple(manifest["settings"]["event_subscriptions"]["bot_events"])


def header(answer: SlackResponse, name: str) -> str:
    """Return a header of Slack's answer, in whatever case it came."""
    return next((str(value) for known, value in answer.headers.items() if known.lower() == name), "")


def granted(answer: SlackResponse) -> frozenset[str]:
    """Return the scopes that the token has, as Slack tells with each answer."""
    return frozenset(scope.strip() for scope in header(answer, "x-oauth-scopes").split(","))
