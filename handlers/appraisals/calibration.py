"""Calibration (§5.3): the grid, each change of a grade, averages, their picture and the file."""

import re

from pydantic import Field

from bot.language import N_, translator
from bot.policy.appraisals import calibration as policy
from bot.policy.appraisals.calibration import Judge
from bot.policy.appraisals.cycle import Cycle, rules_of
from bot.policy.appraisals.manager import steps_for
from bot.policy.appraisals.record import Appraisal, Grade, State
from bot.policy.appraisals.steps import Action
from bot.policy.people import Forbidden, Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.tables import ENCODING, csv_lines
from bot.views import charts
from bot.views import exports as files
from bot.views.appraisals import calibration as views
from bot.views.appraisals import grades_file
from bot.views.appraisals.averages import averages as averages_view
from bot.views.appraisals.calibration import Grid, Place, Row
from bot.views.appraisals.team import CALIBRATION
from bot.views.blocks import Block
from bot.views.reports import picture as pictures
from bot.words.numbers import number_in
from bot.words.text import clean
from handlers.appraisals.desk import allow, keep_step, reads_as
from handlers.appraisals.filling import meant
from handlers.context import Answer, Open, Show, Turn
from handlers.forms import Form
from handlers.routes import Routes
from handlers.uploads import File, send_aside
from storage.appraising import names_of
from storage.store import Shelves

PLACE = re.compile(r"(?P<cycle>[0-9]{1,9})(:(?P<page>[0-9]{1,4})(:(?P<team>.{0,200}))?)?", re.DOTALL)


def register(routes: Routes) -> None:
    """Register the buttons and the form of calibration."""
    routes.button(CALIBRATION, grid)
    routes.button(views.TEAM, filtered)
    routes.button(views.CHANGE, change)
    routes.button(views.AVERAGES, averages)
    routes.button(views.SHARES, picture)
    routes.button(views.TABLE, table)
    routes.form(views.CHANGE, Changed, changed)


class Changed(Form):
    """A grade, and the reason for it."""

    grade: Grade
    why: str = Field(min_length=1, max_length=views.REASON)


def placed(text: str) -> Place:
    """Return the place in the grid that a button or a form carries."""
    found = PLACE.fullmatch(text)
    if found is None:
        raise Refusal(N_("There is no such appraisal cycle."))
    return Place(int(found["cycle"]), int(found["page"] or 0), found["team"] or "")


def looked_at(turn: Turn, shelves: Shelves, place: Place) -> tuple[Cycle, list[Appraisal]]:
    """Return a cycle and the appraisals that this person compares: all for HR, of teams below for managers; never their own."""
    cycle = shelves.cycles.get(place.cycle)
    below = frozenset(shelves.people.below(turn.person.id)) - {turn.person.id}
    of_hr = Role.HR in turn.roles
    found = shelves.appraisals.in_cycle(place.cycle, people=None if of_hr else below) if cycle and (of_hr or below) else []
    mine = [one for one in found if one.state is not State.EXCUSED and (of_hr or one.manager in below)]
    if cycle is None or not (of_hr or mine):
        raise Forbidden(frozenset({Role.HR}))
    return cycle, [one for one in mine if one.person != turn.person.id]


def judge(turn: Turn, shelves: Shelves, appraisal: Appraisal) -> Judge:
    """Return what this person is to whoever scored an appraisal."""
    above = bool(appraisal.manager) and turn.person.id in shelves.people.managers_of(appraisal.manager)
    return Judge(turn.person.id, hr=Role.HR in turn.roles, above=above)


def sheet(turn: Turn, shelves: Shelves, place: Place, note: str = "") -> Block:
    """Return a page of the grid as this person sees it."""
    cycle, found = looked_at(turn, shelves, place)
    names = names_of(shelves, {each for one in found for each in (one.person, one.manager)})
    within = sorted(
        (one for one in found if not place.team or one.team == place.team), key=lambda one: (one.team, names.get(one.person, one.person))
    )
    page = within[place.page * views.PAGE : (place.page + 1) * views.PAGE]
    rows = [row(turn, shelves, cycle, one) for one in page]
    teams = sorted({one.team for one in found} - {""})
    return views.grid(turn._, cycle, Grid(place, rows, found, teams, names, Role.HR in turn.roles), note)


def row(turn: Turn, shelves: Shelves, cycle: Cycle, appraisal: Appraisal) -> Row:
    """Return a row with what this person can do with it."""
    able = bool(policy.grades_open(appraisal, cycle, judge(turn, shelves, appraisal)))
    return Row(appraisal, able, steps_for(appraisal, cycle, turn.person.id, reads_as(turn, shelves, appraisal)))


