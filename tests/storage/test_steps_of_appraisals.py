"""Whatever anybody tries in whatever order with an appraisal and its cycle, the books stay right: a machine that walks at random."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from shutil import copy
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.policy.appraisals.cycle import ALLOWED as MOVES_ALLOWED
from bot.policy.appraisals.cycle import TRANSITIONS as MOVES
from bot.policy.appraisals.cycle import Cycle, Move
from bot.policy.appraisals.record import TOLD, Appraisal, State
from bot.policy.appraisals.self_review import discreet
from bot.policy.appraisals.steps import ALLOWED, BY_CALENDAR, TRANSITIONS, Action, roles_to
from bot.policy.people import Person, Role
from bot.policy.record import Event
from scheduler.appraisals import appeals, phases
from scheduler.job import Occasion
from storage.counting import recount
from tests.rights import ANN, INSIDE, ROLES
from tests.unseen import Company

MARKS = {f"mark_part_{part}": "3" for part in ("results", "quality", "satisfaction", "teamwork")}
RATED = {f"mark_skill_{one}": "3" for one in ("professional_knowledge", "communication", "analysis", "teamwork", "learning")}
WHY = {"why": "because"}
PERSON = WHY | {"person": ANN}
# What can be pressed or handed in, right or wrong: the way, the name, and the fields of a form.
STEPS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("submit", "self", {}),
    ("press", "recall", {}),
    ("press", "score", {}),
    ("submit", "score_late", {"late_why": "because"}),
    ("submit", "score_marks", MARKS),
    ("submit", "score_rest", RATED | {"comment": "steady"}),
    *(("submit", "score_grade", WHY | {"grade": grade}) for grade in ("outstanding", "excellent", "good", "fail")),
    ("submit", "reopen", WHY),
    *(("submit", "calibrate", WHY | {"grade": grade}) for grade in ("excellent", "good", "pass")),
    ("submit", "seen", {"remark": "seen"}),
    *(("submit", name, WHY) for name in ("appeal", "talk", "decline", "uphold")),
    *(("press", name, {}) for name in ("settle", "escalate", "accept")),
    *(("submit", "revise", WHY | {"grade": grade}) for grade in ("excellent", "pass")),
    ("submit", "excuse", PERSON),
    ("submit", "readmit", PERSON),
    ("submit", "serve", PERSON | {"served": "60"}),
    ("submit", "scorer", PERSON | {"scorer": "UTOP"}),
    *(("press", name, {}) for name in ("cycle_next", "cycle_publish", "cycle_close", "payroll_prepare")),
    ("submit", "cycle_back", WHY),
    ("submit", "cycle_cancel", WHY),
)
BY_CYCLE = (
    "excuse",
    "readmit",
    "serve",
    "scorer",
    "cycle_next",
    "cycle_publish",
    "cycle_close",
    "cycle_back",
    "cycle_cancel",
    "payroll_prepare",
)
# Who takes an appraisal on from where it stands, by which of the steps above.
ONWARD: Mapping[State, tuple[tuple[str, str], ...]] = {
    State.SELF_DRAFT: (("self", "self"),),
    State.SELF_SUBMITTED: (("manager", "score"),),
    State.SELF_OVERDUE: (("manager", "score_late"),),
    State.MANAGER_DRAFT: (("manager", "score_marks"), ("manager", "score_rest"), ("hr", "cycle_next"), ("manager", "score_grade")),
    State.MANAGER_SUBMITTED: (("hr", "cycle_next"), ("second", "calibrate"), ("hr", "cycle_publish")),
    State.CALIBRATED: (("above", "calibrate"), ("hr", "cycle_publish")),
    State.PUBLISHED: (("self", "appeal"), ("self", "seen")),
    State.ACKNOWLEDGED: (("self", "appeal"),),
    State.APPEALED: (("manager", "talk"),),
    State.MANAGER_TALK: (("self", "escalate"), ("self", "settle")),
    State.HR_REVIEW: (("hr", "accept"), ("second", "revise"), ("hr", "uphold")),
    State.EXCUSED: (("hr", "readmit"),),
}


BEGINNINGS = ("written", "compared", "scored", "published", "appealed", "accepted")


class Walk(RuleBasedStateMachine):
    """One appraisal of one quarter, which everybody tries to take on, and to take where it must not go."""

    company: ClassVar[Company]
    stage: ClassVar[str]

    @initialize()
    def begin(self) -> None:
        """Begin somewhere on the way: the whole of it is too long for steps at random."""
        self.company.clock.reset()
        self.company.again()
        self.begun = self.kept()
        with self.company.store.look() as shelves:
            self.known = {one.subject: len(shelves.audit.of(one.subject)) for one in self.begun}

    @rule(role=st.sampled_from(INSIDE), step=st.sampled_from(STEPS))
    def tries(self, role: str, step: tuple[str, str, Mapping[str, str]]) -> None:
        """Have anybody try anything."""
        self.takes(role, *step)

    @rule(choice=st.integers(0, 11))
    def goes_on(self, choice: int) -> None:
        """Have somebody try what comes next."""
        self.goes_further(choice)

    @rule(choice=st.integers(0, 11))
    def goes_further(self, choice: int) -> None:
        """Have somebody try what comes next: as often again, or nobody would come far."""
        self.goes_furthest(choice)

    @rule(choice=st.integers(0, 11))
    def goes_furthest(self, choice: int) -> None:
        """Have somebody try what comes next: once more as often."""
        onward = ONWARD.get(self.kept()[0].state, ())
        if onward:
            role, name = onward[choice % len(onward)]
            fitting = [step for step in STEPS if step[1] == name]
            self.takes(role, *fitting[choice % len(fitting)])

    @rule(days=st.integers(1, 9))
    def waits(self, days: int) -> None:
        """Let days pass, with what the calendar does in them."""
        self.company.clock.move_to(self.company.clock.now() + timedelta(days=days))
        for job in (*phases.JOBS, *appeals.JOBS):
            job.run(Occasion(self.company.clock.now(), self.company.store, self.company.handbook))

    def takes(self, role: str, kind: str, name: str, fields: Mapping[str, str]) -> None:
        """Try one step."""
        number, cycle = self.company.appraisals[self.stage][ANN], self.company.cycles[self.stage]
        value = str(cycle) if name in BY_CYCLE else str(number)
        place = {"self": f"{number}:check:9:0", "calibrate": f"{number}:{cycle}:0:"}.get(name, value)
        self.company.does(role, kind, f"appraisals.{name}", value, place if kind == "submit" else "", **fields)

    def kept(self) -> tuple[Appraisal, Cycle]:
        """Return the appraisal and its cycle as they are kept."""
        with self.company.store.look() as shelves:
            one = shelves.appraisals.get(self.company.appraisals[self.stage][ANN])
            cycle = shelves.cycles.get(self.company.cycles[self.stage])
        assert one is not None and cycle is not None
        return one, cycle

    @invariant()
    def the_books_are_right(self) -> None:
        """Every change left an event, each a legal step, and what is kept follows from them."""
        one, cycle = self.kept()
        with self.company.store.look() as shelves:
            assert shelves.audit.broken() == []
            mine, its = (shelves.audit.of(subject)[known:] for subject, known in self.known.items())
            assert shelves.appraisals.counts(cycle.id) == {one.state: 1}
        for event in mine:
            assert str(TRANSITIONS[event.before, event.action]) == event.after  # type: ignore[index]
            check_actor(event, ALLOWED, self.relation(event, one))
        for event in its:
            assert str(MOVES[event.before, event.action]) == event.after  # type: ignore[index]
            check_actor(event, MOVES_ALLOWED, person(event.actor).roles if event.actor else frozenset())
        check_recount(one, mine, self.begun[0])
        check_recount(cycle, its, self.begun[1])
        check_grades(one, [self.begun[0].snapshot(), *(event.became or {} for event in mine)], mine)
        check_result(one)

    def relation(self, event: Event, one: Appraisal) -> frozenset[Role]:
        """Return what whoever took a step was to the appraisal."""
        if not event.actor:
            return frozenset()
        line = [ROLES["manager"].id, ROLES["above"].id]
        before = one.amended(manager=str((event.was or {}).get("manager", "")))
        return roles_to(event.actor, person(event.actor).roles, before, line)

    def teardown(self) -> None:
        """Count everything anew."""
        assert recount(self.company.store, self.company.handbook).wrong == ()


CALENDAR = frozenset({*BY_CALENDAR, Action.EXCUSE, Action.REASSIGN, Move.REVIEW, Move.CALIBRATE, Move.PROLONG, Move.HEAR, Move.CLOSE})
# What is saved without an event: while somebody types, and how far a phase is on its way through all people.
SAVED = frozenset({"self_review", "scoring", "done"})


def person(id: str) -> Person:
    """Return somebody of the company."""
    return next(one for one in ROLES.values() if one.id == id)


def check_actor(event: Event, allowed: Mapping[Any, frozenset[Role]], held: frozenset[Role]) -> None:
    """Check that whoever took a step may take it; without anybody it must be one of the calendar's."""
    assert event.action in CALENDAR if not event.actor else allowed[event.action] & held, event


