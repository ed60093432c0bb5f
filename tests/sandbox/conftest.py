"""A workspace of four people, and the official clients that talk to it as strangers would."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.clock import MovableClock
from sandbox import Sandbox
from tests.sandbox.listener import Listener
from tests.sandbox.workspace import CHANNELS, MANIFEST, PEOPLE


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture
def sandbox(clock: MovableClock) -> Iterator[Sandbox]:
    with Sandbox(clock, manifest=MANIFEST, people=PEOPLE, channels=CHANNELS, answer_seconds=0.3, retry_after=(0.0, 0.05)) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient("xoxb-sandbox", base_url=f"{sandbox.url}/api/")


@pytest.fixture
def listener(sandbox: Sandbox) -> Iterator[Listener]:
    """An app on a socket that keeps what it gets and answers what the test tells it to."""
    with Listener(sandbox) as connected:
        yield connected
