"""§2.1.1, §4.1.1: the deal, what came of it, where the work is, and when it has been left alone for too long."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy import opportunities as policy
from bot.policy.bids import Bid, State
from bot.policy.bids.deal import followed, outcome_of
from bot.policy.calendar import Calendar
from bot.policy.money import Money
from bot.policy.opportunities import LIVE, MACHINE, TRANSITIONS, Action, Opportunity, Outcome, Phase
from bot.policy.people import Role
from bot.policy.record import Event
from bot.policy.refusal import Refusal
from bot.policy.shares import Share

HANDBOOK = load_handbook()
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, 10:00 in Shanghai
CAUSE = Event(at=NOW, actor="U1", subject="bid:1", action="win")


def a_deal(**changes: object) -> Opportunity:
    facts = {"id": 1, "customer": 1, "customer_name": "ACME", "customer_key": "acme", "currency": "CNY", "owner": "U1"}
    return Opportunity.model_validate(facts | {"opened_at": NOW, "touched_at": NOW} | changes)


def a_bid(state: State, **changes: object) -> Bid:
    facts = {"id": 1, "opportunity": 1, "customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "registered_at": NOW}
    return Bid.model_validate(facts | {"state": state} | changes)


@pytest.mark.parametrize(("state", "action"), sorted(set(product(Outcome, MACHINE.allowed)) - set(TRANSITIONS)))
def test_a_step_that_is_not_in_the_table_is_refused(state: Outcome, action: Action) -> None:
    with pytest.raises(Refusal):
        MACHINE.check(a_deal(state=state), action)


def test_a_settled_deal_is_opened_again_by_a_manager_alone() -> None:
    won = a_deal(state=Outcome.WON)
    assert MACHINE.steps_open(won, frozenset({Role.OWNER, Role.TEAM})) == []
    assert MACHINE.steps_open(won, frozenset({Role.MANAGER})) == [Action.REOPEN]


def test_a_direct_deal_is_won_with_its_amount_and_fixes_the_shares() -> None:
    step = policy.win(a_deal(members=("U2", "U1")), Money(amount=Decimal(5), currency="USD"), "U1", NOW)
    assert (step.record.state, step.record.awarded, step.record.currency) == (Outcome.WON, Decimal(5), "USD")
    assert {share.person: share.percent for share in step.record.shares} == {"U1": Decimal(50), "U2": Decimal(50)}
    with pytest.raises(Refusal):
        policy.share(step.record, {"U1": Decimal(100)}, "U1", NOW)
    with pytest.raises(Refusal):
        policy.agree(step.record, "U2", NOW)


def test_a_deal_is_not_won_for_nothing_nor_given_up_without_a_reason() -> None:
    with pytest.raises(Refusal):
        policy.win(a_deal(), Money(amount=Decimal(0), currency="CNY"), "U1", NOW)
    for end in (policy.lose, policy.abandon):
        with pytest.raises(Refusal):
            end(a_deal(), "", "U1", NOW)


def test_everybody_but_the_proposer_agrees_anew() -> None:
    shared = policy.share(a_deal(), {"U1": Decimal(60), "U2": Decimal(40)}, "U1", NOW).record
    assert [share.agreed for share in shared.shares] == [True, False]
    assert all(share.agreed for share in policy.agree(shared, "U2", NOW).record.shares)
    with pytest.raises(Refusal):
        policy.agree(shared, "U3", NOW)


@pytest.mark.parametrize(
    ("states", "last", "outcome"),
    [
        ([State.SUBMITTED], State.SUBMITTED, Outcome.OPEN),
        ([State.WON], State.WON, Outcome.WON),
        ([State.LOST], State.LOST, Outcome.LOST),
        ([State.DISQUALIFIED, State.SUBMITTED], State.DISQUALIFIED, Outcome.OPEN),
        ([State.MISSED_DEADLINE], State.MISSED_DEADLINE, Outcome.LOST),
        ([State.LOST, State.WON], State.LOST, Outcome.WON),
        ([State.NO_GO], State.NO_GO, Outcome.OPEN),
        ([State.WITHDRAWN], State.WITHDRAWN, Outcome.OPEN),
    ],
)
def test_the_outcome_of_an_open_deal_follows_its_bids(states: list[State], last: State, outcome: Outcome) -> None:
    assert outcome_of(a_deal(), [a_bid(state) for state in states], a_bid(last)) is outcome


@given(state=st.sampled_from(State), settled=st.sampled_from(sorted(set(Outcome) - {Outcome.RETRACTED})))
def test_following_twice_changes_nothing_more(state: State, settled: Outcome) -> None:
    bid = a_bid(state, awarded=Decimal(9), shares=(Share(person="U1", percent=Decimal(100)),), members=())
    first = followed(a_deal(state=settled), [bid], bid, CAUSE)
    after = first.record if first else a_deal(state=settled)
    assert followed(after, [bid], bid, CAUSE) is None
    assert (after.closed_at is None) == (after.state in LIVE)


def test_a_win_brings_amount_and_shares_and_its_correction_opens_the_deal_again() -> None:
    bid = a_bid(State.WON, awarded=Decimal(9), shares=(Share(person="U1", percent=Decimal(100)),), confidential=True)
    won = followed(a_deal(), [bid], bid, CAUSE)
    assert won and (won.record.awarded, won.record.shares, won.record.confidential) == (Decimal(9), bid.shares, True)
    again = a_bid(State.AWAITING_RESULT)
    reopened = followed(won.record, [again], again, CAUSE)
    assert reopened and (reopened.record.state, reopened.record.awarded) == (Outcome.OPEN, None)


@pytest.mark.parametrize(
    ("reached", "phase"),
    [((), Phase.NEED), ((Phase.BID, Phase.RESEARCH), Phase.BID), ((Phase.DEMO, Phase.SOLUTION), Phase.DEMO), ((Phase.AWARD,), Phase.AWARD)],
)
def test_the_phase_is_the_furthest_that_anything_has_reached(reached: tuple[Phase, ...], phase: Phase) -> None:
    assert policy.phase(reached) is phase


@given(days=st.integers(1, 60), ahead=st.integers(0, 400))
def test_a_deal_is_stale_after_so_many_working_days_on_a_working_day(days: int, ahead: int) -> None:
    calendar, now = Calendar(HANDBOOK.company), NOW + timedelta(days=ahead)
    assume(calendar.is_working_day(now.date()))
    before = policy.stale_before(calendar, now, days, "Asia/Shanghai")
    assert calendar.working_days_between(before.date(), now.date()) == days


def test_values_are_added_in_the_companys_currency() -> None:
    company = HANDBOOK.company.model_copy(update={"exchange_rates": {"USD": Decimal(7)}})
    deals = [a_deal(amount=Decimal(10)), a_deal(amount=Decimal(10), currency="USD"), a_deal(amount=Decimal(10), currency="JPY"), a_deal()]
    assert policy.value_of(deals, company) == Money(amount=Decimal(80), currency="CNY")
