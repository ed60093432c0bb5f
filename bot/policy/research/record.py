"""Requirement research as a record (§4.1): one frozen fact that holds everything about it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from bot.language import N_
from bot.policy.record import Record


class State(StrEnum):
    """Where research stands."""

    PLANNED = "planned"
    PREPARING = "preparing"
    IN_PROGRESS = "in_progress"
    ANALYSING = "analysing"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    RETRACTED = "retracted"


class Template(StrEnum):
    """What people at the customer are asked by."""

    QUESTIONNAIRE = "questionnaire"
    INTERVIEW = "interview"


class Way(StrEnum):
    """How a contact is made."""

    PHONE = "phone"
    MAIL = "mail"
    FACE_TO_FACE = "face_to_face"


class Need(StrEnum):
    """What a requirement is about."""

    FUNCTION = "function"
    PERFORMANCE = "performance"
    DATA = "data"


class Verdict(StrEnum):
    """What a reviewer decides."""

    APPROVE = "approve"
    SEND_BACK = "send_back"


STATE_NAMES: Mapping[State, str] = {
    State.PLANNED: N_("planned"),
    State.PREPARING: N_("in preparation"),
    State.IN_PROGRESS: N_("in progress"),
    State.ANALYSING: N_("being analysed"),
    State.IN_REVIEW: N_("in review"),
    State.APPROVED: N_("approved"),
    State.SUPERSEDED: N_("replaced by a new version"),
    State.CANCELLED: N_("cancelled"),
    State.RETRACTED: N_("taken back"),
}
LIVE = frozenset({State.PLANNED, State.PREPARING, State.IN_PROGRESS, State.ANALYSING, State.IN_REVIEW})
CURRENT = LIVE | {State.APPROVED}  # those that a customer's name means
FINISHED = frozenset({State.APPROVED, State.SUPERSEDED})


class Member(Record):
    """Somebody in the research team, what they do there, and whether they lead it."""

    person: str
    duty: str = ""
    lead: bool = False


class Facts(Record):
    """What sales knows (§4.1.1): who the customer is, the background, where they stand and what they aim at."""

    background: str
    about: str = ""
    current: str = ""
    goals: str = ""
    told_by: str = ""
    by: str
    at: datetime


class Outline(Record):
    """A questionnaire or the outline of an interview; `template` is the handbook's id of what it was made from."""

    kind: Template
    template: str = ""
    text: str
    by: str
    at: datetime


class Contact(Record):
    """One talk with people at the customer (§4.1.2); without notes it is still to come."""

    id: int
    way: Way
    at: datetime
    who: str
    notes: str = ""
    pains: str = ""
    latent: str = ""
    by: str

    @property
    def held(self) -> bool:
        """Return whether it has taken place."""
        return bool(self.notes)


class Item(Record):
    """One requirement (§4.1.3); `priority` is the handbook's id, `acceptance` how one can tell that it is met."""

    id: int
    text: str
    need: Need
    priority: str
    key: bool = False
    acceptance: str = ""
    authors: tuple[str, ...] = ()


class Asked(Record):
    """Somebody who was asked for a review."""

    reviewer: str
    by: str
    at: datetime


class Review(Record):
    """What a reviewer thinks of the requirement document."""

    reviewer: str
    accuracy: int = Field(ge=1, le=5)
    completeness: int = Field(ge=1, le=5)
    comment: str = ""
    verdict: Verdict
    at: datetime


class Confirmation(Record):
    """How well the customer finds their needs understood: who said it, and when."""

    mark: int = Field(ge=1, le=5)
    who: str
    at: datetime
    note: str = ""
    by: str


class Research(Record):
    """The requirement research for one deal; a new version of an approved one is a record of its own that `supersedes` it."""

    id: int = 0
    opportunity: int
    customer_name: str
    customer_key: str
    owner: str
    zone: str = "UTC"
    confidential: bool = False
    state: State = State.PLANNED
    opened_at: datetime
    members: tuple[Member, ...] = ()
    facts: Facts | None = None
    outlines: tuple[Outline, ...] = ()
    contacts: tuple[Contact, ...] = ()
    items: tuple[Item, ...] = ()
    asked: tuple[Asked, ...] = ()
    reviews: tuple[Review, ...] = ()
    review_since: datetime | None = None
    approved_at: datetime | None = None
    confirmation: Confirmation | None = None
    version: int = 1
    supersedes: int = 0
    superseded_by: int = 0
    why: str = ""

    @property
    def number(self) -> str:
        """Return the number by which people call the research."""
        return f"R-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the research."""
        return f"research:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the research."""
        return self.customer_name

    @property
    def writers(self) -> tuple[str, ...]:
        """Return the ids of the research team, who may change the record."""
        return tuple(member.person for member in self.members)

    @property
    def team(self) -> tuple[str, ...]:
        """Return the ids of all who may know of it besides the owner: the research team, and those asked for a review."""
        return tuple(dict.fromkeys([*self.writers, *(one.reviewer for one in self.asked)]))
