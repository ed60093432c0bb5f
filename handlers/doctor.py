"""The self-check (`/presales doctor`, `python app.py doctor`): each part is looked at, and what is wrong is said with its cure."""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.clock import Clock
from bot.handbook import Handbook
from bot.language import N_
from bot.policy.people import require
from bot.views import doctor as views
from bot.views.doctor import Finding, Phrase
from handlers.context import Answer, Say, Turn
from handlers.replies import word_of
from handlers.routes import UMBRELLA, Routes, Word
from storage.schema import versions
from storage.store import Shelves, Store

MANIFEST = Path(__file__).parent.parent / "manifest.json"
APART = timedelta(seconds=60)  # Slack's signatures are refused when the clocks are five minutes apart
LATE = timedelta(minutes=5)
RECENT = timedelta(days=7)
ANSWERED_WITHIN = 2.0  # seconds, so that Slack still takes the answer to a command
OURS = frozenset({"expired", "no_thread"})  # messages given up for want of a reason to send them; nothing is wrong
log = logging.getLogger("bidwell.doctor")

TOKEN, SCOPES, APP_TOKEN, CLOCK = N_("Bot token"), N_("Scopes"), N_("App token"), N_("Clock")
DELIVERIES, DATABASE, AUDIT = N_("Deliveries"), N_("Database"), N_("Audit log")
HANDBOOK, OUTBOX, CHANNELS = N_("Handbook"), N_("Messages"), N_("Channels")

MENDS: Mapping[str, Phrase] = {
    "missing_scope": Phrase(N_("Add the scope to the app at Slack and install the app again.")),
    "invalid_auth": Phrase(N_("Copy the token from the app's page at Slack once more.")),
    "account_inactive": Phrase(N_("The app was removed from the workspace: install it again.")),
    "token_revoked": Phrase(N_("The app was removed from the workspace: install it again.")),
    "not_in_channel": Phrase(N_("Invite me to the channel.")),
    "channel_not_found": Phrase(N_("Invite me to the channel, or name another one in the handbook.")),
    "is_archived": Phrase(N_("Name another channel in the handbook.")),
    "messages_tab_disabled": Phrase(N_("Switch on the messages tab on the app's page at Slack.")),
}
ELSE = Phrase(N_("The log says more."))


def register(routes: Routes) -> None:
    """Register the self-check."""
    names = ("体检", "體檢", "自检", "自檢")
    routes.command(UMBRELLA, "home", Word("doctor", doctor, N_("doctor"), N_("check that everything works"), names, reads=True))


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


def doctor(turn: Turn, _shelves: Shelves) -> Answer:
    """Answer an administrator with the state of every part."""
    require("desk.doctor", turn.roles)
    parts = Examined(turn.client, turn.desk.store, turn.handbook, turn.now)
    return Say(views.examined(turn._, examine(parts), turn.person.zone))


def examine(parts: Examined) -> list[Finding]:
    """Return what was found of every part; they are looked at side by side, so that one that hangs hides no other."""
    found: dict[str, list[Finding]] = {}

    def look(part: str, check: Check) -> None:
        found[part] = findings(parts, part, check)

    looking = [Thread(target=look, args=entry, name="doctor", daemon=True) for entry in CHECKS.items()]
    for thread in looking:
        thread.start()
    ends = Clock().elapsed() + parts.patience
    for thread in looking:
        thread.join(max(0.0, ends - Clock().elapsed()))
    slow = Phrase(N_("No answer within {seconds} seconds."), {"seconds": int(parts.patience)})
    return [finding for part in CHECKS for finding in found.get(part, [Finding(part, False, slow, ELSE)])]


def findings(parts: Examined, part: str, check: "Check") -> list[Finding]:
    """Return what one check finds; that it cannot be made is a finding too."""
    try:
        return list(check(parts))
    except SlackApiError as error:
        word = word_of(error)
        return [Finding(part, False, Phrase(N_("Slack says no: {error}."), {"error": word}), MENDS.get(word, ELSE))]
    except Exception as error:
        log.exception("a part could not be examined", extra={"part": part})
        return [Finding(part, False, Phrase(N_("This cannot be examined: {error}."), {"error": type(error).__name__}), ELSE)]


def slack(parts: Examined) -> Iterator[Finding]:
    """Look at the bot token, its scopes, and how far Slack's clock is from ours."""
    answer = parts.client.auth_test()
    known = Phrase(N_("Slack knows me as {user} in {team}."), {"user": answer["user"], "team": answer["team"]})
    yield Finding(TOKEN, True, known)
    yield from scopes(granted(answer))
    date = header(answer, "date")
    if date:
        yield clock(Clock().now() - parsedate_to_datetime(date))


