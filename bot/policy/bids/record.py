"""A bid and all that belongs to it (§4.4): one record, so that one step changes it as a whole and one undo brings it back as a whole."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from bot.language import N_
from bot.policy.money import Money
from bot.policy.record import Record
from bot.policy.shares import Share


class State(StrEnum):
    """Where a bid stands."""

    REGISTERED = "registered"
    ASSESSING = "assessing"
    CONDITIONAL = "conditional"
    NO_GO = "no_go"
    GO_DECIDED = "go_decided"
    PREPARING = "preparing"
    IN_REVIEW = "in_review"
    READY = "ready"
    SUBMITTED = "submitted"
    DEFENCE_SCHEDULED = "defence_scheduled"
    DEFENDED = "defended"
    AWAITING_RESULT = "awaiting_result"
    WON = "won"
    LOST = "lost"
    DISQUALIFIED = "disqualified"
    TENDER_CANCELLED = "tender_cancelled"
    WITHDRAWN = "withdrawn"
    MISSED_DEADLINE = "missed_deadline"
    RETRACTED = "retracted"


REVIEWER = "reviewer"  # the role of whoever only judges the document; they are of the team to see it

UNDECIDED = frozenset({State.REGISTERED, State.ASSESSING, State.CONDITIONAL})
PREPARATION = frozenset({State.GO_DECIDED, State.PREPARING, State.IN_REVIEW, State.READY})
UNSUBMITTED = UNDECIDED | PREPARATION
PENDING = frozenset({State.SUBMITTED, State.DEFENCE_SCHEDULED, State.DEFENDED, State.AWAITING_RESULT})
OPEN = UNSUBMITTED | PENDING
DECIDED = frozenset({State.WON, State.LOST, State.DISQUALIFIED, State.TENDER_CANCELLED})
CORRECTABLE = PENDING | DECIDED | {State.WITHDRAWN}
CLOSED = DECIDED | {State.NO_GO, State.WITHDRAWN, State.MISSED_DEADLINE}

STATE_NAMES = {
    State.REGISTERED: N_("registered"),
    State.ASSESSING: N_("being assessed"),
    State.CONDITIONAL: N_("go, on conditions"),
    State.NO_GO: N_("no-go"),
    State.GO_DECIDED: N_("go"),
    State.PREPARING: N_("in preparation"),
    State.IN_REVIEW: N_("in review"),
    State.READY: N_("ready to hand in"),
    State.SUBMITTED: N_("submitted"),
    State.DEFENCE_SCHEDULED: N_("defence scheduled"),
    State.DEFENDED: N_("defended"),
    State.AWAITING_RESULT: N_("awaiting the result"),
    State.WON: N_("won"),
    State.LOST: N_("not won"),
    State.DISQUALIFIED: N_("rejected as invalid"),
    State.TENDER_CANCELLED: N_("tender cancelled"),
    State.WITHDRAWN: N_("withdrawn"),
    State.MISSED_DEADLINE: N_("deadline missed"),
    State.RETRACTED: N_("taken back"),
}


class PartKind(StrEnum):
    """The three parts of a bid document (§4.4.2)."""

    COMMERCIAL = "commercial"
    TECHNICAL = "technical"
    PRICE = "price"


class Aspect(StrEnum):
    """What a review of the bid document looks at (§2.1.4)."""

    ACCURACY = "accuracy"
    COMPLETENESS = "completeness"
    COMPLIANCE = "compliance"


class Rating(Record):
    """One rater's scorecard: 1 to 5 by criterion, comments where there is something to say, and the gates they hold to be passed."""

    rater: str
    scores: dict[str, int]
    comments: dict[str, str] = Field(default_factory=dict)
    at: datetime
    gates: tuple[str, ...] = ()


class Condition(Record):
    """What has to be so for a conditional go."""

    text: str
    owner: str
    due: date
    met: bool = False


