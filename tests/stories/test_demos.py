"""A demo from the request to its lessons, and all the ways in which feedback comes."""

from datetime import datetime
from typing import Any, cast

import pytest
from slack_sdk import WebClient

from bot.policy.demos import Demo, Rehearsal, State
from bot.policy.demos.feedback import Feedback, Standing
from handlers.context import Desk, Happening
from handlers.demos import messages
from sandbox.workspace.app import BOT_USER
from storage.inbox import AlreadyHandled
from tests.office import MONDAY, Office, Seen, Somebody

ANN, BOB, MAY = "U0ANN0001", "U0BOB0001", "U0MAY0001"
WINS = "C0WINS001"
PREPARED = {"content": "fraud alerts", "environment": "cloud", "tools": "laptop", "rehearsal": Rehearsal(waiver="a repeat", by=ANN)}


def moment(text: str) -> int:
    """Return a moment as the picker of a form gives it."""
    return int(datetime.fromisoformat(text).timestamp())


def enters(person: Somebody, text: str, channel: str = WINS) -> Seen:
    """Ask for a demo; return what is answered, below which the sheet stands."""
    person.types(text, channel)
    return next(seen for seen in reversed(person.all_seen(channel)) if "in the books as" in seen.words)


def demo(office: Office, number: int = 1) -> Demo:
    """Return a demo as it stands."""
    with office.bot.store.look() as shelves:
        found = shelves.demos.get(number)
    assert found is not None
    return found


def stands(office: Office, number: int = 1, **facts: Any) -> None:
    """Put a demo where earlier steps, which have a story of their own, would have brought it."""
    with office.bot.store.change() as shelves:
        found = shelves.demos.get(number)
        assert found is not None
        shelves.demos.save(found.amended(**facts))


def says(person: Somebody, channel: str, text: str, thread: str | None = None) -> str:
    """Write a message; return its `ts`."""
    ts = person.office.sandbox.control.say(person.id, channel, text, thread)
    person.office.settle()
    return ts


def kept(office: Office) -> list[Feedback]:
    """Return all feedback that counts on the first demo."""
    with office.bot.store.look() as shelves:
        return shelves.feedback.of_demo(1)


def sheet_of(office: Office, person: Somebody, channel: str = WINS) -> Seen:
    """Return the sheet in a channel."""
    [found] = [seen for seen in person.all_seen(channel) if seen.words.startswith("Demo for ")]
    return found


def thread_of(office: Office, person: Somebody, ts: str, channel: str = WINS) -> list[Seen]:
    """Return what stands below a message."""
    return [Seen(person, channel, message) for message in office.sandbox.control.messages(person.id, channel, ts)][1:]


def reactions(office: Office, person: Somebody, ts: str, channel: str = WINS) -> list[str]:
    """Return the reactions to a message."""
    thread = office.sandbox.control.messages(person.id, channel, ts)
    return [reaction["name"] for message in thread if message["ts"] == ts for reaction in message.get("reactions", [])]


@pytest.fixture
def given(office: Office) -> Office:
    """Return an office in which Ann has just given a demo to ACME, whose sheet stands in #wins."""
    office.ann.types("/demo new ACME tomorrow 14:00", WINS)
    stands(office, state=State.DELIVERED, **PREPARED)
    return office


