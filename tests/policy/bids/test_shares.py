"""§5.1.1: shares of the credit sum to 100, are agreed by everybody, and are fixed by the outcome."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy import bids
from bot.policy.bids import Bid, Member, Share, State
from bot.policy.refusal import Refusal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEOPLE = st.lists(st.from_regex(r"U[0-9]{1,3}", fullmatch=True), max_size=40)


def a_bid(*members: str, **changes: object) -> Bid:
    facts = {"id": 42, "customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "registered_at": NOW}
    team = tuple(Member(person=member) for member in members)
    return Bid.model_validate(facts | {"state": State.GO_DECIDED, "members": team} | changes)


def percents(bid: Bid) -> dict[str, Decimal]:
    return {share.person: share.percent for share in bid.shares}


@given(PEOPLE)
def test_drafted_shares_sum_to_100_and_differ_by_rounding_only(members: list[str]) -> None:
    shares = bids.draft_shares(a_bid(*members))
    assert sum(share.percent for share in shares) == 100
    assert {share.person for share in shares} == {"U1", *members}
    assert max(share.percent for share in shares) - min(share.percent for share in shares) < Decimal("0.01") * len(shares)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=12))
def test_proposed_shares_always_sum_to_100_or_are_refused(hundredths: list[int]) -> None:
    told = {f"U{place}": Decimal(part) / 100 for place, part in enumerate(hundredths)}
    fits = abs(sum(hundredths) - 10_000) <= 1
    try:
        bid = bids.propose_shares(a_bid(), told, "U9", NOW).bid
    except Refusal:
        assert not fits
    else:
        assert fits and sum(percents(bid).values()) == 100


def test_one_person_alone_agrees() -> None:
    assert bids.draft_shares(a_bid()) == (Share(person="U1", percent=Decimal(100), agreed=True),)


def test_a_change_asks_everybody_anew_but_the_one_who_proposes_it() -> None:
    first = bids.propose_shares(a_bid("U2"), {"U1": Decimal(60), "U2": Decimal(40)}, "U1", NOW).bid
    agreed = bids.agree_shares(first, "U2", NOW).bid
    assert all(share.agreed for share in agreed.shares)
    changed = bids.propose_shares(agreed, {"U1": Decimal(50), "U2": Decimal(50)}, "U2", NOW).bid
    assert {share.person: share.agreed for share in changed.shares} == {"U1": False, "U2": True}


def test_a_hundredth_lost_in_rounding_is_put_right() -> None:
    third = Decimal("33.33")
    bid = bids.propose_shares(a_bid(), {"U1": third, "U2": third, "U3": third}, "U1", NOW).bid
    assert sorted(percents(bid).values()) == [third, third, Decimal("33.34")]


def test_somebody_with_nothing_has_no_share() -> None:
    assert percents(bids.propose_shares(a_bid(), {"U1": Decimal(0), "U2": Decimal(100)}, "U1", NOW).bid) == {"U2": 100}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, "sum to 0"),
        ({"U1": "60", "U2": "30"}, "sum to 90"),
        ({"U1": "-10", "U2": "110"}, "0 to 100"),
        ({"U1": "33.333", "U2": "66.667"}, "two decimals"),
    ],
)
def test_shares_that_cannot_be(told: dict[str, str], why: str) -> None:
    with pytest.raises(Refusal) as refused:
        bids.propose_shares(a_bid(), {person: Decimal(part) for person, part in told.items()}, "U1", NOW)
    assert why in refused.value.reason.format(**refused.value.values)


@pytest.mark.parametrize(("state", "why"), [(State.ASSESSING, "once it is decided"), (State.WON, "fixed"), (State.NO_GO, "fixed")])
def test_shares_have_their_time(state: State, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        bids.propose_shares(a_bid(state=state), {"U2": Decimal(100)}, "U1", NOW)
    with pytest.raises(Refusal, match=why):
        bids.agree_shares(a_bid(state=state), "U1", NOW)


def test_only_who_has_a_share_agrees_and_once() -> None:
    bid = a_bid(shares=bids.draft_shares(a_bid("U2")))
    with pytest.raises(Refusal, match="no share"):
        bids.agree_shares(bid, "U3", NOW)
    with pytest.raises(Refusal, match="already"):
        bids.agree_shares(bids.agree_shares(bid, "U2", NOW).bid, "U2", NOW)


def test_who_joins_later_is_shown_to_have_no_share() -> None:
    assert bids.without_share(a_bid("U2", shares=bids.draft_shares(a_bid()))) == ("U2",)
    assert bids.without_share(a_bid("U2")) == ()
