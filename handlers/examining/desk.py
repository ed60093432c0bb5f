"""The desk itself: what came in, what goes out, and where it is kept."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from bot.language import N_
from bot.views.doctor import AUDIT, DATABASE, DELIVERIES, ELSE, HANDBOOK, MENDS, OUTBOX, Finding, Phrase
from handlers.examining.parts import Examined, promised
from storage.schema import versions

LATE = timedelta(minutes=5)
RECENT = timedelta(days=7)
OURS = frozenset({"expired", "no_thread"})  # messages given up for want of a reason to send them; nothing is wrong
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