def test_a_demo_is_prepared_given_and_summed_up(office: Office) -> None:
    entered = enters(office.ann, "/demo new ACME Thu 14:00")
    assert "A demo for ACME is in the books as D-1." in entered.words and "Thu 26 Nov 2026, 14:00 CST" in entered.words
    assert "Missing: content and focus" in entered.words
    assert "Answer in this thread" in sheet_of(office, office.bob).words

    refused = office.ann.types("/demo ready ACME")
    for lacking in ("content and focus", "demo environment", "tools", "rehearsal"):
        assert f"Missing: {lacking}" in refused.words
    assert f"<@{ANN}> and those who give it with them" in refused.words
    refused.press("Prepare")
    assert office.ann.fills(content="fraud alerts", environment="cloud", members=[BOB]) == {}
    assert "Focus: fraud alerts" in sheet_of(office, office.bob).words

    office.pass_time(days=2, hours=4, minutes=35)
    office.settle()
    near = office.bob.told[-1]
    assert "Your demo for ACME (D-1) is near." in near.words and "Missing: tools" in near.words
    assert near.buttons[:2] == ["Prepare", "Rehearsal"]
    near.press("Prepare")
    assert office.bob.fills(content="fraud alerts", environment="cloud", tools="laptop", members=[BOB]) == {}
    assert "Missing: tools" not in office.bob.told[0].words
    assert "ready" not in office.bob.types("/demo show ACME").words.splitlines()[0]
    office.bob.types("/demo rehearse ACME waive same as last week")
    assert "The demo for ACME (D-1) is ready." in office.bob.types("/demo ready D-1").words

    office.pass_time(hours=25)
    office.settle()
    asked = office.ann.told[-1]
    assert "How was the demo for ACME (D-1)?" in asked.words and "Delivered" in asked.buttons
    asked.press("Delivered")
    assert "Sum it up" in office.ann.told[-1].buttons or "Sum it up" in office.ann.types("/demo show ACME").buttons
    office.ann.types("/demo show ACME").press("Sum it up")
    assert "feedback" in office.ann.fills(problems="none")
    filled = {"feedback": "liked the alerts", "problems": "- slow login", "improvements": "warm the cache", "questions": "SSO?"}
    assert office.ann.fills(**filled, answerer=BOB, due="2026-11-30") == {}
    assert demo(office).state is State.SUMMARISED
    owed = office.bob.told[-1]
    assert "You owe ACME an answer from the demo (D-1) by Mon 30 Nov 2026:" in owed.words
    owed.press("Answered")
    assert office.bob.fills(answer="yes, SAML") == {}
    assert "Answered for ACME (D-1):" in [seen.words.splitlines()[0] for seen in office.bob.told]
    assert "warm the cache" in office.may.types("/demo lessons cache").words

    office.pass_time(days=7)
    office.settle()
    with office.bot.store.look() as shelves:
        digest = shelves.outbox.find("demos.digest:2026-11")
    assert digest is not None and "1 demo summed up" in digest.message["text"]


def test_what_goes_wrong_with_a_demo(office: Office) -> None:
    office.ann.types("/demo 安排 ACME 明天 15:00", WINS)
    again = office.bob.types("/demo new acme")
    assert "in hand already" in again.words and "Enter another one" in again.buttons
    assert "That is for" in office.bob.types("/demo cancel ACME no budget").words
    assert "is requested" in office.ann.types("/demo deliver D-1").words or "Missing" in office.ann.types("/demo deliver D-1").words
    stands(office, state=State.READY, **PREPARED)
    moved = office.ann.types("/demo reschedule ACME 10 Dec 15:00")
    assert "has to be made ready again" in moved.words and demo(office).state is State.PREPARING
    moved.press("Undo")
    assert demo(office).state is State.READY
    office.ann.types("/demo noshow ACME they forgot")
    assert demo(office).why == "they forgot"
    assert "nobody came" in sheet_of(office, office.bob).words
    office.ann.types("/demo undo ACME")
    assert demo(office).state is State.READY
    gone = enters(office.may, "/demo new Globex").press("Undo")
    assert gone is not None and "out of the books" in gone.words
    with office.bot.store.look() as shelves:
        assert [deal.state for deal in shelves.opportunities.named("globex")] == []


def test_a_reply_below_the_sheet_is_kept_marked_shown_and_follows_its_message(given: Office) -> None:
    sheet = sheet_of(given, given.bob)
    ts = says(given.bob, WINS, "they liked the alerts, 4/5", sheet.message["ts"])
    [entry] = kept(given)
    assert (entry.text, entry.rating, entry.author, entry.source) == ("they liked the alerts", 4, BOB, f"{WINS}:{ts}")
    assert reactions(given, given.bob, sheet.message["ts"]) == [] and reactions(given, given.bob, ts) == ["white_check_mark"]
    [_mine, shown] = thread_of(given, given.bob, sheet.message["ts"])
    assert f"Feedback on the demo for ACME (D-1) by <@{BOB}>: rated 4 of 5" in shown.words and shown.buttons == ["Edit", "Undo"]
    assert "1 entry; 4 of 5" in sheet_of(given, given.bob).words

    given.sandbox.control.edit(BOB, WINS, ts, "they loved the alerts, 5/5")
    given.settle()
    assert [(one.text, one.rating, one.state) for one in kept(given)] == [("they loved the alerts", 5, Standing.EDITED)]
    assert "rated 5 of 5" in thread_of(given, given.bob, sheet.message["ts"])[1].words
    given.sandbox.control.delete(BOB, WINS, ts)
    given.settle()
    assert kept(given) == [] and "was taken back" in thread_of(given, given.bob, sheet.message["ts"])[-1].words


