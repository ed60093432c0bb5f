"""Opinions are counted as they come, change and go: whatever was done, the tallies are what a recount comes to; on both databases."""

import shutil
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.clock import Clock
from bot.handbook import load_handbook
from bot.policy.demos import Demo
from bot.policy.demos import State as DemoState
from bot.policy.demos.feedback import Feedback, Standing
from bot.policy.people import Person
from bot.policy.satisfaction import Answers
from bot.policy.solutions import Aspect, Score, Solution
from bot.policy.surveys import About, State, Survey
from bot.policy.tallies import COMPANY, Party, Scope
from storage import Store, counting
from storage.counting import count_demo, count_person, count_survey, recount
from storage.store import Shelves

HANDBOOK = load_handbook(None)
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
PEOPLE = (("ANN", "North"), ("BOB", "North"), ("LIN", "South"))
NORTH, SOUTH, ANN = Party(Scope.TEAM, "North"), Party(Scope.TEAM, "South"), Party(Scope.PERSON, "ANN")


def people(store: Store) -> None:
    with store.change() as shelves:
        for one, team in PEOPLE:
            shelves.people.put(Person(id=one, name=one, team=team))


def demo(shelves: Shelves, **facts: Any) -> Demo:
    given = {"opportunity": 7, "customer_name": "ACME", "customer_key": "acme", "owner": "ANN", "opened_at": NOW}
    return shelves.demos.add(Demo(**{**given, "state": DemoState.DELIVERED, **facts}))


def rated(shelves: Shelves, on: Demo, rating: int | None, at: datetime = NOW) -> Feedback:
    facts = {"source": f"s{on.id}{rating}{at}", "author": "ANN", "rating": rating, "text": "so", "at": at}
    entry = shelves.feedback.add(Feedback(demo=on.id, opportunity=7, customer_name="ACME", **facts))
    count_demo(shelves, on, HANDBOOK)
    return entry


def answered(shelves: Shelves, verified: bool, score: int, at: datetime = NOW, **facts: Any) -> Survey:
    given = {"opportunity": 7, "customer_name": "ACME", "customer_key": "acme", "language": "en", "asked_by": "LIN", "created": NOW}
    about = {"about": About.DEMO, "ref": "D-1", "members": ("ANN",), "state": State.ANSWERED, "answered_at": at}
    survey = shelves.surveys.add(Survey(**{**given, **about, "verified": verified, "score": score, **facts}))
    count_survey(shelves, survey, HANDBOOK)
    return survey


def tallied(store: Store, party: Party = COMPANY) -> dict[str, Decimal]:
    with store.look() as shelves:
        return {measure: amount for measure, amount in shelves.tallies.of(party, ["2026Q4"]).items() if amount}


def test_ratings_of_a_demo_and_answers_count_for_those_who_worked_on_it(store: Store) -> None:
    people(store)
    with store.change() as shelves:
        rated(shelves, demo(shelves, members=("LIN",)), 4)
        answered(shelves, True, 2, NOW - timedelta(days=1), about=About.GENERAL, ref="", members=())
    assert tallied(store) == {
        Answers.GIVEN: 2,
        Answers.VERIFIED: 1,
        Answers.SATISFIED: 1,
        Answers.WEIGHT: Decimal("1.5"),
        Answers.SUM: 4,
    }
    assert tallied(store, ANN)[Answers.SUM] == 2 and tallied(store, SOUTH)[Answers.SUM] == 4
    with store.look() as shelves:
        assert set(shelves.tallies.subjects(SOUTH, ["2026Q4"], [Answers.GIVEN])) == {"demo:1", "survey:1"}


def test_the_customers_own_answer_takes_the_place_of_what_was_noted_before_and_gives_it_back_when_it_goes(store: Store) -> None:
    people(store)
    with store.change() as shelves:
        rated(shelves, demo(shelves), 5)
        answered(shelves, False, 5)
        answered(shelves, False, 4, NOW + timedelta(days=5))
        answered(shelves, False, 4, about=About.SOLUTION, ref="S-1")
    assert tallied(store)[Answers.GIVEN] == 4
    with store.change() as shelves:
        own = answered(shelves, True, 1, NOW + timedelta(days=1))
    assert (tallied(store)[Answers.GIVEN], tallied(store)[Answers.SUM]) == (3, 5)
    assert recount(store, HANDBOOK) == (0, (), ())
    with store.change() as shelves:
        gone = own.amended(state=State.WITHDRAWN)
        shelves.surveys.save(gone)
        count_survey(shelves, gone, HANDBOOK)
    assert tallied(store)[Answers.GIVEN] == 4
    assert recount(store, HANDBOOK) == (0, (), ())


def test_an_answer_without_a_deal_is_about_its_customer(store: Store) -> None:
    facts: dict[str, Any] = {"opportunity": 0, "about": About.GENERAL, "ref": "", "members": ()}
    with store.change() as shelves:
        answered(shelves, False, 5, **facts)
        answered(shelves, False, 5, **facts, customer_name="Zenith", customer_key="zenith")
        answered(shelves, True, 3, NOW + timedelta(days=1), **facts)
    assert (tallied(store)[Answers.GIVEN], tallied(store)[Answers.VERIFIED]) == (2, 1)


def test_who_comes_into_another_team_takes_the_opinions_along(store: Store) -> None:
    people(store)
    with store.change() as shelves:
        rated(shelves, demo(shelves), 5)
        answered(shelves, True, 4, NOW - timedelta(days=1))
        shelves.people.put(Person(id="ANN", name="Ann", team="South"))
        count_person(shelves, "ANN", HANDBOOK)
    assert tallied(store, NORTH) == {} and tallied(store, SOUTH)[Answers.GIVEN] == 2


