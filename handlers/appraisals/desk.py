"""What every step of an appraisal shares: which is meant, what this person is to it, and how the step is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.language import N_
from bot.policy.appraisals.clocks import OutOfTime
from bot.policy.appraisals.cycle import Cycle, Rules, rules_of
from bot.policy.appraisals.manager import read_as
from bot.policy.appraisals.record import Appraisal
from bot.policy.appraisals.steps import ALLOWED, Action, roles_to
from bot.policy.machine import Step
from bot.policy.people import Forbidden, Role, require
from bot.policy.refusal import Refusal
from bot.words.numbers import is_number
from handlers.context import Turn
from storage.appraising import cycle_of, keep_appraisal
from storage.store import Shelves


def meant(turn: Turn, shelves: Shelves, number: str) -> Appraisal:
    """Return the appraisal of a number, held with its cycle's phase, for those who may know of it; to others there is none."""
    found = shelves.appraisals.held(int(number)) if is_number(number) else None
    if found is None or not roles(turn, shelves, found):
        raise Refusal(N_("There is no such appraisal, or it is not for you."))
    return found


def meant_for(turn: Turn, shelves: Shelves, number: str, action: Action) -> Appraisal:
    """Return the appraisal of a number for somebody who may take this step of it."""
    found = meant(turn, shelves, number)
    allow(turn, shelves, found, action)
    return found


def roles(turn: Turn, shelves: Shelves, appraisal: Appraisal) -> frozenset[Role]:
    """Return what this person is to an appraisal."""
    return roles_to(turn.person.id, turn.roles, appraisal, shelves.people.managers_of(appraisal.person))


def reads_as(turn: Turn, shelves: Shelves, appraisal: Appraisal) -> frozenset[Role]:
    """Return what this person is to the scoring of an appraisal."""
    above = shelves.people.managers_of(appraisal.scoring.manager) if appraisal.scoring else ()
    return read_as(appraisal, turn.person.id, roles(turn, shelves, appraisal), above)


@contextmanager
def dated(turn: Turn) -> Iterator[None]:
    """Have a refusal that depends on a day say it in this person's language."""
    try:
        yield
    except OutOfTime as no:
        raise Refusal(no.reason, day=turn._.day(no.day)) from no


def allow(turn: Turn, shelves: Shelves, appraisal: Appraisal, action: Action) -> None:
    """Raise Forbidden, which says who could, unless this person may take the step."""
    if not ALLOWED.get(action, frozenset()) & roles(turn, shelves, appraisal):
        raise Forbidden(ALLOWED.get(action, frozenset()))


def cycle_meant(turn: Turn, shelves: Shelves, number: str) -> Cycle:
    """Return the cycle of a number, held until the turn ends, for the HR department."""
    require("appraisals.cycle", turn.roles)
    found = shelves.cycles.get(int(number), lock=True) if is_number(number) else None
    if found is None:
        raise Refusal(N_("There is no such appraisal cycle."))
    return found


def rules(shelves: Shelves, appraisal: Appraisal) -> Rules:
    """Return the rules that an appraisal's cycle began with."""
    return rules_of(cycle_of(shelves, appraisal))


def keep_step(turn: Turn, shelves: Shelves, step: Step[Appraisal]) -> int:
    """Remember a step with all that follows from it; return the id of its event."""
    return keep_appraisal(shelves, step, turn.handbook, turn.request)
