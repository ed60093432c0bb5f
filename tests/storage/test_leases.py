"""One holder at a time."""

from concurrent.futures import ThreadPoolExecutor

from storage import Store


def take(store: Store, holder: str, seconds: float = 60) -> bool:
    with store.change() as shelves:
        return shelves.leases.take("reminders", holder, seconds)


def test_a_lease_has_one_holder_who_may_renew_it(store: Store) -> None:
    assert take(store, "one") and take(store, "one") and not take(store, "two")


def test_a_lease_that_ran_out_is_free(store: Store) -> None:
    assert take(store, "one", seconds=-1) and take(store, "two")


def test_a_lease_given_back_is_free_but_only_its_holder_can_give_it(store: Store) -> None:
    take(store, "one")
    with store.change() as shelves:
        shelves.leases.give_back("reminders", "two")
    assert not take(store, "two")
    with store.change() as shelves:
        shelves.leases.give_back("reminders", "one")
    assert take(store, "two")


def test_of_twenty_at_once_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(lambda number: take(store, str(number)), range(20))) == 1
