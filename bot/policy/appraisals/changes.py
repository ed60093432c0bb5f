"""People change while a cycle runs (§5.2): they leave, are away for long, or get another manager."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.language import N_
from bot.policy.appraisals.cycle import Cycle, Phase
from bot.policy.appraisals.phases import UNSCORED
from bot.policy.appraisals.record import UNPUBLISHED, Appraisal, Scoring, State
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.machine import Step
from bot.policy.people import Person, is_outsider
from bot.policy.refusal import Refusal

HAS_LEFT = N_("has left")
WAS_CANCELLED = N_("the cycle was cancelled")
CHANGEABLE = (Phase.OPEN, Phase.MANAGER_REVIEW, Phase.CALIBRATION)
UNTIL_TOLD = (*CHANGEABLE, Phase.PUBLISHED)  # in the last of them only whoever is not scored yet, who would keep the cycle waiting
READMITTING = (Phase.OPEN, Phase.MANAGER_REVIEW)


class Change(StrEnum):
    """What a change of people means for an appraisal that is not published."""

    LEFT = "left"  # the person has left
    TAKE_OVER = "take_over"  # the new manager scores, without a word
    ASK = "ask"  # the old manager has begun: the HR department decides who goes on
    ORPHANED = "orphaned"  # the manager has left: the HR department names who scores


def has_begun(appraisal: Appraisal) -> bool:
    """Tell whether the manager has begun to score."""
    return appraisal.scoring is not None or appraisal.state is State.MANAGER_DRAFT


def change_of(appraisal: Appraisal, person: Person | None, placed_under: Person | None, scorer: Person | None) -> Change | None:
    """Return what has changed about an appraisal.

    `placed_under` is the person's manager by the directory, `scorer` the one who is to score; None where there is no such person.
    """
    if appraisal.state not in UNPUBLISHED:
        return None
    if person is None or is_outsider(person):
        return Change.LEFT
    if appraisal.state not in UNSCORED:
        return None
    new = placed_under.id if placed_under and not is_outsider(placed_under) and placed_under.id != appraisal.person else ""
    stays = scorer is not None and not is_outsider(scorer)
    if new and new != appraisal.manager:
        return change_of_manager(appraisal, new, stays)
    return Change.ORPHANED if appraisal.manager and not stays else None


def change_of_manager(appraisal: Appraisal, new: str, stays: bool) -> Change | None:
    """Return what a new manager means: who has begun finishes or hands over, and the HR department decides which."""
    if not (has_begun(appraisal) and stays):
        return Change.TAKE_OVER
    return None if appraisal.asked == new else Change.ASK


def changed(appraisal: Appraisal, change: Change, new: str, now: datetime) -> Step[Appraisal]:
    """Let an appraisal follow a change of people."""
    if change is Change.LEFT:
        return MACHINE.advance(appraisal, Action.EXCUSE, "", now, HAS_LEFT, excused_why=HAS_LEFT, asked="")
    if change is Change.ASK:
        return MACHINE.advance(appraisal, Action.REASSIGN, "", now, asked=new)
    if change is Change.ORPHANED:
        return MACHINE.advance(appraisal, Action.REASSIGN, "", now, manager="", asked="")
    return handed_over(appraisal, new, "", now)


def handed_over(appraisal: Appraisal, scorer: str, actor: str, now: datetime) -> Step[Appraisal]:
    """Let somebody else score; what was begun is kept, and the new one begins anew."""
    changes: dict[str, Any] = {"manager": scorer, "asked": ""}
    if appraisal.scoring is not None and appraisal.scoring.manager != scorer:
        changes |= {"earlier": (*appraisal.earlier, appraisal.scoring), "scoring": Scoring(manager=scorer)}
    return MACHINE.advance(appraisal, Action.REASSIGN, actor, now, **changes)


def check_running(cycle: Cycle, phases: tuple[Phase, ...] = CHANGEABLE) -> None:
    """Refuse changes of who is in a cycle that is not at work."""
    if cycle.state not in phases:
        raise Refusal(N_("That can be changed only before the results are published."))


def check_untold(appraisal: Appraisal, cycle: Cycle) -> None:
    """Refuse changes about somebody whose result is told, or about to be."""
    check_running(cycle, CHANGEABLE if appraisal.state not in UNSCORED else UNTIL_TOLD)


def name_scorer(appraisal: Appraisal, scorer: str, actor: str, now: datetime) -> Step[Appraisal]:
    """Name who scores; nobody scores themselves."""
    if scorer == appraisal.person:
        raise Refusal(N_("Nobody can score their own appraisal."), field="scorer")
    if appraisal.state not in UNSCORED:
        raise Refusal(N_("That appraisal is scored already."), field="person")
    return handed_over(appraisal, scorer, actor, now)


def stay(appraisal: Appraisal, actor: str, now: datetime) -> Step[Appraisal]:
    """Let the old manager finish what they began."""
    return MACHINE.advance(appraisal, Action.REASSIGN, actor, now, asked="")


def check_asked(appraisal: Appraisal, new: str) -> None:
    """Refuse an answer to a question that is not asked any more."""
    if not new or appraisal.asked != new or appraisal.state not in UNSCORED:
        raise Refusal(N_("That has been decided already."))


def excuse(appraisal: Appraisal, why: str, actor: str, now: datetime) -> Step[Appraisal]:
    """Excuse a person from a cycle, as for a long leave."""
    return MACHINE.advance(appraisal, Action.EXCUSE, actor, now, why, excused_why=why, asked="")


def readmit(appraisal: Appraisal, why: str, actor: str, now: datetime) -> Step[Appraisal]:
    """Take an excused person into the cycle again: they and their manager begin afresh; what was written or begun is kept for them."""
    before = appraisal.scoring
    begun = before is not None and before != Scoring(manager=before.manager)
    earlier = (*appraisal.earlier, before) if before is not None and begun else appraisal.earlier
    scored: dict[str, Any] = {"scoring": None, "earlier": earlier, "measured": (), "handed_in_at": None, "late_why": ""}
    graded: dict[str, Any] = dict.fromkeys(("score", "suggested", "grade", "calibrated"))
    return MACHINE.advance(appraisal, Action.READMIT, actor, now, why, excused_why="", self_submitted_at=None, **scored, **graded)


def serve(appraisal: Appraisal, served: int, why: str, actor: str, now: datetime) -> Step[Appraisal]:
    """Set how many days of the period a person served."""
    if not 1 <= served <= appraisal.days:
        raise Refusal(N_("Use a whole number of days from 1 to {most}."), field="served", most=appraisal.days)
    return MACHINE.advance(appraisal, Action.SERVE, actor, now, why, served=served)
