"""Messages that are feedback on a demo, or look like it; everything else is let go before the database is asked."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.language import translator
from bot.policy.demos import Demo
from bot.policy.demos import feedback as policy
from bot.policy.demos.feedback import Feedback, Standing, candidates
from bot.policy.people import Person, Role, is_outsider, may, standing
from bot.views.demos import feedback as views
from bot.views.demos.sheet import SHEET
from bot.words.feedback import Reading, names_in, read_feedback, take_rating
from bot.words.numbers import is_number
from bot.words.text import Word, clean, fold, mention, near, words
from handlers.admission import is_foreign, person_for
from handlers.context import Happening
from handlers.demos.entries import keep_entry, log, may_know
from storage.store import Shelves

BY_PEOPLE = (None, "", "thread_broadcast", "file_share", "me_message")
LONGEST = 3000
SHORTCUT = "shortcut"


class Plan(NamedTuple):
    """What is to be done about a message: log it on the one demo, or ask its author which of them is meant, or say that there is none."""

    demos: Sequence[Demo]
    text: str
    rating: int | None = None
    sure: bool = False


def unreadable(message: Mapping[str, Any]) -> bool:
    """Say whether a message is none that a person wrote: other bots', joins, and what Slack itself says."""
    return message.get("subtype") not in BY_PEOPLE or bool(message.get("bot_id")) or not message.get("user") or not message.get("ts")


def heard(happening: Happening) -> bool:
    """Take what happened to a message as feedback, if it is; say whether it was, so that nobody else answers it."""
    kind = happening.event.get("subtype")
    if kind == "message_changed":
        changed(happening)
        return True
    if kind == "message_deleted":
        deleted(happening)
        return True
    return took(happening, happening.event)


def took(happening: Happening, message: Mapping[str, Any]) -> bool:
    """Store a message as feedback, or ask about it; say whether there was anything to it."""
    if unreadable(message):
        return False
    thread = str(message.get("thread_ts") or "")
    in_thread = thread not in ("", message["ts"])
    reading = read_feedback(str(message.get("text", "")), in_thread=in_thread)
    if reading is None and not in_thread:
        return False
    with happening.desk.store.look() as shelves:
        under = demo_of_sheet(shelves, str(message["channel"]), thread) if in_thread else None
    if reading is None and under is None:
        return False
    author = person_for(happening.desk, str(message["user"]), happening.client)
    if is_outsider(author) or is_foreign(happening.desk, author, message.get("user_team")) or not may_rate(happening, author):
        return False
    with happening.desk.store.look() as shelves:
        plan = planned(shelves, author, message, reading, under)
    return plan is not None and carried_out(happening, author, message, plan)


def may_rate(happening: Happening, author: Person) -> bool:
    """Say whether somebody may give feedback."""
    return may("demos.feedback", standing(author, Role(happening.desk.handbook.people.newcomers)))


def demo_of_sheet(shelves: Shelves, channel: str, ts: str) -> Demo | None:
    """Return the demo whose sheet stands there, or None."""
    said = shelves.outbox.standing_at(channel, ts)
    return shelves.demos.get(int(said.subject.partition(":")[2])) if said and said.key.startswith(f"{SHEET}:") else None


def planned(shelves: Shelves, author: Person, message: Mapping[str, Any], reading: Reading | None, under: Demo | None) -> Plan | None:
    """Return what is to be done about a message, or None when it is no feedback after all."""
    text = str(message.get("text", ""))
    if reading:
        for name, said in names_in(reading.rest):
            if found := candidates(demos_called(shelves, author, name)):
                rated = take_rating(said)
                return Plan(found, rated.text, rated.rating, reading.sure and len(found) == 1)
    if under:
        rated = take_rating(text)
        nothing = not rated.text and rated.rating is None
        return None if nothing or for_the_bot(shelves, text) else Plan([under], rated.text, rated.rating, True)
    assert reading is not None
    return guessed(shelves, author, reading, direct=message.get("channel_type") == "im")


def guessed(shelves: Shelves, author: Person, reading: Reading, *, direct: bool) -> Plan | None:
    """Return what is to be asked about a message that names no customer as it should: of the customers in it, or of those nearly named."""
    rated = take_rating(reading.rest)
    found = named_demos(shelves, author, reading.rest)
    if not found and reading.sure:
        known = {demo.customer_name: demo for demo in shelves.demos.recent() if may_know(shelves, author, demo)}
        typed = names_in(reading.rest)
        found = candidates(known[name] for name in near(typed[-1][0], known)) if typed else []
    if found or (reading.sure and (direct or rated.rating is not None)):
        return Plan(found, rated.text, rated.rating)
    return None


def for_the_bot(shelves: Shelves, text: str) -> bool:
    """Say whether a reply speaks to an app: what it asks for is no feedback."""
    first = next(iter(words(text)), Word("", ""))
    spoken_to = mention(first)
    person = shelves.people.get(spoken_to) if spoken_to else None
    return spoken_to is not None and (person is None or person.bot)


def demos_called(shelves: Shelves, author: Person, name: str) -> list[Demo]:
    """Return the demos for the customer of a name, or the one of a number, of which the author may know."""
    folded = fold(name)
    number = folded.removeprefix("d").lstrip("-")
    if folded.startswith("d") and is_number(number):
        demo = shelves.demos.get(int(number))
        found = [demo] if demo else []
    else:
        found = [demo for key in shelves.customers.keys(folded) for demo in shelves.demos.named(key)]
    return [demo for demo in found if may_know(shelves, author, demo)]


