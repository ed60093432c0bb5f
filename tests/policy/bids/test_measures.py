"""What a bid counts for, and the figures made of it (§5.1.1, §5.1.2)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import load_handbook
from bot.policy.bids import Aspect, Bid, Decision, Member, Review, Share, State
from bot.policy.bids.figures import Figure, reckon
from bot.policy.bids.measures import STAGES, Measure, contributions
from bot.policy.calendar import Calendar
from bot.policy.tallies import Scope, TallyKey

HANDBOOK = load_handbook(None)
CALENDAR = Calendar(HANDBOOK.company)
RULES = HANDBOOK.bids.win_rate
TEAMS = {"ANN": "North", "BOB": "North", "LIN": "South"}
JULY, OCTOBER = datetime(2026, 7, 6, 2, 0, tzinfo=UTC), datetime(2026, 10, 12, 2, 0, tzinfo=UTC)


def a_bid(**changes: Any) -> Bid:
    given = {"customer": "ACME", "customer_key": "acme", "owner": "ANN", "currency": "CNY", "amount": Decimal(1000), "registered_at": JULY}
    return Bid(**{**given, **changes})


def won(**changes: Any) -> Bid:
    return a_bid(**{"state": State.WON, "submitted_at": JULY, "decided_at": OCTOBER, "awarded": Decimal(900), **changes})


def lost(**changes: Any) -> Bid:
    return a_bid(**{"state": State.LOST, "submitted_at": JULY, "decided_at": OCTOBER, **changes})


def tallied(bids: Iterable[Bid], scope: Scope = Scope.COMPANY, who: str = "", period: str = "") -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for bid in bids:
        for key, amount in contributions(bid, CALENDAR, TEAMS).items():
            if (key.scope, key.who) == (scope, who) and period in ("", key.period):
                sums[key.measure] = sums.get(key.measure, Decimal(0)) + amount
    return sums


def test_a_win_counts_in_the_quarter_of_its_outcome_and_among_those_submitted_in_theirs():
    counted = contributions(won(), CALENDAR, TEAMS)
    assert counted[TallyKey(Scope.PERSON, "ANN", "2026Q3", Measure.SUBMITTED)] == 1
    assert counted[TallyKey(Scope.PERSON, "ANN", "2026Q3", Measure.SUBMITTED_WON)] == 1
    assert counted[TallyKey(Scope.PERSON, "ANN", "2026Q4", Measure.WON)] == 1
    assert counted[TallyKey(Scope.PERSON, "ANN", "2026Q4", Measure.WON_VALUE)] == 900
    assert TallyKey(Scope.PERSON, "ANN", "2026Q4", Measure.SUBMITTED) not in counted


def test_everybody_who_takes_part_counts_the_bid_once_and_so_does_each_team():
    bid = won(members=(Member(person="BOB"), Member(person="LIN"), Member(person="ANN")))
    for scope, who in [(Scope.PERSON, "ANN"), (Scope.PERSON, "BOB"), (Scope.TEAM, "North"), (Scope.TEAM, "South"), (Scope.COMPANY, "")]:
        assert tallied([bid], scope, who)[Measure.WON] == 1


def test_sales_go_by_share():
    shares = (Share(person="ANN", percent=Decimal("66.67")), Share(person="LIN", percent=Decimal("33.33")))
    bid = won(members=(Member(person="LIN"),), shares=shares)
    assert tallied([bid], Scope.PERSON, "ANN")[Measure.SALES] == Decimal("600.03")
    assert tallied([bid], Scope.TEAM, "South")[Measure.SALES] == Decimal("299.97")
    assert tallied([bid])[Measure.SALES] == 900


def test_without_shares_sales_go_in_equal_parts_and_nothing_is_lost_in_rounding():
    bid = won(awarded=Decimal(100), members=(Member(person="BOB"), Member(person="LIN")))
    parts = [tallied([bid], Scope.PERSON, person)[Measure.SALES] for person in ("ANN", "BOB", "LIN")]
    assert parts == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert tallied([bid], Scope.TEAM, "North")[Measure.SALES] == Decimal("66.67")


@given(
    awarded=st.decimals(min_value=0, max_value=10**12, places=2),
    percents=st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=1, max_size=5),
    currency=st.sampled_from(["CNY", "USD", "TWD"]),
)
def test_the_parts_of_a_sale_are_the_whole_to_the_cent(awarded, percents, currency):
    shares = tuple(Share(person=f"P{n}", percent=percent) for n, percent in enumerate(percents))
    counted = contributions(won(awarded=awarded, awarded_currency=currency, shares=shares), CALENDAR, {})
    parts = [amount for key, amount in counted.items() if key.scope is Scope.PERSON and key.measure == Measure.SALES]
    whole = [amount for key, amount in counted.items() if key.scope is Scope.COMPANY and key.measure == Measure.WON_VALUE]
    assert sum(parts) == sum(whole)
    assert all(amount == round(amount, 2) and amount > 0 for amount in counted.values())


def test_an_amount_in_another_currency_goes_by_the_handbooks_rate():
    assert tallied([won(awarded=Decimal(1000), awarded_currency="USD")])[Measure.WON_VALUE] == 7100


def test_what_has_no_rate_or_no_amount_is_left_out_of_values_and_counted_as_that():
    sums = tallied([won(awarded_currency="CHF"), lost(amount=None)], period="2026Q4")
    assert (sums[Measure.WON], sums[Measure.LOST], sums[Measure.UNPRICED]) == (1, 1, 2)
    assert Measure.WON_VALUE not in sums and Measure.SALES not in sums


@pytest.mark.parametrize(
    ("state", "measure"),
    [
        (State.LOST, Measure.LOST),
        (State.DISQUALIFIED, Measure.DISQUALIFIED),
        (State.MISSED_DEADLINE, Measure.MISSED),
        (State.TENDER_CANCELLED, Measure.CANCELLED),
        (State.WITHDRAWN, Measure.WITHDRAWN),
    ],
)
def test_every_outcome_has_its_counter(state, measure):
    assert tallied([a_bid(state=state, decided_at=OCTOBER)], period="2026Q4")[measure] == 1


def test_a_bid_that_waits_is_pending_in_the_quarter_of_its_submission():
    assert tallied([a_bid(state=State.DEFENDED, submitted_at=OCTOBER)], period="2026Q4")[Measure.PENDING] == 1


def test_a_bid_taken_back_counts_for_nothing():
    assert contributions(won(state=State.RETRACTED), CALENDAR, TEAMS) == {}


def test_decisions_count_on_their_day():
    decision = Decision(verdict=State.NO_GO, by="MAY", at=OCTOBER)
    assert tallied([a_bid(state=State.NO_GO, decision=decision)], period="2026Q4")[Measure.NO_GO] == 1
    assert tallied([a_bid(state=State.PREPARING, decision=decision.amended(verdict=State.GO_DECIDED))])[Measure.GO] == 1


def test_a_go_on_conditions_is_one_once_the_bid_is_handed_in():
    decision = Decision(verdict=State.CONDITIONAL, by="MAY", at=OCTOBER)
    assert Measure.GO not in tallied([a_bid(state=State.CONDITIONAL, decision=decision)])
    assert tallied([a_bid(state=State.SUBMITTED, submitted_at=OCTOBER, decision=decision)])[Measure.GO] == 1


def test_marks_of_reviewers_are_summed_and_counted():
    scores = {Aspect.ACCURACY: 5, Aspect.COMPLETENESS: 4, Aspect.COMPLIANCE: 3}
    sums = tallied([a_bid(reviews=(Review(reviewer="LIN", scores=scores, at=JULY),))])
    assert (sums[Measure.MARKS], sums[Measure.MARKS_SUM]) == (3, 12)


@given(st.sampled_from(State), st.booleans(), st.sampled_from([None, State.GO_DECIDED, State.CONDITIONAL, State.NO_GO]))
def test_a_stage_of_the_funnel_is_never_wider_than_the_one_before(state, submitted, verdict):
    decision = Decision(verdict=verdict, by="MAY", at=JULY) if verdict else None
    sums = tallied([a_bid(state=state, submitted_at=JULY if submitted else None, decision=decision)])
    widths = [sums.get(stage, Decimal(0)) for stage in STAGES]
    assert widths == sorted(widths, reverse=True)


def test_a_quarter_is_that_of_the_head_office():
    at = datetime(2026, 9, 30, 16, 30, tzinfo=UTC)  # half past midnight on 1 October in Shanghai
    assert tallied([won(decided_at=at)], period="2026Q4")[Measure.WON] == 1


def bids_of_a_quarter() -> list[Bid]:
    waiting = a_bid(state=State.AWAITING_RESULT, submitted_at=JULY)
    off = [a_bid(state=state, submitted_at=JULY, decided_at=JULY) for state in (State.TENDER_CANCELLED, State.WITHDRAWN)]
    return [won(decided_at=JULY), won(decided_at=JULY), lost(decided_at=JULY), waiting, waiting, *off]


def test_the_win_rate_stands_on_both_bases_beside_what_is_pending():
    figures = reckon(tallied(bids_of_a_quarter()), RULES)
    assert figures[Figure.OF_SUBMITTED][:3] == (2, 5, 5)
    assert figures[Figure.OF_DECIDED][:3] == (2, 3, 3)
    assert figures[Figure.VALUE_OF_DECIDED][:3] == (1800, 2800, 3)
    assert figures[Figure.PENDING][0] == 2


def test_once_every_result_is_in_both_bases_are_one():
    figures = reckon(tallied([won(decided_at=JULY), lost(decided_at=JULY), lost(decided_at=JULY)]), RULES)
    assert figures[Figure.OF_SUBMITTED] == figures[Figure.OF_DECIDED]
    assert figures[Figure.VALUE_OF_SUBMITTED] == figures[Figure.VALUE_OF_DECIDED]


def test_no_data_is_none_and_not_nought():
    figures = reckon({}, RULES)
    assert {figure for figure, reading in figures.items() if reading is not None} == {Figure.PENDING}


def test_too_few_bids_make_no_rate():
    few = reckon(tallied([won(decided_at=JULY), lost(decided_at=JULY)]), RULES)[Figure.OF_DECIDED]
    assert few is not None and not few.enough and few[:3] == (1, 2, 2)


def test_a_missed_deadline_is_a_bid_not_won_where_the_handbook_says_so():
    sums = tallied([won(decided_at=JULY), a_bid(state=State.MISSED_DEADLINE, decided_at=JULY)])
    assert reckon(sums, RULES)[Figure.OF_SUBMITTED][:2] == (1, 2)
    assert reckon(sums, RULES.model_copy(update={"missed_counts": False}))[Figure.OF_SUBMITTED][:2] == (1, 1)


def test_the_rate_of_a_quarter_is_never_above_one():
    late = [won(submitted_at=JULY - timedelta(days=90)) for _ in range(4)]  # submitted in the second quarter, won in the fourth
    sums = tallied([*late, lost(submitted_at=OCTOBER)], period="2026Q4")
    figures = reckon(sums, RULES)
    assert figures[Figure.OF_SUBMITTED][:2] == (0, 1)
    assert figures[Figure.OF_DECIDED][:2] == (4, 5)


def test_the_bid_rate_stands_beside_so_that_no_bids_cannot_hide():
    said = [State.GO_DECIDED, State.NO_GO, State.NO_GO]
    bids = [a_bid(state=state, decision=Decision(verdict=state, by="MAY", at=JULY)) for state in said]
    assert reckon(tallied(bids), RULES)[Figure.BID_RATE][:3] == (1, 3, 3)


def test_who_only_reviewed_the_document_does_not_count_the_bid():
    bid = won(members=(Member(person="BOB", role="reviewer"), Member(person="LIN", role="technical, reviewer")))
    assert {key.who for key in contributions(bid, CALENDAR, TEAMS) if key.scope is Scope.PERSON} == {"ANN", "LIN"}


def test_what_is_not_made_of_bids_is_reckoned_from_its_sums() -> None:
    sums = {"research_quality": Decimal(2), "research_quality_sum": Decimal(150), "solution_quality": Decimal(1)}
    answers = {"answers": Decimal(1), "answers_weight": Decimal("0.5"), "answers_sum": Decimal("2.5")}
    team = {"answers": Decimal(2), "answers_weight": Decimal("1.5"), "answers_sum": Decimal("4.5")}
    figures = reckon({**sums, "solution_quality_sum": Decimal(70), **answers}, RULES, team)
    assert figures[Figure.RESEARCH][:3] == (150, 2, 2) and figures[Figure.SOLUTION][:3] == (70, 1, 1)
    # 20 x (0.5 x 5 + 5 x 2) / (0.5 + 5): the team's other answer is a 2
    assert figures[Figure.SATISFACTION][:3] == (250, Decimal("5.5"), 1)
