"""Results (§5.3): an appraisal is published with its bonus, and seen, which is not the same as agreed to."""

from datetime import datetime

from bot.policy.appraisals.bonus import bonus_of
from bot.policy.appraisals.cycle import Cycle, Kind, rules_of
from bot.policy.appraisals.record import TOLD, Appraisal, BonusShare
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.machine import Step


def publish(appraisal: Appraisal, cycle: Cycle, now: datetime) -> Step[Appraisal]:
    """Tell the person the result, with the bonus of a quarter."""
    return MACHINE.advance(appraisal, Action.PUBLISH, "", now, published_at=now, bonus=earned(appraisal, cycle))


def earned(appraisal: Appraisal, cycle: Cycle) -> BonusShare | None:
    """Return the bonus by the grade that counts; a year, and a period without a grade, has none."""
    grade = appraisal.final_grade
    if cycle.kind is Kind.YEAR or grade is None:
        return None
    return bonus_of(grade, appraisal.post, appraisal.served, appraisal.days, rules_of(cycle))


def acknowledge(appraisal: Appraisal, actor: str, now: datetime, remark: str = "") -> Step[Appraisal]:
    """Note that the person saw the result, with a remark if they have one."""
    return MACHINE.advance(appraisal, Action.ACKNOWLEDGE, actor, now, acknowledged_at=now, remark=remark)


def is_told(appraisal: Appraisal) -> bool:
    """Say whether the person may know the result."""
    return appraisal.state in TOLD and appraisal.published_at is not None
