"""Lists of demos, and of what they taught."""

from collections.abc import Sequence
from datetime import date

from bot.language import N_, Translator
from bot.policy.demos import STATE_NAMES, Demo, Lesson
from bot.views import listing as shared
from bot.views.blocks import Block, Message, Sentence, actions, bold, bullets, button, prose, says, section
from bot.views.demos.steps import ANOTHER, LIST, NEW, SHOW

PAGE, MOST_LESSONS = 10, 30

Scope = shared.Scope
scope = shared.scope
TITLES = {
    Scope.MINE: N_("Your demos that are not finished"),
    Scope.TEAM: N_("Unfinished demos of your team"),
    Scope.OPEN: N_("All unfinished demos"),
    Scope.ALL: N_("All demos"),
}
LISTING = shared.Listing(TITLES, "/demo new ACME Fri 10am", LIST)


def row(_: Translator, demo: Demo, zone: str) -> Block:
    """Return one line of a list, with the button that opens the demo."""
    when = _.moment(demo.at, zone) if demo.at else _("no time yet")
    return section(f"{demo.number} · {demo.customer_name}\n{_(STATE_NAMES[demo.state])} · {when}", button(_("Open"), SHOW, str(demo.id)))


def listing(_: Translator, which: Scope, demos: Sequence[Demo], page: int, more: bool, zone: str) -> Message:
    """Return a page of demos, `page` counted from 0, with the way to the next one."""
    if not demos:
        return LISTING.empty(_, which, button(_("New demo"), NEW, "new", "primary"))
    return LISTING.page(_, which, [row(_, demo, zone) for demo in demos], page, more)


def exists(_: Translator, demos: Sequence[Demo], typed: str, zone: str) -> Message:
    """Say that a demo for this deal is in hand, with the ways to open it and to enter another all the same."""
    said = prose(_.template("A demo for {customer} is in hand already."), customer=bold(demos[0].customer_name))
    rows = [row(_, demo, zone) for demo in demos[:5]]
    return says(said, also=[*rows, actions(button(_("Enter another one"), ANOTHER, f"{demos[0].opportunity}:{typed}"[:2000]))])


def lesson(_: Translator, one: Lesson) -> Sentence:
    """Return one lesson with the demo that taught it."""
    template = (
        _.template("{customer} ({number}), improvement: {text}")
        if one.improvement
        else _.template("{customer} ({number}), problem: {text}")
    )
    return prose(template, customer=bold(one.demo.customer_name), number=one.demo.number, text=one.text[:300])


def lessons(_: Translator, found: Sequence[Lesson], sought: str) -> Message:
    """Return what demos taught, or what of it speaks of a word."""
    about = prose(_.template("What demos taught us about {words}"), words=bold(sought)) if sought else (bold(_("What demos taught us")),)
    if not found:
        return says(about, prose(_.template("Nothing yet: it comes from the summaries of demos.")))
    return says(about, also=[bullets(*(lesson(_, one) for one in found[:MOST_LESSONS]))])


def digest(_: Translator, month: date, demos: int, found: Sequence[Lesson]) -> Message:
    """Return the head of the monthly digest; the lessons follow in its thread."""
    when = f"{month:%Y-%m}"
    count = _.plural("{n} demo summed up", "{n} demos summed up", demos)
    problems, improvements = (sum(one.improvement is improved for one in found) for improved in (False, True))
    told = _("problems: {problems}, improvements: {improvements}", problems=_.number(problems), improvements=_.number(improvements))
    return says(
        prose(
            _.template("Lessons from the demos of {month}: {count}, {told}. They are in this thread."),
            month=bold(when),
            count=count,
            told=told,
        )
    )
