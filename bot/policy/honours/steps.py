"""The steps of rounds and nominations (§5.4.4) as data: from where to where, and who may take them."""

from collections.abc import Mapping
from enum import StrEnum

from bot.policy.honours.record import PHASE_NAMES, STATE_NAMES, Nomination, Phase, Round, State
from bot.policy.machine import Machine
from bot.policy.people import Role


class Move(StrEnum):
    """A step that is taken with a round."""

    OPEN = "open"
    CLOSE = "close"
    DECIDE = "decide"
    ANNOUNCE = "announce"
    CANCEL = "cancel"


class Action(StrEnum):
    """A step that is taken with a nomination."""

    NOMINATE = "nominate"
    SUPPORT = "support"
    ADMIT = "admit"
    BAR = "bar"
    SHORTLIST = "shortlist"
    AWARD = "award"
    RECONSIDER = "reconsider"
    PUBLISH = "publish"
    PASS = "pass"  # noqa: S105 - passed over
    REVOKE = "revoke"


HR = frozenset({Role.HR})
ROUND_TRANSITIONS: Mapping[tuple[Phase, Move], Phase] = {
    (Phase.OPEN, Move.CLOSE): Phase.NOMINATIONS_CLOSED,
    (Phase.NOMINATIONS_CLOSED, Move.DECIDE): Phase.DECIDING,
    (Phase.DECIDING, Move.ANNOUNCE): Phase.ANNOUNCED,
    **{(phase, Move.CANCEL): Phase.CANCELLED for phase in (Phase.OPEN, Phase.NOMINATIONS_CLOSED, Phase.DECIDING)},
}
ROUND_ALLOWED: Mapping[Move, frozenset[Role]] = dict.fromkeys((Move.DECIDE, Move.ANNOUNCE, Move.CLOSE, Move.CANCEL), HR)
ROUNDS: Machine[Round] = Machine(ROUND_TRANSITIONS, ROUND_ALLOWED, PHASE_NAMES)

TRANSITIONS: Mapping[tuple[State, Action], State] = {
    (State.SUBMITTED, Action.SUPPORT): State.SUBMITTED,
    (State.SUBMITTED, Action.ADMIT): State.ELIGIBLE,
    (State.SUBMITTED, Action.BAR): State.INELIGIBLE,
    (State.ELIGIBLE, Action.SHORTLIST): State.SHORTLISTED,
    (State.SHORTLISTED, Action.AWARD): State.AWARDED,
    (State.AWARDED, Action.RECONSIDER): State.SHORTLISTED,
    (State.AWARDED, Action.PUBLISH): State.AWARDED,
    **{(state, Action.PASS): State.NOT_AWARDED for state in (State.SUBMITTED, State.ELIGIBLE, State.SHORTLISTED)},
    (State.AWARDED, Action.REVOKE): State.REVOKED,
}
# What is not listed here follows from a step of the round; support is for whoever may nominate.
ALLOWED: Mapping[Action, frozenset[Role]] = dict.fromkeys((Action.AWARD, Action.SHORTLIST, Action.RECONSIDER, Action.REVOKE), HR)
NOMINATIONS: Machine[Nomination] = Machine(TRANSITIONS, ALLOWED, STATE_NAMES)