def check_recount(record: Appraisal | Cycle, events: list[Event], begun: Appraisal | Cycle) -> None:
    """Check that what is kept is what the last event says became of it, and that each event goes on from the one before."""
    kept = fixed(begun.snapshot())
    for event in events:
        if event.became and "id" in event.became:  # a file that was fetched became nothing
            assert fixed(event.was or {}) == kept, event
            kept = fixed(event.became)
    assert kept == fixed(record.snapshot())


def fixed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that never change without an event, as the log keeps them: without drafts."""
    logged = discreet(facts) if "self_review" in facts else facts
    return {name: value for name, value in (logged or {}).items() if name not in SAVED}


def check_grades(one: Appraisal, stages: list[Mapping[str, Any]], events: list[Event]) -> None:
    """Check that the manager's grade is what was handed in last, and that each change of it by others is kept in order."""
    given = [after["grade"] for after in stages if after["state"] == State.MANAGER_SUBMITTED or after is stages[0]]
    assert one.grade is None or one.grade == given[-1]
    changes = [event.became or {} for event in events if event.action in ("calibrate", "revise")]
    assert [change.became for change in one.calibrations] == [after["calibrations"][-1]["became"] for after in changes]
    assert one.calibrated is None or one.calibrations[-1].became == one.final_grade


