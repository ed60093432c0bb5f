"""Feedback on a demo (§4.3.3): each entry a record of its own, because it follows the message that it came from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import Field

from bot.language import N_
from bot.policy.demos.record import Demo, State
from bot.policy.machine import Machine, Step, event
from bot.policy.people import OnlyFor, Role
from bot.policy.record import Event, Record
from bot.policy.refusal import Refusal
from bot.policy.satisfaction import Opinion
from bot.policy.undoing import undoable


class Standing(StrEnum):
    """Where an entry stands; one that is asked about counts for nothing until its author says yes."""

    ASKED = "asked"
    LOGGED = "logged"
    EDITED = "edited"
    RETRACTED = "retracted"


class Move(StrEnum):
    """A step that is taken with an entry."""

    ASK = "ask"
    LOG = "log"
    CONFIRM = "confirm"
    EDIT = "edit"
    RETRACT = "retract"
    UNDO = "undo"


STANDING_NAMES: Mapping[Standing, str] = {
    Standing.ASKED: N_("not confirmed"),
    Standing.LOGGED: N_("logged"),
    Standing.EDITED: N_("edited"),
    Standing.RETRACTED: N_("taken back"),
}
COUNTS = frozenset({Standing.LOGGED, Standing.EDITED})
TRANSITIONS: Mapping[tuple[Standing, Move], Standing] = {
    (Standing.ASKED, Move.CONFIRM): Standing.LOGGED,
    (Standing.ASKED, Move.RETRACT): Standing.RETRACTED,
    **{(standing, Move.EDIT): Standing.EDITED for standing in COUNTS},
    **{(standing, Move.RETRACT): Standing.RETRACTED for standing in COUNTS},
    (Standing.RETRACTED, Move.LOG): Standing.LOGGED,  # a reaction that was taken away and put there again
}


class Feedback(Record):
    """What somebody noted of a customer's opinion; `source` is unlike that of any other entry, `channel` and `ts` where it was said.

    `edited` is the time, as Slack writes it, of the edit of its message that was taken in last.
    """

    id: int = 0
    demo: int
    opportunity: int
    customer_name: str
    source: str
    channel: str = ""
    ts: str = ""
    thread: str = ""
    event: str = ""
    author: str
    text: str = ""
    rating: int | None = Field(default=None, ge=1, le=5)
    state: Standing = Standing.LOGGED
    at: datetime
    edited: str = ""

    @property
    def number(self) -> str:
        """Return the number by which people call the entry."""
        return f"F-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the entry."""
        return f"feedback:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the entry."""
        return self.customer_name


MACHINE: Machine[Feedback] = Machine(TRANSITIONS, {}, STANDING_NAMES)

# Of several demos for a customer, feedback is about the one just given before the others; among equals nobody guesses.
MEANT: Sequence[frozenset[State]] = (
    frozenset({State.DELIVERED}),
    frozenset({State.READY, State.SUMMARISED}),
    frozenset({State.REQUESTED, State.PREPARING}),
)


class Satisfaction(NamedTuple):
    """How satisfied a customer was, of 5; `basis` says who entered the ratings."""

    mean: Decimal
    rated: int
    basis: Literal["self_reported"] = "self_reported"


def candidates(demos: Iterable[Demo]) -> list[Demo]:
    """Return the demos that feedback may be about: those of the first group of `MEANT` that has any."""
    known = list(demos)
    return next((found for states in MEANT if (found := [demo for demo in known if demo.state in states])), [])


def logged(entry: Feedback, now: datetime) -> Step[Feedback]:
    """Return the first step in the history of a numbered entry."""
    move = Move.ASK if entry.state is Standing.ASKED else Move.LOG
    return Step(entry, event(entry, None, move, entry.author, now))


def confirm(entry: Feedback, demo: Demo, actor: str, now: datetime) -> Step[Feedback]:
    """Log what was only asked about, on the demo that its author meant."""
    check_author(entry, actor)
    return MACHINE.advance(entry, Move.CONFIRM, actor, now, demo=demo.id, opportunity=demo.opportunity)


def is_overtaken(entry: Feedback, edited: str) -> bool:
    """Say whether an edit is not later than the one that was taken in last: Slack does not always tell edits in their order."""
    return bool(edited) and edited <= entry.edited


def edit(entry: Feedback, text: str, rating: int | None, actor: str, now: datetime) -> Step[Feedback]:
    """Change what an entry says; one without words or rating says nothing."""
    if not text and rating is None:
        raise Refusal(N_("Write what was said, or choose a rating."), field="text")
    if entry.state is Standing.ASKED:
        return MACHINE.change(entry, Move.EDIT, actor, now, text=text, rating=rating)
    return MACHINE.advance(entry, Move.EDIT, actor, now, text=text, rating=rating)


def drop(entry: Feedback, actor: str, now: datetime) -> Step[Feedback]:
    """Forget what was only asked about, its words too."""
    check_author(entry, actor)
    return retract(entry.amended(text="", rating=None), actor, now)


def retract(entry: Feedback, actor: str, now: datetime, reason: str = "") -> Step[Feedback]:
    """Take an entry out of the count."""
    return MACHINE.advance(entry, Move.RETRACT, actor, now, reason)


def relog(entry: Feedback, rating: int, actor: str, now: datetime) -> Step[Feedback]:
    """Log an entry again that was taken back, as a reaction does."""
    return MACHINE.advance(entry, Move.LOG, actor, now, rating=rating)


def undo(entry: Feedback, history: Sequence[Event], actor: str, roles: frozenset[Role], now: datetime, minutes: int) -> Step[Feedback]:
    """Take back one's own edit of the last minutes, or else the entry itself."""
    check_keeper(entry, actor, roles)
    last = history[-1]
    if last.action != Move.EDIT or last.actor != actor or now - last.at > timedelta(minutes=minutes):
        return retract(entry, actor, now)
    first = undoable(history, None, actor, now, minutes, entry.number)
    before = Feedback.model_validate(first.was)
    return Step(before, event(before, entry, Move.UNDO, actor, now))


def check_author(entry: Feedback, actor: str) -> None:
    """Refuse everybody but the author, who alone knows what was meant."""
    if actor != entry.author:
        raise OnlyFor([entry.author])


def check_keeper(entry: Feedback, actor: str, roles: frozenset[Role]) -> None:
    """Refuse all but the author and a manager: those who give a demo do not touch what others think of it."""
    if actor != entry.author and Role.MANAGER not in roles:
        raise OnlyFor([entry.author])


def demo_satisfaction(entries: Iterable[Feedback]) -> Satisfaction | None:
    """Return the mean of the ratings of one demo, None without any; staff typed them in, so they are self-reported (§5.1.3)."""
    ratings = [entry.rating for entry in entries if entry.state in COUNTS and entry.rating is not None]
    return Satisfaction(Decimal(sum(ratings)) / len(ratings), len(ratings)) if ratings else None


def opinions(demo: Demo, entries: Iterable[Feedback]) -> list[Opinion]:
    """Return the opinions on a demo for the tallies: staff typed all of them in, so that none is verified."""
    if demo.state is State.RETRACTED:
        return []
    return [Opinion(entry.rating, False, entry.at) for entry in entries if entry.state in COUNTS and entry.rating is not None]
