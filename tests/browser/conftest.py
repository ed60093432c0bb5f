"""A browser, a workspace with a small app, and its page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.clock import MovableClock
from sandbox.server import Sandbox
from tests.browser.desk import CHANNELS, MANIFEST, PEOPLE, desk_app

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
SWITCHES += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
START = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def workspace() -> Iterator[Sandbox]:
    with Sandbox(MovableClock(START), manifest=MANIFEST, people=PEOPLE, channels=CHANNELS) as sandbox:
        app = desk_app(WebClient(token="xoxb-sandbox", base_url=f"{sandbox.url}/api/"))
        handler = SocketModeHandler(app, "xapp-sandbox")
        handler.connect()
        yield sandbox
        handler.close()


@pytest.fixture
def page(workspace: Sandbox, browser: Browser) -> Iterator[Page]:
    """A page on the first day of the workspace, as Ann in #desk; it fails the test when a script fails."""
    workspace.control.clock(reset=True)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script("localStorage.setItem('sandbox.toured', 'yes')")
    page, mistakes = context.new_page(), list[str]()
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.goto(f"{workspace.url}/?as=U0ANN")
    expect(page.get_by_test_id("title")).to_have_text("desk")
    yield page
    context.close()
    assert mistakes == []