def test_a_recount_goes_through_all_kinds_a_page_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PAGE", 2)
    people(store)
    marks = dict.fromkeys((aspect.value for aspect in Aspect), 4)
    with store.change() as shelves:
        shown = [demo(shelves) for _ in range(5)]
        for one in shown:
            shelves.feedback.add(Feedback(demo=one.id, opportunity=7, customer_name="A", source=one.number, author="A", rating=5, at=NOW))
        for number in range(3):
            answered(shelves, True, 5, NOW - timedelta(days=9 + number))
            shelves.tallies.put(f"survey:{number + 1}", {})
        given = {"customer_name": "ACME", "customer_key": "acme", "title": "T", "owner": "ANN", "opened_at": NOW, "approved_at": NOW}
        score = Score(expert="BOB", sitting=1, comment="", at=NOW, **marks)
        for _ in range(3):
            shelves.solutions.add(Solution(opportunity=7, scores=(score,), **given))
    found = recount(store, HANDBOOK)
    assert found.wrong == ("S-1", "S-2", "S-3", "SV-1", "SV-2", "SV-3", "D-2", "D-3", "D-4", "D-5") and found.bids == 0
    assert tallied(store)[Answers.GIVEN] == 8
    assert recount(store, HANDBOOK) == (0, (), ())


def test_opinions_that_come_at_once_are_all_counted(store: Store) -> None:
    people(store)
    with store.change() as shelves:
        on = demo(shelves)

    def note(first: int) -> None:
        for number in range(first, 24, 4):
            with store.change() as shelves:
                at = NOW + timedelta(minutes=number)
                answered(shelves, True, 3, at) if number == 12 else rated(shelves, on, 5, at)

    threads = [threading.Thread(target=note, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tallied(store)[Answers.GIVEN], tallied(store)[Answers.VERIFIED]) == (12, 1)
    assert recount(store, HANDBOOK) == (0, (), ())


class Desk(RuleBasedStateMachine):
    """Opinions come, change and go, people and teams change; after each step the tallies are what a recount comes to."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(f"sqlite:///{shutil.copy(self.template, self.folder.name)}", Clock())
        people(self.store)
        self.now = NOW
        with self.store.change() as shelves:
            self.demos = [demo(shelves).id, demo(shelves, owner="LIN").id]
        self.entries = self.surveys = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(place=st.integers(0, 1), rating=st.none() | st.integers(1, 5))
    def note(self, place: int, rating: int | None) -> None:
        self.now += timedelta(days=9, hours=5)
        with self.store.change() as shelves:
            on = shelves.demos.get(self.demos[place])
            assert on is not None
            rated(shelves, on, rating, self.now)
        self.entries += 1

    @precondition(lambda self: self.entries)
    @rule(data=st.data(), state=st.sampled_from(Standing), rating=st.none() | st.integers(1, 5))
    def change(self, data: st.DataObject, state: Standing, rating: int | None) -> None:
        with self.store.change() as shelves:
            entry = shelves.feedback.get(data.draw(st.integers(1, self.entries)))
            assert entry is not None
            shelves.feedback.save(entry.amended(state=state, rating=rating))
            on = shelves.demos.get(entry.demo)
            assert on is not None
            count_demo(shelves, on, HANDBOOK)

    @rule(
        place=st.integers(0, 2),
        score=st.integers(1, 5),
        verified=st.booleans(),
        members=st.sets(st.sampled_from(["ANN", "BOB", "LIN"])),
        back=st.integers(0, 20),
    )
    def answer(self, place: int, score: int, verified: bool, members: set[str], back: int) -> None:
        self.now += timedelta(days=9, hours=5)
        facts = {"about": About.GENERAL, "ref": ""} if place == 2 else {"ref": f"D-{self.demos[place]}"}
        with self.store.change() as shelves:
            answered(shelves, verified, score, self.now - timedelta(days=back), members=tuple(sorted(members)), **facts)
        self.surveys += 1

    @precondition(lambda self: self.surveys)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        with self.store.change() as shelves:
            survey = shelves.surveys.get(data.draw(st.integers(1, self.surveys)))
            assert survey is not None
            shelves.surveys.save(survey.amended(state=State.WITHDRAWN))
            count_survey(shelves, survey, HANDBOOK)

    @rule(place=st.integers(0, 1), members=st.sets(st.sampled_from(["ANN", "BOB", "LIN"])), state=st.sampled_from(DemoState))
    def staff(self, place: int, members: set[str], state: DemoState) -> None:
        with self.store.change() as shelves:
            on = shelves.demos.get(self.demos[place])
            assert on is not None
            shelves.demos.save(on.amended(members=tuple(sorted(members)), state=state))
            count_demo(shelves, on, HANDBOOK)

    @rule(who=st.sampled_from(["ANN", "BOB", "LIN"]), team=st.sampled_from(["North", "South", ""]))
    def move(self, who: str, team: str) -> None:
        with self.store.change() as shelves:
            shelves.people.put(Person(id=who, name=who, team=team))
            count_person(shelves, who, HANDBOOK)

    @invariant()
    def the_tallies_are_what_a_recount_comes_to(self) -> None:
        assert recount(self.store, HANDBOOK) == (0, (), ())


def test_after_any_sequence_of_changes_the_tallies_are_what_a_recount_comes_to(migrated_file: Path) -> None:
    class Here(Desk):
        template = migrated_file

    quick = settings(max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Here, settings=quick)  # type: ignore[no-untyped-call]
