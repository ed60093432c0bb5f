"""What is due in appraisals at its longest, and nothing at all."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.policy.appraisals.cycle import Phase
from bot.policy.appraisals.record import State
from bot.views.appraisals.dues import Dues, Several
from tests.views.longest.cycles import CYCLE
from tests.views.longest.results import APPEAL, LONGEST, UNDECIDED
from tests.views.longest.shared import CROWD, ME, text

LATE = date(2027, 12, 31)
CYCLES = [CYCLE.amended(id=n, period=period, state=Phase.MANAGER_REVIEW) for n, period in enumerate(("2026Q3", "2026Q4", "2026"))]
APPEALS = [
    LONGEST.amended(id=n, person=CROWD[n], state=state, appeal=APPEAL.amended(**UNDECIDED | {"accepted": accepted}))
    for n, (state, accepted) in enumerate([(State.APPEALED, None), (State.HR_REVIEW, None), (State.HR_REVIEW, True)] * 4)
]
SEVERAL = [Several(CYCLE, people, 999_999_999) for people in (99_999, 1)]
DUES = [
    Dues(
        ME,
        LATE,
        [(LONGEST, cycle) for cycle in CYCLES],
        SEVERAL,
        SEVERAL,
        APPEALS,
        CYCLES,
        {person: text(200) for person in CROWD},
    ),
    Dues(ME, LATE),
]

CONTENT: Mapping[object, list[Any]] = {
    Dues: DUES,
    Several: SEVERAL,
    "dues.appeal(appraisal)": [*APPEALS[:3], LONGEST],
    "dues.review(appraisal)": [LONGEST],
    "dues.late(cycles)": [CYCLES, CYCLES[:1], []],
    "dues.further(left)": [99_999, 1, 0],
    "today": [LATE, date(2026, 1, 1)],
}
