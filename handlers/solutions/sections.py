"""The sections of a solution (§4.2.2): `/solution section`, its buttons and its form; documents are links, never uploaded."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import Field

from bot.language import N_
from bot.policy import solutions as policy
from bot.policy.machine import Step
from bot.policy.refusal import Refusal
from bot.policy.solutions import Action, Link, Secrecy, Section, Solution
from bot.views.solutions import forms, lists, told
from bot.views.solutions.steps import DONE, SECTION, SECTION_FORM
from bot.words.text import Word as Typed
from bot.words.text import clean, fold
from handlers.colleagues import colleague, is_person, meant
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from handlers.solutions.desk import allow, called, guided, keep_step, meant_by_form, names, page, pressed, roles, said, tell
from storage.store import Shelves

ALL = frozenset(map(fold, ("all", "全部", "所有")))
DONE_WORDS = frozenset(map(fold, ("done", "finished", "完成", "已完成")))
OPEN_WORDS = frozenset(map(fold, ("open", "undone", "reopen", "未完成")))
CLASSES = {
    fold(word): secrecy
    for secrecy, words in {
        Secrecy.INTERNAL: ("internal", "内部", "內部"),
        Secrecy.CONFIDENTIAL: ("confidential", "secret", "机密", "機密", "保密"),
    }.items()
    for word in words
}
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
BETWEEN = re.compile(r"\s*[,，、;；&+]\s*|\s+(?:and|和|与|與)\s+")


def register(routes: Routes) -> None:
    """Register the word, buttons and form of sections."""
    routes.command(
        "/solution",
        "new",
        Word(
            "section",
            said(SECTION, sections),
            N_("section X [NAME] [@who] [done] [LINK] [confidential]"),
            N_("give a section to somebody, link its document, tick it off"),
            ("sections", "章节", "章節"),
        ),
    )
    routes.button(SECTION, pressed(sections))
    routes.button(SECTION_FORM, pressed(sections))
    routes.button(DONE, pressed(done))
    routes.form(SECTION_FORM, Written, written)


class Written(Form):
    """One section: who writes it, whether it is done, and its document."""

    owner: str
    done: tuple[str, ...] = ()
    link: str = Field(default="", max_length=1000)
    secrecy: Secrecy


class Wished(NamedTuple):
    """What was typed about sections: which, who writes them, whether they are done, the link and its class."""

    sections: list[str]
    person: Typed | None
    done: bool | None
    url: str
    secrecy: Secrecy | None


def sections(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Show the sections; open the form of the one that is named, or change it as typed."""
    if not typed:
        writable = (solution.state, Action.SECTION) in policy.TRANSITIONS and bool(roles(turn, shelves, solution) - turn.roles)
        return Say(lists.sections(turn._, solution, page(turn, shelves, solution), None, writable))
    allow(turn, shelves, solution)
    with guided(turn, shelves):
        policy.check(solution, Action.SECTION)
    wished = read_sections(turn, typed)
    if (wished.person, wished.done, wished.url, wished.secrecy) == (None, None, "", None):
        return section_form(turn, solution, wished.sections[0])
    return change(turn, shelves, solution, wished)


def section_form(turn: Turn, solution: Solution, name: str) -> Answer:
    """Open the form of one section."""
    section = solution.section(name) or Section(id=name, owner=turn.person.id)
    return Open(forms.section_form(turn._, solution, section, names(turn)[name]))


def read_sections(turn: Turn, typed: list[Typed]) -> Wished:
    """Return what was typed about sections."""
    person = next((word for word in typed if is_person(word)), None)
    others = [word for word in typed if not is_person(word)]
    urls = [word.typed for word in others if ADDRESS.fullmatch(word.typed)]
    marks = {fold(word.text) for word in others}
    done = True if marks & DONE_WORDS else False if marks & OPEN_WORDS else None
    secrecy = next((CLASSES[mark] for mark in marks if mark in CLASSES), None)
    known = DONE_WORDS | OPEN_WORDS | CLASSES.keys()
    named = " ".join(word.typed for word in others if word.typed not in urls and fold(word.text) not in known)
    return Wished(list(sections_named(turn, named)), person, done, urls[0] if urls else "", secrecy)


