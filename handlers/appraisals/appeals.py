"""Appeals (§5.3): made by the person, talked over with the manager, decided by the HR department."""

from collections.abc import Callable, Mapping
from functools import partial

from pydantic import Field

from bot.policy.appraisals import appeals as policy
from bot.policy.appraisals.appeals import STEPS, Matter, Way
from bot.policy.appraisals.record import SCORED, UNPUBLISHED, Appraisal, Grade
from bot.policy.calendar import Calendar
from bot.policy.machine import Step
from bot.views.appraisals import appeals as views
from bot.words.text import clean
from handlers.appraisals.desk import dated, keep_step, meant_for
from handlers.context import Answer, Open, Say, Turn
from handlers.forms import Form
from handlers.routes import FormHandler, Routes
from storage.appraising import cycle_of
from storage.hearing import tell
from storage.store import Shelves


class Why(Form):
    """Why somebody appeals, what was talked about, or why it is decided so."""

    why: str = Field(min_length=1, max_length=views.LONGEST)


class Revised(Why):
    """The new grade, and why."""

    grade: Grade


WRITTEN: Mapping[Way, Callable[[Matter, str], Step[Appraisal]]] = {
    Way.APPEAL: policy.appeal,
    Way.TALK: policy.talk,
    Way.DECLINE: policy.decline,
    Way.UPHOLD: policy.uphold,
}
PRESSED: Mapping[Way, Callable[[Matter], Step[Appraisal]]] = {
    Way.SETTLE: policy.settle,
    Way.ESCALATE: policy.escalate,
    Way.ACCEPT: policy.accept,
}


def register(routes: Routes) -> None:
    """Register the buttons and forms of appeals."""
    for way in WRITTEN:
        routes.button(views.action_of(way), partial(ask, way))
        routes.form(views.action_of(way), Why, handed_in(way))
    for way in PRESSED:
        routes.button(views.action_of(way), partial(press, way))
    routes.button(views.action_of(Way.REVISE), partial(ask, Way.REVISE))
    routes.form(views.action_of(Way.REVISE), Revised, revised)


def matter(turn: Turn, shelves: Shelves, number: str, way: Way) -> Matter:
    """Return the appraisal of a number, and its cycle, for somebody who may do this with its appeal."""
    found = meant_for(turn, shelves, number, STEPS[way])
    return Matter(found, cycle_of(shelves, found), turn.person.id, turn.now, Calendar(turn.handbook.company))


def ask(way: Way, turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of a step, unless it is refused already."""
    found = matter(turn, shelves, turn.value, way)
    with dated(turn):
        policy.check(found, way)
    return Open(views.form(turn._, way, found.appraisal, found.cycle))


def press(way: Way, turn: Turn, shelves: Shelves) -> Answer:
    """Take a step that needs no words."""
    found = matter(turn, shelves, turn.value, way)
    with dated(turn):
        return kept(turn, shelves, PRESSED[way](found))


def handed_in(way: Way) -> FormHandler:
    """Return the handler of a form in which a step is explained."""

    def handler(turn: Turn, shelves: Shelves, form: Why) -> Answer:
        found = matter(turn, shelves, turn.metadata, way)
        with dated(turn):
            return kept(turn, shelves, WRITTEN[way](found, clean(form.why)))

    return handler


def revised(turn: Turn, shelves: Shelves, form: Revised) -> Answer:
    """Decide on another grade."""
    found = matter(turn, shelves, turn.metadata, Way.REVISE)
    step = policy.revise(found, form.grade, clean(form.why))
    answer = kept(turn, shelves, step)
    into_the_year(shelves, step.record)
    return answer


def into_the_year(shelves: Shelves, quarter: Appraisal) -> None:
    """Put a quarter's new grade into the person's year, unless that is scored already."""
    year = shelves.cycles.of_period(quarter.period.partition("Q")[0]) if "Q" in quarter.period else None
    found = shelves.appraisals.of(year.id, quarter.person, lock=True) if year else None
    if found and found.state in UNPUBLISHED - SCORED:
        shelves.appraisals.save(found.amended(quarters=found.quarters | {quarter.period: (quarter.score, quarter.final_grade)}))


def kept(turn: Turn, shelves: Shelves, step: Step[Appraisal]) -> Answer:
    """Remember a step, tell those whom it concerns, and say what comes next."""
    keep_step(turn, shelves, step)
    tell(shelves, step.record, turn.handbook, turn.person.id)
    return Say(views.receipt(turn._, step.record, turn.person.id))
