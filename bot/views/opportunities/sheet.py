"""The sheet of an opportunity with its timeline, and the receipt that answers a change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.opportunities import OUTCOME_NAMES, PHASE_NAMES, Action, Opportunity, Outcome, Phase
from bot.policy.shares import Share
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    emoji,
    overflow,
    paragraph,
    prose,
    says,
    select,
    user,
)

NEW, ANOTHER, EDIT = "opportunities.new", "opportunities.another", "opportunities.edit"
LIST, SHOW, TIMELINE = "opportunities.list", "opportunities.show", "opportunities.timeline"
SHARE, AGREE, ASKED = "opportunities.share", "opportunities.agree", "opportunities.share_asked"
HOLD, RESUME, REOPEN = "opportunities.hold", "opportunities.resume", "opportunities.reopen"
WON, LOST, ABANDON, CLOSE = "opportunities.won", "opportunities.lost", "opportunities.abandon", "opportunities.close"
UNDO, NUDGE, STILL_ON = "opportunities.undo", "opportunities.nudge", "opportunities.still_on"
MENU = "menu"
CONFIDENTIAL = "confidential"
BID_SHARES, BID_SHOW, BID_NEW = "bids.shares", "bids.show", "bids.new_for"  # the buttons of the bid that a deal follows
PAGE, MOMENTS = 10, 8
BUTTONS: Mapping[Action, tuple[str, str]] = {
    Action.RESUME: (RESUME, N_("Take it up again")),
    Action.CHANGE: (EDIT, N_("Change the facts")),
    Action.SHARE: (SHARE, N_("Share the credit")),
    Action.WIN: (WON, N_("Won without a tender")),
    Action.LOSE: (LOST, N_("Not won")),
    Action.ABANDON: (ABANDON, N_("Give it up")),
    Action.HOLD: (HOLD, N_("Put on hold")),
    Action.REOPEN: (REOPEN, N_("Open it again")),
}


class Hung(NamedTuple):
    """A record that hangs on the deal: its number, and the name of its state."""

    number: str
    state: str


class Told(NamedTuple):
    """A step on the timeline: when, on which record, by whom, what became of it, and the link to where it was said, if known."""

    at: datetime
    number: str
    actor: str
    became: str
    link: str


class Sheet(NamedTuple):
    """What the sheet of a deal shows beside its own facts: what hangs on it, its latest steps, and what this person may do."""

    phase: Phase
    hung: Sequence[Hung]
    told: Sequence[Told]
    more: bool
    steps: Sequence[Action]
    bid: int
    zone: str


def worth(_: Translator, deal: Opportunity) -> str:
    """Return what the deal may be worth, or that it is not known."""
    return _("amount not known yet") if deal.worth is None else _.amount(deal.worth.amount, deal.worth.currency)


def named(_: Translator, deal: Opportunity) -> dict[str, str | Span]:
    """Return customer and number, as the placeholders of a sentence."""
    return {"customer": bold(deal.customer_name), "number": deal.number}


def facts(_: Translator, deal: Opportunity) -> Sentence:
    """Return number, worth and owner in one line."""
    return prose("{number} · {worth} · {owner}", number=deal.number, worth=worth(_, deal), owner=user(deal.owner))


def details(_: Translator, deal: Opportunity) -> list[Sentence]:
    """Return the facts that not every opportunity has, a line each."""
    lines = [
        (deal.title, prose("{title}", title=deal.title)),
        (deal.sales_owner, prose(_.template("Sales: {person}"), person=user(deal.sales_owner))),
        (deal.source, prose(_.template("Source: {source}"), source=deal.source)),
        (deal.confidential, prose(_.template("Confidential: for the owner, the team and the managers above."))),
        (deal.note, prose("“{note}”", note=deal.note)),
        (deal.shares, (*prose(_.template("Credit:")), Span(" "), *shares_told(_, deal.shares))),
    ]
    return [line for known, line in lines if known]


def shares_told(_: Translator, shares: Sequence[Share]) -> Sentence:
    """Return everybody's share, those who have agreed with a tick."""
    told: list[Span] = []
    for share in shares:
        tick = [Span(" "), emoji("white_check_mark")] if share.agreed else []
        told += [Span(", "), user(share.person), Span(f" {share.percent.normalize():f}%"), *tick]
    return tuple(told[1:])


def sheet(_: Translator, deal: Opportunity, with_it: Sheet) -> Message:
    """Return everything about one opportunity."""
    state, phase = _(OUTCOME_NAMES[deal.state]), _(PHASE_NAMES[with_it.phase])
    head = prose("{customer} · {state} · {phase}", customer=bold(deal.customer_name), state=state, phase=phase)
    hung = [prose("{number} · {state}", number=bold(one.number), state=_(one.state)) for one in with_it.hung]
    rows = [paragraph((bold(_("Timeline")),), *(moment(_, one, with_it.zone) for one in with_it.told))] if with_it.told else []
    more = [button(_("Earlier"), TIMELINE, f"{deal.id}:1")] if with_it.more else []
    follows = [button(_("Open the bid"), BID_SHOW, str(with_it.bid))] if with_it.bid else offer_bid(_, deal)
    also = [*rows, *next_steps(_, deal, with_it.steps, None), *([actions(*follows, *more)] if follows or more else [])]
    return says(head, facts(_, deal), *details(_, deal), *hung, also=also)


def offer_bid(_: Translator, deal: Opportunity) -> list[Block]:
    """Return the button that enters a bid for a deal that is open."""
    return [button(_("Enter a bid"), BID_NEW, f"{deal.id}:")] if deal.state is Outcome.OPEN else []


def moment(_: Translator, one: Told, zone: str) -> Sentence:
    """Return one line of the timeline."""
    what = _(one.became) if one.became else _("changed")
    line = prose("{when} · {number} · {what}", when=_.moment(one.at, zone), number=one.number, what=what)
    who = (Span(" · "), user(one.actor)) if one.actor.startswith(("U", "W")) else ()
    link = (Span(" · "), Span(_("message"), kind="link", url=one.link)) if one.link else ()
    return (*line, *who, *link)


def timeline(_: Translator, deal: Opportunity, told: Sequence[Told], zone: str, page: int, more: bool) -> Message:
    """Return a page of the timeline, with the way to what came before."""
    head = prose(_.template("Timeline of {customer} ({number})"), **named(_, deal))
    way = [actions(button(_("Earlier"), TIMELINE, f"{deal.id}:{page + 1}"))] if more else []
    return says(head, *(moment(_, one, zone) for one in told), also=way)


def next_steps(_: Translator, deal: Opportunity, steps: Sequence[Action], undo: int | None) -> list[Block]:
    """Return the buttons: the natural next step first, undo, and the rest in a menu."""
    known = [step for step in BUTTONS if step in steps]
    primary = [button(_(BUTTONS[step][1]), BUTTONS[step][0], str(deal.id), "primary") for step in known[:1]]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{deal.id}:{undo}")]
    rest = [Choice(f"{BUTTONS[step][0]} {deal.id}", _(BUTTONS[step][1])) for step in known[1:]]
    menu = [overflow(MENU, rest) if len(rest) <= 5 else select(MENU, rest, placeholder=_("More"))] if rest else []
    row = [*primary, *back, *menu]
    return [actions(*row)] if row else []


def receipt(_: Translator, deal: Opportunity, sentence: Sentence, steps: Sequence[Action], undo: int | None) -> Message:
    """Return what a change is answered with: what was understood, the facts, the next step, and the way back."""
    return says(sentence, facts(_, deal), *details(_, deal), also=next_steps(_, deal, steps, undo))