def header(answer: SlackResponse, name: str) -> str:
    """Return a header of Slack's answer, in whatever case it came."""
    return next((str(value) for known, value in answer.headers.items() if known.lower() == name), "")


def granted(answer: SlackResponse) -> frozenset[str]:
    """Return the scopes that the token has, as Slack tells with each answer."""
    return frozenset(scope.strip() for scope in header(answer, "x-oauth-scopes").split(","))


@cache
def promised() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the scopes and the events that the manifest names."""
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    return tuple(manifest["oauth_config"]["scopes"]["bot"]), tuple(manifest["settings"]["event_subscriptions"]["bot_events"])


def scopes(held: frozenset[str]) -> Iterator[Finding]:
    """Compare the token's scopes with the manifest's, and say of each that is missing what it is for."""
    missing = [scope for scope in promised()[0] if scope not in held]
    for scope in missing:
        what = Phrase(N_("{scope} is missing, which is for {purpose}."), {"scope": scope, "purpose": views.PURPOSES[scope]})
        yield Finding(SCOPES, False, what, MENDS["missing_scope"])
    if not missing:
        yield Finding(SCOPES, True, Phrase(N_("All {n} are granted."), {"n": len(promised()[0])}))


def clock(ahead: timedelta) -> Finding:
    """Judge how far this computer's clock is ahead of Slack's."""
    if abs(ahead) <= APART:
        return Finding(CLOCK, True, Phrase(N_("It agrees with Slack's.")))
    what = Phrase(N_("It differs from Slack's by {span}; at five minutes Slack's deliveries are refused."), {"span": abs(ahead)})
    return Finding(CLOCK, False, what, Phrase(N_("Have this computer's clock set over the network (NTP).")))


def app_token(parts: Examined) -> Iterator[Finding]:
    """Open a Socket Mode connection, which Slack allows about once a minute."""
    if parts.thorough and parts.app_token:
        parts.client.apps_connections_open(app_token=parts.app_token)
        yield Finding(APP_TOKEN, True, Phrase(N_("Slack lets me connect by Socket Mode.")))


KINDS = {"command": N_("command: {when}"), "press": N_("button: {when}"), "form": N_("form: {when}"), "event": N_("event: {when}")}


def deliveries(parts: Examined) -> Iterator[Finding]:
    """Say when something last came from Slack; that little comes is no fault."""
    with parts.store.look() as shelves:
        latest = shelves.inbox.latest()
    last = tuple(Phrase(text, {"when": latest[kind]}) for kind, text in KINDS.items() if kind in latest)
    none = Phrase(N_("Nothing that changes anything has come from Slack in the last days."))
    yield Finding(DELIVERIES, True if last else None, Phrase(N_("The last to change anything: {last}."), {"last": last}) if last else none)
    yield Finding(DELIVERIES, None, Phrase(N_("The app's events at Slack should be {events}."), {"events": promised()[1]}))


def database(parts: Examined) -> Iterator[Finding]:
    """Look at the schema, and write something and take it away again."""
    with parts.store.look() as shelves:
        found, wanted = versions(shelves)
    if found != wanted:
        what = Phrase(N_("Its schema is {found}; this version needs {wanted}."), {"found": found or "–", "wanted": wanted})
        yield Finding(DATABASE, False, what, Phrase(N_("Stop the bot and run: python app.py migrate")))
        return
    name = f"doctor:{uuid4().hex}"
    with parts.store.change() as shelves:
        shelves.leases.take(name, name, 1)
        shelves.leases.give_back(name, name)
    yield Finding(DATABASE, True, Phrase(N_("It can be read and written; its schema is {found}."), {"found": found}))


def audit(parts: Examined) -> Iterator[Finding]:
    """Follow the links of the whole audit log."""
    if not parts.thorough:
        return
    with parts.store.look() as shelves:
        broken = shelves.audit.broken()
    if not broken:
        yield Finding(AUDIT, True, Phrase(N_("No event was changed or taken out.")))
        return
    what = Phrase(N_("The history of {subjects} was changed outside the bot."), {"subjects": broken[:10]})
    yield Finding(AUDIT, False, what, Phrase(N_("Compare it with a backup, and find out who can write to the database.")))


def handbook(parts: Examined) -> Iterator[Finding]:
    """Name the handbook in force."""
    values = {"version": parts.handbook.version, "company": parts.handbook.company.name, "file": parts.file or ""}
    named = N_("Version {version} for {company}, from {file}.") if parts.file else N_("Version {version} for {company}.")
    yield Finding(HANDBOOK, True, Phrase(named, values))


def outbox(parts: Examined) -> Iterator[Finding]:
    """Say whether messages leave on time, and which could not be sent."""
    with parts.store.look() as shelves:
        waiting, failed = shelves.outbox.waiting(), shelves.outbox.failed()
    late = parts.now - waiting.oldest if waiting.oldest else timedelta()
    if late > LATE:
        what = Phrase(N_("{n} are waiting to be sent, the first for {span}."), {"n": waiting.due, "span": late})
        yield Finding(OUTBOX, False, what, Phrase(N_("See that the bot is running and reaches Slack; its log says what Slack answers.")))
    else:
        yield Finding(OUTBOX, True, Phrase(N_("They leave on time; {n} are planned."), {"n": waiting.planned}))
    recent = Counter(said.failed for said in failed if parts.now - said.created < RECENT)
    for word, count in recent.most_common():
        what = Phrase(N_("{n} of the last week could not be sent: {error}."), {"n": count, "error": word})
        yield Finding(OUTBOX, None if word in OURS else False, what, None if word in OURS else MENDS.get(word, ELSE))


def channels(parts: Examined) -> Iterator[Finding]:
    """Look at each channel that the handbook names."""
    for setting, name in dict(parts.handbook.channels).items():
        if name:
            yield from channel(parts, f"channels.{setting}", name)


def channel(parts: Examined, setting: str, name: str) -> Iterator[Finding]:
    """Say whether a channel is there, takes what I post, and who else reads it."""
    values = {"channel": name, "setting": setting}
    there, held = find_channel(parts.client, name)
    if there is None or there.get("is_archived"):
        gone = N_("{channel} ({setting} in the handbook) is archived.") if there else N_("{channel} ({setting} in the handbook) is not there.")
        yield Finding(CHANNELS, False, Phrase(gone, values), MENDS["is_archived" if there else "channel_not_found"])
        return
    if there.get("is_member") or (not there.get("is_private") and "chat:write.public" in held):
        yield Finding(CHANNELS, True, Phrase(N_("I can post in {channel}."), values))
    else:
        yield Finding(CHANNELS, False, Phrase(N_("I cannot post in {channel} ({setting} in the handbook)."), values), MENDS["not_in_channel"])
    outside = outsiders(parts, there)
    if outside:
        what = Phrase(N_("{channel} is also read by {people}."), {**values, "people": outside})
        yield Finding(CHANNELS, None, what, Phrase(N_("If they should not see it, name another channel in the handbook.")))


def find_channel(client: WebClient, name: str) -> tuple[dict[str, Any] | None, frozenset[str]]:
    """Return the channel of a #name or id, None if there is none, and the scopes that the token has."""
    if not name.startswith("#"):
        return by_id(client, name)
    held: frozenset[str] = frozenset()
    for page in pages(client):
        held = granted(page)
        for there in page["channels"]:
            if there.get("name") == name[1:]:
                return there, held
    return None, held


