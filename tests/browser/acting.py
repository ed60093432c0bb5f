"""What a person does on the page."""

from playwright.sync_api import Locator, Page, expect


def say(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def last(page: Page) -> Locator:
    return page.get_by_test_id("messages").get_by_test_id("message").last


def act_as(page: Page, person: str) -> None:
    page.get_by_test_id("actas").click()
    page.get_by_test_id(f"actas-{person}").click()
    expect(page.get_by_test_id("title")).to_have_text("desk")
