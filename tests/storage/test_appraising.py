"""A manager's list follows the appraisals in it, whoever changes them (§5.3.1)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.handbook import load_handbook
from bot.policy.appraisals.cycle import MACHINE as CYCLES
from bot.policy.appraisals.cycle import Cycle, Kind, Move, Phase, kept_rules
from bot.policy.appraisals.record import Appraisal, Part, Scoring, SelfReview, State, Typed
from bot.policy.appraisals.steps import MACHINE, Action
from bot.policy.people import Person
from bot.views.appraisals.team import key_of
from storage import Store
from storage.appraising import keep_appraisal, keep_cycle, quarters_of, tell_team
from storage.store import Shelves

HANDBOOK = load_handbook(None)
NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
DUE = date(2026, 10, 20)
FACTS: dict[str, Any] = {"start": date(2026, 7, 1), "end": date(2026, 9, 30), "handbook": HANDBOOK.version, "opened_at": NOW}
DUES: dict[str, Any] = {"self_due": DUE, "manager_due": DUE, "calibration_due": DUE, "rules": kept_rules(HANDBOOK)}
QUARTER = Cycle(period="2026Q3", slot="2026Q3", kind=Kind.QUARTER, state=Phase.OPEN, **FACTS, **DUES)


def appraisal(cycle: Cycle, person: str = "ANN", **facts: Any) -> Appraisal:
    placed = {"cycle": cycle.id, "period": cycle.period, "person": person, "manager": "MAY", "served": 92, "days": 92, "opened_at": NOW}
    return Appraisal(**placed | facts)


def told(shelves: Shelves, manager: str) -> str:
    said = shelves.outbox.find(key_of(1, manager))
    return str(said.message) if said else ""


def begun(store: Store) -> None:
    with store.change() as shelves:
        for person in ("ANN", "MAY", "KIM"):
            shelves.people.put(Person(id=person, name=person.title()))
        cycle = shelves.cycles.add(QUARTER)
        shelves.appraisals.add(appraisal(cycle, state=State.SELF_SUBMITTED, self_submitted_at=NOW))
        tell_team(shelves, cycle, "MAY", HANDBOOK)


def test_a_list_is_told_once_and_follows_what_happens(store: Store) -> None:
    begun(store)
    with store.change() as shelves:
        cycle, one = shelves.cycles.get(1), shelves.appraisals.get(1)
        assert cycle and one and "Ann: self-review handed in" in told(shelves, "MAY")
        tell_team(shelves, cycle, "MAY", HANDBOOK)
        keep_appraisal(shelves, MACHINE.advance(one, Action.RECALL, "ANN", NOW), HANDBOOK)
        assert "Ann: self-review being written" in told(shelves, "MAY")
        said = shelves.outbox.find(key_of(1, "MAY"))
        assert said is not None and said.version == 2


def test_a_step_that_the_list_does_not_tell_of_leaves_it_alone(store: Store) -> None:
    begun(store)
    with store.change() as shelves:
        one = shelves.appraisals.get(1)
        assert one is not None
        shelves.appraisals.save(one.amended(state=State.SELF_DRAFT))
        drafted = MACHINE.advance(one.amended(state=State.SELF_DRAFT), Action.DRAFT, "ANN", NOW, self_review=SelfReview(summary="More"))
        keep_appraisal(shelves, drafted, HANDBOOK)
        said = shelves.outbox.find(key_of(1, "MAY"))
        assert said is not None and said.version == 1


def test_a_new_manager_is_told_a_list_and_the_old_one_loses_the_row(store: Store) -> None:
    begun(store)
    with store.change() as shelves:
        one = shelves.appraisals.get(1)
        assert one is not None and told(shelves, "KIM") == ""
        keep_appraisal(shelves, MACHINE.advance(one, Action.REASSIGN, "HANA", NOW, manager="KIM"), HANDBOOK)
        assert "Ann: self-review handed in" in told(shelves, "KIM")
        assert "Ann" not in told(shelves, "MAY") and "Nobody is to be scored here." in told(shelves, "MAY")


def test_a_step_of_a_cycle_waits_for_no_list(store: Store) -> None:
    begun(store)
    with store.change() as shelves:
        cycle = shelves.cycles.get(1)
        assert cycle is not None
        keep_cycle(shelves, CYCLES.advance(cycle, Move.CANCEL, "HANA", NOW, "A mistake"), HANDBOOK)
        said = shelves.outbox.find(key_of(1, "MAY"))
        assert said is not None and said.version == 1


def logged(shelves: Shelves) -> str:
    """Return all that the audit log holds of the appraisal."""
    return str([(event.was, event.became) for event in shelves.audit.of("appraisal:1")])


DRAFT = SelfReview(summary="SECRET so far", evidence={"one": "SECRET too"}, typed={"summary": (Typed(form="f", version=1, text="SECRET"),)})


@pytest.mark.parametrize("action", [Action.LAPSE, Action.EXCUSE, Action.REASSIGN, Action.SERVE])
def test_the_log_holds_no_word_of_a_self_review_that_is_not_handed_in(store: Store, action: Action) -> None:
    begun(store)
    with store.change() as shelves:
        one = shelves.appraisals.get(1)
        assert one is not None
        drafted = one.amended(state=State.SELF_DRAFT, self_submitted_at=None, self_review=DRAFT)
        keep_appraisal(shelves, MACHINE.advance(drafted, action, "HANA", NOW), HANDBOOK)
        found = shelves.appraisals.get(1)
        assert found is not None and found.self_review == DRAFT and "SECRET" not in logged(shelves)


def test_the_log_holds_what_was_handed_in(store: Store) -> None:
    begun(store)
    with store.change() as shelves:
        one = shelves.appraisals.get(1)
        assert one is not None
        drafted = one.amended(state=State.SELF_DRAFT, self_submitted_at=None, self_review=DRAFT)
        keep_appraisal(shelves, MACHINE.advance(drafted, Action.SUBMIT, "ANN", NOW, self_submitted_at=NOW), HANDBOOK)
        [event] = shelves.audit.of("appraisal:1")
        assert "SECRET" not in str(event.was) and "SECRET so far" in str(event.became)


def test_the_log_holds_no_word_of_a_scoring_before_it_is_handed_in(store: Store) -> None:
    begun(store)
    given = Scoring(manager="MAY", marks={Part.RESULTS: 2}, blind={Part.RESULTS: 4}, comment="SECRET", version=3)
    with store.change() as shelves:
        one = shelves.appraisals.get(1)
        assert one is not None
        at_work = one.amended(state=State.MANAGER_DRAFT, scoring=given, earlier=(given,))
        keep_appraisal(shelves, MACHINE.advance(at_work, Action.SERVE, "HANA", NOW, served=80), HANDBOOK)
        assert "SECRET" not in logged(shelves) and "'blind': {'results': 4}" in logged(shelves)
        keep_appraisal(shelves, MACHINE.advance(at_work, Action.HAND_IN, "MAY", NOW), HANDBOOK)
        became = shelves.audit.of("appraisal:1")[-1].became
        assert became is not None and became["scoring"]["comment"] == "SECRET"


def test_a_year_is_made_of_the_quarters_that_are_scored(store: Store) -> None:
    with store.change() as shelves:
        year = shelves.cycles.add(QUARTER.amended(period="2026", slot="2026", kind=Kind.YEAR))
        for number, state in enumerate((State.FINAL, State.MANAGER_SUBMITTED, State.EXCUSED, State.SELF_DRAFT), start=1):
            quarter = QUARTER.amended(period=f"2026Q{number}", slot=f"2026Q{number}")
            shelves.appraisals.add(appraisal(shelves.cycles.add(quarter), state=state, score=80 + number, grade="good", calibrated=None))
        assert {name: str(score) for name, (score, _grade) in quarters_of(shelves, year, "ANN").items()} == {"2026Q1": "81", "2026Q2": "82"}
        assert quarters_of(shelves, QUARTER, "ANN") == {}
