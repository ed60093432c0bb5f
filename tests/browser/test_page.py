"""The sandbox's page in a browser: what a person sees and does, with a small app that answers."""

import pytest
from playwright.sync_api import Page, expect

from sandbox.server import Sandbox
from tests.browser.acting import act_as, last, say

pytestmark = pytest.mark.browser


def test_a_message_is_shown_as_it_was_said(page: Page) -> None:
    say(page, "I take *ACME*, @Bob Ito")
    expect(last(page)).to_contain_text("I take ACME, @Bob Ito")
    expect(last(page).locator("b", has_text="ACME")).to_be_visible()
    expect(page.get_by_test_id("composer")).to_have_value("")


def test_the_tour_leads_to_the_composer(page: Page) -> None:
    page.get_by_test_id("tour").click()
    page.get_by_test_id("tour-show-act-as").click()
    expect(page.get_by_test_id("actas")).to_contain_text("Engineer")
    page.get_by_test_id("tour-show-bid-new").click()
    expect(page.get_by_test_id("composer")).to_have_value("/bid new ACME 1.2m due Fri 5pm")
    expect(page.get_by_test_id("composer")).to_be_focused()


def test_a_command_is_completed_explained_and_answered(page: Page) -> None:
    composer = page.get_by_test_id("composer")
    composer.press_sequentially("/d")
    expect(page.get_by_test_id("command-desk")).to_contain_text("Talk to the desk")
    composer.press("Tab")
    expect(page.get_by_test_id("usage")).to_contain_text("card | form | secret")
    composer.press_sequentially("secret")
    composer.press("Enter")
    expect(last(page)).to_contain_text("Only visible to you")
    expect(last(page)).to_contain_text("Between us: secret")


def test_an_unknown_command_is_refused_and_its_text_stays(page: Page) -> None:
    say(page, "/nothing at all")
    expect(page.get_by_test_id("notice")).to_be_visible()
    expect(page.get_by_test_id("composer")).to_have_value("/nothing at all")


def test_acting_as_another_hides_what_was_meant_for_one(page: Page) -> None:
    say(page, "/desk secret")
    expect(last(page)).to_contain_text("Between us")
    act_as(page, "U0BOB")
    expect(last(page)).to_contain_text("Who takes ACME?")
    expect(page.get_by_text("Between us")).to_have_count(0)


def test_a_button_changes_its_message(page: Page) -> None:
    say(page, "/desk card")
    last(page).locator("[data-action-id=take]").click()
    expect(last(page)).to_contain_text("Taken by @Ann Keller")
    expect(last(page).locator("[data-action-id=take]")).to_have_count(0)


def test_a_form_shows_its_errors_keeps_what_was_typed_and_is_accepted(page: Page) -> None:
    say(page, "/desk form")
    customer, amount = (page.locator(f"[data-block-id={name}] input") for name in ("customer", "amount"))
    expect(customer).to_be_focused()
    customer.fill("ACME")
    page.get_by_test_id("modal-submit").click()
    expect(page.get_by_test_id("error-amount")).to_have_text("Please complete this required field.")
    amount.fill("a lot")
    page.get_by_test_id("modal-submit").click()
    expect(page.get_by_test_id("error-amount")).to_have_text("That is no amount: try 350000.")
    expect(amount).to_be_focused()
    expect(customer).to_have_value("ACME")
    amount.fill("350000")
    page.locator("[data-action-id=why]").click()
    page.get_by_test_id("option-time").click()
    expect(page.locator("[data-action-id=why]")).to_have_text("Time")
    page.get_by_test_id("modal-submit").click()
    expect(page.get_by_test_id("modal")).to_have_count(0)
    expect(last(page)).to_contain_text("ACME for 350000")


def test_what_is_typed_is_told_when_one_pauses_and_when_one_leaves(page: Page) -> None:
    say(page, "/desk form")
    note = page.locator("[data-block-id=note] input")
    note.press_sequentially("They like us")
    expect(last(page)).to_contain_text("Noted: They like us")
    expect(page.get_by_text("Noted: They", exact=True)).to_have_count(0)
    note.press_sequentially(" a lot")
    note.press("Escape")
    expect(page.get_by_test_id("modal")).to_have_count(0)
    expect(last(page)).to_contain_text("Noted: They like us a lot")


def test_escape_leaves_a_form_and_the_focus_returns(page: Page) -> None:
    say(page, "/desk form")
    expect(page.get_by_test_id("modal-title")).to_have_text("New bid")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).to_have_count(0)
    expect(page.get_by_test_id("composer")).to_be_focused()


