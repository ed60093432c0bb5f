"""Looking at opportunities: `/opportunity list`, `/opportunity show` and the timeline."""

from collections.abc import Sequence

from bot.language import N_
from bot.policy.opportunities import LIVE, Opportunity, Outcome
from bot.policy.people import require
from bot.views.opportunities import lists as lists_views
from bot.views.opportunities import sheet as sheet_views
from bot.words.numbers import number_in
from handlers.context import Answer, Say, Turn
from handlers.finding import known
from handlers.opportunities.keeping import FIND, live_bid, steps
from handlers.routes import Routes, Word
from storage.opportunities import Eyes
from storage.phases import Moment, Part, parts_of, phase_of, timeline
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and forms."""
    listed = ("列表", "清单", "清單", "商机", "商機", "機會")
    routes.command(
        "/opportunity",
        "new",
        Word("list", listing, N_("list [mine|team|open|all]"), N_("see opportunities"), listed),
        Word("show", show, N_("show X"), N_("see one opportunity with its timeline"), ("查看", "显示", "顯示")),
    )
    routes.button(sheet_views.LIST, more)
    routes.button(sheet_views.SHOW, show_pressed)
    routes.button(sheet_views.TIMELINE, timeline_pressed)


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of one opportunity."""
    return sheet(turn, shelves, FIND.find(turn, shelves, sheet_views.SHOW).record)


def show_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of the opportunity in a list."""
    return sheet(turn, shelves, FIND.by_value(turn, shelves))


def sheet(turn: Turn, shelves: Shelves, deal: Opportunity) -> Answer:
    """Answer with everything about an opportunity and the steps that this person may take."""
    parts, bid = parts_seen(turn, shelves, deal), live_bid(shelves, deal)
    hung = [sheet_views.Hung(part.record.number, part.state) for part in parts]
    told, more = told_of(timeline(shelves, deal, parts, turn.desk.url), 0)
    with_it = sheet_views.Sheet(phase_of(deal, parts), hung, told, more, steps(turn, shelves, deal), bid.id if bid else 0, turn.person.zone)
    return Say(sheet_views.sheet(turn._, deal, with_it))


def parts_seen(turn: Turn, shelves: Shelves, deal: Opportunity) -> list[Part]:
    """Return what hangs on a deal, of which this person may know."""
    return [part for part in parts_of(shelves, deal) if known(turn, shelves, part.record)]


def timeline_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of the timeline."""
    deal = FIND.by_value(turn, shelves)
    page = turn.value.partition(":")[2]
    number = number_in(page)
    told, more = told_of(timeline(shelves, deal, parts_seen(turn, shelves, deal), turn.desk.url), number)
    return Say(sheet_views.timeline(turn._, deal, told, turn.person.zone, number, more))


def told_of(moments: Sequence[Moment], page: int) -> tuple[list[sheet_views.Told], bool]:
    """Return a page of the timeline, and whether there is more."""
    start = page * sheet_views.MOMENTS
    shown = moments[start : start + sheet_views.MOMENTS]
    told = [sheet_views.Told(one.event.at, one.number, one.event.actor, one.became, one.link) for one in shown]
    return told, len(moments) > start + sheet_views.MOMENTS


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List opportunities: the person's own open ones unless another word is typed."""
    return page(turn, shelves, lists_views.scope(turn.text), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of a list; the button carries which list and which page."""
    which, _colon, number = turn.value.partition(":")
    return page(turn, shelves, lists_views.scope(which), number_in(number))


def page(turn: Turn, shelves: Shelves, which: lists_views.Scope, number: int) -> Answer:
    """Answer with one page of a list."""
    require("opportunities.see", turn.roles)
    states = set(Outcome) - {Outcome.RETRACTED} if which is lists_views.Scope.ALL else LIVE
    owners = {lists_views.Scope.MINE: [turn.person.id], lists_views.Scope.TEAM: shelves.people.team_of(turn.person)}.get(which)
    eyes = Eyes(turn.person.id, shelves.people.below(turn.person.id))
    found = shelves.opportunities.listed(eyes, states, owners, sheet_views.PAGE + 1, number * sheet_views.PAGE)
    rows = [lists_views.Row(deal, phase_of(deal, parts_of(shelves, deal))) for deal in found[: sheet_views.PAGE]]
    return Say(lists_views.listing(turn._, which, rows, number, len(found) > sheet_views.PAGE))
