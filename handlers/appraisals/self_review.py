"""The self-review (§5.3.1): `/review start`, its form in steps, its drafts."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field, model_validator

from bot.language import N_
from bot.policy.appraisals import self_review as policy
from bot.policy.appraisals.cycle import Cycle, rules_now, rules_of
from bot.policy.appraisals.evidence import Work
from bot.policy.appraisals.opening import next_beginning
from bot.policy.appraisals.record import Appraisal, Measured
from bot.policy.appraisals.self_review import MARK, SUMMARY, WORDS, Drafted, Page, Sent, current, is_writable, left_at, missing, page_of
from bot.policy.appraisals.standing import is_appraised
from bot.policy.calendar import Calendar
from bot.policy.people import Role, may
from bot.policy.refusal import Refusal
from bot.policy.tallies import current as running
from bot.views.appraisals import evidence, self_form
from bot.views.appraisals import self_review as views
from bot.views.appraisals.evidence import FEW, MANY, MORE
from bot.views.appraisals.reasons import Asked
from bot.views.appraisals.self_form import ASIDE, DRAFT, STEP_FORM, TURN_TO, Place
from bot.views.appraisals.self_review import RECALL, START
from bot.views.blocks import Block, Message, clip
from bot.words.periods import read_period
from handlers.appraisals.desk import keep_step
from handlers.context import Answer, Done, Open, Say, Show, Turn
from handlers.forms import Form, entered, values
from handlers.routes import Routes, Word
from storage.appraising import cycle_of
from storage.evidence import done_in, done_of
from storage.measuring import measures_now
from storage.store import Shelves

NUMBER = re.compile(r"[0-9]{1,9}")
PLACE = re.compile(r"(?P<id>[0-9]{1,9}):(?P<page>[a-z]+):(?P<version>[0-9]{1,9}):(?P<asking>[01])")


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
    meaning = N_("write your self-review, or read what you handed in")
    routes.command("/review", "start", Word("start", start, N_("start [2026Q3]"), meaning, ("self", "自评", "自評")))
    routes.button(START, pressed)
    routes.button(DRAFT, typed)
    routes.button(TURN_TO, turned)
    routes.button(MORE, more)
    routes.button(RECALL, recalled)
    routes.form(STEP_FORM, Written, filled)


class Written(Form):
    """What a step of the form holds."""

    summary: str = ""
    comments: dict[str, str] = Field(default_factory=dict)
    marks: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def gather(cls, fields: dict[str, Any]) -> dict[str, Any]:
        """Put the fields, which are named after parts and competencies, together."""
        comments = {name: text for name, text in fields.items() if name.startswith(WORDS)}
        marks = {name: mark for name, mark in fields.items() if name.startswith(MARK)}
        return {"summary": fields.get(SUMMARY, ""), "comments": comments, "marks": marks}

    @property
    def fields(self) -> dict[str, str]:
        """Return the fields by their names."""
        return {SUMMARY: self.summary, **self.comments, **self.marks}


def start(turn: Turn, shelves: Shelves) -> Answer:
    """Open the self-review that is to be written, or show what was handed in: that of the period that was typed, else the one due first."""
    period = read_period(turn.text, turn.now, Calendar(turn.handbook.company))
    if turn.text.strip() and period is None:
        raise Refusal(N_("“{typed}” is not a period that I know."), typed=clip(turn.text, 40))
    mine = [one for one in shelves.appraisals.of_person(turn.person.id) if period is None or one.period == period.name]
    found = current([(one, cycle_of(shelves, one)) for one in mine])
    return opened(turn, shelves, found) if found else Say(nothing(turn))


def nothing(turn: Turn) -> Message:
    """Say that there is nothing to write; to whoever is appraised, when the next appraisal begins."""
    if not is_appraised(turn.person, rules_now(turn.handbook), Role(turn.handbook.people.newcomers)):
        return views.none_open(turn._, leads=may("appraisals.cycle", turn.roles))
    quarter = running(turn.now, Calendar(turn.handbook.company))
    asked = Asked("", turn.person.id, quarter.name)
    return views.none_open(turn._, next_beginning(turn.now, turn.handbook), asked, leads=may("appraisals.cycle", turn.roles))


def pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the self-review of a button, or without a number the one due first."""
    return opened(turn, shelves, own(turn, shelves, turn.value)) if turn.value else start(turn, shelves)


