"""Asking for a demo, seeing one, lists of them, and the way back."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.language import N_, translator
from bot.policy import demos as policy
from bot.policy.demos import AHEAD, LIVE, Demo, State
from bot.policy.opportunities import LIVE as LIVE_DEALS
from bot.policy.opportunities import Opportunity
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.views.demos import forms, lists, sheet, steps
from bot.views.follow_up import offered
from bot.words import Unreadable
from bot.words.numbers import is_number, number_in
from bot.words.text import Word as Typed
from bot.words.text import clean, words
from bot.words.times import read_when
from handlers.context import Answer, Open, Say, Turn
from handlers.demos.finding import FIND, keep_demo, receipt, roles
from handlers.finding import deal, known, named_customer
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.deals import touch
from storage.demos import Wanted
from storage.store import Shelves

LONGEST_TIME = 6  # words


def register(routes: Routes) -> None:
    """Register asking for demos, seeing them and taking changes back."""
    routes.command(
        "/demo",
        "new",
        Word("new", new, N_("new CUSTOMER [WHEN]"), N_("ask for a demo"), ("新建", "新增", "安排", "申请", "申請")),
        Word("list", listing, N_("list [mine|team|open|all]"), N_("see demos"), ("列表", "清单", "清單")),
        Word("show", show, N_("show X"), N_("see one demo with its feedback"), ("查看", "显示", "顯示")),
        Word("undo", undo, N_("undo X"), N_("take your last change back"), ("撤销", "撤銷")),
    )
    pressed = {steps.NEW: new, steps.NEW_ON: new_on, steps.ANOTHER: another, steps.LIST: more, steps.SHOW: show_pressed}
    for name, handler in (pressed | {steps.UNDO: undo_pressed}).items():
        routes.button(name, handler)
    routes.form(steps.NEW, NewDemo, entered)


class NewDemo(Form):
    """A demo to be entered."""

    customer: str = Field(min_length=1, max_length=200)
    at: datetime | None = None
    content: str = Field(default="", max_length=2000)
    audience: str = Field(default="", max_length=500)


def new(turn: Turn, shelves: Shelves) -> Answer:
    """Enter a demo as typed, or open the form when nothing was."""
    require("demos.new", turn.roles)
    if not turn.text.strip():
        return Open(forms.new_form(turn._, turn.channel))
    name, typed = split_when(turn, words(turn.text))
    customer = named_customer(" ".join(word.typed for word in name))
    when = " ".join(word.text for word in typed)
    found = deal(turn, shelves, customer, steps.NEW_ON, when)
    return enter(turn, shelves, found, when=when, place=turn.channel)


def split_when(turn: Turn, typed: list[Typed]) -> tuple[list[Typed], list[Typed]]:
    """Return the customer's words, and the longest time at the end, if there is one."""
    for start in range(max(1, len(typed) - LONGEST_TIME), len(typed)):
        try:
            moment(turn, " ".join(word.text for word in typed[start:]))
        except Unreadable as unreadable:
            if unreadable.reason != "when_unknown":
                raise
            continue
        return typed[:start], typed[start:]
    return typed, []


def moment(turn: Turn, typed: str) -> datetime:
    """Return the instant that was typed, on the speaker's clock; raise Unreadable."""
    return read_when(typed, turn.now, ZoneInfo(turn.person.zone)).instant


def new_on(turn: Turn, shelves: Shelves) -> Answer:
    """Enter the demo on the deal that was picked."""
    return on_deal(turn, shelves, again=False)


def another(turn: Turn, shelves: Shelves) -> Answer:
    """Enter one more demo on a deal that has one in hand."""
    return on_deal(turn, shelves, again=True)


def on_deal(turn: Turn, shelves: Shelves, again: bool) -> Answer:
    """Enter a demo on the deal that a button carries, at the time that was typed before."""
    require("demos.new", turn.roles)
    number, _colon, when = turn.value.partition(":")
    found = shelves.opportunities.get(int(number), lock=True) if is_number(number) else None
    if found is None or found.state not in LIVE_DEALS or not known(turn, shelves, found):
        raise Refusal(N_("That deal is not open any more."))
    return enter(turn, shelves, found, when=when, place=turn.channel, again=again)


def entered(turn: Turn, shelves: Shelves, form: NewDemo) -> Answer:
    """Enter the demo of the form."""
    require("demos.new", turn.roles)
    if form.at and form.at <= turn.now:
        raise Refusal(N_("Choose a time that is still ahead."), field="at")
    when = form.at.isoformat() if form.at else ""
    found = deal(turn, shelves, named_customer(form.customer), steps.NEW_ON, when)
    facts = {"content": clean(form.content), "audience": clean(form.audience)}
    return enter(turn, shelves, found, when=when, place=turn.metadata, again=bool(form.content), **facts)


