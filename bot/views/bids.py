"""What is said about bids: receipts, sheets, lists, pickers, reminders, announcements, and the forms."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from bot.language import N_, Translator
from bot.policy.bids import STATE_NAMES, Action, Bid, State
from bot.policy.money import Money
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
    context,
    emoji,
    field_of,
    modal,
    moment_input,
    overflow,
    paragraph,
    prose,
    says,
    section,
    select,
    text_input,
    user,
)
from bot.words.text import fold

NEW, LIST, SHOW, SUBMIT, WON, LOST, UNDO = (
    "bids.new",
    "bids.list",
    "bids.show",
    "bids.submit",
    "bids.won",
    "bids.lost",
    "bids.undo",
)
FILL_GAP, SNOOZE = "bids.fill_gap", "bids.snooze"
ANNOUNCED, DUE = "bids.announced", "bids.due"
PAGE = 10
VALUE = 2000

Says = Callable[[Translator, Bid], Sentence]


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

STEP_BUTTONS = {
    Action.SUBMIT: (SUBMIT, N_("Submitted")),
    Action.WIN: (WON, N_("Won")),
    Action.LOSE: (LOST, N_("Not won")),
}


def name(bid: Bid) -> Span:
    """Return the bid's customer, as the headline of a sentence."""
    return bold(bid.customer)


def money(_: Translator, amount: Money | None) -> str:
    """Return an amount in full, or say that none is known."""
    return _("amount not known yet") if amount is None else _.amount(amount.amount, amount.currency)


def due(_: Translator, bid: Bid) -> str:
    """Return the deadline in full with its zone, or say that none is known."""
    return _("no deadline yet") if bid.deadline is None else _("due {when}", when=_.moment(bid.deadline, bid.zone))


def facts(_: Translator, bid: Bid) -> Sentence:
    """Return number, amount, deadline and owner in one line."""
    amount = money(_, bid.award or bid.asked)
    return prose("{number} · {amount} · {due} · {owner}", number=bid.number, amount=amount, due=due(_, bid), owner=user(bid.owner))


def receipt(_: Translator, bid: Bid, sentence: Sentence, steps: Sequence[Action], undo: int | None) -> Message:
    """Return what a change is answered with: what was understood, the next step, and the way back."""
    return says(sentence, facts(_, bid), *notes(_, bid), also=next_steps(_, bid, steps, undo))


def notes(_: Translator, bid: Bid) -> list[Sentence]:
    """Return what is unusual about the bid: late, a gap in its record, why it was lost."""
    late = [prose(_.template("It was handed in after the deadline."))] if bid.late else []
    gap = [prose(_.template("Its submission was recorded afterwards."))] if "submitted" in bid.gaps else []
    note = [prose("“{note}”", note=bid.note)] if bid.note else []
    return late + gap + note


def next_steps(_: Translator, bid: Bid, steps: Sequence[Action], undo: int | None) -> list[Block]:
    """Return the buttons: the natural next step first, undo, and the other steps in a menu."""
    known = [step for step in steps if step in STEP_BUTTONS]
    primary = [button(_(STEP_BUTTONS[step][1]), STEP_BUTTONS[step][0], str(bid.id), "primary") for step in known[:1]]
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{bid.id}:{undo}")]
    rest = [Choice(f"{STEP_BUTTONS[step][0]} {bid.id}", _(STEP_BUTTONS[step][1])) for step in known[1:]]
    menu = [overflow("menu", rest)] if rest else []
    row = [*primary, *back, *menu]
    return [actions(*row)] if row else []


