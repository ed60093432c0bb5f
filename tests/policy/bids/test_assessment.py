"""§4.4.1: what a scorecard comes to, who decides, and what a decision needs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import Handbook, load_handbook
from bot.policy import bids
from bot.policy.bids import Action, Bid, Condition, Rating, Scorecard, State, Step
from bot.policy.people import Person
from bot.policy.refusal import Refusal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HANDBOOK = load_handbook()
TERMS = HANDBOOK.bids.assessment
CRITERIA = [criterion.id for criterion in TERMS.criteria]
GATES = tuple(gate.id for gate in TERMS.gates)
MARKS = st.fixed_dictionaries({name: st.integers(1, 5) for name in CRITERIA})
CONDITIONS = (Condition(text="a partner signs", owner="U1", due=date(2026, 11, 30)),)
BANDS = [State.NO_GO, State.CONDITIONAL, State.GO_DECIDED]


def rating(
    mark: int = 3, rater: str = "U1", gates: tuple[str, ...] = GATES, comments: dict[str, str] | None = None, **marks: int
) -> Rating:
    return Rating(rater=rater, scores={**dict.fromkeys(CRITERIA, mark), **marks}, gates=gates, comments=comments or {}, at=NOW)


def card(*ratings: Rating) -> Scorecard:
    return bids.scorecard(ratings, TERMS)


def a_bid(*ratings: Rating, **changes: object) -> Bid:
    facts = {"id": 42, "customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "registered_at": NOW}
    state = State.ASSESSING if ratings else State.REGISTERED
    return Bid.model_validate(facts | {"amount": Decimal(1_200_000), "ratings": ratings, "state": state} | changes)


def decided(bid: Bid, verdict: State, **more: object) -> Step:
    return bids.decide(bid, verdict, card(*bid.ratings), "U9", NOW, **more)


def test_the_weights_sum_to_100() -> None:
    assert sum(criterion.weight for criterion in TERMS.criteria) == 100


@pytest.mark.parametrize(
    ("given_rating", "score", "band"),
    [
        (rating(3), 60, State.CONDITIONAL),
        (rating(5), 100, State.GO_DECIDED),
        (rating(1), 20, State.NO_GO),
        (rating(5, requirement_fit=1), 84, State.CONDITIONAL),
        (rating(5, team_capacity=1), 92, State.GO_DECIDED),
        (rating(5, gates=GATES[:1]), 100, State.NO_GO),
        (rating(4, timeline_feasibility=1, competitive_position=2, customer_relationship=4, strategic_value=3), 66, State.CONDITIONAL),
        (rating(4, timeline_feasibility=3, competitive_position=2, customer_relationship=4, strategic_value=3), 70, State.GO_DECIDED),
    ],
)
def test_score_and_advice(given_rating: Rating, score: int, band: State) -> None:
    assert (card(given_rating).score, card(given_rating).band) == (score, band)


def test_of_several_raters_the_middle_mark_counts_exactly() -> None:
    assert card(rating(3), rating(4, "U2")).score == 70
    assert card(rating(3), rating(3, "U2"), rating(5, "U3")).score == 60
    assert card(rating(3), rating(4, "U2", requirement_fit=3)).score == Decimal(68)


@given(MARKS)
def test_a_score_lies_within_0_and_100(marks: dict[str, int]) -> None:
    assert 20 <= card(rating(**marks)).score <= 100


@given(MARKS, st.sampled_from(CRITERIA))
def test_a_better_mark_never_lowers_score_or_advice(marks: dict[str, int], better: str) -> None:
    before, after = card(rating(**marks)), card(rating(**{**marks, better: min(5, marks[better] + 1)}))
    assert after.score >= before.score
    assert BANDS.index(after.band) >= BANDS.index(before.band)


@given(MARKS, MARKS)
def test_one_outlier_of_three_changes_nothing(agreed: dict[str, int], outlier: dict[str, int]) -> None:
    assert card(rating(**agreed), rating(rater="U2", **agreed), rating(rater="U3", **outlier)).score == card(rating(**agreed)).score


def test_marks_far_apart_need_one_comment() -> None:
    near, far = rating(3), rating(3, "U2", requirement_fit=5)
    assert card(near, rating(4, "U2")).unexplained == ()
    assert [line.criterion.id for line in card(near, far).unexplained] == ["requirement_fit"]
    assert card(near, rating(3, "U2", requirement_fit=5, comments={"requirement_fit": "I built it before"})).unexplained == ()
    with pytest.raises(Refusal, match="far apart"):
        decided(a_bid(near, far), State.GO_DECIDED)


def test_a_first_rating_begins_the_assessment_and_a_second_one_replaces_the_raters_own() -> None:
    first = bids.rate(a_bid(), rating(3), TERMS, NOW)
    assert (first.bid.state, first.event.action) == (State.ASSESSING, Action.ASSESS)
    again = bids.rate(first.bid, rating(4), TERMS, NOW)
    assert (again.event.action, len(again.bid.ratings), again.bid.ratings[0].scores["team_capacity"]) == (Action.CHANGE, 1, 4)


def test_every_criterion_needs_a_mark() -> None:
    unfinished = rating(3).amended(scores={"requirement_fit": 3})
    with pytest.raises(Refusal, match="each criterion") as refused:
        bids.rate(a_bid(), unfinished, TERMS, NOW)
    assert refused.value.field == "mark_budget_clarity"


def test_a_decided_bid_is_not_assessed_any_more() -> None:
    with pytest.raises(Refusal, match=r"is \{state\}"):
        bids.rate(a_bid(rating(), state=State.GO_DECIDED), rating(4), TERMS, NOW)


def test_a_decision_by_the_scorecard_needs_no_reason_and_fixes_the_shares() -> None:
    step = decided(a_bid(rating(4)), State.GO_DECIDED)
    decision = step.bid.decision
    assert step.bid.state is State.GO_DECIDED and decision is not None
    assert (decision.score, decision.band, decision.overrides, bids.overridden(step.bid)) == (80, "go_decided", False, False)
    assert [(share.person, share.percent) for share in step.bid.shares] == [("U1", 100)]


@pytest.mark.parametrize(("mark", "verdict"), [(3, State.GO_DECIDED), (3, State.NO_GO), (5, State.NO_GO), (1, State.GO_DECIDED)])
def test_a_decision_against_the_scorecard_needs_a_reason_and_is_kept_as_one(mark: int, verdict: State) -> None:
    bid = a_bid(rating(mark))
    with pytest.raises(bids.OverrideUnexplained):
        decided(bid, verdict)
    step = decided(bid, verdict, reason="a strategic customer")
    assert bids.overridden(step.bid) and step.event.reason == "a strategic customer"


def test_nothing_is_decided_before_somebody_has_assessed() -> None:
    with pytest.raises(bids.Unassessed):
        decided(a_bid(), State.NO_GO, reason="no")


def test_a_failed_gate_forbids_a_plain_go_whatever_the_reason() -> None:
    bid = a_bid(rating(5, gates=()))
    with pytest.raises(Refusal, match="gate"):
        decided(bid, State.GO_DECIDED, reason="I want it")
    assert decided(bid, State.CONDITIONAL, conditions=CONDITIONS, reason="a partner holds it").bid.state is State.CONDITIONAL


def test_a_go_after_the_deadline_is_refused() -> None:
    with pytest.raises(Refusal, match="deadline"):
        decided(a_bid(rating(5), deadline=NOW), State.GO_DECIDED)
    assert decided(a_bid(rating(1), deadline=NOW), State.NO_GO).bid.state is State.NO_GO


def test_a_go_on_conditions_needs_conditions_and_becomes_a_go_once_they_are_met() -> None:
    bid = a_bid(rating(3))
    with pytest.raises(bids.ConditionsMissing):
        decided(bid, State.CONDITIONAL)
    on_conditions = decided(bid, State.CONDITIONAL, conditions=CONDITIONS).bid
    with pytest.raises(Refusal, match="Still to be met"):
        decided(on_conditions, State.GO_DECIDED)
    with pytest.raises(Refusal, match="sees to the condition"):
        bids.meet(on_conditions, 0, "U5", NOW)
    met = bids.meet(on_conditions, 0, "U1", NOW).bid
    go = decided(met, State.GO_DECIDED).bid
    assert go.state is State.GO_DECIDED and not bids.overridden(go)


def test_a_bid_on_conditions_that_is_assessed_again_is_decided_again() -> None:
    on_conditions = decided(a_bid(rating(3)), State.CONDITIONAL, conditions=CONDITIONS).bid
    again = bids.rate(on_conditions, rating(4), TERMS, NOW).bid
    assert (again.state, again.decision, again.conditions) == (State.ASSESSING, None, ())


def test_a_no_go_is_taken_up_again_for_a_reason_before_the_deadline() -> None:
    bid = decided(a_bid(rating(1), deadline=NOW + timedelta(hours=1)), State.NO_GO).bid
    with pytest.raises(Refusal, match="Why"):
        bids.reopen(bid, "", "U9", NOW)
    assert bids.reopen(bid, "they lowered the bar", "U9", NOW).bid.state is State.ASSESSING
    with pytest.raises(Refusal, match="deadline"):
        bids.reopen(bid, "they lowered the bar", "U9", NOW + timedelta(hours=2))


MANAGER = Person(id="U2", name="May")
HEAD = Person(id="U3", name="Hal", post="department_manager")
TOP = Person(id="U4", name="Top")
ADMIN = Person(id="U5", name="Ada")


def limited(limit: int | None) -> Handbook:
    return HANDBOOK.model_copy(update={"bids": HANDBOOK.bids.model_copy(update={"approval_above": limit and Decimal(limit)})})


@pytest.mark.parametrize(
    ("line", "limit", "money", "expected"),
    [
        ([MANAGER, HEAD, TOP], None, (10**9, "CNY"), [MANAGER, HEAD, TOP]),
        ([MANAGER, HEAD, TOP], 1_000_000, (1_000_000, "CNY"), [MANAGER, HEAD, TOP]),
        ([MANAGER, HEAD, TOP], 1_000_000, (1_000_001, "CNY"), [HEAD]),
        ([MANAGER, HEAD, TOP], 1_000_000, (200_000, "USD"), [HEAD]),
        ([MANAGER, HEAD, TOP], 1_000_000, (1, "CHF"), [HEAD]),
        ([MANAGER, TOP], 1_000_000, (2_000_000, "CNY"), [TOP]),
        ([], None, (1, "CNY"), [ADMIN]),
        ([MANAGER.amended(deleted=True)], None, (1, "CNY"), [ADMIN]),
    ],
)
def test_who_decides(line: list[Person], limit: int | None, money: tuple[int, str], expected: list[Person]) -> None:
    bid = a_bid(amount=Decimal(money[0]), currency=money[1])
    assert bids.deciders(bid, line, [ADMIN], limited(limit)) == expected


def test_the_owner_never_decides() -> None:
    bid = a_bid(owner="U5")
    assert bids.deciders(bid, [], [ADMIN], HANDBOOK) == []
    with pytest.raises(Refusal, match="no manager"):
        bids.check_decider(bid, "U5", [], HANDBOOK)
    with pytest.raises(Refusal, match="You own") as refused:
        bids.check_decider(bid, "U5", [MANAGER, TOP], HANDBOOK)
    assert refused.value.values["people"] == "May / Top"