def test_feedback_is_edited_and_undone_by_its_author(given: Office) -> None:
    ts = says(given.bob, WINS, "feedback ACME 4/5 good")
    [shown] = thread_of(given, given.bob, ts)
    shown.press("Edit")
    assert given.bob.fills(rating="3", text="fair") == {}
    assert [(one.text, one.rating) for one in kept(given)] == [("fair", 3)]
    thread_of(given, given.bob, ts)[0].press("Undo")
    assert [(one.text, one.rating) for one in kept(given)] == [("good", 4)]
    with given.bot.store.look() as shelves:
        assert [event.action for event in shelves.audit.of("feedback:1")] == ["log", "edit", "undo"]
    thread_of(given, given.ann, ts)[0].press("Undo")
    assert len(kept(given)) == 1  # those who give a demo do not touch what others think of it
    thread_of(given, given.bob, ts)[0].press("Undo")
    assert kept(given) == [] and reactions(given, given.bob, ts) == []


def test_feedback_by_word_in_channels_and_directly(given: Office) -> None:
    says(given.lin, WINS, "演示反馈 ACME 4分 很好")
    says(given.bob, BOT_USER, "feedback acme 5/5 great")
    assert [(one.author, one.rating, one.text) for one in kept(given)] == [("U0LIN0001", 4, "很好"), (BOB, 5, "great")]
    assert "rated 5 of 5" in given.bob.told[-1].words
    says(given.bob, BOT_USER, "what do I owe? todo")
    assert len(kept(given)) == 2 and "Feedback" not in given.bob.told[-1].words


def test_what_only_looks_like_feedback_is_asked_about(given: Office) -> None:
    says(given.bob, WINS, "feedbak ACME 4/5 good")
    assert kept(given) == [] and "Is this feedback on a demo?" in given.bob.told[-1].words
    given.bob.told[-1].press("Yes, on this demo")
    assert [(one.rating, one.author) for one in kept(given)] == [(4, BOB)] and "Stored as feedback" in given.bob.told[-1].words
    says(given.may, WINS, "the ACME demo was a 2/5 for me")
    given.may.told[-1].press("No")
    assert len(kept(given)) == 1 and "Not stored." in given.may.told[-1].words
    before = len(given.may.told)
    for text in ("feedback on lunch please", "ACME is near", "4/5 of us are in", "the demo is tomorrow"):
        says(given.may, WINS, text)
    assert len(given.may.told) == before and len(kept(given)) == 1


def test_several_demos_are_never_guessed_between(given: Office) -> None:
    stands(given, state=State.SUMMARISED)
    given.ann.types("/demo new ACME in 2 days")
    stands(given, 2, state=State.SUMMARISED)
    says(given.bob, WINS, "feedback ACME 4/5 good")
    asked = given.bob.told[-1]
    assert "ACME · D-2" in asked.words and "ACME · D-1" in asked.words and kept(given) == []
    asked.press("Yes, on this demo")
    with given.bot.store.look() as shelves:
        assert [one.rating for one in shelves.feedback.of_demo(2)] == [4]


def test_a_message_is_logged_by_its_shortcut_once(given: Office) -> None:
    ts = says(given.may, WINS, "ACME were happy, 5/5 from them")
    given.sandbox.control.shortcut(BOB, "demos.log_feedback", WINS, ts)
    assert given.bob.fills(demo="1", rating="5", text="happy") == {}
    assert [(one.author, one.source, one.rating) for one in kept(given)] == [(MAY, f"{WINS}:{ts}", 5)]
    assert "white_check_mark" in reactions(given, given.bob, ts)
    given.sandbox.control.shortcut(ANN, "demos.log_feedback", WINS, ts)
    given.settle()
    assert "logged already" in given.ann.told[-1].words and len(kept(given)) == 1


def test_reactions_on_the_sheet_are_a_quick_rating(given: Office) -> None:
    ts = sheet_of(given, given.bob).message["ts"]
    for name in ("three", "four", "tada"):
        given.sandbox.control.react(BOB, WINS, ts, name)
        given.settle()
    assert [(one.author, one.rating) for one in kept(given)] == [(BOB, 4)]
    given.sandbox.control.react(BOB, WINS, ts, "four", remove=True)
    given.settle()
    assert kept(given) == []
    given.sandbox.control.react(BOB, WINS, ts, "five")
    given.settle()
    assert [one.rating for one in kept(given)] == [5]


