"""Lists of bids, the form that narrows them, the picker among several, and the nearest names."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES, Bid, Debrief, State
from bot.views.bids.sheet import VALUE, due
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    code,
    field_of,
    modal,
    paragraph,
    person_input,
    prose,
    says,
    section,
    select,
    text_input,
    user,
)
from bot.words.text import fold

LIST, BACK, SHOW, FILTER = "bids.list", "bids.back", "bids.show", "bids.filter"
PAGE = 10
NUMBERED = re.compile(r"\s*(?:b-?|#)\d+(?:\s|$)", re.IGNORECASE)  # what begins like this means a number, never a name


class Scope(StrEnum):
    """Which bids a list shows."""

    MINE = "mine"
    TEAM = "team"
    OPEN = "open"
    ALL = "all"
    DUE = "due"
    WON = "won"
    LOST = "lost"
    OVERRIDES = "overrides"


SCOPES = {
    Scope.MINE: ("mine", "我的"),
    Scope.TEAM: ("team", "团队", "團隊"),
    Scope.OPEN: ("open", "进行中", "進行中"),
    Scope.ALL: ("all", "全部"),
    Scope.DUE: ("due", "到期", "将到期", "將到期"),
    Scope.WON: ("won", "中标", "中標", "得標"),
    Scope.LOST: ("lost", "未中标", "未中標", "未得標"),
    Scope.OVERRIDES: ("overrides", "推翻", "否决建议", "推翻建議"),
}


TITLES = {
    Scope.MINE: N_("Your open bids"),
    Scope.TEAM: N_("Open bids of your team"),
    Scope.OPEN: N_("All open bids"),
    Scope.ALL: N_("All bids"),
    Scope.DUE: N_("Bids to be handed in within a week"),
    Scope.WON: N_("Bids won"),
    Scope.LOST: N_("Bids not won"),
    Scope.OVERRIDES: N_("Bids decided against the scorecard"),
}


class Query(NamedTuple):
    """What a list shows: which bids, and what they are narrowed to."""

    scope: Scope = Scope.MINE
    state: State | None = None
    owner: str = ""
    period: str = ""
    words: str = ""

    def value(self, page: int) -> str:
        """Return one page of the list as a button carries it; what was typed comes last, for it may hold anything."""
        return f"{page}:{self.scope}:{self.state or ''}:{self.owner}:{self.period}:{self.words}"[:VALUE]


def read(value: str) -> tuple[Query, int]:
    """Return what a button carries, and which page; what makes no sense is left out."""
    page, which, state, owner, period, words = [*value.split(":", 5), *[""] * 6][:6]
    known = State(state) if state in set(State) else None
    query = Query(Scope(which) if which in set(Scope) else Scope.MINE, known, owner, period, words)
    return query, int(page) if page.isdecimal() and len(page) < 6 else 0


def scope(typed: str) -> Scope | None:
    """Return the list that a typed word asks for, or None."""
    meant = {fold(word): scope for scope, words in SCOPES.items() for word in words}
    return meant.get(fold(typed))


def row(_: Translator, bid: Bid) -> Block:
    """Return one line of a list, with the button that opens the bid."""
    amount = "–" if (worth := bid.award or bid.asked) is None else _.short_amount(worth.amount, worth.currency)
    hidden = [_("confidential")] if bid.confidential else []
    text = " · ".join([bid.number, bid.customer, _(STATE_NAMES[bid.state]), *hidden]) + f"\n{amount} · {timing(_, bid)}"
    return section(text, button(_("Open"), SHOW, str(bid.id)))


def timing(_: Translator, bid: Bid) -> str:
    """Return when a bid is due, or when it was handed in."""
    handed_in = bid.submitted_at
    return due(_, bid) if handed_in is None else _("handed in {when}", when=_.moment(handed_in, bid.zone))


def overridden(_: Translator, bid: Bid) -> Block:
    """Return one line of the list of overrides: what was advised, what was decided, and why."""
    decision = bid.decision
    if decision is None:
        return row(_, bid)
    advised = STATE_NAMES[State(decision.band)] if decision.band in set(State) else decision.band
    told = _("Advised: {advised}. Decided: {verdict}.", advised=advised, verdict=STATE_NAMES[decision.verdict])
    why = f"\n“{decision.reason}”" if decision.reason else ""
    return section(f"{bid.number} · {bid.customer} · {_(STATE_NAMES[bid.state])}\n{told}{why}", button(_("Open"), SHOW, str(bid.id)))


def headline(_: Translator, query: Query, total: int, page: int, shown: int) -> Sentence:
    """Return what is listed, narrowed to what, and how much of it is shown."""
    counted = _.plural("{n} bid", "{n} bids", total)
    if shown < total:
        first = page * PAGE + 1
        counted = _("{first}–{last} of {counted}", first=_.number(first), last=_.number(first + shown - 1), counted=counted)
    plain = [_(STATE_NAMES[query.state]) if query.state else "", query.period, f"“{query.words}”" if query.words else "", counted]
    owner = (Span(" · "), user(query.owner)) if query.owner else ()
    return (bold(_(TITLES[query.scope])), *owner, *(Span(f" · {part}") for part in plain if part))


def body(_: Translator, query: Query, bids: Sequence[Bid], total: int, page: int) -> list[Block]:
    """Return the lines of a page and the ways on from it."""
    line = overridden if query.scope is Scope.OVERRIDES else row
    none = (
        []
        if bids
        else [paragraph(prose(_.template("Nothing here. {command} enters one."), command=code("/bid new ACME 1.2m due Fri 5pm")))]
    )
    back = [button(_("Previous"), BACK, query.value(page - 1))] if page else []
    on = [button(_("Next"), LIST, query.value(page + 1))] if (page + 1) * PAGE < total else []
    return [*none, *(line(_, bid) for bid in bids), actions(*back, *on, button(_("Filter"), FILTER, query.value(0)))]


def listing(_: Translator, query: Query, bids: Sequence[Bid], total: int, page: int) -> Message:
    """Return a page of bids, `page` counted from 0, with the ways to the others."""
    return says(headline(_, query, total, page, len(bids)), also=body(_, query, bids, total, page))


def listing_view(_: Translator, query: Query, bids: Sequence[Bid], total: int, page: int) -> Block:
    """Return the same as the form shows it once it is filled in."""
    blocks = [paragraph(headline(_, query, total, page, len(bids))), *body(_, query, bids, total, page)]
    return modal(FILTER, _("Bids"), blocks, close=_("Close"))


def filter_form(_: Translator, query: Query, periods: Sequence[str]) -> Block:
    """Return the form that narrows a list."""
    scopes = [Choice(scope, _(title)) for scope, title in TITLES.items()]
    states = [Choice(state, _(name)) for state, name in STATE_NAMES.items() if state is not State.RETRACTED]
    return modal(
        FILTER,
        _("Find bids"),
        [
            field_of(_("Which bids"), select("scope", scopes, query.scope)),
            field_of(_("State"), select("state", states, query.state or ""), optional=True),
            field_of(_("Owner"), person_input("owner", query.owner), optional=True),
            field_of(_("Customer or title"), text_input("words", query.words, limit=200), optional=True),
            field_of(_("Period"), select("period", [Choice(name, name) for name in periods], query.period), optional=True),
        ],
        submit=_("Show"),
        close=_("Cancel"),
    )


def lessons(_: Translator, bids: Sequence[Bid], typed: str) -> Message:
    """Return what finished bids taught us, the latest first, as far as these words occur in it."""
    if not bids:
        return says(prose(_.template("No debrief speaks of {words}."), words=bold(typed or "–")))
    head = (bold(_("Lessons")), *([Span(f" · “{typed}”")] if typed else []))
    return says(head, also=[lesson(_, bid) for bid in bids])


def lesson(_: Translator, bid: Bid) -> Block:
    """Return what one bid taught us."""
    told = bid.debrief or Debrief(by="", at=bid.registered_at)
    parts = {
        _.template("What went well: {text}"): told.went_well,
        _.template("What to do better: {text}"): told.to_improve,
        _.template("Lessons: {text}"): told.lessons,
    }
    text = "\n".join(template.replace("{text}", words) for template, words in parts.items() if words)
    return section(f"{bid.number} · {bid.customer} · {_(STATE_NAMES[bid.state])}\n{text}", button(_("Open"), SHOW, str(bid.id)))


def picker(_: Translator, bids: Sequence[Bid], goes_on: str, typed: str) -> Message:
    """Ask which of several bids is meant; the button goes on with the chosen one and what else was typed."""
    return says(prose(_.template("Which one do you mean?")), also=[pick(_, bid, goes_on, typed) for bid in bids[:PAGE]])


def pick(_: Translator, bid: Bid, goes_on: str, typed: str) -> Block:
    """Return one bid to choose."""
    choose = button(_("This one"), goes_on, f"{bid.id}:{typed}"[:VALUE])
    return section(f"{bid.number} · {bid.customer}\n{due(_, bid)}", choose)


def nearest(_: Translator, typed: str, near: Sequence[tuple[Bid, str]], goes_on: str) -> Message:
    """Say that there is no such bid, and offer those nearest to what was typed, each with what else was."""
    sorry = prose(_.template("There is no bid called {typed}."), typed=bold(typed or "–"))
    if NUMBERED.match(typed):
        return says(sorry)
    if near:
        names = list(dict.fromkeys(bid.customer for bid, _rest in near))
        ask = prose(_.template("Did you mean {names}?"), names=bold(_.list(names)))
        return says(sorry, ask, also=[pick(_, bid, goes_on, rest) for bid, rest in near])
    return says(sorry, prose(_.template("{command} enters one."), command=code(f"/bid new {typed or 'ACME'}")))
