"""Looking at bids: `/bid list` and `/bid show`."""

from datetime import timedelta
from typing import Any

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import OPEN, UNSUBMITTED, Bid, State
from bot.policy.people import require
from bot.views.bids import full
from bot.views.bids import lists as views
from handlers.bids.finding import bid_by_value, find_bid
from handlers.bids.keeping import roles
from handlers.context import Answer, Say, Turn
from handlers.routes import Routes, Word
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words and buttons that show bids."""
    routes.command(
        "/bid",
        "new",
        Word("list", listing, N_("list [mine|team|open|all|due]"), N_("see bids"), ("列表", "清单", "清單"), reads=True),
        Word("show", show, N_("show X"), N_("see one bid"), ("查看", "显示", "顯示")),
    )
    routes.button(views.LIST, more)
    routes.button(views.SHOW, show_pressed)


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of one bid."""
    return sheet(turn, shelves, find_bid(turn, shelves, views.SHOW).bid)


def show_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of the bid in a list."""
    return sheet(turn, shelves, bid_by_value(turn, shelves))


def sheet(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Answer with everything about a bid and the steps that this person may take."""
    names = {reason.id: reason.name[turn.person.speaks] for reason in turn.handbook.bids.loss_reasons}
    names = {reason.id: reason.name[turn.person.speaks] for reason in turn.handbook.bids.loss_reasons}
    return Say(full.sheet(turn._, bid, policy.steps_open(bid, roles(turn, shelves, bid)), names))


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List bids: the person's own open ones unless another word is typed."""
    return page(turn, shelves, views.scope(turn.text), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of a list; the button carries which list and which page."""
    scope, _colon, number = turn.value.partition(":")
    return page(turn, shelves, views.scope(scope), int(number) if number.isdigit() else 0)


def page(turn: Turn, shelves: Shelves, scope: views.Scope, number: int) -> Answer:
    """Answer with one page of a list."""
    require("bids.see", turn.roles)
    asked = selection(turn, shelves, scope)
    found = shelves.bids.listed(**asked, limit=views.PAGE, offset=number * views.PAGE)
    return Say(views.listing(turn._, scope, found, shelves.bids.count(**asked), number))


def selection(turn: Turn, shelves: Shelves, scope: views.Scope) -> dict[str, Any]:
    """Return what a list asks of the store."""
    match scope:
        case views.Scope.MINE:
            return {"owners": [turn.person.id], "states": OPEN}
        case views.Scope.TEAM:
            return {"owners": shelves.people.team_of(turn.person), "states": OPEN}
        case views.Scope.DUE:
            return {"states": UNSUBMITTED, "due_before": turn.now + timedelta(days=7)}
        case views.Scope.OPEN:
            return {"states": OPEN}
        case views.Scope.ALL:
            return {"states": set(State) - {State.RETRACTED}}
