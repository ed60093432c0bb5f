"""The self-check (`/presales doctor`, `python app.py doctor`): each part is looked at, and what is wrong is said with its cure."""

import logging
from collections.abc import Callable, Iterable, Mapping
from threading import Thread

from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.language import N_
from bot.policy.people import require
from bot.views import doctor as views
from bot.views.doctor import APP_TOKEN, AUDIT, CHANNELS, DATABASE, DELIVERIES, ELSE, HANDBOOK, MENDS, OUTBOX, TOKEN, Finding, Phrase
from handlers.context import Answer, Say, Turn
from handlers.examining.channels import channels
from handlers.examining.desk import audit, database, deliveries, handbook, outbox
from handlers.examining.parts import Examined
from handlers.examining.slack import app_token, slack
from handlers.replies import word_of
from handlers.routes import UMBRELLA, Routes, Word
from storage.store import Shelves

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
log = logging.getLogger("bidwell.doctor")


def register(routes: Routes) -> None:
    """Register the self-check."""
    names = ("体检", "體檢", "自检", "自檢")
    routes.command(UMBRELLA, "home", Word("doctor", doctor, N_("doctor"), N_("check that everything works"), names, reads=True))


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


def findings(parts: Examined, part: str, check: Check) -> list[Finding]:
    """Return what one check finds; that it cannot be made is a finding too."""
    try:
        return list(check(parts))
    except SlackApiError as error:
        word = word_of(error)
        return [Finding(part, False, Phrase(N_("Slack says no: {error}."), {"error": word}), MENDS.get(word, ELSE))]
    except Exception as error:
        log.exception("a part could not be examined", extra={"part": part})
        return [Finding(part, False, Phrase(N_("This cannot be examined: {error}."), {"error": type(error).__name__}), ELSE)]
