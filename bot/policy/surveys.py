"""Surveys (§2.1.5, §5.1.3): what a customer thinks of a demo, a solution, an outcome or our work, answered once, by a signed link."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.language import N_
from bot.policy.machine import Machine, Step, event
from bot.policy.record import Event, Record
from bot.policy.refusal import Refusal
from bot.policy.satisfaction import Opinion, Thing
from bot.policy.undoing import undoable


class About(StrEnum):
    """What a survey asks about."""

    GENERAL = "general"
    DEMO = "demo"
    SOLUTION = "solution"
    OUTCOME = "outcome"


class State(StrEnum):
    """Where a survey stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """A step that is taken with a survey."""

    ASK = "ask"
    REPORT = "report"
    ANSWER = "answer"
    UNDO = "undo"


class Shut(StrEnum):
    """Why a link does not lead to the questions."""

    UNKNOWN = "unknown"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ABOUT_NAMES: Mapping[About, str] = {
    About.GENERAL: N_("our work as a whole"),
    About.DEMO: N_("the demo"),
    About.SOLUTION: N_("the solution"),
    About.OUTCOME: N_("the outcome"),
}
STATE_NAMES: Mapping[State, str] = {
    State.OPEN: N_("not answered yet"),
    State.ANSWERED: N_("answered"),
    State.WITHDRAWN: N_("taken back"),
}
TRANSITIONS: Mapping[tuple[State, Action], State] = {
    (State.OPEN, Action.ANSWER): State.ANSWERED,
    (State.OPEN, Action.UNDO): State.WITHDRAWN,
    (State.ANSWERED, Action.UNDO): State.WITHDRAWN,
}
SHUT: Mapping[State, Shut] = {State.ANSWERED: Shut.ANSWERED, State.WITHDRAWN: Shut.WITHDRAWN}
CUSTOMER = "customer"  # who acts when a link is answered: nobody who has an id
TOKEN = re.compile(r"([0-9]{1,9})-([0-9]{1,11})-([A-Za-z0-9_-]{43})")
COMMENT, NAME = 2000, 100  # characters

Mark = Annotated[int, Field(ge=1, le=5)]


class Answer(Record):
    """What was answered: marks of 1 to 5, of which only the first is needed, and words."""

    score: Mark
    understood: Mark | None = None
    responsive: Mark | None = None
    again: Mark | None = None
    comment: str = Field(default="", max_length=COMMENT)
    respondent: str = Field(default="", max_length=NAME)


class Survey(Record):
    """One opinion of a customer, asked for or reported; `verified` when the customer answered it, `ref` the number of what it is about.

    `expires` is None where nobody was asked: a colleague reported what they heard.
    """

    id: int = 0
    opportunity: int = 0
    customer_name: str
    customer_key: str
    about: About = About.GENERAL
    ref: str = ""
    language: str
    asked_by: str
    members: tuple[str, ...] = ()
    confidential: bool = False
    state: State = State.OPEN
    created: datetime
    expires: datetime | None = None
    answered_at: datetime | None = None
    verified: bool = False
    score: Mark | None = None
    understood: Mark | None = None
    responsive: Mark | None = None
    again: Mark | None = None
    comment: str = ""
    respondent: str = ""

    @property
    def number(self) -> str:
        """Return the number by which people call the survey."""
        return f"SV-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the survey."""
        return f"survey:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the survey."""
        return self.customer_name

    @property
    def owner(self) -> str:
        """Return who asked, or reported."""
        return self.asked_by

    @property
    def team(self) -> tuple[str, ...]:
        """Return who worked on what the survey is about."""
        return self.members

    @property
    def workers(self) -> tuple[str, ...]:
        """Return those for whom an answer counts: who worked on it, or whoever asked where that is nobody."""
        return self.members or (self.asked_by,)

    @property
    def thing(self) -> Thing:
        """Return what the survey is about."""
        return Thing(self.opportunity, self.about, self.ref, "" if self.opportunity else self.customer_key)


MACHINE: Machine[Survey] = Machine(TRANSITIONS, {}, STATE_NAMES)


def lasting(now: datetime, length: timedelta) -> datetime:
    """Return when a survey asked for now expires, to the second, as its link says it."""
    return (now + length).astimezone(UTC).replace(microsecond=0)


def begun(survey: Survey) -> Step[Survey]:
    """Return the first step in a numbered survey's history: asked for, or reported with its answer."""
    action = Action.ASK if survey.state is State.OPEN else Action.REPORT
    return Step(survey, event(survey, None, action, survey.asked_by, survey.created))


def reported(survey: Survey, given: Answer) -> Survey:
    """Return the draft of a survey that a colleague answers from what they heard: self-reported."""
    return survey.amended(state=State.ANSWERED, answered_at=survey.created, verified=False, **dict(given))


def shut(survey: Survey | None, now: datetime) -> Shut | None:
    """Return why a survey cannot be answered, or None when it can."""
    if survey is None or survey.expires is None:
        return Shut.UNKNOWN
    if survey.state in SHUT:
        return SHUT[survey.state]
    return Shut.EXPIRED if now >= survey.expires else None


def answer(survey: Survey, given: Answer, now: datetime) -> Step[Survey]:
    """Record what the customer answered by the link, which is thereby verified; it is answered once, and in time."""
    if shut(survey, now) is Shut.EXPIRED:
        raise Refusal(N_("The time to answer this survey has passed."))
    return MACHINE.advance(survey, Action.ANSWER, CUSTOMER, now, answered_at=now, verified=True, **dict(given))


def undo(survey: Survey, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int) -> Step[Survey]:
    """Take back that a survey was asked for or reported, within minutes; what a customer answered is never undone."""
    undoable(history, change, actor, now, minutes, survey.number)
    return MACHINE.advance(survey, Action.UNDO, actor, now)


def opinions(survey: Survey) -> list[Opinion]:
    """Return the opinion of a survey that was answered."""
    if survey.state is not State.ANSWERED or survey.score is None or survey.answered_at is None:
        return []
    return [Opinion(survey.score, survey.verified, survey.answered_at)]


def sign(key: bytes, number: int, expires: datetime) -> str:
    """Return the token that opens the survey of this number until it expires."""
    said = f"{number}-{int(expires.timestamp())}"
    return f"{said}-{mac(key, said)}"


def signed(key: bytes, token: str) -> int | None:
    """Return the number of the survey that a token opens, or None for one that was not signed with this key."""
    match = TOKEN.fullmatch(token)
    if match is None:
        return None
    good = hmac.compare_digest(mac(key, f"{match[1]}-{match[2]}").encode(), match[3].encode())
    return int(match[1]) if good else None


def mac(key: bytes, said: str) -> str:
    """Return the HMAC-SHA256 of what a token says, as it is written in an address."""
    return urlsafe_b64encode(hmac.digest(key, f"survey:{said}".encode(), hashlib.sha256)).rstrip(b"=").decode()
