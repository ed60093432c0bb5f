"""Steps of cycles and appraisals are kept: the record, the event that it leaves, and the messages about it."""

from bot.handbook import Handbook
from bot.policy.appraisals.cycle import Cycle
from bot.policy.appraisals.record import Appraisal
from bot.policy.machine import Step
from bot.policy.people import Person
from bot.views.appraisals.retold import Told, appraisal_retold, cycle_retold
from bot.views.blocks import Message
from storage.kept import keep, tongue
from storage.outbox import Said
from storage.store import Shelves


def keep_appraisal(shelves: Shelves, step: Step[Appraisal], handbook: Handbook, request: str = "") -> int:
    """Remember a step of an appraisal with all that follows from it; return the id of its event."""
    cycle = cycle_of(shelves, step.record)

    def render(said: Said, person: Person | None) -> Message | None:
        return appraisal_retold(tongue(handbook, person), told(said, cycle, person), step.record)

    return keep(shelves, shelves.appraisals, step, render, request)


def keep_cycle(shelves: Shelves, step: Step[Cycle], handbook: Handbook, request: str = "") -> int:
    """Remember a step of a cycle with all that follows from it; return the id of its event."""

    def render(said: Said, person: Person | None) -> Message | None:
        return cycle_retold(tongue(handbook, person), told(said, step.record, person))

    return keep(shelves, shelves.cycles, step, render, request)


def cycle_of(shelves: Shelves, appraisal: Appraisal) -> Cycle:
    """Return the cycle of an appraisal; raise LookupError when there is none."""
    cycle = shelves.cycles.get(appraisal.cycle)
    if cycle is None:
        raise LookupError(f"no cycle {appraisal.cycle}")
    return cycle


def told(said: Said, cycle: Cycle, person: Person | None) -> Told:
    """Return a message as the views know it."""
    return Told(said.key, said.target, said.ts != "", cycle, person)
