"""Steps of cycles and appraisals are kept: the record, the event that it leaves, and the messages about it."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from bot.handbook import Handbook
from bot.policy.appraisals.cycle import Cycle, Kind, Phase
from bot.policy.appraisals.record import SCORED, TOLD, Appraisal, Grade
from bot.policy.appraisals.self_review import discreet
from bot.policy.appraisals.steps import Action
from bot.policy.machine import Step
from bot.policy.people import Person
from bot.views.appraisals.retold import Told, appraisal_retold, cycle_retold
from bot.views.appraisals.team import key_of, listed, subject_of
from bot.views.blocks import Message
from storage.kept import keep, tongue
from storage.outbox import Said
from storage.retelling import Render, retell
from storage.store import Shelves


def keep_appraisal(shelves: Shelves, step: Step[Appraisal], handbook: Handbook, request: str = "") -> int:
    """Remember a step of an appraisal with all that follows from it, its drafts kept out of the log; return the id of its event."""
    cycle = cycle_of(shelves, step.record)
    logged = step.event.amended(was=discreet(step.event.was), became=discreet(step.event.became))
    event = keep(shelves, shelves.appraisals, Step(step.record, logged), following(cycle, step.record, handbook), request)
    for manager in managers_told(step):
        refresh_team(shelves, cycle, manager, handbook)
    if step.event.action in {Action.REASSIGN, Action.READMIT}:
        tell_team(shelves, cycle, step.record.manager, handbook)
    return event


def keep_cycle(shelves: Shelves, step: Step[Cycle], handbook: Handbook, request: str = "") -> int:
    """Remember a step of a cycle with what follows from it at once; return the id of its event.

    What many people were told follows in batches, as the calendar goes through all whom the phase concerns.
    """

    def render(said: Said, person: Person | None) -> Message | None:
        return cycle_retold(tongue(handbook, person), told(said, step.record, person))

    return keep(shelves, shelves.cycles, step, render, request)


def following(cycle: Cycle, appraisal: Appraisal, handbook: Handbook) -> Render:
    """Return what says a message about an appraisal as it reads now."""

    def render(said: Said, person: Person | None) -> Message | None:
        return appraisal_retold(tongue(handbook, person), told(said, cycle, person), appraisal)

    return render


def refresh_appraisal(shelves: Shelves, cycle: Cycle, appraisal: Appraisal, handbook: Handbook) -> None:
    """Bring what was said about an appraisal up to date with its cycle."""
    retell(shelves, shelves.outbox.about(appraisal.subject), following(cycle, appraisal, handbook))


def refresh_team(shelves: Shelves, cycle: Cycle, manager: str, handbook: Handbook) -> None:
    """Bring the list up to date that a manager was told, if one was told."""

    def render(_said: Said, person: Person | None) -> Message:
        return team_list(shelves, cycle, manager, person, handbook)

    retell(shelves, shelves.outbox.about(subject_of(cycle.id, manager)), render)


def tell_team(shelves: Shelves, cycle: Cycle, manager: str, handbook: Handbook) -> None:
    """Tell a manager their list, once, while a cycle runs; who has it already keeps it."""
    if not manager or cycle.state in {Phase.DRAFT, Phase.CANCELLED, Phase.CLOSED}:
        return
    message = team_list(shelves, cycle, manager, shelves.people.get(manager), handbook)
    shelves.outbox.say(key_of(cycle.id, manager), manager, message, subject=subject_of(cycle.id, manager))


def team_list(shelves: Shelves, cycle: Cycle, manager: str, person: Person | None, handbook: Handbook) -> Message:
    """Return a manager's list as it reads now."""
    appraisals = shelves.appraisals.of_manager(manager, [cycle.id])
    return listed(tongue(handbook, person), cycle, appraisals, names_of(shelves, [one.person for one in appraisals]))


def managers_told(step: Step[Appraisal]) -> Sequence[str]:
    """Return the managers whose lists a step changes: none where only words were saved."""
    was = step.event.was or {}
    seen = ("state", "manager", "grade", "calibrated")
    if all(was.get(name) == step.record.snapshot()[name] for name in seen):
        return ()
    return [manager for manager in dict.fromkeys([was.get("manager", ""), step.record.manager]) if manager]


def names_of(shelves: Shelves, people: Collection[str]) -> dict[str, str]:
    """Return the names of people, by id."""
    return {person.id: person.name for person in shelves.people.among(people)}


def quarters_of(shelves: Shelves, cycle: Cycle, person: str) -> dict[str, tuple[Decimal | None, Grade | None]]:
    """Return a person's scores and grades in the quarters of a year, as far as they are scored; of a quarter, nothing."""
    if cycle.kind is not Kind.YEAR:
        return {}
    found = shelves.appraisals.of_people([person], [f"{cycle.period}Q{number}" for number in range(1, 5)])
    return {one.period: (one.score, one.final_grade) for one in found if one.state in SCORED | TOLD}


def cycle_of(shelves: Shelves, appraisal: Appraisal) -> Cycle:
    """Return the cycle of an appraisal; raise LookupError when there is none."""
    cycle = shelves.cycles.get(appraisal.cycle)
    if cycle is None:
        raise LookupError(f"no cycle {appraisal.cycle}")
    return cycle


def told(said: Said, cycle: Cycle, person: Person | None) -> Told:
    """Return a message as the views know it."""
    return Told(said.key, said.target, said.ts != "", cycle, person)
