"""Calibration (§5.3): the grid of grades as managers gave them and as they count, the form of a change, and averages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.language import NO_DATA, Translator
from bot.policy.appraisals.calibration import ADVISED_FROM, GRADED, distribution
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.manager import Mine
from bot.policy.appraisals.record import GRADE_NAMES, STATE_NAMES, Appraisal, Calibration, Grade
from bot.policy.appraisals.suggesting import grades_of
from bot.views.appraisals.team import CALIBRATION, DIFFERENCES, MENU, REOPEN, SEE
from bot.views.blocks import (
    Block,
    Choice,
    Sentence,
    actions,
    bold,
    bullets,
    button,
    clip,
    context,
    divider,
    field_of,
    modal,
    overflow,
    paragraph,
    prose,
    quote,
    section,
    select,
    text_input,
)
from bot.views.charts import Bar

CHANGE, AVERAGES, SHARES, TABLE, TEAM = (
    "appraisals.calibrate",
    "appraisals.averages",
    "appraisals.shares",
    "appraisals.grid_table",
    "appraisals.grid_team",
)
PAGE, TEAMS, REASON = 25, 99, 1000
Names = Mapping[str, str]


class Place(NamedTuple):
    """Where somebody is in the grid: in which cycle, on which page, in which team; no team is all of them."""

    cycle: int
    page: int = 0
    team: str = ""

    @property
    def written(self) -> str:
        """Return it as buttons and forms carry it."""
        return f"{self.cycle}:{self.page}:{self.team}"


class Row(NamedTuple):
    """One appraisal in the grid, and what this person can do with it."""

    appraisal: Appraisal
    calibrates: bool
    steps: Sequence[Mine] = ()


class Grid(NamedTuple):
    """What somebody sees of a cycle: the rows of a page, all appraisals behind them, the teams, names, and whether it is HR."""

    place: Place
    rows: Sequence[Row]
    all: Sequence[Appraisal]
    teams: Sequence[str]
    names: Names
    hr: bool


def grid(_: Translator, cycle: Cycle, shown: Grid, note: str = "") -> Block:
    """Return the grid, a page at a time."""
    title = prose(_.template("Grades of {period}: as managers gave them, and as they count"), period=bold(cycle.called))
    top = [paragraph(title, spread(_, shown.all)), context(advice(_, shown.all)), *([context(note)] if note else [])]
    rows = [row(_, one, shown.names) for one in shown.rows] or [section(_("Nobody is to be calibrated here."))]
    blocks = [*top, *choosing(_, shown), divider(), *rows, *turning(_, shown), divider(), actions(*besides(_, shown))]
    return modal(CALIBRATION, _("Calibration"), blocks, close=_("Close"), metadata=shown.place.written)


def spread(_: Translator, appraisals: Iterable[Appraisal]) -> Sentence:
    """Say how many have each grade now."""
    counted = distribution(one.final_grade for one in appraisals if one.state in GRADED)
    shares = [_("{grade}: {n}", grade=_(GRADE_NAMES[grade]), n=_.number(n)) for grade, n in counted.items()]
    return prose("{text}", text=_.list(shares) if shares else _("Nobody has a grade yet."))


def advice(_: Translator, appraisals: Sequence[Appraisal]) -> str:
    """Return what the distribution may be used for: never more than a hint, and among few people not even that."""
    n = sum(one.state in GRADED for one in appraisals)
    if n < ADVISED_FROM:
        return _(
            "Among fewer than {n} people the shares of grades say nothing. Compare people's work, not numbers.", n=_.number(ADVISED_FROM)
        )
    return _("As a rule of thumb only: few people are far above or far below what is expected. No share is prescribed.")


def choosing(_: Translator, shown: Grid) -> list[Block]:
    """Return the menu of teams, where there is more than one."""
    if len(shown.teams) < 2:
        return []
    place = shown.place
    choices = [Choice(str(number), name) for number, name in enumerate(shown.teams[:TEAMS], start=1)]
    chosen = str(shown.teams.index(place.team) + 1) if place.team in shown.teams else "0"
    return [actions(select(TEAM, [Choice("0", _("All teams")), *choices], chosen, placeholder=_("Team")))]


def row(_: Translator, one: Row, names: Names) -> Block:
    """Return one person's row."""
    appraisal = one.appraisal
    facts = [names.get(appraisal.person, appraisal.person), appraisal.team]
    manager = _("scored by {name}", name=names.get(appraisal.manager, appraisal.manager)) if appraisal.manager else ""
    lines = [" · ".join(filter(None, [*facts, manager])), values(_, appraisal)]
    return section("\n".join(lines), menu(_, one))


