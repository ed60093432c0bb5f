"""What the HR department is told, each once, when a cycle needs it or has told its results."""

from collections.abc import Mapping
from enum import StrEnum

from bot.language import N_, Translator
from bot.policy.appraisals.cycle import Cycle
from bot.views.appraisals.cycles import CALIBRATION
from bot.views.appraisals.progress import CYCLE
from bot.views.blocks import Message, actions, bold, button, prose, says

NEWS = "appraisals.news"  # the first word of the keys under which it is told


class News(StrEnum):
    """What the HR department is told of a cycle."""

    SCORED = "scored"
    OVERDUE = "overdue"
    TOLD = "told"


LINES: Mapping[News, str] = {
    News.SCORED: N_("The appraisal of {period} is scored: calibration begins."),
    News.OVERDUE: N_("The appraisal of {period} should be scored by now, and is not. Please look at who is missing."),
    News.TOLD: N_("All results of {period} are told. Appeals are possible now."),
}


def key_of(cycle: int, news: News, reader: str) -> str:
    """Return the key under which somebody is told."""
    return f"{NEWS}:{cycle}:{news}:{reader}"


def called(_: Translator, cycle: Cycle, news: News) -> Message:
    """Tell somebody of the HR department what a cycle has come to, with the way into it."""
    grid = [button(_("Calibration"), CALIBRATION, str(cycle.id), "primary")] if news is News.SCORED else []
    return says(prose(_.template(LINES[news]), period=bold(cycle.period)), also=[actions(*grid, button(_("Open"), CYCLE, str(cycle.id)))])
