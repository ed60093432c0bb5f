"""What is due from somebody in appraisals (§5.3), a row each with its day: to write, to rate, to score, to hear, to take on."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.appraisals.clocks import Owed, due_of
from bot.policy.appraisals.cycle import PHASE_NAMES, Cycle
from bot.policy.appraisals.record import Appraisal
from bot.views.appraisals.cycles import CYCLES
from bot.views.appraisals.peers import RATE
from bot.views.appraisals.progress import CYCLE
from bot.views.appraisals.results import RESULT
from bot.views.appraisals.self_review import START
from bot.views.appraisals.team import TEAM
from bot.views.blocks import Block, button, context, section

FEW = 5  # appeals that have a row of their own
HEARD: Mapping[Owed, str] = {
    Owed.TALK: N_("{person} appeals against the result of {period}: talk with them"),
    Owed.ANSWER: N_("{person} appeals against the result of {period}: go on to HR, or let it stand"),
    Owed.ACCEPT: N_("{person} appeals against the result of {period}: accept it or not"),
    Owed.DECIDE: N_("{person} appeals against the result of {period}: decide"),
}
NOBODY: Mapping[str, str] = MappingProxyType({})


class Several(NamedTuple):
    """How many people of a cycle something is owed about, and by which number the first is asked for."""

    cycle: Cycle
    people: int
    first: int = 0


class Dues(NamedTuple):
    """What is due from a person: self-reviews, ratings, scores, appeals that wait for them, and cycles that should have gone on."""

    person: str
    today: date
    reviews: Sequence[tuple[Appraisal, Cycle]] = ()
    ratings: Sequence[Several] = ()
    scores: Sequence[Several] = ()
    appeals: Sequence[Appraisal] = ()
    late: Sequence[Cycle] = ()
    names: Mapping[str, str] = NOBODY


def rows(_: Translator, dues: Dues) -> list[Block]:
    """Return what is due, a row each; nothing where nothing is."""
    return [
        *(review(_, appraisal, cycle, dues.today) for appraisal, cycle in dues.reviews),
        *(rating(_, several, dues.today) for several in dues.ratings),
        *(score(_, several, dues) for several in dues.scores),
        *(appeal(_, one, dues) for one in dues.appeals[:FEW]),
        *further(_, len(dues.appeals) - FEW),
        *late(_, dues.late),
    ]


def review(_: Translator, appraisal: Appraisal, cycle: Cycle, today: date) -> Block:
    """Return the row of a self-review that is not handed in."""
    text = _("Your self-review of {period}", period=cycle.period)
    return section(f"{text}\n{when(_, cycle.self_due, today)}", button(_("Write your self-review"), START, str(appraisal.id), "primary"))


def rating(_: Translator, several: Several, today: date) -> Block:
    """Return the row of the colleagues about whom somebody was asked; the button asks about the first of them."""
    people = _.plural("say how working with {n} colleague went", "say how working with {n} colleagues went", several.people)
    text = _("{period}: {what}", period=several.cycle.period, what=people)
    return section(f"{text}\n{when(_, several.cycle.self_due, today)}", button(_("Rate"), RATE, str(several.first)))


def score(_: Translator, several: Several, dues: Dues) -> Block:
    """Return the row of those whom a manager has to score."""
    people = _.plural("{n} person of your team waits to be scored.", "{n} people of your team wait to be scored.", several.people)
    text = _("{period}: {what}", period=several.cycle.period, what=people)
    way = button(_("Open my list"), TEAM, f"{several.cycle.id}:{dues.person}:0")
    return section(f"{text}\n{when(_, several.cycle.manager_due, dues.today)}", way)


def appeal(_: Translator, appraisal: Appraisal, dues: Dues) -> Block:
    """Return the row of an appeal that waits for somebody, with the way to what was written."""
    due = due_of(appraisal)
    facts = {"person": dues.names.get(appraisal.person, appraisal.person), "period": appraisal.period}
    lines = [_(HEARD[due.owed], **facts), when(_, due.day, dues.today)] if due else [_("{person}: {period}", **facts)]
    return section("\n".join(lines), button(_("Open"), RESULT, str(appraisal.id)))


def further(_: Translator, left: int) -> list[Block]:
    """Say how many appeals have no row."""
    return [context(_.plural("and {n} more", "and {n} more", left))] if left > 0 else []


def late(_: Translator, cycles: Sequence[Cycle]) -> list[Block]:
    """Return the row of the cycles that should have gone on to their next phase."""
    if not cycles:
        return []
    told = [_("{period}: {phase}", period=cycle.period, phase=_(PHASE_NAMES[cycle.state])) for cycle in cycles]
    text = _("Appraisals that should have gone on: {cycles}", cycles=_.list(told))
    way = button(_("Open"), CYCLE, str(cycles[0].id)) if len(cycles) == 1 else button(_("All cycles"), CYCLES, "all")
    return [section(text, way)]


def when(_: Translator, day: date, today: date) -> str:
    """Say until when something is due, or that it is overdue."""
    return _("Overdue: it was due {day}", day=_.day(day)) if today > day else _("Due {day}", day=_.day(day))
