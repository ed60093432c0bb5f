"""What is asked about solutions, on both databases."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.policy.research import Item, Need, Research
from bot.policy.research import State as Researched
from bot.policy.solutions import (
    LIVE,
    Asked,
    Change,
    Confirmation,
    Consultation,
    Link,
    Plan,
    Requirement,
    Score,
    Secrecy,
    Section,
    Sent,
    Solution,
    State,
    Value,
    Verdict,
    Wish,
)
from storage import Store
from storage.requirements import key_requirements
from storage.solutions import Wanted

NOW = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)
LINK = Link(url='https://docs.example/a?b="c"', secrecy=Secrecy.CONFIDENTIAL)
WHOLE: dict[str, Any] = {
    "title": "\"'\n谢谢",
    "members": ("U2",),
    "plan": Plan(goal="g", outline="o", by="U1", at=NOW),
    "sections": (Section(id="overview", owner="U3", done_by="U3", done_at=NOW, link=LINK, answers=(1, 2)),),
    "consultations": (Consultation(id=1, asker="U1", person="U5", text="?", at=NOW, due=NOW, verdict=Verdict.FEASIBLE, answered_at=NOW),),
    "value": Value(cost=Decimal("1200.50"), benefit=Decimal(600), currency="CNY", payback=25, by="U1", at=NOW),
    "asked": (Asked(expert="U4", by="U1", at=NOW, due=NOW),),
    "scores": (Score(expert="U4", sitting=1, feasibility=1, soundness=2, cost_benefit=3, innovation=4, at=NOW),),
    "changes": (Change(round=1, text="smaller", by="U1", at=NOW),),
    "sent": (Sent(to="Ms Li", by="U1", at=NOW),),
    "wishes": (Wish(text="cheaper", by="U1", at=NOW),),
    "confirmation": Confirmation(who="Ms Li", day=date(2026, 11, 23), link=LINK, by="U1", at=NOW),
    "gaps": ("500 users",),
    "approved_at": NOW,
    "chase_at": NOW,
}


def a_solution(**changes: Any) -> Solution:
    facts = {"opportunity": 1, "customer_name": "ACME", "customer_key": "acme", "owner": "U1", "opened_at": NOW}
    return Solution.model_validate(facts | changes)


def added(store: Store, *solutions: Solution) -> list[Solution]:
    with store.change() as shelves:
        return [shelves.solutions.add(solution) for solution in solutions]


def test_a_solution_comes_back_as_it_was_with_a_number(store: Store) -> None:
    [kept] = added(store, a_solution(**WHOLE))
    with store.look() as shelves:
        assert shelves.solutions.get(kept.id) == kept == a_solution(**WHOLE, id=kept.id)
    assert Solution.model_validate(kept.snapshot()) == kept


def test_those_of_a_customer_or_a_deal_come_latest_first_without_those_taken_back(store: Store) -> None:
    first, second, _gone, _other = added(
        store, a_solution(), a_solution(), a_solution(state=State.RETRACTED), a_solution(opportunity=2, customer_key="beta")
    )
    with store.look() as shelves:
        assert shelves.solutions.named("acme") == shelves.solutions.of_opportunity(1) == [second, first]


@pytest.mark.parametrize(
    ("person", "below", "seen"),
    [
        ("U1", {"U1"}, True),
        ("U3", {"U3"}, True),
        ("U4", {"U4"}, True),
        ("U7", {"U7", "U1"}, True),
        ("U6", {"U6"}, False),
        ("U5", {"U5"}, False),
    ],
)
def test_a_confidential_one_is_listed_to_those_concerned(store: Store, person: str, below: Collection[str], seen: bool) -> None:
    added(store, a_solution(**WHOLE, confidential=True))
    with store.look() as shelves:
        wanted = Wanted(person, below, LIVE)
        assert len(shelves.solutions.listed(wanted)) == shelves.solutions.count(wanted) == int(seen)


def test_a_persons_list_holds_what_they_own_write_or_judge(store: Store) -> None:
    added(store, a_solution(**WHOLE), a_solution(owner="U9", customer_key="beta"))
    with store.look() as shelves:
        counts = {one: shelves.solutions.count(Wanted(one, {one}, LIVE, [one])) for one in ("U1", "U2", "U3", "U4", "U5", "U9")}
    assert counts == {"U1": 1, "U2": 1, "U3": 1, "U4": 1, "U5": 0, "U9": 1}


def test_pages_follow_each_other(store: Store) -> None:
    numbers = [one.id for one in added(store, *(a_solution() for _ in range(5)))]
    with store.look() as shelves:
        pages = [shelves.solutions.listed(Wanted("U1", {"U1"}, LIVE), 2, start) for start in (0, 2, 4)]
    assert [one.id for page in pages for one in page] == numbers[::-1]


def test_those_that_wait_are_found_when_it_is_due(store: Store) -> None:
    late, soon, _never = added(store, a_solution(chase_at=NOW), a_solution(chase_at=NOW + timedelta(hours=1)), a_solution())
    with store.look() as shelves:
        assert shelves.solutions.to_chase(NOW) == [late]
        assert shelves.solutions.to_chase(NOW + timedelta(hours=1)) == [late, soon]


def test_the_key_requirements_are_those_of_the_latest_research_of_the_deal(store: Store) -> None:
    items = [
        Item(id=1, text="500 users", need=Need.PERFORMANCE, priority="must", key=True),
        Item(id=2, text="blue", need=Need.FUNCTION, priority="later"),
    ]
    facts: dict[str, Any] = {"opportunity": 1, "customer_name": "ACME", "customer_key": "acme", "owner": "U1", "opened_at": NOW}
    with store.change() as shelves:
        assert key_requirements(shelves, 1) == []
        shelves.researches.add(Research(**facts, items=tuple(items), state=Researched.ANALYSING))
        shelves.researches.add(Research(**facts, state=Researched.CANCELLED))
        assert key_requirements(shelves, 1) == [Requirement(id=1, text="500 users")]
