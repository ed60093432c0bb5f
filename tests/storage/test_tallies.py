"""Tallies are what all bids add up to, whatever was done in whichever order; on both databases."""

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
from sqlalchemy import update

from bot.clock import Clock
from bot.handbook import load_handbook
from bot.policy import bids as policy
from bot.policy.bids import CORRECTABLE, PENDING, UNDECIDED, UNSUBMITTED, Action, Bid, Decision, Member, Review, Share, State, Step
from bot.policy.bids.measures import Measure
from bot.policy.money import Money
from bot.policy.people import Person
from bot.policy.tallies import COMPANY, Party, Scope, TallyKey
from scheduler.job import Occasion
from scheduler.tallies import recount_all
from storage import Store
from storage.counting import count_bid, count_person, recount
from storage.keeping import keep_bid
from storage.tallies import TALLIES

HANDBOOK = load_handbook(None)
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
Q4 = ("2026Q4",)
ANN = Party(Scope.PERSON, "ANN")
PEOPLE = (("ANN", "North"), ("BOB", "North"), ("LIN", "South"))


def won(**changes: Any) -> Bid:
    given = {"customer": "ACME", "customer_key": "acme", "owner": "ANN", "currency": "CNY", "registered_at": NOW, "state": State.WON}
    return Bid(**{**given, "submitted_at": NOW, "decided_at": NOW, "awarded": Decimal("900.5"), **changes})


def people(store: Store) -> None:
    with store.change() as shelves:
        for one, team in PEOPLE:
            shelves.people.put(Person(id=one, name=one, team=team))


def counted(store: Store, *bids: Bid) -> list[Bid]:
    with store.change() as shelves:
        kept = [shelves.bids.add(bid) for bid in bids]
        for bid in kept:
            count_bid(shelves, bid, HANDBOOK)
    return kept


def tallied(store: Store, party: Party = COMPANY) -> dict[str, Decimal]:
    with store.look() as shelves:
        return {measure: amount for measure, amount in shelves.tallies.of(party, Q4).items() if amount}


def test_what_is_counted_adds_up_exactly(store: Store) -> None:
    people(store)
    counted(store, won(), won(owner="BOB", awarded=Decimal("0.1")), won(awarded=Decimal("9999999999999.99")))
    assert tallied(store)[Measure.SALES] == Decimal("10000000000900.59")
    assert tallied(store, Party(Scope.TEAM, "North"))[Measure.WON] == 3
    assert tallied(store, ANN)[Measure.WON] == 2


def test_counting_again_changes_nothing_and_another_state_replaces_the_first(store: Store) -> None:
    [bid] = counted(store, won())
    with store.change() as shelves:
        assert not count_bid(shelves, bid, HANDBOOK)
        assert count_bid(shelves, bid.amended(state=State.AWAITING_RESULT, decided_at=None, awarded=None), HANDBOOK)
    sums = tallied(store, ANN)
    assert (sums[Measure.PENDING], sums.get(Measure.WON)) == (1, None)


def test_the_bids_of_a_figure_are_found_latest_first(store: Store) -> None:
    bids = counted(store, *(won() for _ in range(12)))
    with store.look() as shelves:
        subjects = shelves.tallies.subjects(ANN, Q4, [Measure.WON, Measure.LOST], limit=3, offset=1)
        assert subjects == [bid.subject for bid in reversed(bids)][1:4]
        assert shelves.tallies.count(ANN, Q4, [Measure.WON]) == 12
        assert shelves.tallies.people(Q4) == ["ANN"]


def test_an_amount_that_would_be_rounded_is_refused(store: Store) -> None:
    with store.change() as shelves, pytest.raises(ValueError, match="hundredths"):
        shelves.tallies.put("bid:1", {TallyKey(Scope.COMPANY, "", "2026Q4", "won"): Decimal("0.001")})


def test_who_comes_into_another_team_takes_the_bids_along(store: Store) -> None:
    people(store)
    counted(store, won())
    with store.change() as shelves:
        shelves.people.put(Person(id="ANN", name="Ann", team="South"))
        count_person(shelves, "ANN", HANDBOOK)
    assert tallied(store, Party(Scope.TEAM, "North")) == {}
    assert tallied(store, Party(Scope.TEAM, "South"))[Measure.SALES] == Decimal("900.5")


def test_a_recount_finds_nothing_where_all_is_well(store: Store) -> None:
    people(store)
    counted(store, won(), won(owner="LIN"))
    assert recount(store, HANDBOOK) == (2, (), ())


def test_a_recount_puts_right_what_was_never_counted_and_sums_that_are_off_and_says_so(store: Store) -> None:
    people(store)
    counted(store, won())
    with store.change() as shelves:
        uncounted = shelves.bids.add(won())
        wrong = update(TALLIES).where(TALLIES.c.scope == "company", TALLIES.c.measure == "won")
        shelves.connection.execute(wrong.values(amount=TALLIES.c.amount + 300))
    recount_all(Occasion(NOW, store, HANDBOOK))
    assert tallied(store)[Measure.WON] == 2
    with store.look() as shelves:
        [event] = shelves.audit.of("tallies")
    assert event.became is not None
    assert event.became["numbers"] == [uncounted.number] and event.became["sums"] == ["company/2026Q4/won: -3"]
    recount_all(Occasion(NOW, store, HANDBOOK))
    with store.look() as shelves:
        assert len(shelves.audit.of("tallies")) == 1


