"""Messages about appraisals and cycles as they are told again: one of each kind, sent already or not."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from bot.views.appraisals import hearing, reminders, self_review
from bot.views.appraisals.retold import ABOUT_APPRAISALS, ABOUT_CYCLES, Told
from tests.views.longest.cycles import CYCLE, CYCLES
from tests.views.longest.shared import ME

NUMBER = "999999999"
TAILS = {
    reminders.REMINDER: "3-20261231",
    reminders.HANDOVER: f"{ME}:{ME}",
    self_review.HANDED_IN: "99",
    **dict.fromkeys(hearing.KINDS, "talk"),
}


def told(kind: str, cycle: Any, sent: bool) -> Told:
    """Return a message of a kind."""
    tail = TAILS.get(kind)
    return Told(f"{kind}:{NUMBER}:{tail}" if tail else f"{kind}:{NUMBER}", ME, sent, cycle, None)


CONTENT: Mapping[object, list[Any]] = {
    "retold.appraisal_retold(told)": [told(kind, CYCLE, sent) for kind, sent in product(ABOUT_APPRAISALS, (True, False))],
    "retold.cycle_retold(told)": [told(kind, cycle, True) for kind, cycle in product(ABOUT_CYCLES, CYCLES)],
}
