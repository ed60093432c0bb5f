"""Opportunities: the sheet with its timeline, lists, forms, the request to agree to a share, and the nudge."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.language import N_, Translator
from bot.policy.opportunities import LIVE, OUTCOME_NAMES, PHASE_NAMES, Action, Opportunity, Outcome, Phase
from bot.policy.shares import PERCENT, Share
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    bold,
    button,
    choices_input,
    code,
    emoji,
    field_of,
    modal,
    overflow,
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

NEW, ANOTHER, EDIT = "opportunities.new", "opportunities.another", "opportunities.edit"
LIST, SHOW, TIMELINE = "opportunities.list", "opportunities.show", "opportunities.timeline"
SHARE, AGREE, ASKED = "opportunities.share", "opportunities.agree", "opportunities.share_asked"
HOLD, RESUME, REOPEN = "opportunities.hold", "opportunities.resume", "opportunities.reopen"
WON, LOST, ABANDON, CLOSE = "opportunities.won", "opportunities.lost", "opportunities.abandon", "opportunities.close"
UNDO, NUDGE, STILL_ON = "opportunities.undo", "opportunities.nudge", "opportunities.still_on"
BID_SHARES, BID_SHOW = "bids.shares", "bids.show"  # the buttons of the bid that a deal follows
MENU = "menu"
PAGE, MOMENTS = 10, 8
CONFIDENTIAL = "confidential"

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


class Scope(StrEnum):
    """Which opportunities a list shows."""

    MINE = "mine"
    TEAM = "team"
    OPEN = "open"
    ALL = "all"


SCOPES = {
    Scope.MINE: ("mine", "我的"),
    Scope.TEAM: ("team", "团队", "團隊"),
    Scope.OPEN: ("open", "进行中", "進行中"),
    Scope.ALL: ("all", "全部"),
}
TITLES = {
    Scope.MINE: N_("Your open opportunities"),
    Scope.TEAM: N_("Open opportunities of your team"),
    Scope.OPEN: N_("All open opportunities"),
    Scope.ALL: N_("All opportunities"),
}


class Row(NamedTuple):
    """An opportunity in a list, and where the work on it is."""

    deal: Opportunity
    phase: Phase


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


def scope(typed: str) -> Scope:
    """Return the list that a typed word asks for; the person's own where it is none of them."""
    meant = {fold(word): scope for scope, words in SCOPES.items() for word in words}
    return meant.get(fold(typed), Scope.MINE)


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
    follows = [button(_("Open the bid"), BID_SHOW, str(with_it.bid))] if with_it.bid else []
    also = [*rows, *next_steps(_, deal, with_it.steps, None), *([actions(*follows, *more)] if follows or more else [])]
    return says(head, facts(_, deal), *details(_, deal), *hung, also=also)


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


def entered(_: Translator, deal: Opportunity, near: Sequence[str] = ()) -> Sentence:
    """Say that an opportunity was entered; for a new customer with names nearby, how to merge them if they are the same."""
    said = prose(_.template("{customer} is in the books as {number}."), customer=bold(deal.customer_name), number=bold(deal.number))
    if not near:
        return said
    hint = _.template("{customer} is a new customer. If it is {names}: {command}")
    command = code(f'/customer merge "{deal.customer_name}" = "{near[0]}"')
    return (*said, Span("\n"), *prose(hint, customer=deal.customer_name, names=bold(_.list(list(near))), command=command))


def exists(_: Translator, deals: Sequence[Opportunity], typed: str) -> Message:
    """Say that there is a live opportunity with this customer, with the ways to open it and to enter another all the same."""
    said = prose(_.template("{customer} has an open opportunity already."), customer=bold(deals[0].customer_name))
    rows = [section(f"{deal.number} · {deal.title or deal.customer_name}", button(_("Open"), SHOW, str(deal.id))) for deal in deals[:5]]
    return says(said, also=[*rows, actions(button(_("Enter another one"), ANOTHER, typed))])


def changed(_: Translator, deal: Opportunity) -> Sentence:
    """Say that facts were changed."""
    return prose(_.template("{customer} ({number}) is up to date."), **named(_, deal))


