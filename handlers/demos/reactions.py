"""Reactions to the sheet of a demo: one to five are a quick rating."""

from bot.policy.demos import Demo
from bot.policy.demos import feedback as policy
from bot.policy.demos.feedback import COUNTS, Feedback
from bot.policy.people import Person, is_outsider
from handlers.admission import is_foreign, person_for
from handlers.context import Happening
from handlers.demos.entries import keep_entry, log
from handlers.demos.messages import demo_of_sheet, held, may_rate
from handlers.routes import Routes
from storage.store import Shelves

RATINGS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def register(routes: Routes) -> None:
    """Register reactions, put there and taken away."""
    routes.event("reaction_added", rated)
    routes.event("reaction_removed", unrated)


def rated(happening: Happening) -> None:
    """Take a reaction of one to five on a sheet as a quick rating; the last one put there counts."""
    rating = RATINGS.get(str(happening.event.get("reaction", "")))
    if rating is None:
        return
    channel, ts = place_of(happening)
    with happening.desk.store.look() as shelves:
        demo = demo_of_sheet(shelves, channel, ts)
    author = person_for(happening.desk, str(happening.event.get("user", "")), happening.client) if demo else None
    if demo is None or author is None or is_outsider(author) or is_foreign(happening.desk, author, None) or not may_rate(happening, author):
        return
    with happening.remember() as shelves:
        rate(happening, shelves, author, demo, rating)


def rate(happening: Happening, shelves: Shelves, author: Person, demo: Demo, rating: int) -> None:
    """Keep one rating for each person and sheet."""
    source = source_of_reaction(happening)
    entry = shelves.feedback.from_source(source)
    if entry is None:
        facts = {"opportunity": demo.opportunity, "customer_name": demo.customer_name, "event": happening.event_id, "at": happening.now}
        draft = Feedback.model_validate({"demo": demo.id, "source": source, "author": author.id, "rating": rating, **facts})
        log(happening.desk, shelves, draft, demo, happening.now, happening.request)
    elif entry.state in COUNTS:
        keep_entry(happening.desk, shelves, policy.edit(entry, entry.text, rating, author.id, happening.now), happening.request)
    else:
        keep_entry(happening.desk, shelves, policy.relog(entry, rating, author.id, happening.now), happening.request)


def unrated(happening: Happening) -> None:
    """Take back the rating of a reaction that was taken away."""
    rating = RATINGS.get(str(happening.event.get("reaction", "")))
    if rating is None:
        return
    with happening.desk.store.look() as shelves:
        entry = shelves.feedback.from_source(source_of_reaction(happening))
    if entry is None:
        return
    with happening.remember() as shelves:
        entry = held(shelves, entry)
        if entry.state not in COUNTS or entry.rating != rating:
            return
        keep_entry(happening.desk, shelves, policy.retract(entry, entry.author, happening.now), happening.request)


def place_of(happening: Happening) -> tuple[str, str]:
    """Return channel and `ts` of the message that was reacted to."""
    item = happening.event.get("item") or {}
    return str(item.get("channel", "")), str(item.get("ts", ""))


def source_of_reaction(happening: Happening) -> str:
    """Return the source of a rating: one for each message and person."""
    channel, ts = place_of(happening)
    return f"{channel}:{ts}:{happening.event.get('user', '')}"
