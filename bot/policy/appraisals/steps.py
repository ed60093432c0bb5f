"""The steps of an appraisal as data (§5.3): where each leads and who may take it; nobody takes a manager's step about themselves."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.policy.appraisals.record import BEFORE_MANAGER, SCORED, SELF_OWED, STATE_NAMES, UNPUBLISHED, Appraisal, State
from bot.policy.machine import Machine
from bot.policy.people import Role


class Action(StrEnum):
    """A step that is taken with an appraisal."""

    BEGIN = "begin"
    DRAFT = "draft"
    SUBMIT = "submit"
    RECALL = "recall"
    LAPSE = "lapse"
    SCORE = "score"
    HAND_IN = "hand_in"
    REOPEN = "reopen"
    CALIBRATE = "calibrate"
    PUBLISH = "publish"
    ACKNOWLEDGE = "acknowledge"
    APPEAL = "appeal"
    TALK = "talk"
    RESOLVE = "resolve"
    ESCALATE = "escalate"
    STAND = "stand"
    ACCEPT = "accept"
    UPHOLD = "uphold"
    REVISE = "revise"
    FINISH = "finish"
    EXCUSE = "excuse"
    READMIT = "readmit"
    REASSIGN = "reassign"
    SERVE = "serve"


SELF, MANAGER, HR = (frozenset({role}) for role in (Role.SELF, Role.MANAGER, Role.HR))
TRANSITIONS: Mapping[tuple[State, Action], State] = {
    **{(state, Action.DRAFT): State.SELF_DRAFT for state in SELF_OWED},
    (State.SELF_OVERDUE, Action.DRAFT): State.SELF_OVERDUE,
    **{(state, Action.SUBMIT): State.SELF_SUBMITTED for state in (*SELF_OWED, State.SELF_OVERDUE)},
    (State.SELF_SUBMITTED, Action.RECALL): State.SELF_DRAFT,
    **{(state, Action.LAPSE): State.SELF_OVERDUE for state in SELF_OWED},
    **{(state, Action.SCORE): State.MANAGER_DRAFT for state in (State.SELF_SUBMITTED, State.SELF_OVERDUE, State.MANAGER_DRAFT)},
    (State.MANAGER_DRAFT, Action.HAND_IN): State.MANAGER_SUBMITTED,
    **{(state, Action.REOPEN): State.MANAGER_DRAFT for state in SCORED},
    **{(state, Action.CALIBRATE): State.CALIBRATED for state in SCORED},
    **{(state, Action.PUBLISH): State.PUBLISHED for state in SCORED},
    (State.PUBLISHED, Action.ACKNOWLEDGE): State.ACKNOWLEDGED,
    **{(state, Action.APPEAL): State.APPEALED for state in (State.PUBLISHED, State.ACKNOWLEDGED)},
    (State.APPEALED, Action.TALK): State.MANAGER_TALK,
    (State.MANAGER_TALK, Action.RESOLVE): State.RESOLVED,
    **{(state, Action.STAND): State.RESOLVED for state in (State.APPEALED, State.MANAGER_TALK)},
    **{(state, Action.ESCALATE): State.HR_REVIEW for state in (State.APPEALED, State.MANAGER_TALK)},
    (State.HR_REVIEW, Action.ACCEPT): State.HR_REVIEW,
    (State.HR_REVIEW, Action.UPHOLD): State.UPHELD,
    (State.HR_REVIEW, Action.REVISE): State.REVISED,
    **{(state, Action.FINISH): State.FINAL for state in (State.PUBLISHED, State.ACKNOWLEDGED, State.RESOLVED, State.UPHELD, State.REVISED)},
    **{(state, Action.EXCUSE): State.EXCUSED for state in UNPUBLISHED},
    (State.EXCUSED, Action.READMIT): State.NOT_STARTED,
    **{(state, Action.REASSIGN): state for state in UNPUBLISHED},
    **{(state, Action.SERVE): state for state in UNPUBLISHED},
}
# What is not listed here is the calendar's alone. A calibration by a manager is narrower than one by HR: see `calibration`.
ALLOWED: Mapping[Action, frozenset[Role]] = {
    **dict.fromkeys((Action.DRAFT, Action.SUBMIT, Action.RECALL, Action.ACKNOWLEDGE, Action.APPEAL, Action.RESOLVE, Action.ESCALATE), SELF),
    **dict.fromkeys((Action.SCORE, Action.HAND_IN, Action.TALK), MANAGER),
    **dict.fromkeys((Action.REOPEN, Action.CALIBRATE), MANAGER | HR),
    **dict.fromkeys((Action.ACCEPT, Action.UPHOLD, Action.REVISE), HR),
    **dict.fromkeys((Action.EXCUSE, Action.READMIT, Action.REASSIGN, Action.SERVE), HR),
}
MACHINE: Machine[Appraisal] = Machine(TRANSITIONS, ALLOWED, STATE_NAMES)
BY_CALENDAR = frozenset({Action.LAPSE, Action.PUBLISH, Action.STAND, Action.FINISH})
CHANGEABLE = BEFORE_MANAGER


def roles_to(person: str, held: frozenset[Role], appraisal: Appraisal, managers: Iterable[str]) -> frozenset[Role]:
    """Return what a person is to an appraisal: of one's own one is nothing but the person, whatever else one is in the company.

    `held` is what the person is in the company, `managers` are those above the appraised person in the line.
    """
    if person == appraisal.person:
        return SELF
    above = MANAGER if person == appraisal.manager or person in set(managers) else frozenset()
    return (held & HR) | above
