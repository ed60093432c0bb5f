"""A state machine as data: which step leads from where to where, who may take it, and the one function that checks it.

Every capability whose records have states has one table of this kind; buttons offer exactly what it returns for a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

from bot.language import N_
from bot.policy.people import Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal


class Staged(Protocol):
    """A record that has a state, a number by which people call it, and a subject under which its history is kept."""

    @property
    def state(self) -> StrEnum:
        """Return where the record stands."""

    @property
    def number(self) -> str:
        """Return the number by which people call it."""

    @property
    def subject(self) -> str:
        """Return the name of its history."""

    @property
    def called(self) -> str:
        """Return the words by which people know it."""

    def amended(self, **changes: Any) -> Self:
        """Return a validated copy with these fields changed."""

    def snapshot(self) -> dict[str, Any]:
        """Return it as plain JSON data."""


RecordT = TypeVar("RecordT", bound=Staged)


class Step(NamedTuple, Generic[RecordT]):
    """What a step makes of a record, and the event that it leaves."""

    record: RecordT
    event: Event


@dataclass(frozen=True)
class Machine(Generic[RecordT]):
    """The table of one kind of record: (state, action) to the next state, who may, and the states' names."""

    transitions: Mapping[tuple[Any, Any], Any]
    allowed: Mapping[Any, frozenset[Role]]
    names: Mapping[Any, str]

    def steps_open(self, record: RecordT, roles: frozenset[Role]) -> list[Any]:
        """Return the steps that a person in these roles may take next, in the order of `allowed`."""
        return [action for action, by in self.allowed.items() if (record.state, action) in self.transitions and by & roles]

    def check(self, record: RecordT, action: StrEnum) -> Any:
        """Return the state to which the action leads, or raise the Refusal that says where the record stands."""
        target = self.transitions.get((record.state, action))
        if target is None:
            reason = N_("{called} ({number}) is {state}.")
            raise Refusal(reason, called=record.called, number=record.number, state=self.names[record.state])
        return target

    def advance(self, record: RecordT, action: StrEnum, actor: str, now: datetime, reason: str = "", **changes: Any) -> Step[RecordT]:
        """Take one step by the table, with the changes that it brings."""
        after = record.amended(state=self.check(record, action), **changes)
        return Step(after, event(after, record, action, actor, now, reason))

    def change(self, record: RecordT, action: StrEnum, actor: str, now: datetime, reason: str = "", **changes: Any) -> Step[RecordT]:
        """Change facts about a record that stays where it is."""
        after = record.amended(**changes)
        return Step(after, event(after, record, action, actor, now, reason))


def event(after: Staged, before: Staged | None, action: str, actor: str, now: datetime, reason: str = "") -> Event:
    """Return the audit event of a step from `before` to `after`."""
    return Event(
        at=now,
        actor=actor,
        subject=after.subject,
        action=action,
        before=before.state if before else "",
        after=after.state,
        reason=reason,
        was=before.snapshot() if before else None,
        became=after.snapshot(),
    )
