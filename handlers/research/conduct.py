"""Conducting research (§4.1.2): `/research contact`, its form, and questions that are put off."""

from datetime import datetime, timedelta

from pydantic import Field

from bot.language import N_
from bot.policy import research as policy
from bot.policy.calendar import Calendar
from bot.policy.research import Contact, Research, Way
from bot.views.research import conduct as views
from bot.views.research import review, steps
from bot.views.research.retold import key_of, retold
from bot.words.text import clean
from handlers.context import Answer, Done, Open, Turn
from handlers.forms import Form
from handlers.research.keeping import RESEARCH, allow, explaining, filled, kept, meant
from handlers.routes import Routes, Word
from storage.store import Shelves

ASKING = (views.NEAR, views.NOTES, review.AGAIN)
DAY = timedelta(days=1)


def register(routes: Routes) -> None:
    """Register the word, buttons and form of contacts."""
    aliases = ("联系", "聯繫", "访谈", "訪談", "沟通", "溝通")
    routes.command("/research", "new", Word("contact", contact, N_("contact X"), N_("log or plan a talk with the customer"), aliases))
    routes.button(steps.CONTACT, contact)
    routes.button(steps.SNOOZE, snooze)
    routes.form(steps.CONTACT, Logged, contact_filled)


class Logged(Form):
    """A contact, held or to come."""

    way: Way
    at: datetime
    who: str = Field(min_length=1, max_length=200)
    notes: str = Field(default="", max_length=3000)
    pains: str = Field(default="", max_length=2000)
    latent: str = Field(default="", max_length=2000)


def contact(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of a contact; of a planned one where a button names it."""
    found = meant(turn, shelves, steps.CONTACT)
    allow(turn, shelves, found.record)
    planned = contact_of(found.record, found.more) if turn.value else None
    return Open(views.contact_form(turn._, found.record, planned, turn.now))


def contact_of(research: Research, number: str) -> Contact | None:
    """Return the contact of this number, or None."""
    return next((one for one in research.contacts if str(one.id) == number), None)


def contact_filled(turn: Turn, shelves: Shelves, form: Logged) -> Answer:
    """Keep a contact."""
    research = filled(turn, shelves)
    earlier = contact_of(research, turn.metadata.partition(":")[2])
    texts = {field: clean(getattr(form, field)) for field in ("who", "notes", "pains", "latent")}
    by = earlier.by if earlier else turn.person.id
    given = Contact(id=earlier.id if earlier else 0, way=form.way, at=form.at, by=by, **texts)
    with explaining(turn, shelves, research):
        step = policy.log_contact(research, given, turn.person.id, turn.now)
    return kept(turn, shelves, step, views.logged(turn._, step.record, given))


def snooze(turn: Turn, shelves: Shelves) -> Answer:
    """Put off what this person is asked about the research until tomorrow, at an hour at which they work."""
    research = RESEARCH.by_value(turn, shelves)
    until = Calendar(turn.handbook.company).next_working_moment(turn.now + DAY, turn.person.zone)
    for said in shelves.outbox.about(research.subject):
        kind, _id, _person, slot = [*said.key.split(":"), "", "", ""][:4]
        if said.target != turn.person.id or kind not in ASKING or views.is_put_off(said.message) or said.gone:
            continue
        key = key_of(kind, research, turn.person.id, f"{slot}:{turn.request}")
        again = retold(turn._, key, turn.person.id, research)
        shelves.outbox.amend(said.key, views.snoozed(turn._, research, turn._.moment(until, turn.person.zone)))
        if again:
            shelves.outbox.say(key, turn.person.id, again, not_before=until, subject=research.subject)
    return Done()
