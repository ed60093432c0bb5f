"""An appraisal as a record (§5.3): one person in one cycle, from the self-review to the appeal."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.language import N_
from bot.policy.record import Record

LONG = 2900  # characters: what a text box of a form holds, with room to spare
Mark = Annotated[int, Field(ge=1, le=5)]
Prose = Annotated[str, Field(max_length=LONG)]


class State(StrEnum):
    """Where an appraisal stands."""

    NOT_STARTED = "not_started"
    SELF_DRAFT = "self_draft"
    SELF_SUBMITTED = "self_submitted"
    SELF_OVERDUE = "self_overdue"
    MANAGER_DRAFT = "manager_draft"
    MANAGER_SUBMITTED = "manager_submitted"
    CALIBRATED = "calibrated"
    PUBLISHED = "published"
    ACKNOWLEDGED = "acknowledged"
    APPEALED = "appealed"
    MANAGER_TALK = "manager_talk"
    RESOLVED = "resolved"
    HR_REVIEW = "hr_review"
    UPHELD = "upheld"
    REVISED = "revised"
    FINAL = "final"
    EXCUSED = "excused"


STATE_NAMES: Mapping[State, str] = {
    State.NOT_STARTED: N_("self-review not begun"),
    State.SELF_DRAFT: N_("self-review being written"),
    State.SELF_SUBMITTED: N_("self-review handed in"),
    State.SELF_OVERDUE: N_("self-review overdue"),
    State.MANAGER_DRAFT: N_("being scored"),
    State.MANAGER_SUBMITTED: N_("scored"),
    State.CALIBRATED: N_("calibrated"),
    State.PUBLISHED: N_("result told"),
    State.ACKNOWLEDGED: N_("result seen"),
    State.APPEALED: N_("appealed against"),
    State.MANAGER_TALK: N_("talked over with the manager"),
    State.RESOLVED: N_("appeal settled"),
    State.HR_REVIEW: N_("appeal with the HR department"),
    State.UPHELD: N_("result upheld"),
    State.REVISED: N_("result revised"),
    State.FINAL: N_("final"),
    State.EXCUSED: N_("excused"),
}
SELF_OWED = frozenset({State.NOT_STARTED, State.SELF_DRAFT})
BEFORE_MANAGER = SELF_OWED | {State.SELF_SUBMITTED, State.SELF_OVERDUE}
MANAGER_OWED = frozenset({State.SELF_SUBMITTED, State.SELF_OVERDUE, State.MANAGER_DRAFT})
SCORED = frozenset({State.MANAGER_SUBMITTED, State.CALIBRATED})
UNPUBLISHED = BEFORE_MANAGER | SCORED | {State.MANAGER_DRAFT}
APPEALING = frozenset({State.APPEALED, State.MANAGER_TALK, State.HR_REVIEW})
ENDED = frozenset({State.FINAL, State.EXCUSED})
# The person sees a result in these states, and before them only their own part.
TOLD = frozenset(State) - UNPUBLISHED - {State.EXCUSED}


class Grade(StrEnum):
    """How good the work of a period was, the best first; outstanding is given for a year only (§5.3)."""

    OUTSTANDING = "outstanding"
    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"  # noqa: S105 - a grade
    FAIL = "fail"


GRADE_NAMES: Mapping[Grade, str] = {
    Grade.OUTSTANDING: N_("outstanding"),
    Grade.EXCELLENT: N_("excellent"),
    Grade.GOOD: N_("good"),
    Grade.PASS: N_("pass"),
    Grade.FAIL: N_("fail"),
}


class Measure(StrEnum):
    """What is measured (§5.1); the names are those of the handbook."""

    WIN_RATE = "win_rate"
    SALES_AMOUNT = "sales_amount"
    RESEARCH_ACCURACY = "research_accuracy"
    SOLUTION_QUALITY = "solution_quality"
    BID_DOCUMENT_QUALITY = "bid_document_quality"
    CUSTOMER_SATISFACTION = "customer_satisfaction"
    TEAMWORK = "teamwork"


MEASURE_NAMES: Mapping[Measure, str] = {
    Measure.WIN_RATE: N_("win rate"),
    Measure.SALES_AMOUNT: N_("sales amount"),
    Measure.RESEARCH_ACCURACY: N_("research accuracy"),
    Measure.SOLUTION_QUALITY: N_("solution quality"),
    Measure.BID_DOCUMENT_QUALITY: N_("bid document quality"),
    Measure.CUSTOMER_SATISFACTION: N_("customer satisfaction"),
    Measure.TEAMWORK: N_("teamwork"),
}
MEASURE_CLAUSES: Mapping[Measure, str] = {
    Measure.WIN_RATE: "§5.1.1",
    Measure.SALES_AMOUNT: "§5.1.1",
    Measure.RESEARCH_ACCURACY: "§5.1.2",
    Measure.SOLUTION_QUALITY: "§5.1.2",
    Measure.BID_DOCUMENT_QUALITY: "§5.1.2",
    Measure.CUSTOMER_SATISFACTION: "§5.1.3",
    Measure.TEAMWORK: "§5.1.4",
}


class Part(StrEnum):
    """What the self-review and the manager's marks speak of (§5.3.1)."""

    RESULTS = "results"
    QUALITY = "quality"
    SATISFACTION = "satisfaction"
    TEAMWORK = "teamwork"


PART_NAMES: Mapping[Part, str] = {
    Part.RESULTS: N_("results"),
    Part.QUALITY: N_("quality of work"),
    Part.SATISFACTION: N_("customers' satisfaction"),
    Part.TEAMWORK: N_("teamwork"),
}