def values(_: Translator, appraisal: Appraisal) -> str:
    """Return score, suggested grade, the manager's and the calibrated one; a star marks a deviation with a reason."""
    if appraisal.state not in GRADED:
        return _(STATE_NAMES[appraisal.state])
    deviates = " *" if appraisal.scoring and appraisal.scoring.why else ""
    facts = {"score": NO_DATA if appraisal.score is None else _.number(appraisal.score), "suggested": named(_, appraisal.suggested)}
    told = _("score {score} · suggested {suggested} · manager {given}", given=f"{named(_, appraisal.grade)}{deviates}", **facts)
    return told + (f" · {_('calibrated {grade}', grade=named(_, appraisal.calibrated))}" if appraisal.calibrated else "")


def named(_: Translator, grade: Grade | None) -> str:
    """Return the name of a grade, or a dash."""
    return _(GRADE_NAMES[grade]) if grade else NO_DATA


def menu(_: Translator, one: Row) -> Block | None:
    """Return what this person can do with a row."""
    labels = {Mine.SEE: (SEE, _("See")), Mine.DIFFERENCES: (DIFFERENCES, _("Differences")), Mine.REOPEN: (REOPEN, _("Reopen"))}
    change = [(CHANGE, _("Calibrate"))] if one.calibrates else []
    entries = [*change, *(labels[step] for step in one.steps if step in labels)]
    return overflow(MENU, [Choice(f"{action} {one.appraisal.id}", label) for action, label in entries]) if entries else None


def turning(_: Translator, shown: Grid) -> list[Block]:
    """Return the way to the next page, and from the last to the first."""
    within = [one for one in shown.all if not shown.place.team or one.team == shown.place.team]
    pages = max(1, -(-len(within) // PAGE))
    if pages == 1:
        return []
    here = shown.place.page
    label = _("More") if here + 1 < pages else _("From the beginning")
    place = _("Page {page} of {pages}", page=_.number(here + 1), pages=_.number(pages))
    return [context(place), actions(button(label, CALIBRATION, shown.place._replace(page=(here + 1) % pages).written))]


def besides(_: Translator, shown: Grid) -> list[Block]:
    """Return the buttons below the grid: averages and the file are the HR department's."""
    place = shown.place.written
    picture = button(_("Picture"), SHARES, place)
    return [picture, button(_("Averages"), AVERAGES, place), button(_("As a file"), TABLE, place)] if shown.hr else [picture]


def form(_: Translator, cycle: Cycle, appraisal: Appraisal, grades: Sequence[Grade], place: Place, names: Names) -> Block:
    """Return the form that changes a grade."""
    name = bold(names.get(appraisal.person, appraisal.person))
    head = prose(_.template("{name}, {period}: {values}"), name=name, period=cycle.called, values=values(_, appraisal))
    why = appraisal.scoring.why if appraisal.scoring else ""
    reason = [paragraph(prose(_.template("The manager's reason for the grade:"))), quote(why)] if why else []
    changes = [bullets(*(change(_, one, names) for one in appraisal.calibrations[-10:]))] if appraisal.calibrations else []
    fields = [
        field_of(_("Grade"), select("grade", [Choice(str(grade), _(GRADE_NAMES[grade])) for grade in grades])),
        field_of(_("Why?"), text_input("why", lines=True, limit=REASON)),
    ]
    way = actions(button(_("Back"), CALIBRATION, place.written))
    kept = context(_("The manager's own grade stays on record beside this one."))
    blocks = [paragraph(head), *reason, *changes, *fields, kept, way]
    metadata = f"{appraisal.id}:{place.written}"
    return modal(CHANGE, _("Calibrate"), blocks, submit=_("Change"), close=_("Close"), metadata=metadata)


def change(_: Translator, one: Calibration, names: Names) -> Sentence:
    """Return one change of a grade."""
    facts = {"was": named(_, one.was), "became": named(_, one.became), "name": names.get(one.by, one.by)}
    return prose(_.template("{name}: from {was} to {became}: {why}"), **facts, why=clip(one.why, REASON))


def bars(_: Translator, cycle: Cycle, appraisals: Iterable[Appraisal]) -> list[Bar]:
    """Return the bars of the picture, a pair for each grade."""
    graded = [one for one in appraisals if one.state in GRADED]
    raw, final = distribution(one.grade for one in graded), distribution(one.final_grade for one in graded)
    return [Bar(_(GRADE_NAMES[grade]), raw.get(grade, 0), final.get(grade, 0)) for grade in grades_of(cycle)]


def picture_title(_: Translator, cycle: Cycle) -> str:
    """Return the title of the picture."""
    return _("Grades of {period}, by their managers and after calibration", period=cycle.called)
