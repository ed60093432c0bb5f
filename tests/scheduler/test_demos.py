"""What the bot says about demos by itself: sheets that found no place, and what a month has taught."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.handbook import load_handbook
from bot.policy.demos import Demo, Question, State, Summary
from bot.policy.people import Person
from bot.views.blocks import Message
from bot.views.demos.sheet import sheet_key
from scheduler import demos
from scheduler.job import Occasion
from storage import Store

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # Tuesday, nine in Shanghai
HANDBOOK = load_handbook(None)


@pytest.fixture
def desk(sqlite_database: str) -> Iterator[Store]:
    """Return a store with two people in it."""
    store = Store(sqlite_database, MovableClock(NOW))
    with store.change() as shelves:
        for one in ("U1", "U2"):
            shelves.people.put(Person(id=one, name=one, zone="Asia/Shanghai"))
    yield store
    store.close()


def given(store: Store, **facts: Any) -> Demo:
    """Keep a demo that was given in November."""
    then = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    known = {"opportunity": 1, "customer_name": "ACME", "customer_key": "acme", "owner": "U1", "opened_at": then, "delivered_at": then}
    with store.change() as shelves:
        return shelves.demos.add(Demo.model_validate(known | facts))


def said(store: Store, subject: str = "") -> list[str]:
    """Return the keys of what was said about a subject, or about none."""
    with store.look() as shelves:
        return [one.key for one in shelves.outbox.about(subject)]


def test_a_sheet_that_its_channel_does_not_take_goes_to_the_handbooks_channel(desk: Store) -> None:
    demo = given(desk, state=State.DELIVERED, at=NOW)
    with desk.change() as shelves:
        shelves.outbox.say(sheet_key(demo, "G1"), "G1", Message("sheet"), subject=demo.subject)
        [row] = shelves.outbox.about(demo.subject)
        shelves.sending.fail(row, "not_in_channel")
    for _ in range(2):
        demos.place_sheets(Occasion(NOW, desk, HANDBOOK))
    assert said(desk, demo.subject) == [sheet_key(demo, "G1"), sheet_key(demo, "#demos")]


def test_the_lessons_of_a_month_are_told_once_when_the_next_begins_and_without_what_is_confidential(desk: Store) -> None:
    summary = Summary(problems=("slow login",), improvements=("warm the cache",), by="U1", at=NOW)
    given(desk, state=State.SUMMARISED, summary=summary)
    given(desk, state=State.SUMMARISED, summary=summary, customer_name="Secret", confidential=True)
    demos.digest(Occasion(datetime(2026, 12, 1, 0, 59, tzinfo=UTC), desk, HANDBOOK))
    assert said(desk) == []
    for _ in range(2):
        demos.digest(Occasion(NOW, desk, HANDBOOK))
    assert said(desk) == ["demos.digest:2026-11", "demos.digest:2026-11:lessons"]
    with desk.look() as shelves:
        told = [one.message["text"] for one in shelves.outbox.about("")]
    assert "problems: 1, improvements: 1" in told[0] and "Secret" not in str(told)


def test_who_owes_an_answer_is_asked_once(desk: Store) -> None:
    demo = given(desk, state=State.SUMMARISED, questions=[Question(id=1, text="SSO?", owner="U2", due=NOW.date())])
    for _ in range(2):
        demos.ask(Occasion(NOW, desk, HANDBOOK))
    assert said(desk, demo.subject) == ["demos.nudge_question:1:U2:1:due@2026-12-01"]
