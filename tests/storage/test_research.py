"""What is asked about research, on both databases."""

from datetime import UTC, datetime
from typing import Any

from bot.policy.research import LIVE, Asked, Item, Member, Need, Research, State
from storage import Store
from storage.research import ResearchRow, Wanted

NOW = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)


def some(**facts: Any) -> Research:
    return Research(**{"opportunity": 1, "customer_name": "ACME", "customer_key": "acme", "owner": "U1", "opened_at": NOW, **facts})


def added(store: Store, *records: Research) -> list[Research]:
    with store.change() as shelves:
        return [shelves.researches.add(record) for record in records]


def test_a_record_has_the_fields_of_its_row() -> None:
    assert set(Research.model_fields) == set(ResearchRow.__table__.columns.keys())


def test_research_comes_back_as_it_was(store: Store) -> None:
    item = Item(id=1, text="\"'\n谢谢", need=Need.DATA, priority="must", key=True, acceptance="≥ 99 %", authors=("U1",))
    [kept] = added(store, some(items=(item,), members=(Member(person="U2", duty="notes", lead=True),), review_since=NOW))
    with store.look() as shelves:
        assert shelves.researches.get(kept.id) == kept


def test_research_is_found_by_customer_and_deal_latest_first_without_what_was_taken_back(store: Store) -> None:
    first, second, *_others = added(
        store, some(), some(state=State.CANCELLED), some(state=State.RETRACTED), some(customer_key="globex", opportunity=2)
    )
    with store.look() as shelves:
        assert shelves.researches.named("acme") == [second, first] == shelves.researches.of_opportunity(1)
        assert [one.id for one in shelves.researches.standing(LIVE)] == [1, 4]


def test_a_list_is_narrowed_and_paged_and_hides_what_is_confidential(store: Store) -> None:
    added(
        store,
        some(),
        some(owner="U2", members=(Member(person="U1"),)),
        some(owner="U2", confidential=True),
        some(owner="U2", confidential=True, asked=(Asked(reviewer="U1", by="U2", at=NOW),)),
        some(owner="U3", customer_key="globex", state=State.APPROVED),
    )
    mine = Wanted("U1", ["U1"], LIVE, partaker="U1")
    everything = Wanted("U1", ["U1"], frozenset(State))
    with store.look() as shelves:
        listed = shelves.researches.listed
        assert [one.id for one in listed(mine, limit=9)] == [4, 2, 1]
        assert [one.id for one in listed(everything, limit=9)] == [5, 4, 2, 1]
        assert [one.id for one in listed(everything._replace(below=["U1", "U2"]), limit=2, offset=1)] == [4, 3]
        assert [one.id for one in listed(everything._replace(keys=["globex"]), limit=9)] == [5]
        assert shelves.researches.count(everything._replace(owners=["U2"])) == 2
