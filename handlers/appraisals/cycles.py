"""What the HR department does with a cycle (§5.2): `/review cycle`, its buttons and its forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from pydantic import Field

from bot.language import N_
from bot.policy.appraisals import changes, phases
from bot.policy.appraisals.cycle import MACHINE, Cycle, Move, Phase
from bot.policy.appraisals.opening import check_ended
from bot.policy.appraisals.phases import ITEMS, Item, Unsettled, is_over
from bot.policy.calendar import Calendar
from bot.policy.machine import Step
from bot.policy.people import Role, require
from bot.policy.refusal import Refusal
from bot.policy.tallies import Period, before, current
from bot.views.appraisals import cycle_forms as forms
from bot.views.appraisals import cycles as views
from bot.views.appraisals.progress import CYCLE
from bot.views.blocks import Message
from bot.words.numbers import number_in
from bot.words.periods import read_period
from bot.words.text import clean, fold, words
from handlers.appraisals.desk import cycle_meant
from handlers.context import Answer, Instead, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.appraising import keep_cycle, names_of
from storage.cycles import open_for, open_items, start
from storage.inviting import call_on_change, report
from storage.store import Shelves

BEGIN = frozenset(fold(word) for word in ("open", "begin", "new", "开启", "開啟", "新建", "启动", "啟動"))
OFFERED = 5  # quarters that have ended, of which the form offers a cycle


def register(routes: Routes) -> None:
    """Register the word, the buttons and the forms of cycles."""
    usage, aliases = N_("cycle [open] [2026Q3]"), ("cycles", "周期", "週期", "考核周期", "考核週期")
    meaning = N_("see the appraisal cycles and what is open in them, or begin one")
    routes.command("/review", "start", Word("cycle", cycle, usage, meaning, aliases, needs="appraisals.cycle"))
    routes.button(CYCLE, shown)
    routes.button(views.CYCLES, all_cycles)
    routes.button(views.OPEN, ask_open)
    routes.button(views.NEXT, go_on)
    routes.button(views.PUBLISH, publish)
    routes.button(views.CLOSE, close)
    routes.button(views.POSTPONE, ask_postpone)
    routes.button(views.BACK, lambda turn, shelves: ask_why(turn, shelves, views.BACK))
    routes.button(views.CANCEL, lambda turn, shelves: ask_why(turn, shelves, views.CANCEL))
    routes.form(views.OPEN, Opening, opened)
    routes.form(views.POSTPONE, Postponed, postponed)
    routes.form(views.BACK, Why, back)
    routes.form(views.CANCEL, Why, cancel)


class Opening(Form):
    """The period of a cycle that begins."""

    period: str


class Postponed(Form):
    """The last days of the phases to come."""

    self_due: date | None = None
    manager_due: date | None = None
    calibration_due: date | None = None


class Why(Form):
    """Why a cycle goes back or is cancelled."""

    why: str = Field(min_length=1, max_length=forms.WHY)


class Asked(NamedTuple):
    """What a button of a cycle's page carries: the cycle, the item whose names are asked for, and the page of them."""

    cycle: str
    item: Item | None
    page: int


def cycle(turn: Turn, shelves: Shelves) -> Answer:
    """Show all cycles, one of them, or begin one, as typed."""
    require("appraisals.cycle", turn.roles)
    typed = words(turn.text)
    if not typed:
        return all_cycles(turn, shelves)
    if fold(typed[0].text) in BEGIN:
        return begin(turn, shelves, period_typed(turn, typed[1].text)) if len(typed) > 1 else ask_open(turn, shelves)
    found = shelves.cycles.of_period(period_typed(turn, typed[0].text).name)
    if found is None:
        raise Refusal(N_("There is no cycle for {period}; {command} begins one."), period=typed[0].text, command="/review cycle open")
    return Say(page(turn, shelves, found))


def period_typed(turn: Turn, typed: str) -> Period:
    """Return the quarter or year that was typed."""
    found = read_period(typed, turn.now, Calendar(turn.handbook.company))
    if found is None:
        raise Refusal(N_("“{typed}” is no quarter and no year; write 2026Q3 or 2026."), typed=typed)
    return found


def all_cycles(turn: Turn, shelves: Shelves) -> Answer:
    """Show the running and the latest cycles."""
    require("appraisals.cycle", turn.roles)
    return Say(views.overview(turn._, shelves.cycles.latest()))


