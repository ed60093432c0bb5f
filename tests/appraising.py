"""Cycles and appraisals to tell stories about, entered as the calendar would."""

from datetime import date
from typing import Any

from bot.language import translator
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import Appraisal
from bot.views.appraisals.self_review import OPENED, invited
from tests.office import MONDAY, Office, Somebody

QUARTER = {"period": "2026Q4", "start": date(2026, 10, 1), "end": date(2026, 12, 31)}
DUE = {"self_due": date(2026, 12, 1), "manager_due": date(2026, 12, 10), "calibration_due": date(2026, 12, 20)}


def begin(office: Office, *people: str, **facts: Any) -> tuple[Cycle, list[Appraisal]]:
    """Begin a cycle that is open for self-reviews, and invite people, who are known by their Slack names; return their appraisals."""
    handbook = office.bot.desk.handbook
    rules = {"handbook": handbook.version, "rules": kept_rules(handbook), "opened_at": MONDAY, "state": Phase.OPEN}
    with office.bot.store.change() as shelves:
        cycle = shelves.cycles.add(Cycle(kind=Kind.QUARTER, slot="2026Q4", **QUARTER, **DUE, **rules).amended(**facts))
        found = [enrolled(office, shelves, cycle, getattr(office, name).id) for name in people]
    office.settle()
    return cycle, found


def enrolled(office: Office, shelves: Any, cycle: Cycle, person: str) -> Appraisal:
    """Give a person an appraisal, and the invitation to their self-review."""
    manager = shelves.people.get(person).manager
    appraisal = shelves.appraisals.add(
        Appraisal(cycle=cycle.id, period=cycle.period, person=person, manager=manager, served=92, days=92, opened_at=MONDAY)
    )
    message = invited(translator(shelves.people.get(person).speaks), cycle, appraisal)
    shelves.outbox.say(f"{OPENED}:{appraisal.id}", person, message, subject=appraisal.subject)
    return appraisal


def appraisal_of(office: Office, number: int = 1) -> Appraisal:
    """Return an appraisal as it is kept now."""
    with office.bot.store.look() as shelves:
        found = shelves.appraisals.get(number)
    assert found is not None
    return found


def change(office: Office, number: int = 1, **facts: Any) -> None:
    """Change an appraisal as others would."""
    with office.bot.store.change() as shelves:
        found = shelves.appraisals.get(number, lock=True)
        assert found is not None
        shelves.appraisals.save(found.amended(**facts))


def starts(person: Somebody) -> dict[str, Any]:
    """Type `/review start`; return the form that opens."""
    person.office.sandbox.control.command(person.id, "C0GENERAL", "/review start")
    person.office.settle()
    return person.form()