def test_the_apps_home_is_drawn_and_its_messages_are_a_tab_away(page: Page) -> None:
    page.get_by_test_id("app").click()
    expect(page.get_by_test_id("home")).to_contain_text("ACME waits for you")
    page.get_by_test_id("tab-messages").click()
    say(page, "todo")
    expect(last(page)).to_contain_text("todo")


def test_a_reply_stays_in_its_thread(page: Page) -> None:
    last(page).hover()
    last(page).get_by_test_id("reply").click()
    page.get_by_test_id("thread-composer").fill("Me.")
    page.get_by_test_id("thread-composer").press("Enter")
    expect(page.get_by_test_id("thread-messages").get_by_test_id("message").last).to_contain_text("Me.")
    expect(last(page)).to_contain_text("Who takes ACME?")
    expect(last(page).get_by_test_id("replies")).to_contain_text("1 reply")


def test_a_message_can_be_reacted_to_edited_and_deleted(page: Page) -> None:
    say(page, "A frist try")
    mine = page.get_by_test_id("message").filter(has_text="A f")
    mine.hover()
    mine.get_by_test_id("react").click()
    page.get_by_test_id("emoji-tada").click()
    expect(mine.get_by_test_id("reaction-tada")).to_contain_text("1")
    mine.get_by_test_id("more").click()
    page.get_by_test_id("edit").click()
    page.get_by_test_id("edit-text").fill("A first try")
    page.get_by_test_id("edit-save").click()
    expect(mine).to_contain_text("A first try (edited)")
    mine.hover()
    mine.get_by_test_id("more").click()
    page.get_by_test_id("delete").click()
    expect(mine).to_have_count(0)


def test_a_message_shortcut_reaches_the_app(page: Page) -> None:
    last(page).hover()
    last(page).get_by_test_id("more").click()
    page.get_by_test_id("shortcut-log").click()
    expect(last(page).get_by_test_id("replies")).to_contain_text("1 reply")


def test_what_others_say_is_read_out_and_counted_elsewhere(page: Page, workspace: Sandbox) -> None:
    workspace.control.say("U0BOB", "C0DESK", "Lunch?")
    expect(page.get_by_test_id("announcer")).to_have_text("Bob Ito: Lunch?")
    workspace.control.say("U0BOB", "U0ANN", "Between us")
    unread = page.get_by_test_id("sidebar").get_by_role("button", name="Bob Ito")
    expect(unread).to_have_text("BIBob Ito1")


def test_a_draft_outlives_leaving_and_reloading(page: Page) -> None:
    page.get_by_test_id("composer").fill("not yet")
    page.get_by_test_id("app").click()
    page.get_by_test_id("channel-C0DESK").click()
    expect(page.get_by_test_id("composer")).to_have_value("not yet")
    page.reload()
    expect(page.get_by_test_id("composer")).to_have_value("not yet")


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer")).to_be_focused()
    page.keyboard.type("/desk card")
    page.keyboard.press("Enter")
    expect(last(page)).to_contain_text("ACME waits for you")
    page.keyboard.press("Shift+F6")
    expect(page.get_by_test_id("messages")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(last(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(last(page).locator("[data-action-id=take]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(last(page)).to_contain_text("Taken by @Ann Keller")


def test_the_focus_stays_inside_a_form(page: Page) -> None:
    say(page, "/desk form")
    expect(page.get_by_test_id("modal")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")


def test_the_clock_moves_and_returns(page: Page) -> None:
    expect(page.get_by_test_id("clock-time")).to_have_text("Tue, 24 Nov 2026, 02:05")
    page.get_by_test_id("clock").click()
    page.get_by_test_id("clock-day").click()
    expect(page.get_by_test_id("clock-time")).to_have_text("Wed, 25 Nov 2026, 02:05")
    page.get_by_test_id("clock-reset").click()
    expect(page.get_by_test_id("clock-time")).to_have_text("Tue, 24 Nov 2026, 02:05")


def test_the_page_speaks_the_language_of_the_acting_person(page: Page) -> None:
    act_as(page, "U0LIN")
    expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "发消息到 #desk")
    page.get_by_test_id("language").click()
    page.get_by_test_id("language-zh-Hant").click()
    expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "傳訊息到 #desk")


def test_a_fault_is_asked_for_and_seen_in_the_traffic(page: Page) -> None:
    page.get_by_test_id("faults").click()
    page.get_by_test_id("fault-method").fill("views.open")
    page.get_by_test_id("fault-server_error").click()
    page.keyboard.press("Escape")
    page.get_by_test_id("traffic").click()
    say(page, "/desk form")
    expect(page.get_by_test_id("calls")).to_contain_text("views.open")
    expect(page.get_by_test_id("calls").locator(".bad").first).to_be_visible()
