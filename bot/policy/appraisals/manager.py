"""Scoring by the manager (§5.3.1): blind first, then compared with the self-review, then a grade, which may take a reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.language import N_
from bot.policy.appraisals.clocks import OutOfTime
from bot.policy.appraisals.cycle import PHASE_NAMES, Cycle, Phase, rules_of
from bot.policy.appraisals.marks import changed, check_competencies, check_marks, part_comment, uncovered
from bot.policy.appraisals.record import MANAGER_OWED, SCORED, TOLD, Appraisal, Measured, Scoring, State
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.appraisals.suggesting import Quarters, check_grade, suggested
from bot.policy.machine import Step
from bot.policy.people import OnlyFor, Role
from bot.policy.refusal import Refusal

TAKEN_BACK_IN = frozenset({Phase.OPEN, Phase.MANAGER_REVIEW, Phase.CALIBRATION})  # the phases in which a scoring is reopened
TAKEN_IN = TAKEN_BACK_IN | {Phase.PUBLISHED}  # in which is scored: who is late is told their result after the others
HANDED_IN_IN = TAKEN_IN - {Phase.OPEN}  # before that, colleagues still say how working together went


class Mine(StrEnum):
    """What somebody can do with the scoring of an appraisal."""

    SCORE = "score"
    GO_ON = "go_on"
    SEE = "see"
    DIFFERENCES = "differences"
    REOPEN = "reopen"


def due_first(cycles: Iterable[Cycle]) -> Cycle | None:
    """Return the cycle in which managers have to be done first."""
    return min(cycles, key=lambda one: (one.manager_due, one.id), default=None)


def may_compare(appraisal: Appraisal, person: str) -> bool:
    """Say whether a scorer may see the self-review: a new one not before they scored blind themselves, or all is published."""
    return appraisal.state in TOLD or appraisal.scoring is None or appraisal.scoring.manager == person


def read_as(appraisal: Appraisal, person: str, roles: frozenset[Role], above: Collection[str]) -> frozenset[Role]:
    """Return what somebody is to a scoring, of what they are to the appraisal; `above` are those above whoever scored.

    Before publication it is read by whoever scored, by those who take the second look, who are above them, and by HR; a manager
    whom the person has got since is none of these.
    """
    scored = appraisal.scoring is not None and appraisal.scoring.manager == person
    if appraisal.state in TOLD or scored or person == appraisal.manager or person in above:
        return roles
    return roles - {Role.MANAGER}


def steps_for(appraisal: Appraisal, cycle: Cycle, person: str, roles: frozenset[Role]) -> list[Mine]:
    """Return what a person can do with the scoring of an appraisal; `roles` are what they are to it."""
    if Role.SELF in roles or not roles & {Role.MANAGER, Role.HR}:
        return []
    scorer = person == appraisal.manager
    if appraisal.state in SCORED | TOLD:
        again = [Mine.REOPEN] if (scorer or Role.HR in roles) and appraisal.state in SCORED and cycle.state in TAKEN_BACK_IN else []
        if scorer and Role.HR not in roles and not may_compare(appraisal, person):
            return again
        return [Mine.SEE, *([Mine.DIFFERENCES] if scorer or Role.HR in roles else []), *again]
    if not scorer or appraisal.state not in MANAGER_OWED or cycle.state not in TAKEN_IN:
        return []
    return [Mine.GO_ON if appraisal.state is State.MANAGER_DRAFT else Mine.SCORE]


def check_scorer(appraisal: Appraisal, cycle: Cycle, actor: str) -> None:
    """Refuse everybody but the manager whose part it is to score, and whoever comes when no scores are taken."""
    if actor == appraisal.person:
        raise Refusal(N_("Nobody scores themselves."))
    if actor != appraisal.manager:
        raise only_for(appraisal, N_("It is scored by {people}."))
    check_taken(cycle)


def only_for(appraisal: Appraisal, reason: str) -> Refusal:
    """Return the refusal that names who scores an appraisal, or who is to find somebody."""
    if appraisal.manager:
        return OnlyFor([appraisal.manager], reason)
    return Refusal(N_("Nobody scores this yet: the HR department names somebody."))


def check_taken(cycle: Cycle, phases: Collection[Phase] = TAKEN_IN) -> None:
    """Refuse while a cycle takes no scores, or takes none back."""
    if cycle.state not in phases:
        reason = N_("The appraisal of {period} is {state}: its scores stay as they are.")
        raise Refusal(reason, period=cycle.called, state=PHASE_NAMES[cycle.state])


def check_ripe(cycle: Cycle) -> None:
    """Refuse to hand in while self-reviews are written and colleagues are asked: what is measured is not all there yet."""
    if cycle.state not in HANDED_IN_IN:
        reason = N_("Colleagues and self-reviews have until {day}. You can hand in once that is over; what you entered is kept.")
        raise OutOfTime(reason, cycle.self_due)


def begin(appraisal: Appraisal, cycle: Cycle, actor: str, now: datetime, late_why: str = "") -> Step[Appraisal]:
    """Begin to score, or go on; before an overdue self-review is in, only for a reason. What another manager began is laid aside."""
    check_scorer(appraisal, cycle, actor)
    MACHINE.check(appraisal, Action.SCORE)
    if appraisal.state is State.SELF_OVERDUE and not late_why:
        raise Refusal(N_("The self-review is not in. Please say why you score without it."), field="late_why")
    before = appraisal.scoring
    if before is not None and before.manager == actor:
        return MACHINE.advance(appraisal, Action.SCORE, actor, now, late_why, late_why=late_why or appraisal.late_why)
    earlier = (*appraisal.earlier, before) if before is not None and before.version else appraisal.earlier
    fresh: dict[str, Any] = {"scoring": Scoring(manager=actor), "earlier": earlier, "late_why": late_why or appraisal.late_why}
    return MACHINE.advance(appraisal, Action.SCORE, actor, now, late_why, **fresh)


def scoring_of(appraisal: Appraisal, actor: str) -> Scoring:
    """Return the scoring that a manager is at work on."""
    if appraisal.state is not State.MANAGER_DRAFT or appraisal.scoring is None or appraisal.scoring.manager != actor:
        raise Refusal(N_("This is not being scored by you now; open your list again with {command}."), command="/review team")
    return appraisal.scoring


def draft(appraisal: Appraisal, cycle: Cycle, given: Mapping[str, Any], actor: str, now: datetime) -> Step[Appraisal]:
    """Keep what is entered so far: any fields of a scoring but those that are fixed; competencies are, once uncovered."""
    check_scorer(appraisal, cycle, actor)
    scoring = scoring_of(appraisal, actor)
    fixed = {"manager", "blind", "blind_competencies", "version", "saved_at", *(("competencies",) if uncovered(appraisal) else ())}
    entered = {name: value for name, value in given.items() if name not in fixed}
    if "competencies" in entered:
        known = {one.id for one in rules_of(cycle).appraisals.competencies}
        entered["competencies"] = {name: mark for name, mark in entered["competencies"].items() if name in known}
    after = scoring.amended(**entered, version=scoring.version + 1, saved_at=now)
    return MACHINE.advance(appraisal, Action.SCORE, actor, now, scoring=after)


def uncover(appraisal: Appraisal, cycle: Cycle, actor: str, now: datetime) -> Step[Appraisal]:
    """Fix the blind marks for ever; from now on the self-review may be shown to the manager."""
    check_scorer(appraisal, cycle, actor)
    scoring = scoring_of(appraisal, actor)
    if scoring.blind is not None:
        raise Refusal(N_("The self-review is uncovered already."))
    check_marks(scoring)
    check_competencies(scoring, cycle)
    fixed = scoring.amended(
        blind=dict(scoring.marks), blind_competencies=dict(scoring.competencies), version=scoring.version + 1, saved_at=now
    )
    return MACHINE.advance(appraisal, Action.SCORE, actor, now, scoring=fixed)


def hand_in(
    appraisal: Appraisal, cycle: Cycle, measured: Sequence[Measured], quarters: Quarters, actor: str, now: datetime
) -> Step[Appraisal]:
    """Hand in what was entered: everything it was made of is frozen; a grade other than the suggested one takes a reason."""
    check_scorer(appraisal, cycle, actor)
    check_ripe(cycle)
    scoring = scoring_of(appraisal, actor)
    if scoring.blind is None:
        raise Refusal(N_("First fix your marks and compare them with the self-review."))
    check_marks(scoring)
    check_competencies(scoring, cycle)
    for part in changed(scoring):
        if not scoring.comments.get(part):
            raise Refusal(N_("You changed this mark after you saw the self-review: please say why."), field=part_comment(part))
    suggestion = suggested(cycle, measured, quarters, appraisal)
    check_grade(scoring, cycle, suggestion)
    frozen: dict[str, Any] = {"measured": tuple(measured), "quarters": dict(quarters), "handed_in_at": now}
    made = {"score": suggestion.score, "suggested": suggestion.grade, "grade": scoring.grade, "calibrated": None}
    return MACHINE.advance(appraisal, Action.HAND_IN, actor, now, scoring.why, **frozen, **made)


def reopen(appraisal: Appraisal, cycle: Cycle, actor: str, roles: frozenset[Role], reason: str, now: datetime) -> Step[Appraisal]:
    """Take a scoring back to be changed, by the manager who scores or by HR, until results are published."""
    MACHINE.check(appraisal, Action.REOPEN)
    if Role.SELF in roles or actor == appraisal.person:
        raise Refusal(N_("Nobody scores themselves."))
    if actor != appraisal.manager and Role.HR not in roles:
        raise only_for(appraisal, N_("That is for {people}, or for the HR department."))
    check_taken(cycle, TAKEN_BACK_IN)
    if not reason:
        raise Refusal(N_("Please give a reason."), field="why")
    return MACHINE.advance(appraisal, Action.REOPEN, actor, now, reason, score=None, suggested=None, grade=None, calibrated=None)
