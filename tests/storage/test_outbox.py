"""What is said, and what the sender may take in hand, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from bot.clock import Clock, MovableClock
from bot.views.blocks import Message
from storage import Said, Store
from storage.retelling import said_daily

HELLO = Message("hello", ({"type": "divider"},))
SOON = timedelta(seconds=15)


def say(store: Store, key: str, to: str = "C1", **more: Any) -> bool:
    with store.change() as shelves:
        return shelves.outbox.say(key, to, HELLO, **more)


def get(store: Store, key: str) -> Said:
    with store.look() as shelves:
        said = shelves.outbox.find(key)
    assert said is not None
    return said


def due(store: Store) -> list[str]:
    with store.look() as shelves:
        return [said.key for said in shelves.sending.due(10)]


def claim(store: Store, holder: str = "me", lease: timedelta = SOON, limit: int = 10) -> list[Said]:
    with store.change() as shelves:
        return shelves.sending.claim(holder, Clock().now() + lease, limit)


def send(store: Store, ts: str = "1700000000.000001") -> None:
    [said] = claim(store)
    with store.change() as shelves:
        assert shelves.sending.sent(said, "C1", ts)


def test_a_key_is_said_once(store: Store) -> None:
    assert say(store, "a", subject="bid:1") and not say(store, "a", to="C2")
    with store.look() as shelves:
        [said] = shelves.outbox.about("bid:1")
    assert said.target == "C1" and said.message == {"text": "hello", "blocks": [{"type": "divider"}]}


def test_twenty_who_say_the_same_at_once_say_it_once(store: Store) -> None:
    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(lambda _: say(store, "a"), range(20))) == 1


def test_a_message_is_due_from_its_time_until_it_expires(store: Store, clock: MovableClock) -> None:
    start = clock.now()
    say(store, "a", not_before=start + timedelta(hours=1), expires=start + timedelta(hours=2))
    assert due(store) == []
    clock.move_to(start + timedelta(hours=1))
    assert due(store) == ["a"]
    clock.move_to(start + timedelta(hours=2))
    assert due(store) == []
    with store.change() as shelves:
        assert shelves.sending.expire() == 1
    assert get(store, "a").failed == "expired"


def test_messages_of_one_conversation_are_due_one_after_the_other(store: Store) -> None:
    for key, to in [("a", "C1"), ("b", "C1"), ("c", "U1"), ("d", "U1")]:
        say(store, key, to)
    assert due(store) == ["a", "c"]
    assert [said.key for said in claim(store)] == ["a", "c"] and claim(store) == []


def test_a_message_planned_for_later_holds_nothing_up(store: Store, clock: MovableClock) -> None:
    say(store, "later", not_before=clock.now() + timedelta(days=1))
    say(store, "now")
    assert due(store) == ["now"]


def test_a_message_that_fails_again_and_again_lets_others_pass(store: Store) -> None:
    say(store, "a")
    say(store, "b")
    for attempt in range(1, 5):
        assert due(store) == ["a"]
        [said] = claim(store)
        with store.change() as shelves:
            assert shelves.sending.put_back(said, Clock().now(), attempts=attempt, tried=None)
    assert due(store) == ["a", "b"]


def test_twenty_senders_take_each_message_once(store: Store) -> None:
    for number in range(60):
        say(store, f"k{number}", to=f"C{number}")
    together = Barrier(20)

    def take(sender: int) -> list[str]:
        together.wait()
        return [said.key for _ in range(6) for said in claim(store, f"sender-{sender}", limit=3)]

    with ThreadPoolExecutor(20) as threads:
        taken = [key for keys in threads.map(take, range(20)) for key in keys]
    assert sorted(taken) == sorted(f"k{number}" for number in range(60))


def test_a_claim_that_ran_out_passes_to_another_who_learns_of_the_attempt(store: Store) -> None:
    say(store, "a")
    [first] = claim(store, "one", lease=timedelta(seconds=-1))
    [second] = claim(store, "two")
    assert first.tried is None and second.tried is not None
    with store.change() as shelves:
        assert not shelves.sending.sent(first, "C1", "1.000001")
        assert shelves.sending.sent(second, "C1", "1.000002")
    assert get(store, "a").ts == "1.000002"


def test_a_message_put_back_waits_for_its_time(store: Store) -> None:
    say(store, "a")
    [said] = claim(store)
    with store.change() as shelves:
        shelves.sending.put_back(said, Clock().now() + timedelta(minutes=1), attempts=1, tried=None)
    assert due(store) == [] and get(store, "a").attempts == 1


def test_a_changed_message_is_due_again_and_one_changed_to_the_same_is_not(store: Store) -> None:
    say(store, "a")
    send(store)
    with store.change() as shelves:
        assert shelves.outbox.amend("a", HELLO)
    assert due(store) == []
    with store.change() as shelves:
        assert shelves.outbox.amend("a", Message("done"))
    assert due(store) == ["a"] and get(store, "a").message == {"text": "done", "blocks": []}


def test_a_change_while_a_message_is_on_its_way_is_sent_after_it(store: Store) -> None:
    say(store, "a")
    [said] = claim(store)
    with store.change() as shelves:
        shelves.outbox.amend("a", Message("done"))
    with store.change() as shelves:
        shelves.sending.sent(said, "C1", "1.000001")
    assert due(store) == ["a"] and get(store, "a").sent_version == 1


def test_edits_can_be_left_for_later(store: Store) -> None:
    say(store, "a")
    send(store)
    with store.change() as shelves:
        shelves.outbox.amend("a", Message("done"))
        assert shelves.sending.due(edits=False) == [] and len(shelves.sending.due()) == 1
        assert shelves.sending.due(avoid=["C1"]) == []


def test_a_message_that_failed_may_be_changed_into_one_that_does_not(store: Store) -> None:
    say(store, "a")
    [said] = claim(store)
    with store.change() as shelves:
        shelves.sending.fail(said, "invalid_blocks")
    with store.look() as shelves:
        assert [failed.key for failed in shelves.outbox.failed()] == ["a"] and shelves.outbox.waiting().failed == 1
    with store.change() as shelves:
        assert shelves.outbox.amend("a", Message("plain"))
    assert due(store) == ["a"]


def test_a_message_withdrawn_in_time_is_never_sent(store: Store) -> None:
    say(store, "a")
    with store.change() as shelves:
        assert shelves.outbox.withdraw("a") and not shelves.outbox.withdraw("a")
        assert not shelves.outbox.withdraw("unknown") and not shelves.outbox.amend("a", Message("x"))
    assert due(store) == []


def test_a_message_withdrawn_too_late_is_due_to_be_deleted(store: Store) -> None:
    say(store, "a")
    send(store)
    with store.change() as shelves:
        shelves.outbox.withdraw("a")
    assert due(store) == ["a"] and get(store, "a").gone


def test_an_answer_waits_for_the_message_above_it(store: Store) -> None:
    say(store, "above")
    say(store, "below", thread="above")
    send(store, "1.000009")
    assert due(store) == ["below"] and get(store, "below").thread_ts == "1.000009" and get(store, "below").channel == "C1"
    say(store, "another", thread="above")
    say(store, "elsewhere", thread="1700000000.000100")
    assert get(store, "another").thread_ts == "1.000009" and get(store, "elsewhere").thread_ts == "1700000000.000100"


def test_an_answer_to_what_is_never_sent_is_given_up(store: Store) -> None:
    say(store, "above")
    say(store, "below", thread="above")
    with store.change() as shelves:
        shelves.outbox.withdraw("above")
    say(store, "late", thread="above")
    assert get(store, "below").failed == get(store, "late").failed == "no_thread"


def test_an_answer_to_nothing_is_a_mistake(store: Store) -> None:
    with pytest.raises(LookupError):
        say(store, "below", thread="above")


def test_a_private_reply_is_a_row_too(store: Store, clock: MovableClock) -> None:
    with store.change() as shelves:
        assert shelves.outbox.reply("r", "http://127.0.0.1/respond", HELLO, replace=True, expires=clock.now() + timedelta(minutes=30))
    assert due(store) == ["r"] and get(store, "r").replace


def test_the_outbox_counts_what_waits(store: Store, clock: MovableClock) -> None:
    start = clock.now()
    say(store, "a")
    say(store, "b", not_before=start + timedelta(days=1))
    with store.look() as shelves:
        waiting = shelves.outbox.waiting()
        assert (waiting.due, waiting.planned, waiting.failed) == (1, 1, 0)
        assert waiting.oldest is not None and waiting.oldest < start + timedelta(seconds=5)
        assert shelves.sending.next_due() == waiting.oldest


def test_an_empty_outbox_waits_for_nothing(store: Store) -> None:
    with store.look() as shelves:
        assert shelves.outbox.waiting() == (0, 0, 0, None) and shelves.sending.next_due() is None


def test_the_channel_of_a_person_is_remembered(store: Store) -> None:
    say(store, "a", to="U1")
    [said] = claim(store)
    with store.change() as shelves:
        assert shelves.sending.channel_of("U1") == ""
        shelves.sending.sent(said, "D1", "1.000001")
        assert shelves.sending.channel_of("U1") == "D1"


def test_moments_come_back_in_utc(store: Store, clock: MovableClock) -> None:
    moment = datetime(2030, 1, 1, 9, tzinfo=clock.now().tzinfo)
    say(store, "a", not_before=moment)
    assert get(store, "a").not_before == moment


def test_an_answer_is_placed_below_what_the_same_transaction_said_unless_it_was_taken_back_again(store: Store) -> None:
    with store.change() as shelves:
        assert shelves.outbox.say("above", "C1", HELLO) and shelves.outbox.say("below", "C1", HELLO, thread="above")
        assert shelves.outbox.say("taken back", "C1", HELLO) and shelves.outbox.withdraw("taken back")
        assert shelves.outbox.say("lost", "C1", HELLO, thread="taken back")
    assert due(store) == ["above"] and get(store, "below").thread_key == "above" and get(store, "lost").failed == "no_thread"


def test_what_was_said_daily_is_found_together_with_what_is_about_a_subject(store: Store) -> None:
    for key in ("digest:U1:2026-03-02", "digest:U1:2026-03-04", "digest:U2:2026-03-04"):
        say(store, key)
    for number in (1, 2):
        say(store, f"win:{number}", subject=f"bid:{number}")
    with store.look() as shelves:
        daily = said_daily(shelves, "digest", ["U1"], date(2026, 3, 3))
        both = said_daily(shelves, "digest", ["U1"], date(2026, 3, 3), "bid:1")
        nobody = said_daily(shelves, "digest", [], date(2026, 3, 3))
    assert [said.key for said in daily] == ["digest:U1:2026-03-04"] and nobody == []
    assert [said.key for said in both] == ["digest:U1:2026-03-04", "win:1"]
