"""`/presales people` (§1.2): who is who, and, for an administrator, the form that says so."""

from pydantic import Field

from bot.language import N_
from bot.policy.people import Person, Role, check_manager, may, require
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.views import people as views
from bot.views.blocks import Block, Choice, says
from bot.words.numbers import number_in
from bot.words.text import fold, mention, near, words
from handlers.colleagues import colleague
from handlers.context import Answer, Instead, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import UMBRELLA, Routes, Word
from storage.counting import count_person
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the directory and the form that places somebody."""
    routes.command(
        UMBRELLA, "home", Word("people", people, N_("people [NAME]"), N_("see who is who"), ("人员", "人員", "成员", "成員"), reads=True)
    )
    routes.button(views.LIST, more)
    routes.button(views.PLACE, place)
    routes.form(views.PLACE, Placing, placed)


class Placing(Form):
    """What somebody is in the company."""

    post: str = ""
    manager: str = ""
    team: str = Field(default="", max_length=100)
    roles: frozenset[Role] = frozenset()


def people(turn: Turn, shelves: Shelves) -> Answer:
    """List the directory, or the people of one name."""
    require("people.see", turn.roles)
    return directory(turn, shelves, named(turn, shelves) if turn.text.strip() else shelves.people.active(), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of the directory."""
    require("people.see", turn.roles)
    return directory(turn, shelves, shelves.people.active(), number_in(turn.value))


def directory(turn: Turn, shelves: Shelves, found: list[Person], page: int) -> Answer:
    """Answer with a page of people."""
    shown = found[page * views.PAGE : (page + 1) * views.PAGE]
    return Say(views.listing(turn._, [row(turn, shelves, person) for person in shown], len(found), page))


def row(turn: Turn, shelves: Shelves, person: Person) -> Block:
    """Return one person of the list."""
    manager = shelves.people.get(person.manager) if person.manager else None
    changeable = may("people.set", turn.roles)
    return views.row(turn._, person, posts(turn), manager.name if manager else "", changeable=changeable)


def named(turn: Turn, shelves: Shelves) -> list[Person]:
    """Return those whom the typed mention or name means; raise Instead with the nearest names."""
    typed = words(turn.text)
    known = shelves.people.active()
    mentioned = mention(typed[0])
    found = [person for person in known if person.id == mentioned or fold(person.name) == fold(turn.text.lstrip("@ "))]
    if not found:
        raise Instead(Say(views.unknown(turn._, turn.text.strip(), near(turn.text, [person.name for person in known]))))
    return found


def place(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form for one person."""
    require("people.set", turn.roles)
    return Open(views.place_form(turn._, existing(shelves, turn.value), [Choice(*post) for post in posts(turn).items()]))


def placed(turn: Turn, shelves: Shelves, form: Placing) -> Answer:
    """Keep what somebody is in the company."""
    require("people.set", turn.roles)
    before = existing(shelves, turn.metadata)
    if form.manager:
        colleague(shelves, form.manager, "manager")
        check_manager(before, form.manager, shelves.people.managers_of(form.manager))
    after = before.amended(**form.model_dump())
    shelves.people.put(after)
    if after.team != before.team:
        count_person(shelves, after.id, turn.handbook)
    shelves.audit.note(
        Event(
            at=turn.now,
            actor=turn.person.id,
            subject=f"person:{after.id}",
            action="place",
            request=turn.request,
            was=before.snapshot(),
            became=after.snapshot(),
        )
    )
    return Say(says(views.placed(turn._, after, posts(turn))))


def existing(shelves: Shelves, id: str) -> Person:
    """Return a person of the directory; refuse an id that is not in it."""
    person = shelves.people.get(id)
    if person is None:
        raise Refusal(N_("That person is not in the directory."), field="manager")
    return person


def posts(turn: Turn) -> dict[str, str]:
    """Return the handbook's posts in the person's language, by id."""
    return {post.id: post.name[turn.person.speaks] for post in turn.handbook.posts}
