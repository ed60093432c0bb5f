"""Lists of bids, the picker among several, and the nearest names."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES, Bid
from bot.views.bids.sheet import VALUE, due
from bot.views.blocks import (
    Block,
    Message,
    Span,
    actions,
    bold,
    button,
    code,
    context,
    paragraph,
    prose,
    says,
    section,
)
from bot.words.text import fold

LIST, SHOW = "bids.list", "bids.show"
PAGE = 10


class Scope(StrEnum):
    """Which bids a list shows."""

    MINE = "mine"
    TEAM = "team"
    OPEN = "open"
    ALL = "all"
    DUE = "due"


SCOPES = {
    Scope.MINE: ("mine", "我的"),
    Scope.TEAM: ("team", "团队", "團隊"),
    Scope.OPEN: ("open", "进行中", "進行中"),
    Scope.ALL: ("all", "全部"),
    Scope.DUE: ("due", "到期", "将到期", "將到期"),
}


TITLES = {
    Scope.MINE: N_("Your open bids"),
    Scope.TEAM: N_("Open bids of your team"),
    Scope.OPEN: N_("All open bids"),
    Scope.ALL: N_("All bids"),
    Scope.DUE: N_("Bids to be handed in within a week"),
}


def scope(typed: str) -> Scope:
    """Return the list that a typed word asks for; the person's own where it is none of them."""
    meant = {fold(word): scope for scope, words in SCOPES.items() for word in words}
    return meant.get(fold(typed), Scope.MINE)


def row(_: Translator, bid: Bid) -> Block:
    """Return one line of a list, with the button that opens the bid."""
    amount = "–" if (worth := bid.award or bid.asked) is None else _.short_amount(worth.amount, worth.currency)
    text = f"{bid.number} · {bid.customer} · {_(STATE_NAMES[bid.state])}\n{amount} · {due(_, bid)}"
    return section(text, button(_("Open"), SHOW, str(bid.id)))


def listing(_: Translator, which: Scope, bids: Sequence[Bid], total: int, page: int) -> Message:
    """Return a page of bids, `page` counted from 0, with the way to the next one."""
    title = bold(_(TITLES[which]))
    if not bids:
        return says((title,), prose(_.template("Nothing here. {command} enters one."), command=code("/bid new ACME 1.2m due Fri 5pm")))
    counted = _.plural("{n} bid", "{n} bids", total)
    more = [actions(button(_("More"), LIST, f"{which}:{page + 1}"))] if (page + 1) * PAGE < total else []
    return says((title, Span(f" · {counted}")), also=[*(row(_, bid) for bid in bids), *more])


def picker(_: Translator, bids: Sequence[Bid], goes_on: str, typed: str) -> Message:
    """Ask which of several bids is meant; the button goes on with the chosen one and what else was typed."""
    rows = [section(f"{bid.number} · {bid.customer}\n{due(_, bid)}", pick(_, bid, goes_on, typed)) for bid in bids[:PAGE]]
    return says(prose(_.template("Which one do you mean?")), also=rows)


def pick(_: Translator, bid: Bid, goes_on: str, typed: str) -> Block:
    """Return the button that chooses a bid."""
    return button(_("This one"), goes_on, f"{bid.id}:{typed}"[:VALUE])


def nearest(_: Translator, typed: str, names: Iterable[str]) -> Message:
    """Say that there is no such bid, and name those nearest to what was typed."""
    near = list(names)
    sorry = prose(_.template("There is no bid called {typed}."), typed=bold(typed or "–"))
    if near:
        return says(sorry, prose(_.template("Did you mean {names}?"), names=bold(_.list(near))))
    return says(sorry, prose(_.template("{command} enters one."), command=code(f"/bid new {typed or 'ACME'}")))


def overview(_: Translator, due_bids: Sequence[Bid], decided: Sequence[Bid]) -> list[Block]:
    """Return the bids' part of App Home: what is due first, then what waits for an outcome."""
    due_rows = [row(_, bid) for bid in due_bids] or [context(_("No bid of yours is open."))]
    waiting = [paragraph((bold(_("Waiting for an outcome")),)), *(row(_, bid) for bid in decided)] if decided else []
    return [paragraph((bold(_("Your open bids")),)), *due_rows, *waiting]
