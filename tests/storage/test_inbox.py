"""What Slack delivers twice is done once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from bot.clock import MovableClock
from bot.policy.bids import Bid
from storage import AlreadyHandled, Delivery, Store

DELIVERY = Delivery("evt:Ev1", "event")


def test_a_delivery_is_accepted_once(store: Store) -> None:
    with store.change(DELIVERY) as shelves:
        shelves.inbox.answer(DELIVERY, {"text": "done"})
    with pytest.raises(AlreadyHandled) as caught, store.change(DELIVERY):
        pytest.fail("accepted twice")
    assert caught.value.answer == {"text": "done"}


def test_a_delivery_without_an_answer_has_none(store: Store) -> None:
    with store.change(DELIVERY):
        pass
    with pytest.raises(AlreadyHandled) as caught, store.change(DELIVERY):
        pytest.fail("accepted twice")
    assert caught.value.answer is None


def test_a_delivery_whose_handling_failed_may_come_again(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.change(DELIVERY):
        raise ZeroDivisionError
    with store.change(DELIVERY) as shelves:
        assert shelves.inbox.answer_to(DELIVERY) is None


def test_of_fifty_at_once_one_is_accepted(store: Store, clock: MovableClock) -> None:
    together = Barrier(50)

    def handle(number: int) -> dict[str, str] | None:
        together.wait()
        try:
            with store.change(DELIVERY) as shelves:
                shelves.bids.add(Bid(customer=str(number), customer_key="", owner="U1", currency="CNY", registered_at=clock.now()))
                shelves.inbox.answer(DELIVERY, {"text": "done"})
        except AlreadyHandled as done:
            return done.answer
        return None

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(handle, range(50)))
    assert answers.count(None) == 1 and answers.count({"text": "done"}) == 49
    with store.look() as shelves:
        assert shelves.bids.count() == 1


def test_old_deliveries_are_forgotten(store: Store, clock: MovableClock) -> None:
    with store.change(DELIVERY):
        pass
    with store.change() as shelves:
        assert shelves.inbox.forget(clock.now() - timedelta(days=7)) == 0
        assert shelves.inbox.forget(clock.now() + timedelta(seconds=1)) == 1
    with store.change(DELIVERY):
        pass


def test_a_delivery_that_decided_nothing_is_accepted_again_until_it_decides(store: Store) -> None:
    for digest in ("a", "b"):
        page = Delivery("form:V1:1", "form", digest)
        with store.change(page) as shelves:
            shelves.inbox.answer(page, {}, undecided=True)
    last = Delivery("form:V1:1", "form", "c")
    with store.change(last) as shelves:
        shelves.inbox.answer(last, {"text": "done"})
    for digest, differs in (("c", False), ("a", True)):
        with pytest.raises(AlreadyHandled) as caught, store.change(Delivery("form:V1:1", "form", digest)):
            pytest.fail("accepted twice")
        assert (caught.value.answer, caught.value.differs) == ({"text": "done"}, differs)


def test_a_delivery_that_failed_when_it_came_again_may_come_once_more(store: Store) -> None:
    page = Delivery("form:V1:1", "form", "a")
    with store.change(page) as shelves:
        shelves.inbox.answer(page, {}, undecided=True)
    with pytest.raises(ZeroDivisionError), store.change(page):
        raise ZeroDivisionError
    with store.change(page) as shelves:
        shelves.inbox.answer(page, {})
