"""The page's tour with the real bot in the real department: each step keeps what it promises."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app import Trial

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nobody has been yet; it fails the test when a script fails."""
    trial = Trial(0, {})
    trial.start()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    page, mistakes = context.new_page(), list[str]()
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.goto(trial.sandbox.url)
    yield page
    context.close()
    trial.stop()
    assert mistakes == []


def show(page: Page, step: str) -> None:
    """Press "Show me" of a step, and Enter where that wrote a command."""
    page.get_by_test_id(f"tour-show-{step}").click()
    expect(page.get_by_test_id(f"tour-step-{step}")).to_have_class("step done")
    written = page.get_by_test_id(f"tour-step-{step}").locator("code")
    if written.count():
        expect(page.get_by_test_id("composer")).to_have_value(written.inner_text())
        page.get_by_test_id("composer").press("Enter")


def said(page: Page, words: str) -> Locator:
    """Return the latest message with these words."""
    return page.get_by_test_id("messages").get_by_test_id("message").filter(has_text=words).last


def test_the_tour_keeps_what_it_promises(page: Page) -> None:
    show(page, "act-as")
    expect(page.get_by_test_id("actas")).to_contain_text("engineer")

    show(page, "bid-new")
    expect(said(page, "ACME is in the books")).to_contain_text("CNY 1,200,000 · due Fri")

    show(page, "bid-list")
    expect(said(page, "Your open bids")).to_contain_text("ACME · registered")

    show(page, "bid-won")
    said(page, "has not been submitted yet").get_by_role("button", name="Record both").click()
    expect(said(page, "ACME is won: CNY 1,200,000. Well done!")).to_contain_text("Not recorded at its time")

    show(page, "wins")
    said(page, "ACME is won!").get_by_test_id("replies").click()
    expect(page.get_by_test_id("thread-messages")).to_contain_text("handed in on")
    undo(page)
    said(page, "is not recorded as won").get_by_test_id("replies").click()
    expect(page.get_by_test_id("thread-messages")).to_contain_text("See the correction above")
    page.get_by_test_id("thread-close").click()

    show(page, "grade")
    result = said(page, "Your appraisal of")
    expect(result).to_contain_text("Scored by Grace Liang")
    result.get_by_role("button", name="Why").first.click()
    expect(said(page, "Won ÷ submitted")).to_contain_text("Clause §5.1.1")

    show(page, "deadline")
    expect(said(page, "Has it been handed in?").get_by_role("button", name="Submitted")).to_be_visible()


def undo(page: Page) -> None:
    """Press Undo where the bid was won, and come back to the announcement."""
    page.get_by_test_id("channel-C0PRESALES").click()
    said(page, "ACME is won: CNY 1,200,000").get_by_role("button", name="Undo").click()
    expect(said(page, "Undone. ACME is registered again")).to_be_visible()
    page.get_by_test_id("channel-C0WINS0001").click()
