"""How fast we speak."""

import pytest

from scheduler.outbox.pace import Pace
from tests.scheduler.conftest import HandClock


@pytest.fixture
def pace(hand: HandClock) -> Pace:
    return Pace(hand)


def test_a_conversation_takes_a_burst_and_then_one_a_second(pace: Pace, hand: HandClock) -> None:
    for _ in range(3):
        assert pace.busy() == []
        pace.take("C1", edit=False)
    assert pace.busy() == ["C1"] and pace.next_ready() == pytest.approx(1)
    hand.seconds = 1.0
    assert pace.busy() == []
    pace.take("C1", edit=False)
    assert pace.busy() == ["C1"]


def test_conversations_do_not_wait_for_each_other(pace: Pace) -> None:
    for _ in range(3):
        pace.take("C1", edit=False)
    pace.take("C2", edit=False)
    assert pace.busy() == ["C1"]


def test_a_workspace_takes_three_hundred_a_minute(pace: Pace, hand: HandClock) -> None:
    taken = 0
    for tick in range(6000):
        hand.seconds = tick / 100
        if pace.posts_ready():
            pace.take(f"C{taken}", edit=False)
            taken += 1
    assert 300 <= taken <= 310


def test_edits_have_a_limit_of_their_own(pace: Pace) -> None:
    for _ in range(10):
        pace.take("C1", edit=True)
    assert not pace.edits_ready() and pace.posts_ready() and pace.busy() == []


def test_a_refused_message_closes_its_conversation_only(pace: Pace, hand: HandClock) -> None:
    pace.refused("chat.postMessage", "C1", 30)
    assert pace.busy() == ["C1"] and pace.edits_ready()
    hand.seconds = 30.0
    assert pace.busy() == []


def test_a_refused_edit_closes_edits_and_any_other_call_its_method(pace: Pace, hand: HandClock) -> None:
    pace.refused("chat.update", "C1", 30)
    pace.refused("conversations.open", "U1", 20)
    assert not pace.edits_ready() and pace.busy() == []
    assert pace.closed_for("conversations.open") == 20 and pace.closed_for("conversations.history") == 0
    hand.seconds = 30.0
    assert pace.edits_ready() and pace.closed_for("conversations.open") == 0


def test_nothing_waits_when_nothing_was_said(pace: Pace) -> None:
    assert pace.next_ready() == float("inf")
