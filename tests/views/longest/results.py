"""The longest results, appeals, lists for payroll and of a year, and what their views are given besides."""

import inspect
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.policy.appraisals.appeals import SILENT, Way
from bot.policy.appraisals.bonus import coefficient_of
from bot.policy.appraisals.clocks import Due, Owed
from bot.policy.appraisals.cycle import Kind, Payroll, Phase, rules_of
from bot.policy.appraisals.payroll import Line
from bot.policy.appraisals.record import (
    LONG,
    TOLD,
    Appeal,
    Appraisal,
    BonusShare,
    Calibration,
    Grade,
    Measure,
    Measured,
    Part,
    Scoring,
    SelfReview,
    State,
)
from bot.policy.appraisals.years import Candidate, Gap, Use
from bot.views.appraisals import appeals, candidates, comments, hearing, payroll, results, years
from bot.views.appraisals.candidates import Listed
from bot.views.appraisals.payroll import Roll
from bot.views.blocks import prose
from tests.views.longest.cycles import CYCLE
from tests.views.longest.shared import AMOUNT, CROWD, DAY, ME, NOW, text

SKILLS = {one["id"]: 5 for one in CYCLE.rules["appraisals"]["competencies"]}
SCORING = Scoring(
    manager=CROWD[2],
    marks=dict.fromkeys(Part, 5),
    comments={part: text(LONG) for part in Part},
    competencies=SKILLS,
    comment=text(LONG),
    development=text(LONG),
    grade=Grade.GOOD,
    why=text(LONG),
)
BONUS = BonusShare(
    base=AMOUNT, company_factor=Decimal("1.25"), multiplier=Decimal("1.2"), served=365, days=366, amount=AMOUNT, currency="CNY"
)
MEASURES = tuple(
    Measured(measure=one, part=AMOUNT, whole=AMOUNT, n=9999, value=Decimal(1), score=score, given=Decimal(20), weight=Decimal("14.3"))
    for one, score in zip(Measure, (Decimal("99.95"), None, *[Decimal("66.66666")] * 5), strict=True)
)
APPEAL = Appeal(
    at=NOW,
    why=text(LONG),
    talk_due=DAY,
    talk_at=NOW,
    talk=text(LONG),
    escalated_at=NOW,
    accept_due=DAY,
    accepted=True,
    decide_due=DAY,
    decided_at=NOW,
    decided_by=ME,
    decision=text(LONG),
)
CHANGES = tuple(Calibration(at=at, by=ME, was=Grade.GOOD, became=Grade.EXCELLENT, why=text(LONG)) for at in (CYCLE.opened_at, NOW))
LONGEST = Appraisal(
    id=999_999_999,
    cycle=999_999_999,
    period="2026Q3",
    person=ME,
    manager=CROWD[2],
    post="presales_consultant",
    state=State.PUBLISHED,
    served=365,
    days=366,
    opened_at=NOW,
    self_review=SelfReview(marks=dict.fromkeys(Part, 1), competencies=SKILLS),
    scoring=SCORING,
    measured=MEASURES,
    quarters={f"2026Q{n}": (Decimal("99.9"), Grade.EXCELLENT) for n in range(1, 4)} | {"2026Q4": (None, None)},
    score=Decimal("99.9"),
    suggested=Grade.PASS,
    grade=Grade.GOOD,
    calibrated=Grade.EXCELLENT,
    calibrations=CHANGES,
    published_at=NOW,
    remark=text(results.REMARK_LENGTH),
    appeal=APPEAL,
    bonus=BONUS,
)
UNDECIDED = {"accepted": None, "decided_at": None, "decision": ""}
APPRAISALS = [
    *(LONGEST.amended(state=state) for state in sorted(TOLD)),
    *(LONGEST.amended(state=state, appeal=APPEAL.amended(**UNDECIDED)) for state in (State.APPEALED, State.HR_REVIEW)),
    LONGEST.amended(state=State.MANAGER_TALK, appeal=APPEAL.amended(**UNDECIDED, answer_due=DAY)),
    LONGEST.amended(state=State.RESOLVED, appeal=APPEAL.amended(**UNDECIDED, stands=SILENT)),
    LONGEST.amended(appeal=None),
    LONGEST.amended(scoring=None, measured=(), appeal=None, bonus=BONUS.amended(base=None, amount=None), score=None, remark=""),
    LONGEST.amended(state=State.CALIBRATED, published_at=None),
]
YEAR = CYCLE.amended(kind=Kind.YEAR, period="2026", state=Phase.APPEAL_WINDOW, appeal_until=DAY)
QUARTER = CYCLE.amended(state=Phase.APPEAL_WINDOW, appeal_until=DAY)
SIGNED = Payroll(prepared_by=ME, prepared_at=NOW, checksum="a" * 64, people=10_000)
PAID = [
    QUARTER.amended(payroll=signed)
    for signed in (None, SIGNED, SIGNED.amended(approved_by=CROWD[1], approved_at=NOW), SIGNED.amended(checksum="b" * 64))
]
LINE = Line(
    person=ME,
    email=text(200),
    name=text(200),
    post="presales_consultant",
    period="2026Q3",
    grade=Grade.EXCELLENT,
    multiplier=BONUS.multiplier,
    company_factor=BONUS.company_factor,
    base=AMOUNT,
    served=365,
    days=366,
    coefficient=coefficient_of(BONUS),
    amount=AMOUNT,
    currency="CNY",
    appealing=True,
)
ROLLS = [
    Roll([LINE, LINE._replace(base=None, amount=None)] * 50, {"CNY": AMOUNT, "USD": AMOUNT}, "a" * 64, one)
    for one in (CROWD[3], ME, CROWD[4])
]
CANDIDATE = Candidate(LONGEST.amended(period="2026"), tuple(Gap))
LISTS = [Listed(use, [CANDIDATE] * 40, [grade.value for grade in Grade], tuple(Use), {ME: text(200)}) for use in Use]
PARTS = {"measures": "40", "manager": "35", "own": "25"}
MIXED = CYCLE.amended(rules={**CYCLE.rules, "appraisals": {**CYCLE.rules["appraisals"], "formula": PARTS}})
# What a parameter of this name takes in all views of these files.
GIVEN: Mapping[str, list[Any]] = {
    "appraisal": APPRAISALS,
    "cycle": [QUARTER, YEAR, QUARTER.amended(appeal_until=None)],
    "names": [{person: text(200) for person in CROWD}, {}],
    "lead": [text(500), ""],
    "ahead": [None, CYCLE.amended(state=Phase.PUBLISHED), CYCLE.amended(state=Phase.CALIBRATION)],
    "ways": [list(Way)[4:], list(Way)[:4], []],
    "way": list(appeals.FORMS),
    "one": [*MEASURES],
    "part": list(Part),
    "rules": [rules_of(CYCLE), rules_of(MIXED)],
    "days": [rules_of(CYCLE).appraisals.appeal, None],
    "appeal": [APPEAL],
    "limit": [LONG, results.SHORT],
    "note": [text(200), ""],
    "period": ["2026Q3", ""],
    "name": [text(200), ""],
    "due": [Due(owed, DAY) for owed in Owed],
    "key": [f"{kind}:999999999:{owed}:{ME}" for kind in hearing.KINDS for owed in Owed],
    "target": [ME, CROWD[2], CROWD[5]],
    "reader": [CROWD[5], CROWD[2]],
    "line": [LINE],
    "text": [text(LONG)],
    "score": [Decimal("99.9"), None],
    "grade": [Grade.EXCELLENT, None],
    "page": [0, 1],
    "roll": ROLLS,
    "payroll": [SIGNED],
    "listed": LISTS,
    "share": [BONUS],
}
SPECIAL: Mapping[object, list[Any]] = {
    **{f"payroll.{view}(cycle)": PAID * 3 for view in ("sheet", "standing", "steps", "asked")},
    "appeals.said(line)": [text(200)],
    "candidates.row(one)": [CANDIDATE],
    "hearing.current(kind)": [hearing.MADE, hearing.TALKED, hearing.TAKEN, hearing.DECIDED, hearing.OPEN, hearing.HEARD],
    "hearing.short(lead)": [prose("{text}", text=text(500))],
    "hearing.short(lines)": [[(text(200), text(LONG))] * 3],
    "hearing.told(lead)": [prose("{text}", text=text(500))],
    "years.quarter(name)": ["2026Q3"],
    "years.ruled(rules)": [rules_of(CYCLE).appraisals.year],
}


def given() -> dict[object, list[Any]]:
    """Return what every view of these files is given, by view and name."""
    views = [(file, name, view) for file in (results, comments, appeals, hearing, payroll, candidates, years) for name, view in own(file)]
    return {
        f"{file.__name__.rpartition('.')[2]}.{name}({parameter})": GIVEN[parameter]
        for file, name, view in views
        for parameter in inspect.signature(view).parameters
        if parameter in GIVEN
    }


def own(file: Any) -> list[tuple[str, Any]]:
    """Return the functions that a file defines itself."""
    return [(name, view) for name, view in inspect.getmembers(file, inspect.isfunction) if view.__module__ == file.__name__]


CONTENT: Mapping[object, list[Any]] = {**given(), **SPECIAL}
