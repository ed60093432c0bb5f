"""What was said about an appraisal or a cycle, as it should read now that the matter has changed."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from bot.language import Translator
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import Appraisal
from bot.policy.people import Person
from bot.views.blocks import Message


class Told(NamedTuple):
    """A message as it was said: its key, to whom, and whether Slack shows it already; `cycle` is that of the appraisal."""

    key: str
    target: str
    sent: bool
    cycle: Cycle
    person: Person | None


AppraisalRetold = Callable[[Translator, Told, Appraisal], Message | None]
CycleRetold = Callable[[Translator, Told], Message | None]
# By the first word of the key: what the message says now; None leaves it as it is, a message without words takes it back.
ABOUT_APPRAISALS: Mapping[str, AppraisalRetold] = {}
ABOUT_CYCLES: Mapping[str, CycleRetold] = {}


def appraisal_retold(_: Translator, told: Told, appraisal: Appraisal) -> Message | None:
    """Return what a message about an appraisal should say now."""
    retell = ABOUT_APPRAISALS.get(told.key.partition(":")[0])
    return retell(_, told, appraisal) if retell else None


def cycle_retold(_: Translator, told: Told) -> Message | None:
    """Return what a message about a cycle should say now."""
    retell = ABOUT_CYCLES.get(told.key.partition(":")[0])
    return retell(_, told) if retell else None
