"""The fullest standing of a person, and what the reasons of measures and scores are given besides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.policy.appraisals.cycle import rules_now
from bot.policy.appraisals.lifting import Lift
from bot.policy.appraisals.measures import Inputs, Whose
from bot.policy.appraisals.record import Appraisal, BonusShare, Grade, Measure, Measured, Part, Scoring, SelfReview, State
from bot.policy.appraisals.standing import Standing
from bot.policy.calendar import Calendar
from bot.policy.tallies import period
from bot.views.appraisals.reasons import TOTAL, Asked
from bot.views.appraisals.sources import PAGE, Made, Source
from tests.views.longest.bids import BIDS
from tests.views.longest.demos import LONGEST as DEMO
from tests.views.longest.research import RESEARCHES
from tests.views.longest.shared import AMOUNT, HANDBOOK, ME, NOW, PERSON
from tests.views.longest.solutions import SOLUTIONS
from tests.views.longest.surveys import ANSWERED

CALENDAR, RULES = Calendar(HANDBOOK.company), rules_now(HANDBOOK)
MIXED = RULES.amended(
    appraisals=RULES.appraisals.model_copy(
        update={"formula": RULES.appraisals.formula.model_copy(update={"measures": 60, "manager": 30, "own": 10})}
    )
)
KNOWN: dict[str, Any] = {"part": AMOUNT, "whole": AMOUNT - 1, "n": 999_999, "value": Decimal("99.94"), "score": Decimal("89.96")}
FEW: dict[str, Any] = {"part": AMOUNT, "whole": AMOUNT, "n": 2, "value": None, "score": None}
WEIGHTS: dict[str, Any] = {"given": Decimal(20), "weight": Decimal("33.3")}
FULL = tuple(Measured(measure=measure, **KNOWN, **WEIGHTS) for measure in Measure)
EMPTY = tuple(Measured(measure=measure, **FEW, given=Decimal(20), weight=Decimal()) for measure in Measure)
BONUS = BonusShare(
    base=AMOUNT, company_factor=Decimal("1.2345"), multiplier=Decimal("1.2345"), served=91, days=92, amount=AMOUNT, currency="CNY"
)
TOLD = Appraisal(
    id=999_999_999,
    cycle=999_999_999,
    period="2026Q4",
    person=ME,
    state=State.PUBLISHED,
    published_at=NOW,
    opened_at=NOW,
    served=91,
    days=92,
    score=Decimal("89.9"),
    suggested=Grade.GOOD,
    grade=Grade.PASS,
    calibrated=Grade.EXCELLENT,
    scoring=Scoring(manager=ME, marks=dict.fromkeys(Part, 5)),
    self_review=SelfReview(marks=dict.fromkeys(Part, 5)),
    quarters={f"2026Q{n}": (Decimal("89.9"), Grade.EXCELLENT) for n in range(1, 5)},
    bonus=BONUS,
)
INPUTS = Inputs({"answers_weight": Decimal(1)}, {"answers_weight": Decimal(9)})
STANDINGS = [
    Standing(PERSON, span, rules, "0123456789ab", None, told, INPUTS, Whose(PERSON.post, 1, 91, 92), measured, told is None)
    for span in (period(2026, 4, CALENDAR), period(2026, None, CALENDAR))
    for rules in (RULES, MIXED)
    for told in (None, TOLD)
    for measured in (FULL, EMPTY)
]
SOURCES = [
    Source(record, dict.fromkeys(("sales", "submitted_won", "marks", "marks_sum", "answers_sum", "answers_weight"), AMOUNT), 999_999_999)
    for record in (*BIDS, DEMO, *RESEARCHES, *SOLUTIONS, ANSWERED)
]
MADE = [Made(SOURCES[start : start + PAGE], 999_999, 999_999) for start in range(0, len(SOURCES), PAGE)]
LIFTS = [Lift(measure, AMOUNT, Decimal("89.9"), Grade.EXCELLENT) for measure in list(Measure)[:-1]]
ASKED = [Asked(topic, ME, "2026Q4", page) for topic in (*Measure, TOTAL, "") for page in (0, 1)]
OF_ONE = [asked for asked in ASKED if asked.topic in set(Measure)]

CONTENT: Mapping[object, list[Any]] = {
    "reasons.reason(asked)": OF_ONE,
    "reasons.overview(earlier)": ["2025Q4"],
    "totals.measure_times_weight(one)": [FULL[0], *EMPTY],
    "totals.outcome(standing)": STANDINGS,
    "reasons.outcome(standing)": STANDINGS,
    "standing.projected_lines(standing)": STANDINGS,
    Asked: ASKED,
    Standing: STANDINGS,
    Source: SOURCES,
    Made: [*MADE, Made()],
    Measure: [*Measure],
    Lift: LIFTS,
    Sequence[Lift]: [LIFTS, []],
}
