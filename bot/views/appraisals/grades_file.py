"""The grades of a cycle as a file for the HR department (§5.3)."""

from collections.abc import Iterable

from bot.language import Translator
from bot.policy.appraisals.calibration import GRADED
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import Appraisal
from bot.tables import Cell
from bot.views.appraisals.calibration import Names

COLUMNS = (
    *("person", "name", "team", "manager", "state", "score", "suggested"),
    *("manager_grade", "manager_reason", "calibrated", "grade", "reasons"),
)


def table(appraisals: Iterable[Appraisal], names: Names) -> list[list[Cell]]:
    """Return the grid as rows of a file."""
    return [cells(one, names) for one in appraisals]


def cells(one: Appraisal, names: Names) -> list[Cell]:
    """Return one row of the file."""
    graded = one.state in GRADED
    person: list[Cell] = [one.person, names.get(one.person, ""), one.team, names.get(one.manager, one.manager), str(one.state)]
    given: list[Cell] = [one.score, one.suggested, one.grade, one.scoring.why if one.scoring else "", one.calibrated, one.final_grade]
    reasons = [f"{names.get(each.by, each.by)}: {each.was or ''} > {each.became}: {each.why}" for each in one.calibrations]
    return [*person, *(given if graded else [None] * len(given)), reasons]


def coming(_: Translator) -> str:
    """Say that the file is on its way."""
    return _("The file comes as a direct message; the audit log notes it.")


def enclosed(_: Translator, cycle: Cycle, people: int) -> str:
    """Return the words beside the file."""
    return _(
        "The grades of {period}, of {n} people. Please handle them as what they are: personal.", period=cycle.called, n=_.number(people)
    )
