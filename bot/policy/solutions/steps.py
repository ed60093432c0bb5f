"""The steps of a solution as data: where each leads, who may take it, and what must be there first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from bot.language import N_
from bot.policy.machine import Machine, Step, event
from bot.policy.people import Role
from bot.policy.refusal import Refusal
from bot.policy.solutions.record import LIVE, STATE_NAMES, Asked, Change, Consultation, Score, Solution, State


class Action(StrEnum):
    """A step that is taken with a solution."""

    OPEN = "open"
    PLAN = "plan"
    SECTION = "section"
    VALUE = "value"
    COVER = "cover"
    REVIEW = "review"
    APPROVE = "approve"
    SEND = "send"
    CONFIRM = "confirm"
    CHANGES = "changes"
    OPTIMISE = "optimise"
    CONSULT = "consult"
    WITHDRAW = "withdraw"
    ANSWER = "answer"
    JUDGE = "judge"
    IMPROVE = "improve"
    UNDO = "undo"


CONCERNED = frozenset({Role.OWNER, Role.TEAM, Role.MANAGER})
WRITTEN = (State.DRAFTING, State.OPTIMISING)  # the states in which the document may change

TRANSITIONS: Mapping[tuple[State, Action], State] = {
    (State.PLANNING, Action.PLAN): State.DRAFTING,
    **{(state, action): state for state in WRITTEN for action in (Action.PLAN, Action.SECTION, Action.COVER)},
    **{(state, Action.VALUE): state for state in (State.PLANNING, *WRITTEN, State.APPROVED)},
    **{(state, Action.CONSULT): state for state in (State.PLANNING, *WRITTEN, State.INTERNAL_REVIEW, State.CHANGES_REQUESTED)},
    **{(state, Action.ANSWER): state for state in LIVE},
    **{(state, Action.REVIEW): State.INTERNAL_REVIEW for state in (*WRITTEN, State.INTERNAL_REVIEW)},
    (State.INTERNAL_REVIEW, Action.JUDGE): State.INTERNAL_REVIEW,
    (State.INTERNAL_REVIEW, Action.APPROVE): State.APPROVED,
    (State.INTERNAL_REVIEW, Action.IMPROVE): State.OPTIMISING,
    **{
        (state, Action.OPTIMISE): State.OPTIMISING
        for state in (State.INTERNAL_REVIEW, State.OPTIMISING, State.APPROVED, State.CHANGES_REQUESTED)
    },
    (State.APPROVED, Action.SEND): State.SENT,
    (State.SENT, Action.CONFIRM): State.CONFIRMED,
    (State.SENT, Action.CHANGES): State.CHANGES_REQUESTED,
    **{(state, Action.WITHDRAW): State.WITHDRAWN for state in LIVE},
}
# Who may take a step; answers and scores are for those who were asked, who are told apart by name and not by role.
ALLOWED: Mapping[Action, frozenset[Role]] = {
    **dict.fromkeys(Action, CONCERNED),
    **dict.fromkeys((Action.OPEN, Action.ANSWER, Action.JUDGE, Action.IMPROVE, Action.UNDO), frozenset()),
}
MACHINE: Machine[Solution] = Machine(TRANSITIONS, ALLOWED, STATE_NAMES)


class Needs(NamedTuple):
    """What the handbook asks of this solution: the sections that must be done, how many experts, and the mean mark they must give."""

    sections: tuple[str, ...]
    experts: int
    floor: Decimal


class Lack(StrEnum):
    """What may be missing before a step."""

    SECTION = "section"
    CHANGE = "change"
    EXPERT = "expert"
    SCORE = "score"
    VALUE = "value"
    FIXED = "fixed"


class Missing(NamedTuple):
    """One thing that is missing before a step: a section's id or how many experts, and who can do it."""

    lack: Lack
    name: str
    who: tuple[str, ...]


class OutOfTurn(Refusal):
    """Refuse a step that does not come next."""

    def __init__(self, solution: Solution) -> None:
        reason = N_("{called} ({number}) is {state}.")
        super().__init__(reason, called=solution.called, number=solution.number, state=STATE_NAMES[solution.state])
        self.solution = solution


class NotReady(Refusal):
    """Refuse a step for want of what `missing` names."""

    def __init__(self, solution: Solution, missing: Sequence[Missing]) -> None:
        super().__init__(N_("{called} ({number}) is not ready for that yet."), called=solution.called, number=solution.number)
        self.solution = solution
        self.missing = missing


def opened(solution: Solution, actor: str, now: datetime) -> Step[Solution]:
    """Return the first step in the history of a numbered solution."""
    return Step(solution, event(solution, None, Action.OPEN, actor, now))


