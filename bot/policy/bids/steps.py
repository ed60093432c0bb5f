"""The steps of a bid as data: one table of transitions, and the one function that checks them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bot.language import N_
from bot.policy.bids.record import CLOSED, DECIDED, OPEN, PENDING, STATE_NAMES, UNDECIDED, UNSUBMITTED, Bid, State
from bot.policy.machine import Machine, event
from bot.policy.people import Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal


class Action(StrEnum):
    """A step that is taken with a bid."""

    REGISTER = "register"
    CHANGE = "change"  # the bid stays where it is: a fact about it changes
    ASSESS = "assess"
    GO = "go"
    CONDITION = "condition"
    NO_GO = "no_go"
    REOPEN = "reopen"
    PREPARE = "prepare"
    REVIEW = "review"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    SUBMIT = "submit"
    SCHEDULE_DEFENCE = "schedule_defence"
    DEFEND = "defend"
    PROVE = "prove"
    REHEARSE = "rehearse"
    AWAIT = "await"
    WIN = "win"
    LOSE = "lose"
    DISQUALIFY = "disqualify"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    MISS = "miss"
    DEBRIEF = "debrief"
    CORRECT = "correct"
    UNDO = "undo"


CONCERNED = frozenset({Role.OWNER, Role.TEAM, Role.MANAGER})
DECIDERS = frozenset({Role.DECIDER})

TRANSITIONS: Mapping[tuple[State, Action], State] = {
    (State.REGISTERED, Action.ASSESS): State.ASSESSING,
    (State.CONDITIONAL, Action.ASSESS): State.ASSESSING,
    **{(state, Action.GO): State.GO_DECIDED for state in UNDECIDED - {State.REGISTERED}},
    (State.ASSESSING, Action.CONDITION): State.CONDITIONAL,
    **{(state, Action.NO_GO): State.NO_GO for state in UNDECIDED - {State.REGISTERED}},
    (State.NO_GO, Action.REOPEN): State.ASSESSING,
    (State.GO_DECIDED, Action.PREPARE): State.PREPARING,
    (State.PREPARING, Action.REVIEW): State.IN_REVIEW,
    (State.IN_REVIEW, Action.SEND_BACK): State.PREPARING,
    (State.IN_REVIEW, Action.APPROVE): State.READY,
    # What was handed in was handed in: the steps that were skipped are kept as gaps.
    **{(state, Action.SUBMIT): State.SUBMITTED for state in UNSUBMITTED | {State.MISSED_DEADLINE}},
    (State.SUBMITTED, Action.SCHEDULE_DEFENCE): State.DEFENCE_SCHEDULED,
    (State.DEFENCE_SCHEDULED, Action.SCHEDULE_DEFENCE): State.DEFENCE_SCHEDULED,
    (State.DEFENCE_SCHEDULED, Action.REHEARSE): State.DEFENCE_SCHEDULED,
    (State.DEFENCE_SCHEDULED, Action.DEFEND): State.DEFENDED,
    (State.SUBMITTED, Action.AWAIT): State.AWAITING_RESULT,
    (State.DEFENDED, Action.AWAIT): State.AWAITING_RESULT,
    **{(state, Action.WIN): State.WON for state in PENDING - {State.DEFENCE_SCHEDULED}},
    **{(state, Action.LOSE): State.LOST for state in PENDING - {State.DEFENCE_SCHEDULED}},
    **{(state, Action.DISQUALIFY): State.DISQUALIFIED for state in PENDING},
    **{(state, Action.CANCEL): State.TENDER_CANCELLED for state in OPEN},
    **{(state, Action.WITHDRAW): State.WITHDRAWN for state in UNSUBMITTED},
    **{(state, Action.MISS): State.MISSED_DEADLINE for state in UNSUBMITTED},
    **{(state, Action.PROVE): state for state in PENDING},
    **{(state, Action.DEBRIEF): state for state in CLOSED},
    **{(state, Action.CORRECT): State.AWAITING_RESULT for state in DECIDED},
    # What was not handed in goes back to where it stood, which its history tells.
    **{(state, Action.CORRECT): State.PREPARING for state in PENDING | {State.WITHDRAWN}},
}

# Who may take a step; the calendar takes MISS, and nobody else.
ALLOWED: Mapping[Action, frozenset[Role]] = {
    **dict.fromkeys(Action, CONCERNED),
    **dict.fromkeys((Action.GO, Action.CONDITION, Action.NO_GO, Action.REOPEN), DECIDERS),
    Action.CORRECT: frozenset({Role.MANAGER, Role.DECIDER}),
    Action.MISS: frozenset(),
}

# The step without which an outcome cannot be told, by where the bid stands.
MISSING: Mapping[State, Action] = {**dict.fromkeys(UNSUBMITTED, Action.SUBMIT), State.DEFENCE_SCHEDULED: Action.DEFEND}
OUTCOMES = frozenset({Action.WIN, Action.LOSE, Action.DISQUALIFY})


class NotYet(Refusal):
    """Refuse an outcome whose earlier step is not recorded; recording it can be offered in one press."""

    def __init__(self, bid: Bid, missing: Action) -> None:
        reason = N_("{customer} ({number}) has not been submitted yet.")
        if missing is Action.DEFEND:
            reason = N_("The defence of {customer} ({number}) is not recorded yet.")
        super().__init__(reason, customer=bid.customer, number=bid.number)
        self.bid = bid
        self.missing = missing


class Step(NamedTuple):
    """What a step makes of a bid, and the event that it leaves."""

    bid: Bid
    event: Event


MACHINE: Machine[Bid] = Machine(TRANSITIONS, ALLOWED, STATE_NAMES)


def steps_open(bid: Bid, roles: frozenset[Role]) -> list[Action]:
    """Return the steps that a person in these roles may take next, in their natural order."""
    return MACHINE.steps_open(bid, roles)


def check(bid: Bid, action: Action) -> State:
    """Return the state to which the action leads, or raise the Refusal that says why it cannot be taken."""
    if action in OUTCOMES and bid.state in MISSING and (bid.state, action) not in TRANSITIONS:
        raise NotYet(bid, MISSING[bid.state])
    return State(MACHINE.check(bid, action))


def advance(bid: Bid, action: Action, actor: str, now: datetime, reason: str = "", **changes: Any) -> Step:
    """Take one step by the table, with the changes that it brings."""
    after = bid.amended(state=check(bid, action), **changes)
    return Step(after, event(after, bid, action, actor, now, reason))


def change(bid: Bid, actor: str, now: datetime, reason: str = "", **changes: Any) -> Step:
    """Change facts about a bid that stays where it is."""
    after = bid.amended(**changes)
    return Step(after, event(after, bid, Action.CHANGE, actor, now, reason))
