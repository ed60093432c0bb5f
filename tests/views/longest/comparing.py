"""The fullest comparison of two handbooks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.policy.appraisals.comparing import Difference, Outcome, Setting
from bot.policy.appraisals.record import Grade
from bot.views import comparing as views
from tests.views.longest.shared import text

OUTCOMES = [Outcome(Decimal("100.0"), Grade.OUTSTANDING, Decimal("999999.9999")), Outcome(None, None, None)]
SETTINGS = [Setting("appraisals." + "a" * 200, text(3000), text(3000)), Setting("research." + "a" * 200, text(3000), text(3000))] * 50
DIFFERENCES = [
    Difference(f"U{number}", f"2026Q{quarter}", OUTCOMES[0], OUTCOMES[quarter % 2]) for number in range(60) for quarter in range(1, 5)
]
NAMES = {f"U{number}": text(200) for number in range(60)}

CONTENT: Mapping[object, list[Any]] = {
    Outcome: OUTCOMES,
    Sequence[Setting]: [SETTINGS, []],
    views.Compared: [
        views.Compared(SETTINGS, DIFFERENCES, 999_999, NAMES),
        views.Compared(SETTINGS, DIFFERENCES, 999_999, None),
        views.Compared([], [], 0, None),
    ],
}
