"""The steps of a demo as data: where each leads, who may take it, and what must be there first (§4.3.1, §4.3.2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.language import N_
from bot.policy.demos.record import AHEAD, GIVEN, STATE_NAMES, Demo, Rehearsal, State
from bot.policy.machine import Machine, Step, event
from bot.policy.people import Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.policy.undoing import undoable


class Action(StrEnum):
    """A step that is taken with a demo."""

    OPEN = "open"
    PREPARE = "prepare"
    REHEARSE = "rehearse"
    READY = "ready"
    RESCHEDULE = "reschedule"
    DELIVER = "deliver"
    SUMMARISE = "summarise"
    ASK = "ask"
    ANSWER = "answer"
    DECLINE = "decline"
    CANCEL = "cancel"
    NO_SHOW = "no_show"
    UNDO = "undo"


CONCERNED = frozenset({Role.OWNER, Role.TEAM, Role.MANAGER})
UNPREPARED = (State.REQUESTED, State.PREPARING)

TRANSITIONS: Mapping[tuple[State, Action], State] = {
    **{(state, Action.PREPARE): State.PREPARING for state in UNPREPARED},
    (State.READY, Action.PREPARE): State.READY,
    **{(state, Action.REHEARSE): State.PREPARING for state in UNPREPARED},
    (State.READY, Action.REHEARSE): State.READY,
    (State.PREPARING, Action.READY): State.READY,
    **{(state, Action.RESCHEDULE): state for state in AHEAD},
    (State.READY, Action.DELIVER): State.DELIVERED,
    **{(state, Action.SUMMARISE): State.SUMMARISED for state in GIVEN},
    **{(state, Action.ASK): state for state in GIVEN},
    **{(state, Action.ANSWER): state for state in GIVEN},
    (State.REQUESTED, Action.DECLINE): State.DECLINED,
    **{(state, Action.CANCEL): State.CANCELLED for state in (State.PREPARING, State.READY)},
    (State.READY, Action.NO_SHOW): State.NO_SHOW,
}
ALLOWED: Mapping[Action, frozenset[Role]] = {
    **dict.fromkeys(Action, CONCERNED),
    **dict.fromkeys((Action.OPEN, Action.ANSWER, Action.UNDO), frozenset()),
}
MACHINE: Machine[Demo] = Machine(TRANSITIONS, ALLOWED, STATE_NAMES)
ENDINGS = frozenset({Action.DECLINE, Action.CANCEL, Action.NO_SHOW})


class Gap(StrEnum):
    """What may be missing before a demo is ready."""

    CONTENT = "content"
    ENVIRONMENT = "environment"
    TOOLS = "tools"
    REHEARSAL = "rehearsal"


GAP_NAMES: Mapping[Gap, str] = {
    Gap.CONTENT: N_("content and focus"),
    Gap.ENVIRONMENT: N_("demo environment"),
    Gap.TOOLS: N_("tools"),
    Gap.REHEARSAL: N_("rehearsal, or why it need not be"),
}


class NotReady(Refusal):
    """Refuse to call a demo ready for want of what `missing` names; those who give it can put it right."""

    def __init__(self, demo: Demo, missing: Sequence[Gap]) -> None:
        super().__init__(N_("{called} ({number}) is not ready yet."), called=demo.called, number=demo.number)
        self.demo = demo
        self.missing = missing


def opened(demo: Demo, actor: str, now: datetime) -> Step[Demo]:
    """Return the first step in the history of a numbered demo."""
    return Step(demo, event(demo, None, Action.OPEN, actor, now))


def gaps(demo: Demo) -> list[Gap]:
    """Return what is still missing from the checklist."""
    there = {
        Gap.CONTENT: bool(demo.content),
        Gap.ENVIRONMENT: bool(demo.environment),
        Gap.TOOLS: bool(demo.tools),
        Gap.REHEARSAL: demo.rehearsal is not None,
    }
    return [gap for gap, done in there.items() if not done]


def prepare(demo: Demo, actor: str, now: datetime, **facts: Any) -> Step[Demo]:
    """Write down what is prepared; a demo that was ready and now lacks something is not ready any more."""
    step = MACHINE.advance(demo, Action.PREPARE, actor, now, **facts)
    return MACHINE.change(demo, Action.PREPARE, actor, now, **facts, state=State.PREPARING) if gaps(step.record) else step


def rehearse(demo: Demo, rehearsal: Rehearsal, now: datetime) -> Step[Demo]:
    """Record the rehearsal, or with its reason that it need not be."""
    if rehearsal.at is None and not rehearsal.waiver:
        raise Refusal(N_("Say when it was rehearsed, or why it need not be."), field="waiver")
    if rehearsal.at and rehearsal.at > now:
        raise Refusal(N_("A rehearsal is recorded once it has taken place."), field="at")
    return MACHINE.advance(demo, Action.REHEARSE, rehearsal.by, now, rehearsal.waiver, rehearsal=rehearsal)


def ready(demo: Demo, actor: str, now: datetime) -> Step[Demo]:
    """Call a demo ready, with all of the checklist there; a refusal names each thing that is missing."""
    if demo.state in UNPREPARED and (missing := gaps(demo)):
        raise NotReady(demo, missing)
    return MACHINE.advance(demo, Action.READY, actor, now)


def reschedule(demo: Demo, at: datetime, actor: str, now: datetime, holds: timedelta) -> Step[Demo]:
    """Move a demo; one that is moved by more than `holds` has to be made ready again."""
    state = MACHINE.check(demo, Action.RESCHEDULE)
    if at <= now:
        raise Refusal(N_("Choose a time that is still ahead."), field="at")
    far = demo.at is not None and abs(at - demo.at) > holds
    state = State.PREPARING if far and state is State.READY else state
    return MACHINE.change(demo, Action.RESCHEDULE, actor, now, at=at, state=state)


def deliver(demo: Demo, actor: str, now: datetime) -> Step[Demo]:
    """Record that a demo was given."""
    return MACHINE.advance(demo, Action.DELIVER, actor, now, delivered_at=now)


def end(demo: Demo, action: Action, reason: str, actor: str, now: datetime) -> Step[Demo]:
    """Decline or cancel a demo, or record that nobody came; each with its reason."""
    MACHINE.check(demo, action)
    if not reason:
        raise Refusal(N_("Please say why, in a few words."), field="reason")
    return MACHINE.advance(demo, action, actor, now, reason, why=reason)


def undo(demo: Demo, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int) -> Step[Demo]:
    """Take back the last change; asking for the demo is taken back by taking it out of the books."""
    first = undoable(history, change, actor, now, minutes, demo.number)
    before = demo.amended(state=State.RETRACTED) if first.was is None else Demo.model_validate(first.was)
    return Step(before, event(before, demo, Action.UNDO, actor, now))