def registered(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was entered."""
    return prose(_.template("{customer} is in the books as {number}."), customer=name(bid), number=bold(bid.number))


def submitted(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was handed in."""
    return prose(_.template("{customer} is recorded as submitted. Good luck!"), customer=name(bid))


def won(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was won."""
    return prose(_.template("{customer} is won: {amount}. Well done!"), customer=name(bid), amount=bold(money(_, bid.award)))


def lost(_: Translator, bid: Bid, reason: str = "") -> Sentence:
    """Say that a bid was not won, and why."""
    return prose(_.template("{customer} is recorded as not won: {reason}."), customer=name(bid), reason=reason or bid.loss_reason)


def undone(_: Translator, bid: Bid) -> Sentence:
    """Say what an undo left behind."""
    return prose(_.template("Undone. {customer} is {state} again."), customer=name(bid), state=_(STATE_NAMES[bid.state]))


def retracted(_: Translator, bid: Bid) -> Sentence:
    """Say that a bid was taken out of the books."""
    return prose(_.template("Undone. {customer} ({number}) is out of the books."), customer=name(bid), number=bid.number)


def sheet(_: Translator, bid: Bid, steps: Sequence[Action], undo: int | None = None) -> Message:
    """Return everything about one bid, with the steps that this person may take."""
    head = prose("{customer} · {state}", customer=name(bid), state=_(STATE_NAMES[bid.state]))
    return receipt(_, bid, head, steps, undo)


def row(_: Translator, bid: Bid) -> Block:
    """Return one line of a list, with the button that opens the bid."""
    amount = "–" if (worth := bid.award or bid.asked) is None else _.short_amount(worth.amount, worth.currency)
    text = f"{bid.number} · {bid.customer} · {_(STATE_NAMES[bid.state])}\n{amount} · {due(_, bid)}"
    return section(text, button(_("Open"), SHOW, str(bid.id)))


def scope(typed: str) -> Scope:
    """Return the list that a typed word asks for; the person's own where it is none of them."""
    meant = {fold(word): scope for scope, words in SCOPES.items() for word in words}
    return meant.get(fold(typed), Scope.MINE)


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


def gap(_: Translator, bid: Bid, outcome: Action, typed: str) -> Message:
    """Offer to record the missing submission and the outcome in one press."""
    word = _("Record both: submitted and won") if outcome is Action.WIN else _("Record both: submitted and not won")
    sentence = prose(_.template("{customer} ({number}) has not been submitted yet."), customer=name(bid), number=bid.number)
    ask = prose(_.template("If it was handed in and only the record is missing, one press records both."))
    return says(sentence, ask, also=[actions(button(word, FILL_GAP, f"{bid.id}:{outcome}:{typed}"[:VALUE], "primary"))])


def announcement(_: Translator, bid: Bid, actor: str) -> Message:
    """Tell the channel of a win, or take that back when it is no longer so."""
    if bid.state is State.WON:
        head = prose(_.template("{tada} {customer} is won!"), tada=emoji("tada"), customer=name(bid))
        return says(head, facts(_, bid), prose(_.template("Recorded by {person}"), person=user(actor)))
    return says(prose(_.template("Correction: {customer} ({number}) is not recorded as won."), customer=name(bid), number=bid.number))


def current(_: Translator, kind: str, bid: Bid, actor: str) -> Message | None:
    """Return what a message of this kind says now that the bid has changed."""
    if kind == ANNOUNCED:
        return announcement(_, bid, actor)
    return reminder(_, bid) if kind == DUE else None


def reminder(_: Translator, bid: Bid) -> Message:
    """Remind of a deadline, with the buttons that settle it; once it is settled, say so instead."""
    if bid.state is not State.REGISTERED:
        return settled(_, bid)
    named = prose(_.template("{customer} ({number}) is {due}."), customer=name(bid), number=bid.number, due=due(_, bid))
    head = (emoji("alarm_clock"), Span(" "), *named)
    ask = prose(_.template("Has it been handed in?"))
    row = [button(_("Submitted"), SUBMIT, str(bid.id), "primary"), button(_("Remind me in an hour"), SNOOZE, f"{bid.id}:60")]
    return says(head, ask, also=[actions(*row)])


def settled(_: Translator, bid: Bid) -> Message:
    """Say that a reminder's matter is done."""
    return says(
        prose(_.template("{customer} ({number}): {state}."), customer=name(bid), number=bid.number, state=_(STATE_NAMES[bid.state]))
    )


def snoozed(_: Translator, bid: Bid, until: str) -> Message:
    """Say when a snoozed reminder will come back."""
    return says(prose(_.template("{customer} ({number}): I shall ask again at {time}."), customer=name(bid), number=bid.number, time=until))


def new_form(_: Translator, currency: str, customer: str = "") -> Block:
    """Return the form that enters a bid."""
    return modal(
        NEW,
        _("New bid"),
        [
            field_of(_("Customer"), text_input("customer", customer, limit=200, placeholder="ACME")),
            field_of(_("Amount"), text_input("amount", limit=60, placeholder="1.2m"), optional=True, hint=amount_hint(_, currency)),
            field_of(_("Deadline"), moment_input("deadline"), optional=True),
        ],
        submit=_("Enter"),
        close=_("Cancel"),
    )


def amount_hint(_: Translator, currency: str) -> str:
    """Return how an amount may be written."""
    return _("For example 350k, 1.2m or USD 80,000; without a currency it is {currency}.", currency=currency)


def won_form(_: Translator, bid: Bid) -> Block:
    """Return the form that records a win."""
    amount = "" if bid.amount is None else f"{bid.currency} {bid.amount:f}"
    return modal(
        WON,
        _("Record a win"),
        [
            paragraph(facts(_, bid)),
            field_of(_("Amount awarded"), text_input("awarded", amount, limit=60), hint=amount_hint(_, bid.currency)),
        ],
        submit=_("Record"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def lost_form(_: Translator, bid: Bid, reasons: Sequence[Choice], note: str) -> Block:
    """Return the form that records that a bid was not won."""
    return modal(
        LOST,
        _("Record the outcome"),
        [
            paragraph(facts(_, bid)),
            field_of(_("Main reason"), select("loss_reason", reasons)),
            field_of(_("What was decisive?"), text_input("note", note, lines=True, limit=2000), optional=True),
        ],
        submit=_("Record"),
        close=_("Cancel"),
        metadata=str(bid.id),
    )


def overview(_: Translator, due_bids: Sequence[Bid], decided: Sequence[Bid]) -> list[Block]:
    """Return the bids' part of App Home: what is due first, then what waits for an outcome."""
    due_rows = [row(_, bid) for bid in due_bids] or [context(_("No bid of yours is open."))]
    waiting = [paragraph((bold(_("Waiting for an outcome")),)), *(row(_, bid) for bid in decided)] if decided else []
    return [paragraph((bold(_("Your open bids")),)), *due_rows, *waiting]
