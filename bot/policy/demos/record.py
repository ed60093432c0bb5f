"""A demo as a record (§4.3): one frozen fact that holds everything about it but the feedback, which has a life of its own."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from bot.language import N_
from bot.policy.record import Record


class State(StrEnum):
    """Where a demo stands."""

    REQUESTED = "requested"
    PREPARING = "preparing"
    READY = "ready"
    DELIVERED = "delivered"
    SUMMARISED = "summarised"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    RETRACTED = "retracted"


STATE_NAMES: Mapping[State, str] = {
    State.REQUESTED: N_("requested"),
    State.PREPARING: N_("in preparation"),
    State.READY: N_("ready"),
    State.DELIVERED: N_("delivered"),
    State.SUMMARISED: N_("summed up"),
    State.DECLINED: N_("declined"),
    State.CANCELLED: N_("cancelled"),
    State.NO_SHOW: N_("nobody came"),
    State.RETRACTED: N_("taken back"),
}
AHEAD = frozenset({State.REQUESTED, State.PREPARING, State.READY})  # still to be given
LIVE = AHEAD | {State.DELIVERED}
GIVEN = frozenset({State.DELIVERED, State.SUMMARISED})


class Rehearsal(Record):
    """When it was rehearsed, with what came of it; or, without a time, why it need not be."""

    at: datetime | None = None
    note: str = ""
    waiver: str = ""
    by: str


class Question(Record):
    """A question that the customer asked and nobody could answer at once: who answers it, until when."""

    id: int
    text: str
    owner: str
    due: date
    answer: str = ""
    answered_at: datetime | None = None


class Summary(Record):
    """What a demo taught us (§4.3.3); `feedback` is what the customer said, or nothing where they gave none."""

    feedback: str = ""
    problems: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()
    by: str
    at: datetime


class Demo(Record):
    """One demo for one deal; `at` is when it is given, `channel` where its sheet was posted."""

    id: int = 0
    opportunity: int
    customer_name: str
    customer_key: str
    owner: str
    members: tuple[str, ...] = ()
    zone: str = "UTC"
    confidential: bool = False
    state: State = State.REQUESTED
    opened_at: datetime
    at: datetime | None = None
    content: str = ""
    audience: str = ""
    environment: str = ""
    tools: str = ""
    evidence: str = ""
    rehearsal: Rehearsal | None = None
    delivered_at: datetime | None = None
    summary: Summary | None = None
    questions: tuple[Question, ...] = ()
    channel: str = ""
    why: str = ""

    @property
    def number(self) -> str:
        """Return the number by which people call the demo."""
        return f"D-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the demo."""
        return f"demo:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the demo."""
        return self.customer_name

    @property
    def team(self) -> tuple[str, ...]:
        """Return the ids of those who give it besides the owner, and of those who owe the customer an answer."""
        return tuple(dict.fromkeys([*self.members, *(question.owner for question in self.questions)]))
