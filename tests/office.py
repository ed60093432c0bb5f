"""An office to tell stories in: a workspace over real sockets, the bot in it, and people who type, press and read."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import app
from bot.clock import MovableClock
from bot.handbook import load_handbook
from bot.settings import read_settings
from sandbox.server import Sandbox
from sandbox.workspace.app import BOT_USER
from scheduler import directory
from scheduler.job import Occasion

MANIFEST = json.loads(Path("manifest.json").read_text(encoding="utf-8"))
MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past nine in Shanghai
SHANGHAI = "Asia/Shanghai"
PEOPLE = (
    {"id": "U0ADA0001", "name": "ada", "display_name": "Ada Admin", "tz": SHANGHAI, "locale": "en-US"},
    {"id": "U0ANN0001", "name": "ann", "display_name": "Ann Engineer", "tz": SHANGHAI, "locale": "en-US"},
    {"id": "U0BOB0001", "name": "bob", "display_name": "Bob Engineer", "tz": SHANGHAI, "locale": "en-US"},
    {"id": "U0MAY0001", "name": "may", "display_name": "May Manager", "tz": SHANGHAI, "locale": "en-US"},
    {"id": "U0LIN0001", "name": "lin", "display_name": "林晓", "tz": SHANGHAI, "locale": "zh-CN"},
    {"id": "U0CHN0001", "name": "chen", "display_name": "陳美玲", "tz": "Asia/Taipei", "locale": "zh-TW"},
    {"id": "U0HAN0001", "name": "hana", "display_name": "Hana HR", "tz": SHANGHAI, "locale": "en-US"},
    {"id": "U0DAN0001", "name": "dan", "display_name": "Dan Engineer", "tz": SHANGHAI, "locale": "en-US"},
    {"id": "U0GUS0001", "name": "gus", "display_name": "Gus Guest", "tz": SHANGHAI, "locale": "en-US", "is_restricted": True},
)
EVERYBODY = [person["id"] for person in PEOPLE]
CHANNELS = (
    {"id": "C0GENERAL", "name": "general", "members": EVERYBODY},
    {"id": "C0WINS001", "name": "wins", "members": EVERYBODY, "bot": True},
    {"id": "C0PRODUCT", "name": "product", "members": EVERYBODY, "bot": True},
    {"id": "C0DEMOS01", "name": "demos", "members": EVERYBODY, "bot": True},
)


@dataclass
class Seen:
    """A message as a person sees it: its words, and what can be pressed in it."""

    person: "Somebody"
    channel: str
    message: dict[str, Any]

    @property
    def words(self) -> str:
        """Return all text of the message, a block a line."""
        return "\n".join(text_of(block) for block in self.message.get("blocks", [])) or self.message.get("text", "")

    @property
    def buttons(self) -> list[str]:
        """Return the labels of what can be pressed."""
        return [label for label, *_ in pressables(self.message)]

    def press(self, label: str) -> "Seen | None":
        """Press what bears this label; return the message that answers, if there is one."""
        found = [rest for known, *rest in pressables(self.message) if known == label]
        assert found, f"there is no {label!r} among {self.buttons} in {self.words!r}"
        block, action, value = found[0]
        before = self.person.all_seen(self.channel)
        place = (self.channel, self.message["ts"])
        self.person.office.sandbox.control.press(self.person.id, message=place, block_id=block, action_id=action, value=value)
        self.person.office.settle()
        fresh = [seen for seen in self.person.all_seen(self.channel) if seen.message not in [old.message for old in before]]
        return fresh[-1] if fresh else None


@dataclass
class Somebody:
    """One person at work."""

    office: "Office"
    id: str

    def types(self, text: str, channel: str = "C0GENERAL") -> Seen:
        """Type a command; return what is answered, which must be something."""
        self.office.sandbox.control.command(self.id, channel, text)
        self.office.settle()
        seen = self.all_seen(channel)
        assert seen, f"{text!r} was not answered"
        return seen[-1]

    def fills(self, **values: Any) -> dict[str, str]:
        """Fill the form on top and submit it; return the errors, by field."""
        view = self.form()
        given = {name: {name: value} for name, value in values.items()}
        result = self.office.sandbox.control.submit(self.id, view["id"], given)
        self.office.settle()
        return result["errors"] or {}

    def form(self) -> dict[str, Any]:
        """Return the form on top, which must be there."""
        views = self.office.sandbox.control.views(self.id)
        assert views, f"{self.id} has no form open"
        return views[-1]

    def all_seen(self, channel: str) -> list[Seen]:
        """Return what this person sees in a conversation, oldest first."""
        return [Seen(self, channel, message) for message in self.office.sandbox.control.messages(self.id, channel)]

    def sees(self, channel: str) -> list[str]:
        """Return the words of what this person sees in a conversation."""
        return [seen.words for seen in self.all_seen(channel)]

    @property
    def told(self) -> list[Seen]:
        """Return what the bot told this person directly."""
        return [seen for seen in self.all_seen(BOT_USER) if seen.message.get("bot_id")]

    def home(self) -> str:
        """Open App Home; return its words."""
        self.office.sandbox.control.home(self.id)
        self.office.settle()
        view = self.office.sandbox.control.home_view(self.id)
        return "\n".join(text_of(block) for block in (view or {}).get("blocks", []))


@dataclass
class Office:
    """The workspace, the bot and the clock."""

    sandbox: Sandbox
    bot: app.Bot
    clock: MovableClock
    people: dict[str, Somebody] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Somebody:
        """Return somebody by their Slack name."""
        ids = {person["name"]: person["id"] for person in PEOPLE}
        if name not in ids:
            raise AttributeError(name)
        return Somebody(self, ids[name])

    @property
    def bot_user(self) -> str:
        """Return the id under which the bot is written to."""
        return BOT_USER

    def places(self, name: str, **facts: str) -> None:
        """Place somebody in the company as an administrator would; a manager is named by their Slack name."""
        who = getattr(self, name)
        given = {key: getattr(self, value).id if key == "manager" else value for key, value in facts.items()}
        with self.bot.store.change() as shelves:
            person = shelves.people.get(who.id)
            assert person is not None, f"{name} is not in the directory"
            shelves.people.put(person.amended(**given))

    def settle(self) -> None:
        """Let the bot take in all events and say all that is due."""
        assert self.sandbox.control.settle(), "the bot did not take its events in"
        self.bot.sender.deliver_due()

    def pass_time(self, **length: float) -> None:
        """Let time pass, with what the bot does in it."""
        self.bot.scheduler.pass_time(self.clock.now() + timedelta(**length))


@contextmanager
def open_office(database: str, *, http: bool = False, handbook: Path | None = None, real_pace: bool = True) -> Iterator[Office]:
    """Open an office on a Monday morning, its bot reached by Socket Mode or by signed HTTP; what is due is said on `settle`."""
    clock = MovableClock(MONDAY)
    sandbox = Sandbox(clock, manifest=MANIFEST, people=PEOPLE, channels=CHANNELS, real_pace=real_pace)
    with sandbox:
        reached = {"SLACK_SIGNING_SECRET": "sandbox-secret", "PORT": str(free_port())} if http else {"SLACK_APP_TOKEN": "xapp-sandbox"}
        told = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_API_URL": f"{sandbox.url}/api/", "DATABASE_URL": database, "ADMINS": "U0ADA0001"}
        bot = app.Bot(read_settings({**told, **reached}), load_handbook(handbook), clock)
        bot.listen()
        if bot.socket:
            bot.socket.thread.join()
        else:
            sandbox.events_url = f"http://127.0.0.1:{bot.settings.port}/slack/events"
        directory.refresh(Occasion(clock.now(), bot.store, bot.desk.handbook), bot.client)
        yield Office(sandbox, bot, clock)
        bot.stop()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def pressables(message: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield label, block, action and value of each button and menu entry."""
    for block in message.get("blocks", []):
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button":
                yield element["text"]["text"], block["block_id"], element["action_id"], element.get("value", "")
            for option in element.get("options", []) if element.get("type") in ("overflow", "static_select") else []:
                yield option["text"]["text"], block["block_id"], element["action_id"], option["value"]


def text_of(node: Any) -> str:
    """Return the words in a block, whatever its kind."""
    if isinstance(node, list):
        return "".join(text_of(child) for child in node)
    if not isinstance(node, dict):
        return ""
    if isinstance(node.get("text"), str):
        return str(node["text"])
    known = {"user": lambda: f"<@{node['user_id']}>", "emoji": lambda: f":{node['name']}:"}
    if node.get("type") in known:
        return known[node["type"]]()
    return " ".join(filter(None, (text_of(node.get(part)) for part in ("text", "fields", "elements", "accessory", "label", "title"))))