def check_result(one: Appraisal) -> None:
    """Check that there is a result with its bonus exactly from when it is told."""
    assert (one.published_at is not None) == (one.bonus is not None) == (one.state in TOLD)
    assert one.published_at is None or one.final_grade is not None


@pytest.fixture
def company(migrated_file: Path, tmp_path: Path) -> Iterator[Company]:
    """Return a company with one appraisal at each beginning."""
    company = Company(Path(copy(migrated_file, tmp_path / "bidwell.db")), BEGINNINGS, [ROLES["self"]])
    yield company
    company.close()


@pytest.mark.slow
@pytest.mark.parametrize("stage", BEGINNINGS)
def test_no_step_is_taken_that_must_not_be(company: Company, stage: str) -> None:
    walk = type("Walk", (Walk,), {"company": company, "stage": stage})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    # What fails is shown as it was found: so few steps are read sooner than they are made fewer.
    told = settings(
        max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=checks, database=None, phases=[Phase.generate]
    )
    run_state_machine_as_test(walk, settings=told)


def test_a_result_that_is_told_days_later_leaves_an_event_of_the_longer_time_for_appeals(company: Company) -> None:
    company.clock.reset()
    company.again()
    number = company.cycles["scored"]
    with company.store.look() as shelves:
        begun = shelves.cycles.get(number)
    assert company.does("hr", "press", "appraisals.cycle_publish", str(number)).changed
    company.clock.move_to(company.clock.now() + timedelta(days=5))
    for job in phases.JOBS:
        job.run(Occasion(company.clock.now(), company.store, company.handbook))
    with company.store.look() as shelves:
        cycle, events = shelves.cycles.get(number), shelves.audit.of(f"cycle:{number}")
    assert begun is not None and cycle is not None and cycle.appeal_until is not None
    assert cycle.appeal_until > date.fromisoformat(str((events[0].became or {})["appeal_until"]))
    check_recount(cycle, events, begun)