def opened(turn: Turn, shelves: Shelves, appraisal: Appraisal) -> Answer:
    """Open the form where it may be written, else what was handed in, else say how it stands."""
    cycle = cycle_of(shelves, appraisal)
    if is_writable(appraisal, cycle):
        return over(turn, step(turn, shelves, appraisal, left_at(appraisal.self_review, list(skills(turn, cycle)))))
    if appraisal.self_submitted_at:
        return over(turn, self_form.reading(turn._, cycle, appraisal, skills(turn, cycle)))
    return Say(views.invited(turn._, cycle, appraisal))


def over(turn: Turn, view: Block) -> Answer:
    """Open a view, in place of the page on which the button was pressed if there is one."""
    return Show(view) if turn.view.get("type") == "modal" else Open(view)


def own(turn: Turn, shelves: Shelves, number: str) -> Appraisal:
    """Return this person's appraisal of a number, held until the turn ends; nobody else's is known here, whoever asks."""
    found = shelves.appraisals.held(int(number)) if NUMBER.fullmatch(number) else None
    if found is None or found.person != turn.person.id:
        raise Refusal(N_("There is no such appraisal, or it is not for you."))
    return found


def skills(turn: Turn, cycle: Cycle) -> dict[str, str]:
    """Return the competencies of a cycle by id, in the person's language."""
    return {one.id: one.name[turn.person.speaks] for one in rules_of(cycle).appraisals.competencies}


def step(turn: Turn, shelves: Shelves, appraisal: Appraisal, page: Page, *, asking: bool = False) -> Block:
    """Return a step of the form, filled with the draft as it is now."""
    cycle = cycle_of(shelves, appraisal)
    place = Place(appraisal.id, page, appraisal.self_review.version, asking)
    above = done(turn, shelves, appraisal, cycle) if page is Page.DID else []
    return self_form.step_form(turn._, place, cycle, appraisal, skills(turn, cycle), above)


def done(turn: Turn, shelves: Shelves, appraisal: Appraisal, cycle: Cycle) -> list[Block]:
    """Return what the form begins with: the principles, what the person did, and their measures."""
    zone = turn.handbook.company.time_zone
    work = done_in(shelves, cycle, appraisal.person, turn.desk.url, zone, FEW, reader=turn.person.id)
    told = [*self_form.principles(turn._), *evidence.work_told(turn._, appraisal, work)]
    return [*told, *evidence.measures_told(turn._, appraisal, measures(turn, shelves, appraisal, cycle))]


def measures(turn: Turn, shelves: Shelves, appraisal: Appraisal, cycle: Cycle) -> Sequence[Measured]:
    """Return the measures so far."""
    period = read_period(cycle.period, turn.now, Calendar(turn.handbook.company))
    if period is None:
        return ()
    whose = turn.person.amended(post=appraisal.post, team=appraisal.team)
    return measures_now(shelves, whose, period, rules_of(cycle), served=appraisal.served, days=appraisal.days, cycle=cycle.id)


def placed(turn: Turn, shelves: Shelves) -> tuple[Appraisal, Place]:
    """Return the appraisal and the place of the form that is open, which is never trusted for whose it is."""
    found = PLACE.fullmatch(turn.metadata)
    if found is None or found["page"] not in set(Page):
        raise Refusal(N_("There is no such appraisal, or it is not for you."))
    appraisal = own(turn, shelves, found["id"])
    return appraisal, Place(appraisal.id, Page(found["page"]), int(found["version"]), found["asking"] == "1")


def typed(turn: Turn, shelves: Shelves) -> Answer:
    """Keep what is typed and chosen, as it is typed; the form is left alone."""
    appraisal, place = placed(turn, shelves)
    keep_draft(turn, shelves, appraisal, place, Written.model_validate(values(turn.view["state"])))
    return Done()


def turned(turn: Turn, shelves: Shelves) -> Answer:
    """Go to another step of the form, once what stands in this one is kept."""
    appraisal, place = placed(turn, shelves)
    kept = keep_draft(turn, shelves, appraisal, place, Written.model_validate(values(turn.view["state"])))
    page = Page(turn.value) if turn.value in set(Page) else Page.DID
    return Show(step(turn, shelves, kept, page))