class Decision(Record):
    """Whether we bid: a named person's decision, with what the scorecard advised and why it was not followed."""

    verdict: State
    by: str
    at: datetime
    score: Decimal | None = None
    band: str = ""
    reason: str = ""
    overrides: bool = False
    handbook: str = ""


class Member(Record):
    """Somebody of the bid team, and what they do in it."""

    person: str
    role: str = ""


class Part(Record):
    """A part of the bid document, who writes it and until when."""

    kind: PartKind
    owner: str
    due: datetime | None = None
    done_at: datetime | None = None


class Milestone(Record):
    """A step on the way to the deadline, planned back from it over working days."""

    name: str
    day: date
    days_before: int = 0
    done: bool = False


class Review(Record):
    """One reviewer's marks for the bid document, 1 to 5 (§5.1.2)."""

    reviewer: str
    scores: dict[Aspect, int]
    comment: str = ""
    at: datetime


class Finding(Record):
    """Something a reviewer found that has to be put right."""

    id: int
    reviewer: str
    aspect: Aspect
    text: str
    part: PartKind | None = None
    closed_by: str = ""
    closed_at: datetime | None = None


class Question(Record):
    """One question put to one expert, for one answer."""

    id: int
    asker: str
    expert: str
    text: str
    form: str = ""
    due: datetime | None = None
    zone: str = "UTC"
    answer: str = ""
    answered_at: datetime | None = None


class Defence(Record):
    """The presentation in which the bid is defended (§4.4.3)."""

    at: datetime
    speakers: tuple[str, ...] = ()
    rehearsed_at: datetime | None = None
    waiver: str = ""
    questions: tuple[str, ...] = ()
    result: str = ""


class Debrief(Record):
    """What a finished bid taught us."""

    by: str
    at: datetime
    went_well: str = ""
    to_improve: str = ""
    lessons: str = ""


class Bid(Record):
    """Our offer to one buyer; `amount` is what we ask, `awarded` what was agreed, `zone` where the deadline's clock hangs."""

    id: int = 0
    opportunity: int = 0
    customer: str
    customer_key: str
    title: str = ""
    owner: str
    state: State = State.REGISTERED
    confidential: bool = False
    amount: Decimal | None = None
    awarded: Decimal | None = None
    awarded_currency: str = ""
    currency: str
    deadline: datetime | None = None
    zone: str = "UTC"
    tender_number: str = ""
    source: str = ""
    registered_at: datetime
    ratings: tuple[Rating, ...] = ()
    decision: Decision | None = None
    conditions: tuple[Condition, ...] = ()
    shares: tuple[Share, ...] = ()
    members: tuple[Member, ...] = ()
    parts: tuple[Part, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    reviews: tuple[Review, ...] = ()
    findings: tuple[Finding, ...] = ()
    ticks: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    submitted_at: datetime | None = None
    channel: str = ""
    proof: str = ""
    late: bool = False
    defence: Defence | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    loss_reason: str = ""
    winner: str = ""
    price_gap: Decimal | None = None
    note: str = ""
    debrief: Debrief | None = None
    gaps: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """Return the number by which people call the bid."""
        return f"B-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the bid."""
        return f"bid:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the bid."""
        return self.customer

    @property
    def team(self) -> tuple[str, ...]:
        """Return the ids of the bid team."""
        return tuple(member.person for member in self.members)

    @property
    def contributors(self) -> tuple[str, ...]:
        """Return the ids of those whose work the bid is: the owner and the team, but not who only reviewed it."""
        return tuple(dict.fromkeys((self.owner, *(member.person for member in self.members if member.role != REVIEWER))))

    @property
    def asked(self) -> Money | None:
        """Return what we ask, with its currency."""
        return None if self.amount is None else Money(amount=self.amount, currency=self.currency)

    @property
    def award(self) -> Money | None:
        """Return what was awarded, with its currency."""
        return None if self.awarded is None else Money(amount=self.awarded, currency=self.awarded_currency or self.currency)
