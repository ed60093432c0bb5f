"""What was said about an appraisal or a cycle, as it should read now that the matter has changed."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from bot.language import Translator
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import Appraisal
from bot.policy.people import Person
from bot.views.appraisals import hearing, payroll, progress, reminders, results, self_review
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
ABOUT_APPRAISALS: Mapping[str, AppraisalRetold] = {
    results.RESULT: lambda _, told, appraisal: results.result(_, told.cycle, appraisal),
    **dict.fromkeys(
        hearing.KINDS,
        lambda _, told, appraisal: hearing.retold(_, told.key, told.target, told.cycle, appraisal, sent=told.sent),
    ),
    reminders.REMINDER: lambda _, told, appraisal: reminders.reminder_retold(_, told.cycle, appraisal, told.key, told.sent),
    reminders.HANDOVER: lambda _, told, appraisal: reminders.handover_retold(_, told.cycle, appraisal, told.key, told.sent),
    self_review.OPENED: lambda _, told, appraisal: self_review.invited(_, told.cycle, appraisal),
    self_review.HANDED_IN: lambda _, told, appraisal: self_review.handed_in(_, told.cycle, appraisal, int(told.key.rpartition(":")[2])),
}
ABOUT_CYCLES: Mapping[str, CycleRetold] = {
    payroll.TOLD: lambda _, told: payroll.asked(_, told.cycle),
    progress.PROGRESS: lambda _, told: progress.retold(_, told.cycle),
}


def appraisal_retold(_: Translator, told: Told, appraisal: Appraisal) -> Message | None:
    """Return what a message about an appraisal should say now."""
    retell = ABOUT_APPRAISALS.get(told.key.partition(":")[0])
    return retell(_, told, appraisal) if retell else None


def cycle_retold(_: Translator, told: Told) -> Message | None:
    """Return what a message about a cycle should say now."""
    retell = ABOUT_CYCLES.get(told.key.partition(":")[0])
    return retell(_, told) if retell else None
