"""The audit log cannot be changed unnoticed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, update

from bot.policy.record import Event
from storage import Store
from storage.audit import EventRow

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def an_event(**changes: Any) -> Event:
    return Event(**{"at": NOW, "actor": "U1", "subject": "bid:1", "action": "win", "became": {"amount": "1.50", "客户": "北京"}, **changes})


def noted(store: Store, *events: Event) -> list[Event]:
    with store.change() as shelves:
        return [shelves.audit.note(event) for event in events]


def test_a_history_is_kept_in_order(store: Store) -> None:
    first, second, other = noted(store, an_event(), an_event(action="undo", was={"a": [1, None]}), an_event(subject="bid:2"))
    with store.look() as shelves:
        assert shelves.audit.of("bid:1") == [first, second]
        assert shelves.audit.last("bid:1") == second and shelves.audit.last("bid:3") is None
        assert shelves.audit.since() == [first, second, other] and shelves.audit.since(first.id or 0, limit=1) == [second]
        assert shelves.audit.broken() == []


def test_a_moment_is_the_same_in_whatever_zone_it_was_given(store: Store) -> None:
    [event] = noted(store, an_event(at=(NOW + timedelta(microseconds=7)).astimezone(ZoneInfo("Asia/Shanghai"))))
    with store.look() as shelves:
        assert shelves.audit.broken() == [] and shelves.audit.last("bid:1") == event


@pytest.mark.parametrize(
    "forgery",
    [
        update(EventRow).where(EventRow.id == 2).values(actor="U9"),
        update(EventRow).where(EventRow.id == 2).values(became={"amount": "9"}),
        update(EventRow).where(EventRow.id == 2).values(link="0" * 64),
        delete(EventRow).where(EventRow.id == 2),
        delete(EventRow).where(EventRow.id == 1),
    ],
    ids=["another actor", "another amount", "another link", "one missing", "the first missing"],
)
def test_a_forged_history_is_noticed(store: Store, forgery: Any) -> None:
    noted(store, an_event(), an_event(), an_event(), an_event(subject="bid:2"))
    with store.engine.begin() as connection:
        connection.execute(forgery)
    with store.look() as shelves:
        assert shelves.audit.broken() == ["bid:1"]


def test_a_history_written_by_many_at_once_holds_together(store: Store) -> None:
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(lambda _: noted(store, an_event()), range(40)))
    with store.look() as shelves:
        assert len(shelves.audit.of("bid:1")) == 40 and shelves.audit.broken() == []
