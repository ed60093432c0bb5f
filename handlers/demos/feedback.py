"""Feedback by command, by button and by the message shortcut; changing it, taking it back, and saying what was meant."""

from typing import Any

from pydantic import Field, field_validator

from bot.language import N_
from bot.policy.demos import Demo
from bot.policy.demos import feedback as policy
from bot.policy.demos.feedback import Feedback, Standing
from bot.policy.people import is_outsider, require
from bot.policy.refusal import Refusal
from bot.views.demos import feedback as views
from bot.views.demos import steps as ids
from bot.words.feedback import take_rating
from bot.words.numbers import is_number
from bot.words.text import clean
from handlers.colleagues import naming
from handlers.context import Answer, Done, Open, Say, Turn
from handlers.demos.entries import keep_entry, log, may_know, show_back
from handlers.demos.finding import FIND_TO_RATE, roles
from handlers.demos.messages import named_demos, unreadable
from handlers.forms import Form
from handlers.payloads import Shortcut
from handlers.routes import Routes, Word
from storage.store import Shelves

LONGEST = 3000


def register(routes: Routes) -> None:
    """Register the word, the buttons, the forms and the shortcut of feedback."""
    spelled = ("反馈", "反饋", "回馈", "回饋")
    routes.command("/demo", "new", Word("feedback", typed, N_("feedback X [4/5] text"), N_("log what the customer thinks"), spelled))
    routes.button(ids.FEEDBACK, pressed)
    routes.button(ids.EDIT, edit_pressed)
    routes.button(ids.TAKE_BACK, take_back)
    routes.button(ids.YES, yes)
    routes.button(ids.NO, no)
    routes.form(ids.LOG, Logging, logged)
    routes.form(ids.EDIT, Entry, edited)
    routes.shortcut(ids.LOG, on_message)


class Entry(Form):
    """What was said, and the rating."""

    rating: int | None = Field(default=None, ge=1, le=5)
    text: str = Field(default="", max_length=LONGEST)

    @field_validator("rating", mode="before")
    @classmethod
    def number(cls, value: Any) -> Any:
        """Read a chosen rating as a number."""
        return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


class Logging(Entry):
    """An entry on one of several demos."""

    demo: str = Field(pattern=r"^\d{1,9}$")


def typed(turn: Turn, shelves: Shelves) -> Answer:
    """Log feedback as typed, or open the form."""
    found = FIND_TO_RATE.find(turn, shelves, ids.FEEDBACK)
    return as_typed(turn, shelves, found.record, found.more)


def pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Log what was typed before the demo was picked, or open the form."""
    return as_typed(turn, shelves, FIND_TO_RATE.by_value(turn, shelves), turn.value.partition(":")[2])


def as_typed(turn: Turn, shelves: Shelves, demo: Demo, said: str) -> Answer:
    """Log feedback on a demo, or open the form where nothing was said yet or the rating cannot be told."""
    rated = take_rating(said)
    if not said or rated.strange:
        return Open(views.log_form(turn._, [demo], demo.id, clean(said)[:LONGEST], None, ""))
    draft = entry_of(turn, demo, rated.text, rated.rating, f"command:{turn.request}")
    return told(turn, shelves, draft, demo)


def entry_of(turn: Turn, demo: Demo, text: str, rating: int | None, source: str, **more: str) -> Feedback:
    """Return an entry that is not kept yet."""
    facts = {"author": turn.person.id, "source": source, "text": clean(text)[:LONGEST], "rating": rating, "at": turn.now}
    return Feedback.model_validate({"demo": demo.id, "opportunity": demo.opportunity, "customer_name": demo.customer_name, **facts, **more})


def told(turn: Turn, shelves: Shelves, draft: Feedback, demo: Demo) -> Answer:
    """Keep an entry and show it, below the message it came from if it came from one."""
    entry = log(turn.desk, shelves, draft, demo, turn.now, turn.request)
    if entry is None:
        raise Refusal(N_("That message is logged already."))
    return Say(views.logged(turn._, entry))


def on_message(turn: Turn, shelves: Shelves, chosen: Shortcut) -> Answer:
    """Open the form for a message, with the demo, the rating and the words that it speaks of."""
    require("demos.feedback", turn.roles)
    message = chosen.message or {}
    ts, text = str(message.get("ts", "")), str(message.get("text", ""))
    if unreadable(message):
        raise Refusal(N_("Feedback comes from what people write."))
    if shelves.feedback.from_source(f"{turn.channel}:{ts}"):
        raise Refusal(N_("That message is logged already."))
    demos = [demo for demo in shelves.demos.recent(100) if may_know(shelves, turn.person, demo)]
    if not demos:
        raise Refusal(N_("There is no demo to give feedback on."))
    rated, meant = take_rating(text), named_demos(shelves, turn.person, text)
    metadata = f"{turn.channel}:{ts}:{message.get('user', '')}:{message.get('thread_ts', '')}"
    chosen_id = meant[0].id if len(meant) == 1 else 0
    return Open(views.log_form(turn._, demos, chosen_id, clean(rated.text)[:LONGEST], rated.rating, metadata))


def logged(turn: Turn, shelves: Shelves, form: Logging) -> Answer:
    """Log the feedback of the form, for the author of the message from which it came."""
    demo = FIND_TO_RATE.by_id(turn, shelves, form.demo)
    if not form.text and form.rating is None:
        raise Refusal(N_("Write what was said, or choose a rating."), field="text")
    channel, ts, author, thread = [*turn.metadata.split(":"), "", "", "", ""][:4]
    if not ts:
        return told(turn, shelves, entry_of(turn, demo, form.text, form.rating, f"form:{turn.request}"), demo)
    wrote = shelves.people.get(author)
    place = {"channel": channel, "ts": ts, "thread": thread, "event": "shortcut"}
    named = {"author": wrote.id if wrote and not is_outsider(wrote) else turn.person.id}
    told(turn, shelves, entry_of(turn, demo, form.text, form.rating, f"{channel}:{ts}", **place, **named), demo)
    return Done()


def meant(turn: Turn, shelves: Shelves, number: str) -> Feedback:
    """Return the entry that a button or a form means."""
    entry = shelves.feedback.get(int(number), lock=True) if is_number(number) else None
    if entry is None:
        raise Refusal(N_("That feedback was taken back."))
    return entry


def mine(turn: Turn, shelves: Shelves, number: str) -> Feedback:
    """Return an entry for one who may change it: its author, or a manager of the one who gives the demo."""
    entry = meant(turn, shelves, number)
    demo = FIND_TO_RATE.by_id(turn, shelves, str(entry.demo))
    with naming(turn, shelves):
        policy.check_keeper(entry, turn.person.id, roles(turn, shelves, demo))
    if entry.state is Standing.RETRACTED:
        raise Refusal(N_("That feedback was taken back."))
    return entry


def edit_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form that changes an entry."""
    return Open(views.edit_form(turn._, mine(turn, shelves, turn.value)))


def edited(turn: Turn, shelves: Shelves, form: Entry) -> Answer:
    """Change an entry as the form says; its message shows it."""
    step = policy.edit(mine(turn, shelves, turn.metadata), clean(form.text), form.rating, turn.person.id, turn.now)
    keep_entry(turn.desk, shelves, step, turn.request)
    return Done()


def take_back(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the last change of an entry, or the entry itself."""
    entry = mine(turn, shelves, turn.value)
    demo = FIND_TO_RATE.by_id(turn, shelves, str(entry.demo))
    history, minutes = shelves.audit.of(entry.subject), turn.handbook.bids.undo_minutes
    with naming(turn, shelves):
        step = policy.undo(entry, history, turn.person.id, roles(turn, shelves, demo), turn.now, minutes)
    keep_entry(turn.desk, shelves, step, turn.request)
    return Say(views.logged(turn._, step.record))


def yes(turn: Turn, shelves: Shelves) -> Answer:
    """Log what was only asked about, on the demo of the button."""
    number, _colon, demo_id = turn.value.partition(":")
    demo = FIND_TO_RATE.by_id(turn, shelves, demo_id)
    with naming(turn, shelves):
        step = policy.confirm(meant(turn, shelves, number), demo, turn.person.id, turn.now)
    keep_entry(turn.desk, shelves, step, turn.request)
    show_back(turn.desk, shelves, step.record)
    return Done()


def no(turn: Turn, shelves: Shelves) -> Answer:
    """Forget what was only asked about."""
    with naming(turn, shelves):
        keep_entry(turn.desk, shelves, policy.drop(meant(turn, shelves, turn.value), turn.person.id, turn.now), turn.request)
    return Done()