def test_many_at_once_lose_nothing(store: Store) -> None:
    people(store)
    with store.change() as shelves:
        bids = [shelves.bids.add(won(members=(Member(person="BOB"), Member(person="LIN")))) for _ in range(24)]

    def work(mine: list[Bid]) -> None:
        for bid in mine:
            with store.change() as shelves:
                count_bid(shelves, bid, HANDBOOK)

    threads = [threading.Thread(target=work, args=(bids[place::4],)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tallied(store)[Measure.WON] == 24
    assert recount(store, HANDBOOK) == (24, (), ())


class Desk(RuleBasedStateMachine):
    """Bids are entered, brought on, taken back and corrected; after each step the tallies are what a recount comes to."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(f"sqlite:///{shutil.copy(self.template, self.folder.name)}", Clock())
        people(self.store)
        self.now, self.requests = NOW, 0
        self.bids: list[Bid] = []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def keep(self, step: Step) -> None:
        self.requests += 1
        self.now += timedelta(days=17, hours=5)
        with self.store.change() as shelves:
            keep_bid(shelves, step, HANDBOOK, request=f"r{self.requests}")
        self.bids = [step.bid if bid.id == step.bid.id else bid for bid in self.bids]

    def one_of(self, data: st.DataObject, states: frozenset[State]) -> Bid | None:
        found = [bid for bid in self.bids if bid.state in states]
        return data.draw(st.sampled_from(found)) if found else None

    @rule(
        owner=st.sampled_from(["ANN", "LIN"]),
        amount=st.sampled_from([None, Decimal("1200.07"), Decimal(5)]),
        currency=st.sampled_from(["CNY", "CHF"]),
    )
    def enter(self, owner: str, amount: Decimal | None, currency: str) -> None:
        bid = Bid(customer="A", customer_key="a", owner=owner, amount=amount, currency=currency, registered_at=self.now)
        with self.store.change() as shelves:
            bid = shelves.bids.add(bid.amended(deadline=self.now + timedelta(days=1)))
        self.bids.append(bid)
        self.keep(policy.registered(bid, self.now))

    @precondition(lambda self: self.bids)
    @rule(data=st.data(), members=st.sets(st.sampled_from(["ANN", "BOB", "LIN"])), percent=st.sampled_from(["33.33", "66.67", "100"]))
    def staff(self, data: st.DataObject, members: set[str], percent: str) -> None:
        bid = data.draw(st.sampled_from(self.bids))
        facts = {"members": tuple(Member(person=one) for one in sorted(members))}
        shares = tuple(Share(person=one, percent=Decimal(percent)) for one in sorted(members))
        reviews = (Review(reviewer="MAY", scores=dict.fromkeys(["accuracy"], len(members) + 1), at=self.now),)
        self.keep(policy.change(bid, "MAY", self.now, **facts, shares=shares, reviews=reviews))

    @precondition(lambda self: self.bids)
    @rule(data=st.data(), verdict=st.sampled_from([State.GO_DECIDED, State.NO_GO, State.CONDITIONAL]))
    def decide(self, data: st.DataObject, verdict: State) -> None:
        bid = self.one_of(data, UNDECIDED)
        if bid:
            self.keep(policy.change(bid, "MAY", self.now, state=verdict, decision=Decision(verdict=verdict, by="MAY", at=self.now)))

    @precondition(lambda self: self.bids)
    @rule(data=st.data())
    def submit(self, data: st.DataObject) -> None:
        bid = self.one_of(data, UNSUBMITTED)
        if bid:
            self.keep(policy.advance(bid, Action.SUBMIT, "ANN", self.now, submitted_at=self.now))

    @precondition(lambda self: self.bids)
    @rule(data=st.data(), how=st.sampled_from(["win", "lose", "disqualify", "cancel"]))
    def settle(self, data: st.DataObject, how: str) -> None:
        bid = self.one_of(data, PENDING)
        if bid and how == "win":
            self.keep(policy.win(bid, Money(amount=Decimal("10.01"), currency="USD"), "ANN", self.now))
        elif bid and how == "lose":
            self.keep(policy.lose(bid, "price", "", "ANN", self.now))
        elif bid:
            self.keep((policy.disqualify if how == "disqualify" else policy.cancel)(bid, "why", "ANN", self.now))

    @precondition(lambda self: self.bids)
    @rule(data=st.data(), missed=st.booleans())
    def give_up(self, data: st.DataObject, missed: bool) -> None:
        bid = self.one_of(data, UNSUBMITTED)
        if bid:
            late = self.now + timedelta(days=9)
            self.keep(policy.miss(bid, late) if missed else policy.withdraw(bid, "why", "ANN", self.now))

    @precondition(lambda self: self.bids)
    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        bid = self.one_of(data, CORRECTABLE)
        if bid:
            with self.store.look() as shelves:
                history = shelves.audit.of(bid.subject)
            self.keep(policy.correct(bid, "why", "MAY", self.now, history))

    @precondition(lambda self: self.bids)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        bid = data.draw(st.sampled_from(self.bids))
        with self.store.look() as shelves:
            history = shelves.audit.of(bid.subject)
        if history[-1].action != Action.UNDO:
            self.keep(policy.undo(bid, history, None, history[-1].actor, history[-1].at, 10))

    @invariant()
    def the_tallies_are_what_a_recount_comes_to(self) -> None:
        assert recount(self.store, HANDBOOK) == (len(self.bids), (), ())


def test_after_any_sequence_of_steps_the_tallies_are_what_a_recount_comes_to(migrated_file: Path) -> None:
    class Here(Desk):
        template = migrated_file

    quick = settings(max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Here, settings=quick)  # type: ignore[no-untyped-call]