def happening(office: Office, event: dict[str, Any], event_id: str) -> Happening:
    """Return something that Slack reports, as the bot is given it."""
    return Happening(office.bot.desk, office.bot.client, event, office.clock.now(), event_id, event_id)


def test_guests_other_bots_joins_and_repeats_do_nothing(given: Office) -> None:
    sheet = sheet_of(given, given.bob).message["ts"]
    says(given.gus, WINS, "feedback ACME 1/5 bad")
    says(given.gus, WINS, "awful", sheet)
    written = {"type": "message", "channel": WINS, "user": BOB, "text": "feedback ACME 4/5 good", "ts": "1795400000.000100"}
    assert not messages.heard(happening(given, written | {"bot_id": "B0OTHER01"}, "Ev1"))
    assert not messages.heard(happening(given, written | {"subtype": "channel_join"}, "Ev2"))
    assert kept(given) == []
    assert messages.heard(happening(given, written, "Ev3"))
    with pytest.raises(AlreadyHandled):
        messages.heard(happening(given, written, "Ev3"))
    assert messages.heard(happening(given, written, "Ev4"))
    assert [(one.text, one.event) for one in kept(given)] == [("good", "Ev3")]


def edited(ts: str, text: str) -> dict[str, Any]:
    """Return what Slack reports of an edit of a message of Bob's, at a time of its own."""
    message = {"user": BOB, "ts": "1795400000.000100", "text": text, "edited": {"user": BOB, "ts": ts}}
    return {"type": "message", "subtype": "message_changed", "channel": WINS, "message": message, "previous_message": {"text": "?"}}


def test_edits_that_arrive_in_the_wrong_order_leave_the_newest_words(given: Office) -> None:
    written = {"type": "message", "channel": WINS, "user": BOB, "text": "feedback ACME 4/5 good", "ts": "1795400000.000100"}
    messages.heard(happening(given, written, "Ev1"))
    messages.heard(happening(given, edited("1795400030.000000", "feedback ACME 2/5 not so good"), "Ev2"))
    messages.heard(happening(given, edited("1795400020.000000", "feedback ACME 3/5 so so"), "Ev3"))
    assert [(one.text, one.rating) for one in kept(given)] == [("not so good", 2)]
    messages.heard(happening(given, edited("1795400040.000000", "feedback ACME 5/5 great"), "Ev4"))
    assert [(one.text, one.rating) for one in kept(given)] == [("great", 5)]


def test_an_edit_back_to_the_first_words_is_newer_than_the_one_before_it(given: Office) -> None:
    written = {"type": "message", "channel": WINS, "user": BOB, "text": "feedback ACME 4/5 good", "ts": "1795400000.000100"}
    messages.heard(happening(given, written, "Ev1"))
    messages.heard(happening(given, edited("1795400030.000000", "feedback ACME 4/5 good"), "Ev2"))
    messages.heard(happening(given, edited("1795400020.000000", "feedback ACME 3/5 so so"), "Ev3"))
    assert [(one.text, one.rating) for one in kept(given)] == [("good", 4)]


def test_an_older_edit_does_not_overwrite_what_came_in_by_a_newer_one(given: Office) -> None:
    messages.heard(happening(given, edited("1795400030.000000", "feedback ACME 2/5 not so good"), "Ev1"))
    messages.heard(happening(given, edited("1795400020.000000", "feedback ACME 3/5 so so"), "Ev2"))
    assert [(one.text, one.rating) for one in kept(given)] == [("not so good", 2)]


def test_a_confidential_demo_is_unknown_to_others(given: Office) -> None:
    stands(given, confidential=True)
    says(given.bob, WINS, "feedback ACME 4/5 good")
    assert "I know of no demo for" in given.bob.told[-1].words and kept(given) == []
    says(given.ann, WINS, "feedback ACME 4/5 good")
    assert [one.author for one in kept(given)] == [ANN]


def test_ten_thousand_ordinary_messages_never_reach_the_database() -> None:
    nowhere = cast(Desk, None)  # whoever asks it for anything fails
    written = {"type": "message", "channel": WINS, "channel_type": "channel", "user": BOB, "ts": "1795400000.000100"}
    for n in range(10_000):
        event = written | {"text": f"{n}: can somebody look at the tender of ACME before 4 pm? 请看一下。" * 3}
        assert not messages.heard(Happening(nowhere, cast(WebClient, None), event, MONDAY, "r", f"Ev{n}"))
