"""§2.1.4 and §4.4.2: who reviews a bid document, who closes what was found, and when a bid is ready."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.bids import Action, Aspect, Bid, Finding, Member, Part, PartKind, Review, State, document_review
from bot.policy.bids.document_review import Found, Lack
from bot.policy.people import OnlyFor, Role
from bot.policy.refusal import Refusal

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CHECKLIST = ("signatures", "copies")
GOOD = dict.fromkeys(Aspect, 4)
OWNER = frozenset({Role.OWNER})
PARTS = tuple(Part(kind=kind, owner=owner) for kind, owner in zip(PartKind, ("U2", "U3", "U1"), strict=True))


def a_bid(**changes: object) -> Bid:
    facts = {"id": 42, "customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "registered_at": NOW}
    members = (Member(person="U2", role="commercial"), Member(person="U3", role="technical"), Member(person="U4", role="presenter"))
    return Bid.model_validate(facts | {"state": State.IN_REVIEW, "parts": PARTS, "members": members} | changes)


def reviewed(*found: Found, reviewer: str = "U4") -> Bid:
    return document_review.review(a_bid(), GOOD, found, "", reviewer, NOW).bid


def test_asking_for_a_review_begins_it_and_the_reviewer_joins_the_team() -> None:
    step = document_review.ask_review(a_bid(state=State.PREPARING), "U5", "U1", NOW)
    assert (step.event.action, step.bid.state) == (Action.REVIEW, State.IN_REVIEW)
    assert step.bid.members[-1] == Member(person="U5", role="reviewer")


def test_a_second_reviewer_is_asked_while_the_first_still_reads() -> None:
    step = document_review.ask_review(a_bid(), "U4", "U1", NOW)
    assert step.bid.state is State.IN_REVIEW
    assert step.bid.members[-1] == Member(person="U4", role="presenter, reviewer")


@pytest.mark.parametrize("author", ["U1", "U2", "U3"])
def test_nobody_reviews_their_own_work_and_the_refusal_names_who_may(author: str) -> None:
    for refused in (
        lambda: document_review.ask_review(a_bid(), author, "U1", NOW),
        lambda: document_review.review(a_bid(), GOOD, [], "", author, NOW),
    ):
        with pytest.raises(OnlyFor) as refusal:
            refused()
        assert refusal.value.may == ("U4",)


def test_where_everybody_wrote_the_refusal_sends_for_somebody_else() -> None:
    with pytest.raises(Refusal, match="Anybody else"):
        document_review.check_reviewer(a_bid(members=()), "U2")


@pytest.mark.parametrize("state", sorted(set(State) - {State.IN_REVIEW}))
def test_only_a_document_in_review_is_reviewed(state: State) -> None:
    with pytest.raises(Refusal):
        document_review.review(a_bid(state=state), GOOD, [], "", "U4", NOW)


def test_a_second_review_replaces_the_marks_and_adds_its_findings() -> None:
    first = reviewed(Found(Aspect.ACCURACY, "wrong voltage"))
    better = document_review.review(first, dict.fromkeys(Aspect, 5), [Found(Aspect.COMPLIANCE, "no seal")], "", "U4", NOW).bid
    assert document_review.document_quality(better) == (15, 3)
    assert [(finding.id, finding.text) for finding in better.findings] == [(1, "wrong voltage"), (2, "no seal")]


def test_quality_without_a_review_is_no_number() -> None:
    assert document_review.document_quality(a_bid()) == (0, 0)


@pytest.mark.parametrize(("part", "actor", "may"), [
    (PartKind.TECHNICAL, "U3", True), (PartKind.TECHNICAL, "U1", True), (PartKind.TECHNICAL, "U2", False),
    (PartKind.TECHNICAL, "U4", False),
    (None, "U2", True), (None, "U4", False), (None, "U9", False),
])  # fmt: skip
def test_a_finding_is_closed_by_those_whose_work_it_is_about(part: PartKind | None, actor: str, may: bool) -> None:
    bid = reviewed(Found(Aspect.ACCURACY, "wrong voltage", part))
    if may:
        closed = document_review.close_finding(bid, 1, actor, NOW).bid
        assert closed.findings[0].closed_by == actor and not document_review.open_findings(closed)
        with pytest.raises(Refusal, match="closed already"):
            document_review.close_finding(closed, 1, actor, NOW)
    else:
        with pytest.raises(OnlyFor) as refused:
            document_review.close_finding(bid, 1, actor, NOW)
        assert actor not in refused.value.may and "U1" in refused.value.may


def test_everything_that_is_missing_is_named_with_who_can_do_it() -> None:
    bid = a_bid(
        ticks=("copies",), findings=(Finding(id=1, reviewer="U4", aspect=Aspect.ACCURACY, text="wrong voltage", part=PartKind.TECHNICAL),)
    )
    with pytest.raises(document_review.NotReady) as refused:
        document_review.approve(bid, CHECKLIST, "U1", NOW)
    assert [(one.lack, one.name, one.who) for one in refused.value.missing] == [
        (Lack.PART, "commercial", ("U2",)),
        (Lack.PART, "technical", ("U3",)),
        (Lack.PART, "price", ("U1",)),
        (Lack.TICK, "signatures", ("U1", "U2", "U3", "U4")),
        (Lack.REVIEW, "", ("U4",)),
        (Lack.FINDING, "wrong voltage", ("U3", "U1")),
    ]


def test_a_review_by_somebody_who_has_become_an_author_is_none() -> None:
    wrote_later = reviewed().amended(parts=tuple(part.amended(owner="U4", done_at=NOW) for part in PARTS), ticks=CHECKLIST)
    assert [one.lack for one in document_review.missing(wrote_later, CHECKLIST)] == [Lack.REVIEW]


def test_ticks_of_items_that_the_handbook_dropped_are_dropped() -> None:
    assert document_review.tick(a_bid(), ["copies", "gone"], CHECKLIST, "U1", NOW).bid.ticks == ("copies",)


COMPLETE = reviewed(Found(Aspect.ACCURACY, "wrong voltage")).amended(
    parts=tuple(part.amended(done_at=NOW) for part in PARTS),
    findings=(Finding(id=1, reviewer="U4", aspect=Aspect.ACCURACY, text="wrong voltage", closed_by="U3", closed_at=NOW),),
    ticks=CHECKLIST,
)
FLAWS = [
    {"parts": COMPLETE.parts[:2]},
    {"parts": (*COMPLETE.parts[:2], PARTS[2])},
    {"ticks": ("copies",)},
    {"ticks": ()},
    {"reviews": ()},
    {"reviews": (Review(reviewer="U2", scores=GOOD, at=NOW),)},
    {"findings": (*COMPLETE.findings, Finding(id=2, reviewer="U4", aspect=Aspect.COMPLIANCE, text="no seal"))},
    {"findings": ()},
]


@st.composite
def some_bids(draw: st.DrawFn) -> Bid:
    """Draw a bid that has all that is needed, or lacks some of it, in any state."""
    bid = COMPLETE.amended(state=draw(st.sampled_from([State.IN_REVIEW, *State])))
    for flaw in draw(st.lists(st.sampled_from(FLAWS), max_size=2)):
        bid = bid.amended(**flaw)
    return bid


@given(some_bids())
def test_a_bid_may_be_called_ready_exactly_when_that_is_offered(bid: Bid) -> None:
    offered = Action.APPROVE in document_review.steps_offered(bid, OWNER, CHECKLIST)
    try:
        accepted = document_review.approve(bid, CHECKLIST, "U1", NOW).bid.state is State.READY
    except Refusal:
        accepted = False
    assert offered == accepted


def test_a_bid_with_all_that_is_needed_is_ready() -> None:
    assert document_review.approve(COMPLETE, CHECKLIST, "U1", NOW).bid.state is State.READY
    assert Action.APPROVE in document_review.steps_offered(COMPLETE, OWNER, CHECKLIST)
    assert Action.APPROVE not in document_review.steps_offered(COMPLETE, frozenset({Role.STAFF}), CHECKLIST)


def test_a_document_that_is_sent_back_is_prepared_again() -> None:
    step = document_review.send_back(a_bid(), "no diagrams", "U1", NOW)
    assert (step.bid.state, step.event.reason) == (State.PREPARING, "no diagrams")