def ask_open(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form that begins a cycle, with the periods that have ended and have none."""
    require("appraisals.cycle", turn.roles)
    names = [of.name for of in offered(turn)]
    free = [name for name in names if shelves.cycles.of_period(name) is None]
    if not free:
        raise Refusal(N_("Every period that ended of late has its cycle already."))
    return Open(forms.open_form(turn._, free))


def offered(turn: Turn) -> list[Period]:
    """Return the quarters and the year that ended last, latest first."""
    calendar = Calendar(turn.handbook.company)
    quarters = [before(current(turn.now, calendar), calendar)]
    while len(quarters) < OFFERED:
        quarters.append(before(quarters[-1], calendar))
    return [*quarters, before(current(turn.now, calendar, year=True), calendar)]


def opened(turn: Turn, shelves: Shelves, form: Opening) -> Answer:
    """Begin the cycle of the form."""
    require("appraisals.cycle", turn.roles)
    return begin(turn, shelves, period_typed(turn, form.period))


def begin(turn: Turn, shelves: Shelves, of: Period) -> Answer:
    """Begin the cycle of a period; its appraisals are made in the background."""
    check_ended(of, turn.now, turn.handbook.company)
    if found := shelves.cycles.of_period(of.name):
        return Say(views.exists(turn._, found))
    begun = start(shelves, of, turn.handbook, turn.person.id, turn.now, turn.request)
    if begun is None:
        raise Refusal(N_("There is a cycle for {period} already."), period=of.name)
    report(shelves, begun, turn.handbook)
    return Say(views.begun(turn._, begun))


def shown(turn: Turn, shelves: Shelves) -> Answer:
    """Show the cycle of a button, with a page of names where an item is asked for."""
    asked = carried(turn.value)
    return Say(page(turn, shelves, cycle_meant(turn, shelves, asked.cycle), asked))


def carried(value: str) -> Asked:
    """Return what a button carries."""
    number, _colon, rest = value.partition(":")
    item, _colon, at = rest.partition(":")
    return Asked(number, Item(item) if item in {*Item} else None, number_in(at))


def page(turn: Turn, shelves: Shelves, found: Cycle, asked: Asked | None = None) -> Message:
    """Return the page of a cycle."""
    return views.page(turn._, found, beside(turn, shelves, found, asked))


def beside(turn: Turn, shelves: Shelves, found: Cycle, asked: Asked | None = None) -> views.Shown:
    """Return what the page of a cycle shows beside it."""
    item, number = (asked.item, asked.page) if asked else (None, 0)
    known = item if item in ITEMS.get(found.state, ()) else None
    people = open_for(shelves, found.id, known, views.PAGE, number * views.PAGE) if known else []
    return views.Shown(
        shelves.appraisals.counts(found.id),
        shelves.appraisals.handed_in(found.id),
        open_items(shelves, found),
        MACHINE.steps_open(found, frozenset({Role.HR})),
        is_over(phases.due_of(found), turn.now, turn.handbook),
        found.state in changes.UNTIL_TOLD,
        turn.person.id,
        known,
        people,
        names_of(shelves, {name for one in people for name in (one.person, one.manager)}),
        number,
    )


def go_on(turn: Turn, shelves: Shelves) -> Answer:
    """Take a cycle on to its next phase."""
    found = cycle_meant(turn, shelves, turn.value)
    counts = shelves.appraisals.counts(found.id)
    with settled(turn, shelves):
        if found.state is Phase.OPEN:
            return kept(turn, shelves, phases.review(found, counts, tuple(shelves.cycles.running()), turn.person.id, turn.now))
        return kept(turn, shelves, phases.calibrate(found, counts, turn.person.id, turn.now))


def publish(turn: Turn, shelves: Shelves) -> Answer:
    """Have the results told; the background does it, one person after the other."""
    found = cycle_meant(turn, shelves, turn.value)
    with settled(turn, shelves):
        step = phases.publish(found, shelves.appraisals.counts(found.id), turn.handbook, turn.person.id, turn.now)
    return kept(turn, shelves, step)


def close(turn: Turn, shelves: Shelves) -> Answer:
    """Close a cycle in which everything has ended."""
    found = cycle_meant(turn, shelves, turn.value)
    with settled(turn, shelves):
        step = phases.close(found, shelves.appraisals.counts(found.id), turn.person.id, turn.now)
    return kept(turn, shelves, step)


@contextmanager
def settled(turn: Turn, shelves: Shelves) -> Iterator[None]:
    """Have a step that has to wait answered by the page of what is open, and for whom."""
    try:
        yield
    except Unsettled as no:
        first = next(iter(open_items(shelves, no.cycle)), None)
        raise Instead(Say(views.unsettled(turn._, no.cycle, beside(turn, shelves, no.cycle, Asked("", first, 0))))) from no


def kept(turn: Turn, shelves: Shelves, step: Step[Cycle]) -> Answer:
    """Remember a step of a cycle; answer with its page, and have the rest of the department see it."""
    keep_cycle(shelves, step, turn.handbook, turn.request)
    report(shelves, step.record, turn.handbook)
    if step.event.before != step.event.after:
        call_on_change(shelves, step.record, turn.handbook, turn.person.id)
    return Say(page(turn, shelves, step.record))


def ask_postpone(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form with the last days of the phases to come."""
    found = cycle_meant(turn, shelves, turn.value)
    MACHINE.check(found, Move.POSTPONE)
    return Open(forms.postpone_form(turn._, found))


def postponed(turn: Turn, shelves: Shelves, form: Postponed) -> Answer:
    """Keep the days of the form."""
    days = {name: day for name, day in form.model_dump().items() if day}
    found = cycle_meant(turn, shelves, turn.metadata)
    return kept(turn, shelves, phases.postpone(found, days, turn.handbook, turn.person.id, turn.now))


def ask_why(turn: Turn, shelves: Shelves, step: str) -> Answer:
    """Open the form that asks why."""
    found = cycle_meant(turn, shelves, turn.value)
    MACHINE.check(found, Move.BACK if step == views.BACK else Move.CANCEL)
    return Open(forms.why_form(turn._, found, step))


def back(turn: Turn, shelves: Shelves, form: Why) -> Answer:
    """Give a cycle back to the managers."""
    found = cycle_meant(turn, shelves, turn.metadata)
    return kept(turn, shelves, phases.back(found, clean(form.why), turn.person.id, turn.now))


def cancel(turn: Turn, shelves: Shelves, form: Why) -> Answer:
    """Cancel a cycle; the background tells everybody who is in it."""
    found = cycle_meant(turn, shelves, turn.metadata)
    return kept(turn, shelves, phases.cancel(found, clean(form.why), turn.person.id, turn.now))
