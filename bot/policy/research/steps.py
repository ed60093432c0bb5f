"""The steps of research as data: where each leads, who may take it, and what must be there first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bot.language import N_
from bot.policy.machine import Machine, Step, event
from bot.policy.people import Role
from bot.policy.refusal import Refusal
from bot.policy.research.measurable import is_measurable
from bot.policy.research.record import LIVE, STATE_NAMES, Item, Research, State


class Action(StrEnum):
    """A step that is taken with research."""

    OPEN = "open"
    FACTS = "facts"
    TEAM = "team"
    OUTLINE = "outline"
    START = "start"
    PLAN = "plan"
    CONTACT = "contact"
    ITEM = "item"
    ANALYSE = "analyse"
    REVIEW = "review"
    JUDGE = "judge"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"
    SUPERSEDE = "supersede"
    CANCEL = "cancel"
    UNDO = "undo"


CONCERNED = frozenset({Role.OWNER, Role.TEAM, Role.MANAGER})
PREPARED = (State.PREPARING, State.IN_PROGRESS)
ANALYSED = (State.IN_PROGRESS, State.ANALYSING)

TRANSITIONS: Mapping[tuple[State, Action], State] = {
    **{(State.PLANNED, action): State.PREPARING for action in (Action.FACTS, Action.TEAM, Action.OUTLINE)},
    **{(state, Action.FACTS): state for state in (State.PREPARING, *ANALYSED)},
    **{(state, Action.TEAM): state for state in (State.PREPARING, *ANALYSED)},
    **{(state, Action.OUTLINE): state for state in PREPARED},
    (State.PREPARING, Action.START): State.IN_PROGRESS,
    **{(state, Action.PLAN): state for state in (State.PLANNED, State.PREPARING, *ANALYSED)},
    **{(state, Action.CONTACT): state for state in ANALYSED},
    **{(state, Action.ITEM): state for state in ANALYSED},
    (State.IN_PROGRESS, Action.ANALYSE): State.ANALYSING,
    (State.ANALYSING, Action.REVIEW): State.IN_REVIEW,
    (State.IN_REVIEW, Action.REVIEW): State.IN_REVIEW,
    (State.IN_REVIEW, Action.JUDGE): State.IN_REVIEW,
    (State.IN_REVIEW, Action.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Action.SEND_BACK): State.ANALYSING,
    (State.APPROVED, Action.CONFIRM): State.APPROVED,
    (State.APPROVED, Action.SUPERSEDE): State.SUPERSEDED,
    **{(state, Action.CANCEL): State.CANCELLED for state in LIVE},
}
# Who may take a step; what a review leads to is for its reviewer, who is told apart by name and not by role.
ALLOWED: Mapping[Action, frozenset[Role]] = {
    **dict.fromkeys(Action, CONCERNED),
    **dict.fromkeys((Action.OPEN, Action.JUDGE, Action.APPROVE, Action.SEND_BACK, Action.UNDO), frozenset()),
}
MACHINE: Machine[Research] = Machine(TRANSITIONS, ALLOWED, STATE_NAMES)


class Lack(StrEnum):
    """What may be missing before a step."""

    LEAD = "lead"
    DUTY = "duty"
    OUTLINE = "outline"
    ITEM = "item"
    MEASURE = "measure"


class Missing(NamedTuple):
    """One thing that is missing before a step; an item where it is about one."""

    lack: Lack
    item: Item | None = None


class OutOfTurn(Refusal):
    """Refuse a step that does not come next; `possible` are those that do."""

    def __init__(self, research: Research) -> None:
        reason = N_("{called} ({number}) is {state}.")
        super().__init__(reason, called=research.called, number=research.number, state=STATE_NAMES[research.state])
        self.possible = [action for action, by in ALLOWED.items() if by and (research.state, action) in TRANSITIONS]


class NotReady(Refusal):
    """Refuse a step for want of what `missing` names."""

    def __init__(self, research: Research, missing: Sequence[Missing]) -> None:
        super().__init__(N_("{called} ({number}) is not ready for that yet."), called=research.called, number=research.number)
        self.research = research
        self.missing = missing


# The step that puts right what is missing, and those that come next where nothing is.
MENDS: Mapping[Lack, Action] = {
    Lack.LEAD: Action.TEAM,
    Lack.DUTY: Action.TEAM,
    Lack.OUTLINE: Action.OUTLINE,
    Lack.ITEM: Action.ITEM,
    Lack.MEASURE: Action.ITEM,
}
NATURAL: Mapping[State, Sequence[Action]] = {
    State.PLANNED: (Action.FACTS, Action.TEAM, Action.OUTLINE),
    State.PREPARING: (Action.START,),
    State.IN_PROGRESS: (Action.CONTACT, Action.ITEM, Action.ANALYSE),
    State.ANALYSING: (Action.REVIEW, Action.ITEM),
    State.IN_REVIEW: (Action.REVIEW,),
    State.APPROVED: (Action.CONFIRM, Action.SUPERSEDE),
}


def opened(research: Research, actor: str, now: datetime, reason: str = "") -> Step[Research]:
    """Return the first step in the history of numbered research."""
    return Step(research, event(research, None, Action.OPEN, actor, now, reason))


def missing(research: Research) -> list[Missing]:
    """Return what stands in the way of the next state: of the conduct while it is prepared, of the review while it is analysed."""
    if research.state in (State.PLANNED, State.PREPARING):
        lead = any(member.lead for member in research.members)
        duty = any(member.duty for member in research.members)
        lacks = {Lack.LEAD: lead, Lack.DUTY: duty, Lack.OUTLINE: bool(research.outlines)}
        return [Missing(lack) for lack, there in lacks.items() if not there]
    if research.state in (State.ANALYSING, State.IN_REVIEW):
        none = [] if research.items else [Missing(Lack.ITEM)]
        return [*none, *(Missing(Lack.MEASURE, item) for item in unmeasured(research))]
    return []


def unmeasured(research: Research) -> list[Item]:
    """Return the key requirements of which nobody could tell whether they are met."""
    return [item for item in research.items if item.key and not is_measurable(item.acceptance)]


def check(research: Research, action: Action) -> State:
    """Return the state to which the action leads; refuse one that does not come next with those that do."""
    if (research.state, action) not in TRANSITIONS:
        raise OutOfTurn(research)
    return TRANSITIONS[research.state, action]


def advance(research: Research, action: Action, actor: str, now: datetime, reason: str = "", **changes: Any) -> Step[Research]:
    """Take one step by the table, with the changes that it brings."""
    check(research, action)
    return MACHINE.advance(research, action, actor, now, reason, **changes)


def check_ready(research: Research, action: Action) -> None:
    """Refuse a step that does not come next, or for which something is missing, which the refusal names."""
    check(research, action)
    if lacking := missing(research):
        raise NotReady(research, lacking)


def next_steps(research: Research, roles: frozenset[Role]) -> list[Action]:
    """Return the steps that a person in these roles may take and that nothing stands in the way of, the most natural first."""
    lacking = missing(research)
    blocked = {Action.START, Action.REVIEW} if lacking else set()
    possible = [action for action in MACHINE.steps_open(research, roles) if action not in blocked]
    order = [*(MENDS[one.lack] for one in lacking), *NATURAL.get(research.state, ()), *possible]
    return [action for action in dict.fromkeys(order) if action in possible]
