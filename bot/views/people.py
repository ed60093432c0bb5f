"""The directory as people see it, and the form with which an administrator places somebody."""

from collections.abc import Mapping, Sequence

from bot.language import Translator
from bot.policy.people import ROLE_NAMES, STANDING, Person
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    choices_input,
    field_of,
    modal,
    paragraph,
    person_input,
    prose,
    says,
    section,
    select,
    text_input,
    user,
)

PAGE = 10
PLACE, LIST = "people.place", "people.list"


def facts(_: Translator, person: Person, posts: Mapping[str, str]) -> str:
    """Return a person's post, team and roles in one line."""
    roles = [_(ROLE_NAMES[role]) for role in sorted(person.roles)]
    return " · ".join(part for part in (posts.get(person.post, ""), person.team, *roles) if part) or _("not placed yet")


def row(_: Translator, person: Person, posts: Mapping[str, str], manager: str, *, changeable: bool) -> Block:
    """Return one person of the list, with the button that changes them for those who may."""
    under = _("Manager: {name}", name=manager) if manager else _("No manager set")
    text = f"{person.name}\n{facts(_, person, posts)}\n{under}"
    return section(text, button(_("Change"), PLACE, person.id) if changeable else None)


def listing(_: Translator, rows: Sequence[Block], total: int, page: int) -> Message:
    """Return a page of the directory, `page` counted from 0."""
    counted = _.plural("{n} person", "{n} people", total)
    more = [actions(button(_("More"), LIST, str(page + 1)))] if (page + 1) * PAGE < total else []
    return says((bold(_("People")), Span(f" · {counted}")), also=[*rows, *more])


def unknown(_: Translator, typed: str, near: Sequence[str]) -> Message:
    """Say that nobody goes by that name, and who comes near."""
    sorry = prose(_.template("Nobody here is called {typed}."), typed=bold(typed))
    return says(sorry, prose(_.template("Did you mean {names}?"), names=_.list(list(near)))) if near else says(sorry)


def place_form(_: Translator, person: Person, posts: Sequence[Choice]) -> Block:
    """Return the form that says what somebody is in the company."""
    roles = [Choice(role.value, _(ROLE_NAMES[role])) for role in STANDING]
    post = field_of(_("Post"), select("post", posts, person.post), optional=True)
    manager = field_of(_("Manager"), person_input("manager", person.manager), optional=True)
    team = field_of(_("Team"), text_input("team", person.team, limit=100), optional=True)
    held = field_of(_("Roles"), choices_input("roles", roles, [role.value for role in person.roles]), optional=True)
    return modal(
        PLACE,
        _("Place in the company"),
        [paragraph((user(person.id),)), post, manager, team, held],
        submit=_("Save"),
        close=_("Cancel"),
        metadata=person.id,
    )


def placed(_: Translator, person: Person, posts: Mapping[str, str]) -> Sentence:
    """Say what a person is now."""
    return prose(_.template("{person} is now: {facts}."), person=user(person.id), facts=facts(_, person, posts))
