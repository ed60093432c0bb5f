"""A customer answers a survey in a browser: on a phone or a desk, light or dark, in each language, without any script."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.clock import MovableClock
from bot.handbook import load_handbook
from bot.language import LANGUAGES, translator
from bot.policy.surveys import Survey, lasting, sign
from handlers.context import Desk
from handlers.survey_page import survey_routes
from handlers.web import Server, web_app
from storage import Store

pytestmark = pytest.mark.browser
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def link(sqlite_database: str) -> Iterator[str]:
    """Return the address of a survey about a demo."""
    clock = MovableClock(MONDAY)
    store = Store(sqlite_database, clock)
    ends = lasting(MONDAY, timedelta(days=14))
    with store.change() as shelves:
        names = {"customer_name": "Acme & Söhne <Group>", "customer_key": "acme"}
        asked = Survey(**names, about="demo", ref="D-4", language="en", asked_by="U1", created=MONDAY, expires=ends)
        token = sign(shelves.surveys.key(), shelves.surveys.add(asked).id, ends)
    server = Server(web_app(None, dict, survey_routes(Desk(store, load_handbook(None), clock))), "127.0.0.1", 0)
    server.start()
    yield f"http://127.0.0.1:{server.port}/survey/{token}"
    server.stop()
    store.close()


@pytest.fixture(params=[(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Return a customer's page, on which no script runs and nothing may be refused by the page's own policy."""
    screen, colours = request.param
    context = browser.new_context(viewport=screen, color_scheme=colours, java_script_enabled=False)
    page, refused = context.new_page(), list[str]()
    page.on("console", lambda line: refused.append(line.text))
    yield page
    context.close()
    assert [line for line in refused if "Content Security Policy" in line] == []


def mark(page: Page, question: str, value: int) -> None:
    """Press a mark of a question as a finger does."""
    page.locator("fieldset", has_text=question).locator("label", has_text=str(value)).click()


def test_a_customer_fills_the_page_in_sends_it_and_is_thanked_once(visitor: Page, link: str) -> None:
    visitor.goto(f"{link}?lang=en")
    expect(visitor.locator("h1")).to_have_text("How satisfied are you with our demo?")
    expect(visitor.locator("main")).to_contain_text("asks Acme & Söhne <Group> for an opinion")
    mark(visitor, "Overall", 4)
    mark(visitor, "go on working", 5)
    visitor.get_by_label("What should we keep").fill("Quick, and to the point.")
    visitor.get_by_label("Your name").fill("Li Na")
    expect(visitor.locator("input:checked")).to_have_count(2)
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator("h1")).to_have_text("Thank you!")
    visitor.reload()
    expect(visitor.locator("h1")).to_have_text("This survey has been answered already")
    visitor.goto(link)
    expect(visitor.locator("h1")).to_have_text("This survey has been answered already")


def test_without_the_first_mark_nothing_is_sent(visitor: Page, link: str) -> None:
    visitor.goto(link)
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator("form")).to_be_visible()
    expect(visitor.locator("input[name=score]:invalid")).to_have_count(5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_there_in_every_language_and_never_wider_than_the_screen(visitor: Page, link: str, language: str) -> None:
    visitor.goto(f"{link}?lang=en")
    if language != "en":
        visitor.locator(f"nav a[lang={language}]").click()
    expect(visitor.locator("html")).to_have_attribute("lang", language)
    expect(visitor.locator("h1")).to_have_text(translator(language)("How satisfied are you with our demo?"))
    screen = visitor.viewport_size
    page = visitor.locator("main").bounding_box()
    assert screen and page and page["x"] >= 0 and page["x"] + page["width"] <= screen["width"]
    for place in visitor.locator(".marks label, button, textarea, nav a").all():
        box = place.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= screen["width"] and box["height"] >= 40


def test_it_can_be_filled_in_with_the_keyboard_alone(visitor: Page, link: str) -> None:
    visitor.goto(link)
    visitor.locator("input[name=score]").first.focus()
    for _ in range(3):
        visitor.keyboard.press("ArrowRight")
    expect(visitor.locator("input[name=score]:checked")).to_have_value("4")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("h1")).to_have_text("Thank you!")
