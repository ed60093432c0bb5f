"""A solution as a record (§2.1.2, §4.2): one frozen fact that holds everything about it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import Field

from bot.language import N_
from bot.policy.money import Money
from bot.policy.record import Record
from bot.policy.refusal import Refusal


class State(StrEnum):
    """Where a solution stands."""

    PLANNING = "planning"
    DRAFTING = "drafting"
    INTERNAL_REVIEW = "internal_review"
    OPTIMISING = "optimising"
    APPROVED = "approved"
    SENT = "sent"
    CHANGES_REQUESTED = "changes_requested"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"


class Secrecy(StrEnum):
    """The class of a document (§7.2.1)."""

    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


class Aspect(StrEnum):
    """What an expert judges a solution by (§4.2.3, §5.1.2)."""

    FEASIBILITY = "feasibility"
    SOUNDNESS = "soundness"
    COST_BENEFIT = "cost_benefit"
    INNOVATION = "innovation"


class Verdict(StrEnum):
    """What another department says of the feasibility of a plan."""

    FEASIBLE = "feasible"
    CONDITIONAL = "conditional"
    NOT_FEASIBLE = "not_feasible"


class Way(StrEnum):
    """How the customer confirmed."""

    MEETING = "meeting"
    MAIL = "mail"
    PHONE = "phone"


STATE_NAMES: Mapping[State, str] = {
    State.PLANNING: N_("being planned"),
    State.DRAFTING: N_("being written"),
    State.INTERNAL_REVIEW: N_("in internal review"),
    State.OPTIMISING: N_("being optimised"),
    State.APPROVED: N_("approved"),
    State.SENT: N_("sent to the customer"),
    State.CHANGES_REQUESTED: N_("to be changed for the customer"),
    State.CONFIRMED: N_("confirmed by the customer"),
    State.WITHDRAWN: N_("withdrawn"),
    State.RETRACTED: N_("taken back"),
}
ENDED = frozenset({State.CONFIRMED, State.WITHDRAWN, State.RETRACTED})
LIVE = frozenset(State) - ENDED


class Link(Record):
    """Where a document is kept, and its class; the document itself is never copied."""

    url: str = Field(max_length=1000)
    secrecy: Secrecy


class Plan(Record):
    """What the solution is to achieve, and its outline: architecture, modules, steps (§4.2.1)."""

    goal: str
    outline: str
    by: str
    at: datetime


class Section(Record):
    """One section by the handbook's id: who writes it, whether it is done, its document, and which key requirements it answers."""

    id: str
    owner: str
    done_by: str = ""
    done_at: datetime | None = None
    link: Link | None = None
    answers: tuple[int, ...] = ()


class Consultation(Record):
    """A question of feasibility to somebody of another department, and what they say (§4.2.1)."""

    id: int
    asker: str
    person: str
    text: str
    at: datetime
    due: datetime
    verdict: Verdict | None = None
    answer: str = ""
    answered_at: datetime | None = None


class Value(Record):
    """What the solution costs the customer, what it brings in a year, and after how many months it has paid for itself (§2.1.2)."""

    cost: Decimal
    benefit: Decimal
    currency: str
    payback: int
    note: str = ""
    by: str
    at: datetime

    @property
    def costs(self) -> Money:
        """Return the cost."""
        return Money(amount=self.cost, currency=self.currency)

    @property
    def brings(self) -> Money:
        """Return the benefit of a year."""
        return Money(amount=self.benefit, currency=self.currency)


class Asked(Record):
    """An expert who is asked for scores, and until when."""

    expert: str
    by: str
    at: datetime
    due: datetime


class Score(Record):
    """What an expert gave a solution, 1 to 5 each, in one sitting of experts."""

    expert: str
    sitting: int
    feasibility: int = Field(ge=1, le=5)
    soundness: int = Field(ge=1, le=5)
    cost_benefit: int = Field(ge=1, le=5)
    innovation: int = Field(ge=1, le=5)
    comment: str = ""
    at: datetime

    @property
    def marks(self) -> dict[Aspect, int]:
        """Return the marks by aspect."""
        return {aspect: getattr(self, aspect) for aspect in Aspect}


class Change(Record):
    """What was changed in a round of optimisation."""

    round: int
    text: str
    by: str
    at: datetime


class Sent(Record):
    """To whom at the customer the solution was sent, and when."""

    to: str
    by: str
    at: datetime


class Wish(Record):
    """What the customer wants changed."""

    text: str
    by: str
    at: datetime


class Confirmation(Record):
    """Who confirmed for the customer, on which day, how, and where that is written."""

    who: str
    day: date
    way: Way | None = None
    link: Link | None = None
    by: str
    at: datetime


class Requirement(Record):
    """A key requirement that the solution has to answer, as research found it."""

    id: int
    text: str


class Solution(Record):
    """The solution for one deal; `sitting` counts the reviews by experts, `round` the rounds of optimisation.

    `gaps` are the key requirements that no section answered when the experts were asked; `chase_at` is when the first of the
    scores and answers that are waited for is due: it follows from the rest, and is kept so that it can be asked for.
    """

    id: int = 0
    opportunity: int
    customer_name: str
    customer_key: str
    title: str = ""
    owner: str
    members: tuple[str, ...] = ()
    confidential: bool = False
    state: State = State.PLANNING
    opened_at: datetime
    plan: Plan | None = None
    sections: tuple[Section, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    value: Value | None = None
    sitting: int = 0
    round: int = 0
    asked: tuple[Asked, ...] = ()
    scores: tuple[Score, ...] = ()
    gaps: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    approved_at: datetime | None = None
    sent: tuple[Sent, ...] = ()
    wishes: tuple[Wish, ...] = ()
    confirmation: Confirmation | None = None
    why: str = ""
    chase_at: datetime | None = None

    @property
    def number(self) -> str:
        """Return the number by which people call the solution."""
        return f"S-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the solution."""
        return f"solution:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the solution."""
        return self.customer_name

    @property
    def writers(self) -> tuple[str, ...]:
        """Return the ids of those who work on it besides the owner, who may change it."""
        return tuple(dict.fromkeys([*self.members, *(section.owner for section in self.sections)]))

    @property
    def team(self) -> tuple[str, ...]:
        """Return the ids of all who may know of it besides the owner: those who work on it, and the experts."""
        return tuple(dict.fromkeys([*self.writers, *(one.expert for one in self.asked), *(one.expert for one in self.scores)]))

    def section(self, id: str) -> Section | None:
        """Return the section of this id, if somebody has been named for it."""
        return next((section for section in self.sections if section.id == id), None)


def checked_url(url: str, field: str = "link") -> str:
    """Return the address of a document; refuse what is no web address, or would give a password away."""
    try:
        parts = urlsplit(url)
        good = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not (parts.username or parts.password)
    except ValueError:
        good = False
    if not good or len(url) > 1000 or any(character.isspace() or not character.isprintable() for character in url):
        raise Refusal(N_("A document is given by its link, which begins with https:// or http://."), field=field)
    return url
