"""Honours as records (§5.4.4): a round for each honour and period, the nominations in it, and what speaks for each."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import Field

from bot.handbook import HonourType
from bot.language import N_
from bot.policy.record import Record

LONG = 1500  # characters of a reason or a citation
MOST_EVIDENCE = 20


class Phase(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    NOMINATIONS_CLOSED = "nominations_closed"
    DECIDING = "deciding"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


PHASE_NAMES: Mapping[Phase, str] = {
    Phase.OPEN: N_("open for nominations"),
    Phase.NOMINATIONS_CLOSED: N_("closed for nominations"),
    Phase.DECIDING: N_("being decided"),
    Phase.ANNOUNCED: N_("announced"),
    Phase.CANCELLED: N_("cancelled"),
}


class State(StrEnum):
    """Where a nomination stands."""

    SUBMITTED = "submitted"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    SHORTLISTED = "shortlisted"
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"
    REVOKED = "revoked"
    RETRACTED = "retracted"


STATE_NAMES: Mapping[State, str] = {
    State.SUBMITTED: N_("nominated"),
    State.ELIGIBLE: N_("eligible"),
    State.INELIGIBLE: N_("not eligible"),
    State.SHORTLISTED: N_("on the shortlist"),
    State.AWARDED: N_("awarded"),
    State.NOT_AWARDED: N_("not awarded"),
    State.REVOKED: N_("revoked"),
    State.RETRACTED: N_("taken back"),
}
STANDING = frozenset(State) - {State.REVOKED, State.RETRACTED}


class Bar(StrEnum):
    """Why a nominee is not eligible."""

    LEFT = "left"
    FAILED = "failed"
    GIVEN_UP = "given_up"
    CONFIDENTIAL = "confidential"
    OTHER_PERIOD = "other_period"


BARS: Mapping[Bar, str] = {
    Bar.LEFT: N_("no longer works here"),
    Bar.FAILED: N_("the appraisal for the period failed"),
    Bar.GIVEN_UP: N_("the solution was given up"),
    Bar.CONFIDENTIAL: N_("the solution is confidential, and could not be announced"),
    Bar.OTHER_PERIOD: N_("neither approved nor confirmed in the period"),
}


class Merit(Record):
    """What speaks for a nominee, and what speaks against.

    For a person: the score of the period (of a year, the mean of its quarters) from `n` published appraisals, the grade by its
    name, teamwork on 0 to 100 where there are enough ratings, and bids won. For a solution: the reviewers' mean mark of `n` marks,
    1 to 5, whether the customer confirmed it, and what became of its deal, by its name.
    """

    score: Decimal | None = None
    n: int = 0
    grade: str = ""
    rank: int = 0
    teamwork: Decimal | None = None
    won: int = 0
    mean: Decimal | None = None
    confirmed: bool = False
    result: str = ""
    gained: bool = False
    bar: Bar | None = None


class Support(Record):
    """What one more person says for somebody who was nominated already."""

    person: str
    why: str = Field(max_length=LONG)
    evidence: tuple[str, ...] = ()
    at: datetime


class Round(Record):
    """One honour in one period: `rules` is the honour as the handbook wrote it when the round began; `closes` counts whole."""

    id: int = 0
    type: str
    period: str
    start: date
    end: date
    rules: dict[str, Any]
    state: Phase = Phase.OPEN
    closes: date
    opened_by: str = ""
    opened_at: datetime
    decided_by: str = ""
    announced_at: datetime | None = None
    why: str = ""

    @property
    def number(self) -> str:
        """Return the number by which people call the round."""
        return f"H-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the round."""
        return f"honours:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the round."""
        return self.period

    @property
    def honour(self) -> HonourType:
        """Return the honour as it was when the round began."""
        return _read(json.dumps(self.rules, sort_keys=True))


class Nomination(Record):
    """Somebody, or a solution, nominated for an honour in a period, whether its round has begun yet or not.

    `slot` keeps a nominee from standing twice, until the nomination is taken back; `people` are those who are honoured: the person, or
    those who wrote the solution, of which `title` is what it was called. `nominator` is nobody where the measures put the nominee
    on the shortlist. `grounds` is why it was decided so, which is kept; `citation` is what was published.
    """

    id: int = 0
    type: str
    period: str
    slot: str | None
    person: str = ""
    solution: int = 0
    title: str = ""
    people: tuple[str, ...]
    nominator: str = ""
    why: str = Field(default="", max_length=LONG)
    evidence: tuple[str, ...] = ()
    supports: tuple[Support, ...] = ()
    state: State = State.SUBMITTED
    at: datetime
    merit: Merit | None = None
    citation: str = Field(default="", max_length=LONG)
    grounds: str = Field(default="", max_length=LONG)
    decided_by: str = ""
    announced_at: datetime | None = None
    revoked_why: str = ""

    @property
    def number(self) -> str:
        """Return the number by which people call the nomination."""
        return f"N-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the nomination."""
        return f"nomination:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the nomination."""
        return self.title or self.period

    @property
    def nominee(self) -> str:
        """Return the person's id, or the solution's number."""
        return self.person or f"S-{self.solution}"

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return those who spoke for the nominee: the nominator first, then those who joined."""
        said = [self.nominator, *(support.person for support in self.supports)]
        return tuple(dict.fromkeys(person for person in said if person))


def slot_of(type: str, period: str, nominee: str) -> str:
    """Return the slot of a nominee: there is only one nomination in it."""
    return f"{type}:{period}:{nominee}"


@cache
def _read(written: str) -> HonourType:
    return HonourType.model_validate(json.loads(written))
