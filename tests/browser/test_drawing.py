"""How the page draws what is said, in every language, on every screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import last, say

pytestmark = pytest.mark.browser


def test_what_people_write_is_never_markup(page: Page) -> None:
    said = "<img src=x onerror=\"document.title='taken'\"> <!channel> <script>1</script> </b>"
    say(page, said)
    expect(last(page).get_by_test_id("message-text")).to_have_text(said)
    expect(last(page).locator("img, script, .mention")).to_have_count(0)


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("*b* _i_ ~s~ `c`", "<b>b</b> <i>i</i> <s>s</s> <code>c</code>"),
        ("a*b*c 2 * 3 * 4", "a*b*c 2 * 3 * 4"),
        ("*_both_*", "<b><i>both</i></b>"),
        ("`*not* &lt;b&gt;`", "<code>*not* &lt;b&gt;</code>"),
        ("```x\n*y*```", "<pre><code>x\n*y*</code></pre>"),
        ("&gt; one\n&gt; two\nthree", "<blockquote>one<br>two</blockquote>three"),
        ("&lt;!here&gt; &amp;lt;", "&lt;!here&gt; &amp;lt;"),
        ("<javascript:alert(1)|go>", "&lt;javascript:alert(1)|go&gt;"),
        ("<!here>", '<span class="mention mine">@here</span>'),
        (
            "<https://a.example/?x=1&amp;y=2|a &lt;b&gt;>",
            '<a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer">a &lt;b&gt;</a>',
        ),
        ("<!date^1795482300^{date_num} {nonsense}|then>", "then"),
        (":no_such_emoji: 10:30:00", ":no_such_emoji: 10:30:00"),
    ],
)
def test_mrkdwn_is_drawn_as_slack_draws_it(page: Page, said: str, drawn: str) -> None:
    script = """async (said) => {
        const { mrkdwn } = await import("/static/kit/text.js");
        const box = document.createElement("div");
        box.append(...mrkdwn(said));
        box.querySelectorAll("time").forEach((time) => time.replaceWith(time.textContent));
        return box.innerHTML;
    }"""
    assert page.evaluate(script, said) == drawn


def test_every_phrase_is_there_in_all_languages(page: Page) -> None:
    script = """async () => {
        const { WORDS } = await import("/static/words.js");
        const { STEPS } = await import("/static/tour.js");
        const gaps = (text) => (text.match(/\\{\\w+\\}/g) || []).sort().join();
        const whole = (texts) => texts.length === 3 && texts.every((text) => text && gaps(text) === gaps(texts[0]));
        const all = [...Object.entries(WORDS), ...STEPS.flatMap((step) => [[step.id, step.title], [step.id, step.text]])];
        return all.filter(([, texts]) => !whole(texts)).map(([name]) => name);
    }"""
    assert page.evaluate(script) == []


NAMELESS = """[...document.querySelectorAll("button, input, textarea, [role=listbox], [role=dialog], dialog")]
    .filter((each) => each.checkVisibility() && !each.closest("[aria-hidden=true]"))
    .filter((each) => !each.getAttribute("aria-label") && !each.ariaLabelledByElements?.length)
    .filter((each) => !each.labels?.length && !each.innerText?.trim())
    .map((each) => each.outerHTML)"""


def test_everything_one_can_press_has_a_name(page: Page) -> None:
    say(page, "/desk card")
    last(page).hover()
    assert page.evaluate(NAMELESS) == []
    page.get_by_test_id("actas").click()
    assert page.evaluate(NAMELESS) == []
    page.keyboard.press("Escape")
    say(page, "/desk form")
    expect(page.get_by_test_id("modal")).to_be_visible()
    assert page.evaluate(NAMELESS) == []


def test_the_page_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_test_id("channel-C0DESK")).to_be_hidden()
    page.get_by_test_id("sidebar-toggle").click()
    page.get_by_test_id("app").click()
    expect(page.get_by_test_id("home")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