def stepped(_: Translator, deal: Opportunity) -> Sentence:
    """Say where an opportunity stands now."""
    return prose(_.template("{customer} ({number}) is {state}."), **named(_, deal), state=bold(_(OUTCOME_NAMES[deal.state])))


def undone(_: Translator, deal: Opportunity) -> Sentence:
    """Say what an undo left behind."""
    if deal.state is Outcome.RETRACTED:
        return prose(_.template("Undone. {customer} ({number}) is out of the books."), **named(_, deal))
    return prose(_.template("Undone. {customer} is {state} again."), customer=bold(deal.customer_name), state=_(OUTCOME_NAMES[deal.state]))


def row(_: Translator, one: Row) -> Block:
    """Return one line of a list, with the button that opens the opportunity."""
    amount = "–" if one.deal.worth is None else _.short_amount(one.deal.worth.amount, one.deal.worth.currency)
    head = " · ".join(filter(None, (one.deal.number, one.deal.customer_name, one.deal.title)))
    state = f"{_(OUTCOME_NAMES[one.deal.state])} · {_(PHASE_NAMES[one.phase])} · {amount}"
    return section(f"{head}\n{state}", button(_("Open"), SHOW, str(one.deal.id)))


def listing(_: Translator, which: Scope, rows: Sequence[Row], page: int, more: bool) -> Message:
    """Return a page of opportunities, `page` counted from 0, with the way to the next one."""
    title = (bold(_(TITLES[which])),)
    if not rows:
        return says(title, prose(_.template("Nothing here. {command} enters one."), command=code("/opportunity new ACME 1.2m")))
    way = [actions(button(_("More"), LIST, f"{which}:{page + 1}"))] if more else []
    return says(title, also=[*(row(_, one) for one in rows), *way])


def shares_of_bid(_: Translator, deal: Opportunity, bid: int) -> Message:
    """Say that the credit for this deal is shared on its bid, and open it."""
    said = prose(_.template("The credit for {customer} ({number}) is shared on its bid."), **named(_, deal))
    return says(said, also=[actions(button(_("Share the credit"), BID_SHARES, f"{bid}:", "primary"))])


def proposed(_: Translator, deal: Opportunity) -> Sentence:
    """Say that shares are proposed."""
    return prose(_.template("Shares are proposed; everybody who has not agreed is asked."))


def agreed(_: Translator, deal: Opportunity) -> Sentence:
    """Say that somebody agreed."""
    return prose(_.template("You agreed to your share of {customer} ({number})."), **named(_, deal))


def asked(_: Translator, deal: Opportunity, person: str) -> Message:
    """Ask a person to agree to their share; once that is settled, say how."""
    own = next((share for share in deal.shares if share.person == person), None)
    if own is None:
        return says(prose(_.template("The shares of {customer} ({number}) were changed: you have none any more."), **named(_, deal)))
    credit = (*prose(_.template("Credit:")), Span(" "), *shares_told(_, deal.shares))
    if own.agreed:
        return says(agreed(_, deal), credit)
    if deal.state not in LIVE:
        return says(prose(_.template("{customer} ({number}) is settled, so the shares are fixed."), **named(_, deal)), credit)
    ask = prose(_.template("Do you agree to your share of {customer} ({number})?"), **named(_, deal))
    row = actions(button(_("I agree"), AGREE, str(deal.id), "primary"), button(_("Open"), SHOW, str(deal.id)))
    return says(ask, credit, also=[row])


def nudge_key(deal: Opportunity, times: int, person: str) -> str:
    """Return the key of a nudge: one for each time that an opportunity has been left alone for so long again."""
    return f"{NUDGE}:{deal.id}:{int(deal.touched_at.timestamp())}:{times}:{person}"


def nudge(_: Translator, deal: Opportunity, days: int, zone: str) -> Message:
    """Ask what is next on an opportunity on which nothing happened for so many working days."""
    quiet = _.plural("for {n} working day", "for {n} working days", days)
    said = prose(_.template("Nothing has happened on {customer} ({number}) {quiet}. What is next?"), **named(_, deal), quiet=quiet)
    last = prose(_.template("Last: {when}"), when=_.moment(deal.touched_at, zone))
    open_it = button(_("Open"), SHOW, str(deal.id), "primary")
    rest = [Choice(f"{name} {deal.id}", label) for name, label in ((HOLD, _("Put on hold")), (ABANDON, _("Give it up")))]
    return says(
        said, last, facts(_, deal), also=[actions(open_it, button(_("Ask me later"), STILL_ON, str(deal.id)), overflow(MENU, rest))]
    )


