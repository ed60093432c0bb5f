"""What a list of bids is narrowed by, and who may know of which, on both databases."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.policy.bids import Bid, Debrief, Decision, Member, State
from storage import Store
from storage.bids import Eyes

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOBODY = Eyes("UOTHER", ["UOTHER"])


def a_bid(**changes: Any) -> Bid:
    return Bid(**{"customer": "ACME", "customer_key": "acme", "owner": "UANN", "currency": "CNY", "registered_at": NOW, **changes})


def added(store: Store, *bids: Bid) -> list[Bid]:
    with store.change() as shelves:
        return [shelves.bids.add(bid) for bid in bids]


@pytest.mark.parametrize(
    ("eyes", "seen"),
    [
        (NOBODY, False),
        (Eyes("UANN", ["UANN"]), True),
        (Eyes("UBOB", ["UBOB"]), True),
        (Eyes("UMAY", ["UMAY", "UANN"]), True),
        (Eyes("UBO", ["UBO"]), False),
        (Eyes("%", ["%"]), False),
        (None, True),
    ],
)
def test_a_confidential_bid_is_found_by_those_concerned_alone(store: Store, eyes: Eyes | None, seen: bool) -> None:
    asked: dict[str, Any] = {"eyes": eyes} if eyes else {}
    added(
        store,
        a_bid(confidential=True, members=(Member(person="UBOB", role='"person": "UOTHER"'),)),
        a_bid(customer_key="beta", customer="Beta"),
    )
    with store.look() as shelves:
        assert shelves.bids.count(**asked) == len(shelves.bids.listed(**asked)) == 1 + seen
        assert [bid.customer for bid in shelves.bids.named("acme", eyes)] == ["ACME"] * seen
        assert sorted(shelves.bids.customers(eyes=eyes)) == ["ACME", "Beta"][1 - seen :]


def test_a_list_is_narrowed_to_those_who_take_part(store: Store) -> None:
    own, teamed, _ = added(store, a_bid(), a_bid(owner="UBOB", members=(Member(person="UANN"),)), a_bid(owner="UBOB"))
    with store.look() as shelves:
        assert {bid.id for bid in shelves.bids.listed(partaker="UANN")} == {own.id, teamed.id}


def test_a_list_is_narrowed_to_decisions_against_the_scorecard(store: Store) -> None:
    decision = Decision(verdict=State.GO_DECIDED, by="UMAY", at=NOW, score=Decimal(40), band="no_go")
    against, _, _ = added(store, a_bid(decision=decision.amended(overrides=True)), a_bid(decision=decision), a_bid())
    with store.look() as shelves:
        assert shelves.bids.listed(overridden=True) == [against]


@pytest.mark.parametrize(("typed", "found"), [("acme", 1), ("ＡＣ", 1), ("Portal", 1), ("portal 100%", 0), ("", 2)])
def test_a_list_is_narrowed_by_customer_or_title(store: Store, typed: str, found: int) -> None:
    added(store, a_bid(title="New portal"), a_bid(customer="Beta", customer_key="beta"))
    with store.look() as shelves:
        assert shelves.bids.count(customer=typed) == found


@pytest.mark.parametrize(
    ("words", "found"), [(["bundle"], 1), (["拜访", "BUNDLE"], 1), (["umber"], 1), (["nothing"], 0), (["_undle"], 0), ([], 1)]
)
def test_lessons_are_found_in_any_script(store: Store, words: list[str], found: int) -> None:
    debrief = Debrief(by="UANN", at=NOW, lessons="Bundle the support", to_improve="及早拜访客户")
    added(store, a_bid(state=State.LOST, winner="Umber Ltd", debrief=debrief), a_bid(note="bundle"))
    with store.look() as shelves:
        assert shelves.bids.count(lessons=words) == found


def test_a_list_is_narrowed_by_when_something_happened_or_the_outcome_came(store: Store) -> None:
    early, late = NOW - timedelta(days=200), NOW + timedelta(days=1)
    [bid, _] = added(store, a_bid(registered_at=early, decided_at=NOW, state=State.WON), a_bid(registered_at=early))
    with store.look() as shelves:
        assert shelves.bids.listed(during=(NOW, late)) == shelves.bids.listed(decided=(NOW, late)) == [bid]
        assert shelves.bids.count(during=(early, NOW)) == 2 and shelves.bids.count(decided=(early, NOW)) == 0


def test_those_decided_last_come_first(store: Store) -> None:
    first, second, none = added(store, a_bid(decided_at=NOW), a_bid(decided_at=NOW + timedelta(days=1)), a_bid())
    with store.look() as shelves:
        assert shelves.bids.latest() == [second, first, none]
        assert [bid.id for bid in shelves.bids.after(first.id, 5)] == [second.id, none.id]