def by_id(client: WebClient, id: str) -> tuple[dict[str, Any] | None, frozenset[str]]:
    """Return the channel of an id, None if there is none, and the scopes that the token has."""
    try:
        answer = client.conversations_info(channel=id)
    except SlackApiError as error:
        if word_of(error) != "channel_not_found":
            raise
        return None, frozenset()
    return answer["channel"], granted(answer)


def pages(client: WebClient) -> Iterator[SlackResponse]:
    """Yield the channels that the bot is in, which are few, and then all public ones, a page at a time."""
    yield from client.users_conversations(types="public_channel,private_channel", limit=999)
    yield from client.conversations_list(types="public_channel", limit=1000)


def outsiders(parts: Examined, there: Mapping[str, Any]) -> list[object]:
    """Return who reads a channel without being a member of the company: guests by name, and another company."""
    with parts.store.look() as shelves:
        guests = {person.id: person.name for person in shelves.people.all() if person.guest or person.stranger}
    shared: list[object] = [N_("another company")] if there.get("is_ext_shared") or there.get("is_pending_ext_shared") else []
    if not guests:
        return shared
    members = parts.client.conversations_members(channel=there["id"], limit=1000)["members"]
    return [*shared, *(guests[member] for member in members[:1000] if member in guests)][:10]


Check = Callable[[Examined], Iterable[Finding]]
CHECKS: Mapping[str, Check] = {
    TOKEN: slack,
    APP_TOKEN: app_token,
    DELIVERIES: deliveries,
    DATABASE: database,
    AUDIT: audit,
    HANDBOOK: handbook,
    OUTBOX: outbox,
    CHANNELS: channels,
}
