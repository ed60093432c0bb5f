"""What is asked about bids, on both databases."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.policy.bids import OPEN, Bid, State
from storage import Store

NOW = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)


def a_bid(**changes: Any) -> Bid:
    return Bid(**{"customer": "ACME", "customer_key": "acme", "owner": "U1", "currency": "CNY", "registered_at": NOW, **changes})


def added(store: Store, *bids: Bid) -> list[Bid]:
    with store.change() as shelves:
        return [shelves.bids.add(bid) for bid in bids]


def test_a_bid_comes_back_as_it_was_with_a_number(store: Store) -> None:
    bid = a_bid(amount=Decimal("1200000.50"), deadline=NOW + timedelta(days=3), zone="Asia/Shanghai", ticks=("U2", "U3"), note="\"'\n谢谢")
    [kept] = added(store, bid)
    with store.look() as shelves:
        assert shelves.bids.get(kept.id) == kept == bid.amended(id=kept.id)


def test_numbers_are_never_given_twice(store: Store) -> None:
    numbers = [bid.id for bid in added(store, a_bid(), a_bid(), a_bid())]
    assert len(set(numbers)) == 3 and min(numbers) > 0


@pytest.mark.parametrize("amount", ["0.1", "0.0001", "100", "9999999999999999.9999", "-5"])
def test_amounts_are_exact(store: Store, amount: str) -> None:
    [kept] = added(store, a_bid(amount=Decimal(amount)))
    with store.look() as shelves:
        assert str(shelves.bids.get(kept.id).amount) == amount  # type: ignore[union-attr]


def test_an_amount_that_would_be_rounded_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="decimal places"):
        added(store, a_bid(amount=Decimal("0.00001")))


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"):
        added(store, a_bid(deadline=datetime(2026, 12, 1)))


def test_a_saved_bid_replaces_the_one_before(store: Store) -> None:
    [bid] = added(store, a_bid())
    with store.change() as shelves:
        held = shelves.bids.get(bid.id, lock=True)
        assert held is not None
        shelves.bids.save(held.amended(state=State.WON, awarded=Decimal(7)))
    with store.look() as shelves:
        assert shelves.bids.get(bid.id) == bid.amended(state=State.WON, awarded=Decimal(7))


def test_an_unknown_bid_is_none_and_cannot_be_saved(store: Store) -> None:
    with store.change() as shelves:
        assert shelves.bids.get(404) is None
        with pytest.raises(LookupError):
            shelves.bids.save(a_bid(id=404))


def test_bids_are_found_by_customer_newest_first(store: Store) -> None:
    first, second, _ = added(store, a_bid(), a_bid(), a_bid(customer="Globex", customer_key="globex"))
    with store.look() as shelves:
        assert shelves.bids.named("acme") == [second, first]
        assert shelves.bids.named("ac") == []


def test_customers_with_an_open_bid_come_first(store: Store) -> None:
    added(
        store,
        a_bid(customer="Open", customer_key="open"),
        a_bid(customer="Old", customer_key="old", state=State.WON),
        a_bid(customer="Older", customer_key="older", state=State.LOST),
        a_bid(customer="Open", customer_key="open", state=State.LOST),
    )
    with store.look() as shelves:
        assert shelves.bids.customers() == ["Open", "Older", "Old"]
        assert shelves.bids.customers(limit=1) == ["Open"]


def test_a_list_is_narrowed_and_paged_with_the_soonest_first(store: Store) -> None:
    late, soon, none, theirs, won = added(
        store,
        a_bid(deadline=NOW + timedelta(days=9)),
        a_bid(deadline=NOW + timedelta(days=1)),
        a_bid(),
        a_bid(owner="U2", deadline=NOW + timedelta(days=2)),
        a_bid(state=State.WON),
    )
    with store.look() as shelves:
        assert shelves.bids.listed(owners=["U1"], states=OPEN) == [soon, late, none]
        assert shelves.bids.listed(due_before=NOW + timedelta(days=5)) == [soon, theirs]
        assert shelves.bids.listed(limit=2, offset=1) == [theirs, late]
        assert shelves.bids.count(owners=["U1"], states=OPEN) == 3 and shelves.bids.count() == 5
        assert shelves.bids.listed(states=frozenset()) == [] and won.state is State.WON


def test_bids_due_between_two_moments(store: Store) -> None:
    _, at_end, _ = added(store, a_bid(deadline=NOW), a_bid(deadline=NOW + timedelta(hours=1)), a_bid(deadline=NOW, state=State.WON))
    with store.look() as shelves:
        assert shelves.bids.due_between(NOW, NOW + timedelta(hours=1), OPEN) == [at_end]