def advance(solution: Solution, action: Action, actor: str, now: datetime, reason: str = "", **changes: Any) -> Step[Solution]:
    """Take one step by the table, with the changes that it brings."""
    after = recounted(solution.amended(state=check(solution, action), **changes))
    return Step(after, event(after, solution, action, actor, now, reason))


def check(solution: Solution, action: Action) -> State:
    """Return the state to which the action leads; refuse one that does not come next."""
    if (solution.state, action) not in TRANSITIONS:
        raise OutOfTurn(solution)
    return TRANSITIONS[solution.state, action]


def check_ready(solution: Solution, action: Action, needs: Needs) -> None:
    """Refuse a step that does not come next, or for which something is missing, which the refusal names."""
    check(solution, action)
    if lacking := missing(solution, action, needs):
        raise NotReady(solution, lacking)


def missing(solution: Solution, action: Action, needs: Needs) -> list[Missing]:
    """Return all that stands in the way of a step, with those who can do it."""
    if action is Action.REVIEW and solution.state is not State.INTERNAL_REVIEW:
        changed = solution.state is not State.OPTIMISING or bool(changes_of(solution))
        note = [] if changed else [Missing(Lack.CHANGE, "", (solution.owner,))]
        return [*undone(solution, needs.sections), *note]
    if action is Action.APPROVE:
        few = needs.experts - len(solution.asked)
        more = [Missing(Lack.EXPERT, str(few), (solution.owner,))] if few > 0 else []
        return [*(Missing(Lack.SCORE, "", (one.expert,)) for one in waiting(solution)), *more]
    if action is Action.SEND and solution.value is None:
        return [Missing(Lack.VALUE, "", (solution.owner,))]
    if action is Action.VALUE and solution.state is State.APPROVED and solution.value:
        return [Missing(Lack.FIXED, "", (solution.owner,))]
    return []


def undone(solution: Solution, required: Sequence[str]) -> list[Missing]:
    """Return the required sections that are not done, each with who writes it."""
    known = {section.id: section for section in solution.sections}
    still_open = [name for name in required if name not in known or known[name].done_at is None]
    return [Missing(Lack.SECTION, name, (known[name].owner if name in known else solution.owner,)) for name in still_open]


def next_steps(solution: Solution, roles: frozenset[Role], needs: Needs) -> list[Action]:
    """Return the steps that a person in these roles may take and that nothing stands in the way of, the most natural first."""
    possible = [action for action in MACHINE.steps_open(solution, roles) if not missing(solution, action, needs)]
    return [action for action in dict.fromkeys([*natural(solution, needs), *possible]) if action in possible]


def natural(solution: Solution, needs: Needs) -> list[Action]:
    """Return what comes next by itself where a solution stands."""
    if solution.state in WRITTEN:
        untold = [Action.OPTIMISE] if solution.state is State.OPTIMISING and not changes_of(solution) else []
        return [*untold, Action.SECTION if undone(solution, needs.sections) else Action.REVIEW]
    if solution.state is State.APPROVED:
        return [Action.SEND if solution.value else Action.VALUE]
    return {
        State.PLANNING: [Action.PLAN],
        State.INTERNAL_REVIEW: [Action.APPROVE, Action.REVIEW],
        State.SENT: [Action.CONFIRM, Action.CHANGES],
        State.CHANGES_REQUESTED: [Action.OPTIMISE],
    }.get(solution.state, [])


def changes_of(solution: Solution) -> list[Change]:
    """Return what was changed in the present round of optimisation."""
    return [change for change in solution.changes if change.round == solution.round]


def scores_of(solution: Solution) -> list[Score]:
    """Return the scores of the present sitting of experts."""
    return [score for score in solution.scores if score.sitting == solution.sitting]


def waiting(solution: Solution) -> list[Asked]:
    """Return the experts who were asked and have not scored; nobody while no scores are wanted."""
    given = {score.expert for score in scores_of(solution)}
    return [one for one in solution.asked if one.expert not in given] if solution.state is State.INTERNAL_REVIEW else []


def unanswered(solution: Solution) -> list[Consultation]:
    """Return the questions to other departments whose answer is waited for."""
    return [one for one in solution.consultations if one.answered_at is None] if solution.state in LIVE else []


def recounted(solution: Solution) -> Solution:
    """Return the solution with what is asked for as it follows from the rest."""
    due = [*(one.due for one in waiting(solution)), *(one.due for one in unanswered(solution))]
    return solution.amended(chase_at=min(due, default=None))
