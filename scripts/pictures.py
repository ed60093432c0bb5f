"""Takes the pictures of the README: a small story, told on the sandbox's page in a headless browser.

The machine needs Chromium, fonts for Chinese, and one for emoji, or their names are written out.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from app import Trial
from sandbox.department.people import WEI, XIAOTONG

FOLDER = Path(__file__).parent.parent / "docs/pictures"
CHROMIUM = "/usr/bin/chromium"


class Shot(NamedTuple):
    """One picture: who is looking, at what size and in which light, and what they do before it is taken."""

    who: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"]
    locale: str
    story: Callable[[Page], None]


def win(page: Page) -> None:
    """Enter a bid, hand it in and win it, a line or a press each."""
    enter(page, "/bid new ACME 1.2m due Fri 5pm")
    answer(page, "ACME is in the books")
    enter(page, "/bid submit ACME")
    answer(page, "ACME is recorded as submitted")
    enter(page, "/bid won ACME 1.15m")
    answer(page, "ACME is won")
    page.get_by_test_id("composer").fill("/bid ")


def announcement(page: Page) -> None:
    """Read the announcement, with its detail in the thread."""
    go(page, "wins")
    answer(page, "ACME is won!").get_by_test_id("replies").click()
    expect(page.get_by_test_id("thread-messages")).to_contain_text("handed in on")
    page.get_by_test_id("composer").focus()


def home(page: Page) -> None:
    """Look at App Home on the way."""
    page.get_by_test_id("sidebar-toggle").click()
    page.get_by_test_id("app").click()
    expect(page.get_by_test_id("home")).to_contain_text("Your pre-sales desk")


def form(page: Page) -> None:
    """Answer the form that enters a bid, in Chinese."""
    enter(page, "/bid")
    page.get_by_test_id("modal").get_by_label("客户").fill("桂湖商业银行")
    page.get_by_test_id("modal").get_by_label("金额").fill("350万")


SHOTS: Mapping[str, Shot] = {
    "win": Shot(WEI, (1280, 800), "light", "en-US", win),
    "announcement-dark": Shot(WEI, (1280, 800), "dark", "en-US", announcement),
    "home-phone": Shot(WEI, (390, 760), "light", "en-US", home),
    "form-chinese": Shot(XIAOTONG, (1280, 800), "light", "zh-CN", form),
}


def enter(page: Page, text: str) -> None:
    """Type a line and send it."""
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def answer(page: Page, words: str) -> Locator:
    """Return the latest message with these words, once it is there."""
    found = page.get_by_test_id("messages").get_by_test_id("message").filter(has_text=words).last
    expect(found).to_be_visible()
    return found


def go(page: Page, channel: str) -> None:
    """Open a channel by its name."""
    page.locator(".place", has_text=channel).first.click()


def take(browser: Browser, url: str, name: str, shot: Shot) -> None:
    """Tell a shot's story and write its picture."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=1.5,
        color_scheme=shot.scheme,
        locale=shot.locale,
        reduced_motion="reduce",
    )
    context.add_init_script("localStorage.setItem('sandbox.toured', 'yes')")
    page = context.new_page()
    page.goto(f"{url}/?as={shot.who}")
    shot.story(page)
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
    context.close()


def main() -> None:
    """Take every picture, in the order of the story."""
    FOLDER.mkdir(exist_ok=True)
    trial = Trial(0, {})
    trial.start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, shot in SHOTS.items():
            take(browser, trial.sandbox.url, name, shot)
            print(f"{name}.png: {(FOLDER / f'{name}.png').stat().st_size // 1000} kB")
        browser.close()
    trial.stop()


if __name__ == "__main__":
    main()
