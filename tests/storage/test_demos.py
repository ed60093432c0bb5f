"""What is asked about demos and the feedback on them, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.policy.demos import LIVE, Demo, Question, State, Summary
from bot.policy.demos.feedback import Feedback, Standing
from bot.views.blocks import Message
from storage import Store
from storage.demos import DemoRow, FeedbackRow, Wanted

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def demo(**facts: Any) -> Demo:
    known = {"opportunity": 1, "customer_name": "ACME", "customer_key": "acme", "owner": "U1", "opened_at": NOW}
    return Demo.model_validate(known | facts)


def entry(**facts: Any) -> Feedback:
    known = {"demo": 1, "opportunity": 1, "customer_name": "ACME", "source": "C1:1.000001", "author": "U1", "at": NOW}
    return Feedback.model_validate(known | facts)


def test_records_have_the_fields_of_their_rows() -> None:
    for record, row in ((Demo, DemoRow), (Feedback, FeedbackRow)):
        assert set(record.model_fields) == set(row.__table__.columns.keys())


def test_a_demo_comes_back_as_it_was_kept(store: Store) -> None:
    asked = [Question(id=1, text="SSO?", owner="U2", due=NOW.date())]
    summary = Summary(feedback="good", problems=("slow",), by="U1", at=NOW)
    with store.change() as shelves:
        kept = shelves.demos.add(demo(members=("U2",), questions=asked, summary=summary, at=NOW))
    with store.look() as shelves:
        assert shelves.demos.get(kept.id) == kept
        assert shelves.demos.of_opportunity(1) == [kept] == shelves.demos.named("acme")


def test_a_list_leaves_out_what_is_confidential_to_others(store: Store) -> None:
    with store.change() as shelves:
        secret = shelves.demos.add(demo(confidential=True, questions=[Question(id=1, text="?", owner="U3", due=NOW.date())]))
        later = shelves.demos.add(demo(owner="U2", at=NOW + timedelta(days=2)))
        sooner = shelves.demos.add(demo(owner="U2", at=NOW))
    with store.look() as shelves:
        seen = [one.id for one in shelves.demos.listed(Wanted("U4", ["U4"], LIVE), limit=9)]
        assert seen == [sooner.id, later.id] and shelves.demos.count(Wanted("U4", ["U4"], LIVE)) == 2
        assert secret.id in [one.id for one in shelves.demos.listed(Wanted("U3", ["U3"], LIVE), limit=9)]
        assert [one.id for one in shelves.demos.listed(Wanted("U3", ["U3"], LIVE, partaker="U3"), limit=9)] == [secret.id]


def test_what_may_want_something_of_people_is_found(store: Store) -> None:
    with store.change() as shelves:
        live = shelves.demos.add(demo())
        shelves.demos.add(demo(state=State.SUMMARISED))
        asked = shelves.demos.add(demo(state=State.SUMMARISED, questions=[Question(id=1, text="?", owner="U3", due=NOW.date())]))
        shelves.demos.add(demo(state=State.CANCELLED))
    with store.look() as shelves:
        assert [one.id for one in shelves.demos.wanting()] == [live.id, asked.id]


def test_a_source_has_one_entry_however_often_it_comes(store: Store) -> None:
    with store.change() as shelves:
        first = shelves.feedback.enter(entry(rating=4))
        assert first is not None and shelves.feedback.enter(entry(rating=5)) is None
        assert shelves.feedback.enter(entry(source="C1:2.000001", state=Standing.ASKED)) is not None
    with store.look() as shelves:
        assert shelves.feedback.from_source("C1:1.000001") == first
        assert shelves.feedback.of_demo(1) == [first]


def test_a_message_of_ours_is_found_by_where_it_stands(store: Store) -> None:
    with store.change() as shelves:
        shelves.outbox.say("demos.sheet:1:C1", "C1", Message("sheet"), subject="demo:1")
        shelves.outbox.mark("demos.mark:1", "C1", "1.000001", "white_check_mark")
        said, mark = shelves.outbox.find("demos.sheet:1:C1"), shelves.outbox.find("demos.mark:1")
        assert said and mark
        shelves.sending.sent(said, "C1", "5.000001")
        shelves.sending.sent(mark, "C1", "1.000001")
    with store.look() as shelves:
        found = shelves.outbox.standing_at("C1", "5.000001")
        assert found and found.subject == "demo:1"
        assert shelves.outbox.standing_at("C1", "1.000001") is None and shelves.outbox.standing_at("C2", "5.000001") is None
