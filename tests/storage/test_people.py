"""What is asked about people, on both databases."""

from datetime import date
from typing import Any

from bot.policy.people import Person, Role
from storage import Store
from tests.scheduler.statements import statements


def put(store: Store, *people: Person) -> None:
    with store.change() as shelves:
        for person in people:
            shelves.people.put(person)


def a_person(id: str, name: str = "Li Na", **more: Any) -> Person:
    return Person(id=id, name=name, **more)


def test_a_person_comes_back_as_they_were(store: Store) -> None:
    person = a_person("U1", "李娜", roles=frozenset({Role.HR, Role.STAFF}), started=date(2026, 2, 28), zone="Asia/Shanghai")
    put(store, person)
    with store.look() as shelves:
        assert shelves.people.get("U1") == person and shelves.people.get("U2") is None


def test_the_latest_description_counts(store: Store) -> None:
    put(store, a_person("U1", team="East"), a_person("U1", "Li N.", deleted=True))
    with store.look() as shelves:
        assert shelves.people.all() == [a_person("U1", "Li N.", deleted=True)]


def test_only_those_who_work_here_are_active(store: Store) -> None:
    gone, bot, guest, stranger = (
        a_person("U2", deleted=True),
        a_person("U3", bot=True),
        a_person("U4", guest=True),
        a_person("U5", stranger=True),
    )
    put(store, a_person("U1"), gone, bot, guest, stranger)
    with store.look() as shelves:
        assert shelves.people.active() == [a_person("U1")] and len(shelves.people.all()) == 5


def test_people_are_found_by_address_name_and_manager(store: Store) -> None:
    boss, report = a_person("U1", "Ａda Boss", email="Ada@Example.com"), a_person("U2", "Bo", manager="U1")
    put(store, boss, report, a_person("U3", "Gone", manager="U1", deleted=True))
    with store.look() as shelves:
        assert shelves.people.by_email("ada@example.COM") == boss and shelves.people.by_email("x@example.com") is None
        assert shelves.people.find("ada boss") == [boss] and shelves.people.find("gone") == []
        assert shelves.people.reports_of("U1") == [report]


def test_a_line_of_managers_leads_to_the_top(store: Store) -> None:
    put(store, a_person("U1"), a_person("U2", manager="U1"), a_person("U3", manager="U2"), a_person("U4", manager="U2"))
    with store.look() as shelves:
        assert shelves.people.managers_of("U3") == ["U2", "U1"] and shelves.people.managers_of("U1") == []
        assert shelves.people.team_of(a_person("U1")) == ["U1", "U2", "U3", "U4"]
        assert shelves.people.team_of(a_person("U3", manager="U2")) == ["U3", "U4"]


def test_a_circle_of_managers_ends(store: Store) -> None:
    put(store, a_person("U1", manager="U2"), a_person("U2", manager="U1"))
    with store.look() as shelves:
        assert shelves.people.managers_of("U1") == ["U2", "U1"]
        assert shelves.people.team_of(a_person("U1", manager="U2")) == ["U1", "U2"]


def test_within_one_transaction_nobody_is_asked_about_twice_and_whoever_was_put_is_found_as_they_are_now(store: Store) -> None:
    put(store, a_person("U1"), a_person("U2", manager="U1"))
    with statements(store) as asked, store.change() as shelves:
        begun = asked.count
        assert shelves.people.managers_of("U2") == ["U1"] and shelves.people.below("U1") == ["U1", "U2"]
        assert shelves.people.get("U1") == a_person("U1") and shelves.people.get("U2") == a_person("U2", manager="U1")
        assert shelves.people.managers_of("U2") == ["U1"] and shelves.people.below("U1") == ["U1", "U2"]
        assert asked.count - begun == 2
        shelves.people.put(a_person("U2", team="East"))
        assert shelves.people.get("U2") == a_person("U2", team="East")
        assert shelves.people.managers_of("U2") == [] and shelves.people.below("U1") == ["U1"]