def filled(turn: Turn, shelves: Shelves, form: Written) -> Answer:
    """Keep a step and go on to the next one; from the last, hand the self-review in, or go to what is missing."""
    appraisal, place = placed(turn, shelves)
    kept = keep_draft(turn, shelves, appraisal, place, form)
    lacking = missing(kept.self_review, list(skills(turn, cycle_of(shelves, kept))))
    if place.page is Page.CHECK and not lacking:
        return hand_in(turn, shelves, kept)
    if lacking and (place.asking or place.page is Page.CHECK):
        return Show(step(turn, shelves, kept, page_of(lacking[0]), asking=True))
    following = Page.CHECK if place.asking else [*Page][[*Page].index(place.page) + 1]
    return Show(step(turn, shelves, kept, following))


def keep_draft(turn: Turn, shelves: Shelves, appraisal: Appraisal, place: Place, form: Written) -> Appraisal:
    """Keep what the form holds; return the appraisal with it.

    A keystroke is no event: only the first one is, by which the self-review is begun, and its event tells no words.
    """
    cycle = cycle_of(shelves, appraisal)
    found = policy.draft(appraisal, cycle, sent(turn, place, form), list(skills(turn, cycle)), turn.now)
    if found is None:
        return appraisal
    if found.step.record.state is appraisal.state:
        shelves.appraisals.save(found.step.record)
    else:
        keep_step(turn, shelves, found.step)
    bring(turn, shelves, cycle, found)
    return found.step.record


def sent(turn: Turn, place: Place, form: Written) -> Sent:
    """Return what the form holds, and what it held when it was opened."""
    inputs = {block["block_id"]: block["element"] for block in turn.view.get("blocks", ()) if block.get("type") == "input"}
    at = turn.pressed_at or f"{turn.now.timestamp():.6f}"
    held = {name: form.fields.get(name, "") for name in inputs}
    line = "\n\n— {} —\n".format(turn._("also typed, in another window"))
    return Sent(turn.view["id"], place.version, at, {name: initial(element) for name, element in inputs.items()}, held, line)


def initial(element: Mapping[str, Any]) -> str:
    """Return what an element of a form held when it was opened."""
    begun = {"value": element.get("initial_value"), "selected_option": element.get("initial_option"), "type": element.get("type")}
    return str(entered(begun) or "").strip()


def bring(turn: Turn, shelves: Shelves, cycle: Cycle, found: Drafted) -> None:
    """Send a person what they typed in one window and for which there was no room beside what they typed in another."""
    for name, text in found.aside:
        key = f"{ASIDE}:{found.step.record.id}:{name}:{text.form}"
        message = self_form.set_aside(turn._, cycle, name, text.text, skills(turn, cycle))
        if not shelves.outbox.say(key, turn.person.id, message):
            shelves.outbox.amend(key, message)


def hand_in(turn: Turn, shelves: Shelves, appraisal: Appraisal) -> Answer:
    """Hand the self-review in; its invitation says so then, and without one a message of its own does."""
    cycle = cycle_of(shelves, appraisal)
    after = policy.submit(appraisal, cycle, list(skills(turn, cycle)), turn.now)
    version = after.record.self_review.version
    keep_step(turn, shelves, after)
    if shelves.outbox.find(f"{views.OPENED}:{appraisal.id}"):
        return Done()
    message = views.handed_in(turn._, cycle, after.record, version)
    shelves.outbox.say(f"{views.HANDED_IN}:{appraisal.id}:{version}", turn.person.id, message, subject=appraisal.subject)
    return Done()


def recalled(turn: Turn, shelves: Shelves) -> Answer:
    """Take the self-review back, while the manager has not begun."""
    appraisal = own(turn, shelves, turn.value)
    cycle = cycle_of(shelves, appraisal)
    after = policy.recall(appraisal, cycle, turn.now)
    keep_step(turn, shelves, after)
    return Say(views.taken_back(turn._, cycle, after.record))


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show all work of one kind, a page at a time."""
    number, _colon, rest = turn.value.partition(":")
    appraisal = own(turn, shelves, number)
    kind, _colon, offset = rest.partition(":")
    if kind not in set(Work) or not NUMBER.fullmatch(offset):
        raise Refusal(N_("There is no such appraisal, or it is not for you."))
    cycle, zone = cycle_of(shelves, appraisal), turn.handbook.company.time_zone
    heap = done_of(shelves, cycle, appraisal.person, Work(kind), turn.desk.url, zone, MANY, int(offset), reader=turn.person.id)
    page = evidence.work_page(turn._, appraisal, Work(kind), heap, int(offset))
    return Show(page) if turn.view.get("callback_id") == evidence.PAGE else Open(page)