def enter(turn: Turn, shelves: Shelves, on: Opportunity, when: str, place: str, again: bool = False, **facts: Any) -> Answer:
    """Enter a demo on a deal, unless one is in hand and nobody said that this is `again` another."""
    in_hand = [demo for demo in shelves.demos.of_opportunity(on.id) if demo.state in AHEAD and known(turn, shelves, demo)]
    if in_hand and not again:
        return Say(lists.exists(turn._, in_hand, when, turn.person.zone))
    at = moment(turn, when) if when else None
    named = {"opportunity": on.id, "customer_name": on.customer_name, "customer_key": on.customer_key, "confidential": on.confidential}
    own = {"owner": turn.person.id, "zone": turn.person.zone, "opened_at": turn.now, "at": at, "channel": sheet_place(turn, on, place)}
    demo = shelves.demos.add(Demo(**named, **own, **facts))
    change = shelves.audit.note(policy.opened(demo, turn.person.id, turn.now).event.amended(request=turn.request))
    touch(shelves, demo.opportunity, turn.now)
    post_sheet(turn, shelves, demo)
    said = sheet.entered(turn._, demo)
    return Say(sheet.receipt(turn._, demo, said, steps.next_steps(demo, roles(turn, shelves, demo)), change.id, turn.person.zone))


def sheet_place(turn: Turn, on: Opportunity, place: str) -> str:
    """Return the channel in which the sheet is posted: where the command was typed, else the handbook's; a confidential one nowhere."""
    if on.confidential:
        return ""
    return place if place.startswith(("C", "G")) else turn.handbook.channels.demos or ""


def post_sheet(turn: Turn, shelves: Shelves, demo: Demo) -> None:
    """Have the sheet posted, under which feedback is taken."""
    if demo.channel:
        message = sheet.posted(translator(turn.handbook.company.language), demo, [])
        shelves.outbox.say(sheet.sheet_key(demo, demo.channel), demo.channel, message, subject=demo.subject)


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show one demo."""
    return shown(turn, shelves, FIND.find(turn, shelves, steps.SHOW).record)


def show_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the demo of this button."""
    return shown(turn, shelves, FIND.by_value(turn, shelves))


def shown(turn: Turn, shelves: Shelves, demo: Demo) -> Answer:
    """Answer with everything about a demo and the steps that this person may take."""
    entries, held = shelves.feedback.of_demo(demo.id), roles(turn, shelves, demo)
    return Say(sheet.sheet(turn._, demo, entries, held, turn.person.zone, offered(turn.roles, turn.handbook.surveys.base_url)))


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List demos: the person's own unfinished ones unless another word is typed."""
    return page(turn, shelves, lists.scope(turn.text), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of a list; the button carries which list and which page."""
    which, _colon, number = turn.value.partition(":")
    return page(turn, shelves, lists.scope(which), number_in(number))


def page(turn: Turn, shelves: Shelves, which: lists.Scope, number: int) -> Answer:
    """Answer with one page of a list, of which this person sees what they may know of."""
    require("demos.see", turn.roles)
    states = frozenset(State) - {State.RETRACTED} if which is lists.Scope.ALL else LIVE
    team = shelves.people.team_of(turn.person)
    owners = team if which is lists.Scope.TEAM else None
    mine = turn.person.id if which is lists.Scope.MINE else ""
    wanted = Wanted(turn.person.id, team, states, owners, mine)
    found = shelves.demos.listed(wanted, limit=lists.PAGE + 1, offset=number * lists.PAGE)
    return Say(lists.listing(turn._, which, found[: lists.PAGE], number, len(found) > lists.PAGE, turn.person.zone))


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change of the demo."""
    return take_back(turn, shelves, FIND.find(turn, shelves, steps.UNDO).record, None)


def undo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the very change that the button belongs to."""
    change = turn.value.partition(":")[2]
    return take_back(turn, shelves, FIND.by_value(turn, shelves), number_in(change) or None)


def take_back(turn: Turn, shelves: Shelves, demo: Demo, change: int | None) -> Answer:
    """Take back the last change, which must be the one meant if one is."""
    history = shelves.audit.of(demo.subject)
    step = policy.undo(demo, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    if step.record.state is State.RETRACTED and shelves.feedback.of_demo(demo.id):
        raise Refusal(N_("There is feedback on {number}: take that back first."), number=demo.number)
    if step.record.state is State.RETRACTED:
        for said in shelves.outbox.about(demo.subject):
            shelves.outbox.withdraw(said.key)
        keep_demo(turn, shelves, step)
        return Say(sheet.receipt(turn._, step.record, sheet.undone(turn._, step.record), [], None, turn.person.zone))
    return receipt(turn, shelves, step, sheet.undone, undoable=False)