def retold(_: Translator, key: str, to: str, deal: Opportunity) -> Message | None:
    """Return what a message about an opportunity says now: None to leave it, no words when it need not be said any more."""
    kind, _id, *rest = key.split(":")
    if kind == ASKED:
        return asked(_, deal, to)
    if kind != NUDGE or (deal.state is Outcome.OPEN and rest[0] == str(int(deal.touched_at.timestamp()))):
        return None
    template = _.template("{customer} ({number}): something has happened since. It is {state}.")
    return says(prose(template, **named(_, deal), state=_(OUTCOME_NAMES[deal.state])))


def form(_: Translator, currency: str, deal: Opportunity | None = None) -> Block:
    """Return the form that enters an opportunity, or changes the facts of one."""
    amount = f"{deal.currency} {deal.amount.normalize():f}" if deal and deal.amount is not None else ""
    secret = [Choice(CONFIDENTIAL, _("Confidential"), _("Only for those concerned"))]
    customer = [] if deal else [field_of(_("Customer"), text_input("customer", limit=200, placeholder="ACME"))]
    hint = _("For example 350k, 1.2m or USD 80,000; without a currency it is {currency}.", currency=currency)
    return modal(
        EDIT if deal else NEW,
        _("Change the facts") if deal else _("New opportunity"),
        [
            *customer,
            field_of(_("Title"), text_input("title", deal.title if deal else "", limit=200), optional=True),
            field_of(_("Amount"), text_input("amount", amount, limit=60, placeholder="1.2m"), optional=True, hint=hint),
            field_of(_("Source"), text_input("source", deal.source if deal else "", limit=200), optional=True),
            field_of(_("Sales owner"), person_input("sales_owner", deal.sales_owner if deal else ""), optional=True),
            field_of(_("Pre-sales owner"), person_input("owner", deal.owner if deal else ""), optional=True),
            field_of(_("Class"), choices_input("secrecy", secret, [CONFIDENTIAL] if deal and deal.confidential else []), optional=True),
        ],
        submit=_("Save") if deal else _("Enter"),
        close=_("Cancel"),
        metadata=str(deal.id) if deal else "",
    )


def amount_form(_: Translator, deal: Opportunity) -> Block:
    """Return the form that asks what was agreed in a deal without a tender."""
    initial = f"{deal.amount.normalize():f}" if deal.amount is not None else ""
    fields = [paragraph(facts(_, deal)), field_of(_("Agreed amount"), text_input("amount", initial, limit=60, placeholder="1.2m"))]
    return modal(WON, _("Won without a tender"), fields, submit=_("Won"), close=_("Cancel"), metadata=str(deal.id))


def reason_form(_: Translator, deal: Opportunity, step: str) -> Block:
    """Return the form that asks why an opportunity is given up, not won, put on hold or opened again."""
    titles = dict(BUTTONS.values())
    fields = [paragraph(facts(_, deal)), field_of(_("Why?"), text_input("reason", lines=True, limit=1000))]
    return modal(step, _(titles[step]), fields, submit=_("Save"), close=_("Cancel"), metadata=str(deal.id))


def share_form(_: Translator, deal: Opportunity, names: Mapping[str, str]) -> Block:
    """Return the form with everybody's share."""
    held = {share.person: f"{share.percent.normalize():f}" for share in deal.shares}
    fields = [field_of(f"{name} · %", text_input(PERCENT + person, held.get(person, "0"), limit=8)) for person, name in names.items()]
    return modal(SHARE, _("Share the credit"), fields, submit=_("Propose"), close=_("Cancel"), metadata=str(deal.id))


def choose_end(_: Translator, deal: Opportunity) -> Message:
    """Ask what came of an opportunity."""
    ends = ((WON, _("Won without a tender")), (LOST, _("Not won")), (ABANDON, _("Give it up")))
    return says(
        prose(_.template("What came of {customer} ({number})?"), **named(_, deal)),
        also=[actions(*(button(label, name, str(deal.id)) for name, label in ends))],
    )