def named_demos(shelves: Shelves, author: Person, text: str) -> list[Demo]:
    """Return the demos whose customer is named anywhere in a text."""
    said = f" {fold(text)} "
    spoken_of = [demo for demo in shelves.demos.recent() if stands_in(fold(demo.customer_name), said)]
    return candidates(demo for demo in spoken_of if may_know(shelves, author, demo))


def stands_in(name: str, said: str) -> bool:
    """Say whether a folded name stands in a folded text, as words of its own where it is written with spaces."""
    place = said.find(name)
    if place < 1 or not name.isascii():
        return place >= 0 and bool(name)
    return not said[place - 1].isalnum() and not said[place + len(name)].isalnum()


def carried_out(happening: Happening, author: Person, message: Mapping[str, Any], plan: Plan) -> bool:
    """Do what was planned about a message; say whether there was anything to it."""
    with happening.remember() as shelves:
        if not plan.demos:
            say_unknown(happening, shelves, author, plan)
            return True
        draft = draft_of(happening, author, message, plan)
        entry = log(happening.desk, shelves, draft, plan.demos[0], happening.now, happening.request)
        if entry and entry.state is Standing.ASKED:
            asked = views.asked(translator(author.speaks), entry, plan.demos)
            shelves.outbox.say(f"{views.ASKED}:{entry.id}", author.id, asked, subject=entry.subject)
    return True


def draft_of(happening: Happening, author: Person, message: Mapping[str, Any], plan: Plan) -> Feedback:
    """Return the entry of a message; of one whose author is to be asked, it counts for nothing yet."""
    channel, ts = str(message["channel"]), str(message["ts"])
    demo = plan.demos[0]
    return Feedback(
        demo=demo.id,
        opportunity=demo.opportunity,
        customer_name=demo.customer_name,
        source=f"{channel}:{ts}",
        channel=channel,
        ts=ts,
        thread=str(message.get("thread_ts") or ""),
        event=happening.event_id,
        author=author.id,
        text=clean(plan.text)[:LONGEST],
        rating=plan.rating,
        state=Standing.LOGGED if plan.sure else Standing.ASKED,
        at=happening.now,
        edited=edit_of(message),
    )


def say_unknown(happening: Happening, shelves: Shelves, author: Person, plan: Plan) -> None:
    """Tell an author that feedback was not stored, for want of a demo."""
    shelves.outbox.say(f"{views.UNKNOWN}:{happening.event_id}", author.id, views.unknown(translator(author.speaks), plan.text))


def changed(happening: Happening) -> None:
    """Follow a message that was edited; one that only now is feedback is taken as such."""
    message = {**happening.event.get("message", {}), **{name: happening.event.get(name) for name in ("channel", "channel_type")}}
    before = happening.event.get("previous_message") or {}
    if unreadable(message) or message.get("text") == before.get("text"):
        return
    entry = entry_from(happening, str(message["ts"]))
    if entry is None:
        took(happening, message)
        return
    with happening.remember() as shelves:
        entry = held(shelves, entry)
        if entry.state is not Standing.RETRACTED and not policy.is_overtaken(entry, edit_of(message)):
            said = again(shelves, shelves.people.get(entry.author), entry, message)
            follow(happening, shelves, entry.amended(edited=edit_of(message) or entry.edited), said)


def edit_of(message: Mapping[str, Any]) -> str:
    """Return when a message was edited last, as Slack writes it, or nothing."""
    return str((message.get("edited") or {}).get("ts") or "")


def held(shelves: Shelves, entry: Feedback) -> Feedback:
    """Return an entry as it stands now, kept from others until this transaction ends."""
    return shelves.feedback.get(entry.id, lock=True) or entry


def again(shelves: Shelves, author: Person | None, entry: Feedback, message: Mapping[str, Any]) -> tuple[str, int | None]:
    """Return words and rating of a message that was edited, on the demo that it was about."""
    text = str(message.get("text", ""))
    reading = read_feedback(text)
    for name, said in names_in(reading.rest) if reading and author else ():
        if author and any(demo.id == entry.demo for demo in demos_called(shelves, author, name)):
            text = said
            break
    rated = take_rating(text)
    kept = entry.rating if entry.event == SHORTCUT and rated.rating is None else rated.rating
    return clean(rated.text)[:LONGEST], kept


def follow(happening: Happening, shelves: Shelves, entry: Feedback, said: tuple[str, int | None]) -> None:
    """Change an entry as its message was changed; take it back when nothing is left."""
    text, rating = said
    if (text, rating) == (entry.text, entry.rating):
        shelves.feedback.save(entry)  # which edit this was
        return
    step = (
        policy.edit(entry, text, rating, entry.author, happening.now)
        if text or rating
        else policy.retract(entry, entry.author, happening.now)
    )
    keep_entry(happening.desk, shelves, step, happening.request)


def deleted(happening: Happening) -> None:
    """Take back what came from a message that was deleted."""
    entry = entry_from(happening, str(happening.event.get("deleted_ts", "")))
    if entry is None:
        return
    with happening.remember() as shelves:
        entry = held(shelves, entry)
        if entry.state is not Standing.RETRACTED:
            gone = entry.amended(text="", rating=None) if entry.state is Standing.ASKED else entry
            keep_entry(happening.desk, shelves, policy.retract(gone, entry.author, happening.now), happening.request)


def entry_from(happening: Happening, ts: str) -> Feedback | None:
    """Return the entry that came from a message, or None."""
    with happening.desk.store.look() as shelves:
        return shelves.feedback.from_source(f"{happening.event.get('channel', '')}:{ts}")