def over(turn: Turn, view: Block) -> Answer:
    """Show a view in place of the one that is open, or open it from a message."""
    return Show(view) if turn.view.get("type") == "modal" else Open(view)


def grid(turn: Turn, shelves: Shelves) -> Answer:
    """Open the grid, or another page of it."""
    return over(turn, sheet(turn, shelves, placed(turn.value)))


def filtered(turn: Turn, shelves: Shelves) -> Answer:
    """Show one team, or all."""
    place = placed(turn.metadata)
    _cycle, found = looked_at(turn, shelves, place)
    teams = ["", *sorted({one.team for one in found} - {""})]
    number = number_in(turn.value)
    return over(turn, sheet(turn, shelves, Place(place.cycle, 0, teams[number] if number < len(teams) else "")))


def change(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form that changes a grade, with the grades that this person may give."""
    appraisal, cycle = meant(turn, shelves, turn.value)
    allow(turn, shelves, appraisal, Action.CALIBRATE)
    whose = judge(turn, shelves, appraisal)
    policy.check_judge(appraisal, whose)
    policy.check_calibrating(cycle)
    grades = policy.grades_open(appraisal, cycle, whose)
    if not grades:
        raise Refusal(N_("There is no grade yet that could be calibrated."))
    place = placed(turn.metadata) if turn.metadata else Place(cycle.id)
    people = [appraisal.person, appraisal.manager, *(one.by for one in appraisal.calibrations)]
    return over(turn, views.form(turn._, cycle, appraisal, grades, place, names_of(shelves, people)))


def changed(turn: Turn, shelves: Shelves, form: Changed) -> Answer:
    """Change a grade, and go back to where the grid was."""
    number, _colon, place = turn.metadata.partition(":")
    appraisal, cycle = meant(turn, shelves, number)
    allow(turn, shelves, appraisal, Action.CALIBRATE)
    step = policy.calibrate(appraisal, cycle, form.grade, clean(form.why), judge(turn, shelves, appraisal), turn.now)
    keep_step(turn, shelves, step)
    return Show(sheet(turn, shelves, placed(place)))


def averages(turn: Turn, shelves: Shelves) -> Answer:
    """Show averages by team and by manager, to HR."""
    place = placed(turn.value)
    check_hr(turn)
    cycle, found = looked_at(turn, shelves, place)
    least = rules_of(cycle).appraisals.hidden_below
    reckoned = policy.averages(found, least)
    names = names_of(shelves, [one.name for one in reckoned.managers])
    return over(turn, averages_view(turn._, cycle, reckoned, place, names))


def check_hr(turn: Turn) -> None:
    """Raise Forbidden unless this person is of the HR department."""
    if Role.HR not in turn.roles:
        raise Forbidden(frozenset({Role.HR}))


def picture(turn: Turn, shelves: Shelves) -> Answer:
    """Have the distribution drawn and sent; the grid stays, and says so."""
    place = placed(turn.value)
    cycle, found = looked_at(turn, shelves, place)
    send_aside(turn, "picture", lambda: drawn(turn, cycle, found), lambda error: pictures.unsent(turn._, error))
    return over(turn, sheet(turn, shelves, place, pictures.coming(turn._)))


def drawn(turn: Turn, cycle: Cycle, found: list[Appraisal]) -> tuple[list[File], str]:
    """Return the picture, and the same in words; in English where this computer has no letters for the language."""
    _ = turn._ if charts.speakable(turn._) else translator("en")
    drawing = charts.distribution(_, views.picture_title(_, cycle), views.bars(_, cycle, found), views.advice(_, found))
    told = charts.distribution_told(turn._, views.picture_title(turn._, cycle), views.bars(turn._, cycle, found))
    return [File("grades.png", drawing, told)], told


def table(turn: Turn, shelves: Shelves) -> Answer:
    """Have the grid sent to HR as a file, which the audit log notes."""
    place = placed(turn.value)
    check_hr(turn)
    cycle, found = looked_at(turn, shelves, place)
    names = names_of(shelves, {who for one in found for who in (one.person, one.manager, *(each.by for each in one.calibrations))})
    noted = {"file": f"grades-{cycle.period}.csv", "people": len(found)}
    shelves.audit.note(Event(at=turn.now, actor=turn.person.id, subject=cycle.subject, action="export", request=turn.request, became=noted))
    lines = "".join(csv_lines(grades_file.COLUMNS, grades_file.table(found, names)))
    made = [File(f"grades-{cycle.period}.csv", lines.encode(ENCODING))]
    send_aside(turn, "export", lambda: (made, grades_file.enclosed(turn._, cycle, len(found))), lambda error: files.unsent(turn._, error))
    return over(turn, sheet(turn, shelves, place, grades_file.coming(turn._)))