def sections_named(turn: Turn, typed: str) -> Iterator[str]:
    """Yield the ids of the sections that a text names; refuse one that is none of the handbook's, or several."""
    if fold(typed) in ALL:
        yield from names(turn)
        return
    whole = section_of(turn, typed)
    for piece in [typed] if whole else [piece for piece in BETWEEN.split(typed) if piece] or [typed]:
        if not (found := section_of(turn, piece)):
            raise Refusal(N_("Which section is “{typed}”? There are: {names}."), typed=piece, names=turn._.list(list(names(turn).values())))
        yield found


def section_of(turn: Turn, typed: str) -> str:
    """Return the id of the one section that a text names, in any language and as far as it is typed; nothing where that is not one."""
    known = {section.id: [section.id, *section.name.values()] for section in turn.handbook.solutions.sections}
    wanted = fold(typed).replace("_", " ")
    folded = {key: [fold(name).replace("_", " ") for name in called] for key, called in known.items()}
    exact = [key for key, called in folded.items() if wanted in called]
    partly = [key for key, called in folded.items() if len(wanted) > 1 and any(wanted in name for name in called)]
    return next((found[0] for found in (exact, partly) if len(found) == 1), "")


def change(turn: Turn, shelves: Shelves, solution: Solution, wished: Wished) -> Answer:
    """Change sections as typed; a link without a class is of the solution's own."""
    owner = meant(shelves, wished.person).id if wished.person else ""
    usual = Secrecy.CONFIDENTIAL if solution.confidential else Secrecy.INTERNAL
    link = Link(url=policy.checked_url(wished.url), secrecy=wished.secrecy or usual) if wished.url else None
    step = written_step(turn, shelves, solution, wished.sections, owner, wished.done, link or reclassed(solution, wished))
    return sections_answer(turn, shelves, solution, step)


def reclassed(solution: Solution, wished: Wished) -> Link | None:
    """Return the link of the one section whose class alone was typed, with that class."""
    section = solution.section(wished.sections[0]) if len(wished.sections) == 1 else None
    return section.link.amended(secrecy=wished.secrecy) if section and section.link and wished.secrecy else None


def written_step(
    turn: Turn, shelves: Shelves, solution: Solution, ids: Sequence[str], owner: str, done: bool | None, link: Link | None
) -> Step[Solution]:
    """Return the step that changes these sections."""
    with guided(turn, shelves):
        return policy.write(solution, ids, turn.person.id, turn.now, owner=owner, done=done, link=link)


def sections_answer(turn: Turn, shelves: Shelves, before: Solution, step: Step[Solution]) -> Answer:
    """Keep a change of sections, tell those who are to write them, and answer with all sections."""
    event = keep_step(turn, shelves, step)
    held = {section.id: section.owner for section in before.sections}
    for section in step.record.sections:
        if held.get(section.id) != section.owner and section.owner != turn.person.id and not section.done_at:
            give(turn, shelves, step.record, section)
    return Say(lists.sections(turn._, step.record, page(turn, shelves, step.record), event, True))


def give(turn: Turn, shelves: Shelves, solution: Solution, section: Section) -> None:
    """Tell somebody that a section is theirs to write."""
    key = f"{told.TASK}:{solution.id}:{section.id}:{section.owner}:{turn.request}"
    tell(turn, shelves, solution, key, section.owner, lambda _, to: told.task(_, solution, section.id, to.id, called(turn, _)))


def written(turn: Turn, shelves: Shelves, form: Written) -> Answer:
    """Keep one section as the form says."""
    solution = meant_by_form(turn, shelves)
    name = turn.metadata.partition(":")[2]
    if name not in names(turn):
        raise Refusal(N_("The handbook has no such section any more."))
    owner = colleague(shelves, form.owner, "owner").id
    link = Link(url=policy.checked_url(clean(form.link)), secrecy=form.secrecy) if form.link else None
    with guided(turn, shelves):
        step = policy.write(solution, [name], turn.person.id, turn.now, owner=owner, done=bool(form.done), link=link, unlink=link is None)
    return sections_answer(turn, shelves, solution, step)


def done(turn: Turn, shelves: Shelves, solution: Solution, typed: list[Typed]) -> Answer:
    """Tick a section off."""
    allow(turn, shelves, solution)
    step = written_step(turn, shelves, solution, [word.text for word in typed if word.text in names(turn)], "", True, None)
    return sections_answer(turn, shelves, solution, step)
