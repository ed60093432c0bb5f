"""A workspace of four people, and the official clients that talk to it as strangers would."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.clock import MovableClock
from sandbox import Sandbox
from tests.sandbox.listener import Listener
from tests.sandbox.workspace import CHANNELS, MANIFEST, PEOPLE


@pytest.fixture(scope="module")
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def running(clock: MovableClock) -> Iterator[Sandbox]:
    with Sandbox(clock, manifest=MANIFEST, people=PEOPLE, channels=CHANNELS, answer_seconds=0.3, retry_after=(0.0, 0.05)) as started:
        yield started


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """A workspace on its first day, nothing of the test before still on its way."""
    running.control.settle()
    running.control.clock(reset=True)
    running.events_url = None
    return running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient("xoxb-sandbox", base_url=f"{sandbox.url}/api/")


@pytest.fixture(scope="module")
def connected(running: Sandbox) -> Iterator[Listener]:
    with Listener(running) as listening:
        yield listening


@pytest.fixture
def listener(sandbox: Sandbox, connected: Listener) -> Listener:
    """An app on a socket that keeps what it gets and answers what the test tells it to."""
    connected.requests.clear()
    connected.answer = None
    return connected