class Measured(Record):
    """One measure of one person: `part` of `whole` in its own unit, made of `n` cases; its value, 0 to 100 score and effective weight.

    `value` and `score` are None while there are too few cases, and `weight` is then 0: it is spread over the others. `given` is the
    weight by the handbook. Weights are in per cent.
    """

    measure: Measure
    part: Decimal
    whole: Decimal
    n: int
    value: Decimal | None
    score: Decimal | None
    given: Decimal
    weight: Decimal


class Typed(Record):
    """What one open form put into one field, and the version of the draft with which it did: two forms that differ are both kept."""

    form: str
    version: int
    text: Prose


class SelfReview(Record):
    """What a person says of the period: a summary, a text and a mark for each part, and a mark with evidence for each competency.

    Everything may still be missing in a draft. `version` grows with every save, by which a second device is found out; `typed` is
    where the words of each field come from, and `forms` the version with which each form was opened, and when it last was heard of.
    """

    summary: Prose = ""
    words: dict[Part, Prose] = Field(default_factory=dict)
    marks: dict[Part, Mark] = Field(default_factory=dict)
    competencies: dict[str, Mark] = Field(default_factory=dict)
    evidence: dict[str, Prose] = Field(default_factory=dict)
    typed: dict[str, tuple[Typed, ...]] = Field(default_factory=dict)
    forms: dict[str, tuple[int, str]] = Field(default_factory=dict)
    version: int = 0
    saved_at: datetime | None = None


class Scoring(Record):
    """What the manager gives: marks with comments, competencies, a grade and why it deviates from the one suggested.

    `blind` are the marks as they were when the self-review was uncovered, None while it is covered.
    """

    manager: str
    marks: dict[Part, Mark] = Field(default_factory=dict)
    comments: dict[Part, Prose] = Field(default_factory=dict)
    competencies: dict[str, Mark] = Field(default_factory=dict)
    comment: Prose = ""
    development: Prose = ""
    grade: Grade | None = None
    why: Prose = ""
    blind: dict[Part, Mark] | None = None
    blind_competencies: dict[str, Mark] | None = None
    version: int = 0
    saved_at: datetime | None = None


class Calibration(Record):
    """One change of a grade in calibration: both values are kept."""

    at: datetime
    by: str
    was: Grade | None
    became: Grade
    why: Prose


class BonusShare(Record):
    """A bonus (§5.4.1): base x company factor x multiplier x days served / days.

    `base` and `amount` are None where payroll knows the base.
    """

    base: Decimal | None
    company_factor: Decimal
    multiplier: Decimal
    served: int
    days: int
    amount: Decimal | None
    currency: str


class Appeal(Record):
    """An appeal: what the person says, the manager's talk, and what HR decided; the days until which each is due.

    `answer_due` is the last day on which the person can go on after the talk; `stands` is why the calendar let the result stand.
    """

    at: datetime
    why: Prose
    talk_due: date
    talk_at: datetime | None = None
    talk: Prose = ""
    answer_due: date | None = None
    stands: str = ""
    escalated_at: datetime | None = None
    accept_due: date | None = None
    accepted: bool | None = None
    accepted_at: datetime | None = None
    accepted_by: str = ""
    decide_due: date | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    decision: Prose = ""


class Appraisal(Record):
    """One person in one cycle.

    `manager` scores; `asked` is a new manager about whom HR has not decided yet; `served` of `days` are the days of the period in
    which the person worked here. `measured`, `score` (0 to 100, to one place) and `suggested` are as they were when the manager handed
    in; `quarters` are, for a year, the person's scores and grades by quarter. `grade` is the manager's, `calibrated` the one after
    calibration or appeal, None while it is the same.
    """

    id: int = 0
    cycle: int
    period: str
    person: str
    manager: str = ""
    asked: str = ""
    team: str = ""
    post: str = ""
    state: State = State.NOT_STARTED
    served: int
    days: int
    opened_at: datetime
    self_review: SelfReview = SelfReview()
    self_submitted_at: datetime | None = None
    late_why: str = ""
    scoring: Scoring | None = None
    earlier: tuple[Scoring, ...] = ()
    measured: tuple[Measured, ...] = ()
    quarters: dict[str, tuple[Decimal | None, Grade | None]] = Field(default_factory=dict)
    score: Decimal | None = None
    suggested: Grade | None = None
    grade: Grade | None = None
    handed_in_at: datetime | None = None
    calibrated: Grade | None = None
    calibrations: tuple[Calibration, ...] = ()
    published_at: datetime | None = None
    acknowledged_at: datetime | None = None
    remark: str = ""
    appeal: Appeal | None = None
    bonus: BonusShare | None = None
    excused_why: str = ""

    @property
    def number(self) -> str:
        """Return the number by which people call the appraisal."""
        return f"AP-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the appraisal."""
        return f"appraisal:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the appraisal."""
        return self.period

    @property
    def final_grade(self) -> Grade | None:
        """Return the grade that counts: the calibrated one, or else the manager's."""
        return self.calibrated or self.grade


class PeerRating(Record):
    """What one colleague says of the cooperation with another whom they shared a deal with (§5.1.4); shown only as a mean of several."""

    id: int = 0
    cycle: int
    person: str
    rater: str
    opportunity: int = 0
    asked_at: datetime
    communication: Mark | None = None
    problem_solving: Mark | None = None
    rated_at: datetime | None = None
    declined: bool = False

    @property
    def subject(self) -> str:
        """Return the name under which the outbox keeps what concerns the rating."""
        return f"peer:{self.id}"
