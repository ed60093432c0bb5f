"""Transactions: all or nothing, one writer's work never lost to another's."""

import json
from collections.abc import Set
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from bot.clock import MovableClock
from bot.policy.bids import Bid
from bot.views.blocks import Message
from storage import Store
from storage.store import as_json, from_json


def a_bid(clock: MovableClock) -> Bid:
    return Bid(customer="ACME", customer_key="acme", owner="U1", currency="CNY", amount=Decimal(0), registered_at=clock.now())


def test_a_change_that_fails_leaves_nothing(store: Store, clock: MovableClock) -> None:
    def fail_half_way() -> None:
        with store.change() as shelves:
            shelves.bids.add(a_bid(clock))
            shelves.outbox.say("k", "C1", Message("hello"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with store.look() as shelves:
        assert shelves.bids.count() == 0 and shelves.outbox.find("k") is None


def test_a_look_sees_nothing_of_an_unfinished_change(store: Store, clock: MovableClock) -> None:
    with store.change() as shelves:
        shelves.bids.add(a_bid(clock))
        with store.look() as others:
            assert others.bids.count() == 0
    with store.look() as shelves:
        assert shelves.bids.count() == 1


def test_a_change_inside_a_change_is_a_mistake(store: Store) -> None:
    with store.change(), pytest.raises(RuntimeError, match="inside"), store.change():
        pytest.fail("began")
    with store.change():
        pass


def test_what_many_threads_add_up_is_not_lost(store: Store, clock: MovableClock) -> None:
    with store.change() as shelves:
        bid = shelves.bids.add(a_bid(clock))

    def add_one(_: int) -> None:
        with store.change() as shelves:
            held = shelves.bids.get(bid.id, lock=True)
            assert held is not None and held.amount is not None
            shelves.bids.save(held.amended(amount=held.amount + 1))

    with ThreadPoolExecutor(40) as threads:
        list(threads.map(add_one, range(80)))
    with store.look() as shelves:
        assert shelves.bids.get(bid.id) == bid.amended(amount=Decimal(80))


def test_two_stores_share_a_database(store: Store, database: str, clock: MovableClock) -> None:
    other = Store(database, clock)

    def add(one: Store) -> None:
        with one.change() as shelves:
            shelves.bids.add(a_bid(clock))

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(add, [store, other] * 20))
    with other.look() as shelves:
        assert shelves.bids.count() == 40
    other.close()


def test_the_sender_is_nudged_when_there_is_something_to_say(store: Store) -> None:
    nudges: list[Set[str]] = []
    store.after_saying = nudges.append
    with store.change() as shelves:
        shelves.outbox.say("k", "C1", Message("hello"))
        assert nudges == []
    assert nudges == [{"C1"}]
    with store.change() as shelves:
        shelves.outbox.say("k", "C1", Message("hello"))
    assert nudges == [{"C1"}]
    with store.change() as shelves:
        shelves.outbox.amend("k", Message("hello again"))
    assert nudges == [{"C1"}, {"C1"}]


@pytest.mark.parametrize("value", [[], [[]], {}, "", None, [{"person": "U1", "of": []}], {"text": "中标 \N{PARTY POPPER}"}])
def test_what_is_written_as_json_is_written_as_ever_and_read_again(value: object) -> None:
    assert as_json(value) == json.dumps(value) and from_json(as_json(value)) == value
