"""A fake Slack, a clock that only moves by hand, and a sender between them."""

from collections.abc import Iterator

import pytest

from bot.clock import Clock, MovableClock
from scheduler.outbox import Pace, Sender
from storage import Store
from tests.scheduler.fake_slack import FakeSlack, fake_slack


class HandClock(Clock):
    """A clock whose elapsed time stands still until it is moved."""

    seconds = 0.0

    def elapsed(self) -> float:
        return self.seconds


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with fake_slack() as slack:
        yield slack


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def sender(store: Store, slack: FakeSlack, clock: MovableClock, hand: HandClock) -> Iterator[Sender]:
    sender = Sender(store, slack.client(), clock, pace=Pace(hand))
    yield sender
    sender.stop()
