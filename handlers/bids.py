"""What people say about bids (§4.4): `/bid`, its buttons and its forms."""

import re
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from bot.language import N_, translator
from bot.policy import bids as policy
from bot.policy.bids import OPEN, UNSUBMITTED, Action, Bid, State, Step
from bot.policy.money import Money
from bot.policy.people import Person, Role, require
from bot.policy.refusal import Refusal
from bot.views import bids as views
from bot.views.blocks import Choice, Message
from bot.words.amounts import read_amount
from bot.words.bids import read_customer_amount_due
from bot.words.text import clean, fold
from handlers.context import Answer, Done, Open, Say, Turn
from handlers.finding import bid_by_id, bid_by_value, find_bid
from handlers.forms import Form
from handlers.help import help_word
from handlers.routes import Routes, Word
from storage.retelling import AGAIN, retell
from storage.store import Shelves

COMMAND = "/bid"
NOT_WON = ("lose", "未中标", "未中標", "未得標", "落标", "落標", "丢标")


def register(routes: Routes) -> None:
    """Register the words of `/bid`, its buttons and its forms."""
    routes.command(
        COMMAND,
        "new",
        Word("new", new, N_("new CUSTOMER [amount] [due WHEN]"), N_("enter a bid"), ("新建", "新增", "登记", "登記")),
        Word("list", listing, N_("list [mine|team|open|all|due]"), N_("see bids"), ("列表", "清单", "清單"), reads=True),
        Word("show", show, N_("show X"), N_("see one bid"), ("查看", "显示", "顯示")),
        Word("submit", submit, N_("submit X"), N_("record that it was handed in"), ("提交", "递交", "遞交", "投递")),
        Word("won", won, N_("won X [amount]"), N_("record a win"), ("win", "中标", "中標", "得标", "得標")),
        Word(
            "lost",
            lost,
            N_("lost X [reason]"),
            N_("record that it was not won"),
            NOT_WON,
        ),
        Word("undo", undo, N_("undo X"), N_("take your last change back"), ("撤销", "撤銷", "取消")),
        help_word(routes, COMMAND),
    )
    routes.button(views.NEW, new)
    routes.button(views.LIST, more)
    routes.button(views.SHOW, show_pressed)
    routes.button(views.SUBMIT, submit_pressed)
    routes.button(views.WON, won_pressed)
    routes.button(views.LOST, lost_pressed)
    routes.button(views.UNDO, undo_pressed)
    routes.button(views.FILL_GAP, fill_gap)
    routes.button(views.SNOOZE, snooze)
    routes.form(views.NEW, NewBid, enter)
    routes.form(views.WON, WonBid, won_filled)
    routes.form(views.LOST, LostBid, lost_filled)


def asked_by(info: ValidationInfo) -> Turn:
    """Return the turn that a form is read for."""
    assert isinstance(info.context, Turn)
    return info.context


def money_from(text: Any, info: ValidationInfo) -> Any:
    """Read an amount as typed on a form; without a currency it is in the company's."""
    turn = asked_by(info)
    return read_amount(text, turn.handbook.company.currency, language=turn.person.speaks) if isinstance(text, str) else text


Amount = Annotated[Money, BeforeValidator(money_from)]


class NewBid(Form):
    """A bid to be entered."""

    customer: str = Field(min_length=1, max_length=200)
    amount: Amount | None = None
    deadline: datetime | None = None

    @field_validator("customer")
    @classmethod
    def name_it(cls, typed: str) -> str:
        """Return the customer's name as it is kept; one without a letter or digit is refused."""
        name = " ".join(clean(typed).split())
        if not any(character.isalnum() for character in name):
            raise Refusal(N_("A customer's name needs a letter or a digit."), field="customer")
        return name

    @field_validator("amount")
    @classmethod
    def believe(cls, amount: Money | None, info: ValidationInfo) -> Money | None:
        """Refuse an amount above what the handbook takes for possible."""
        return credible(asked_by(info), amount)


class WonBid(Form):
    """A win to be recorded."""

    awarded: Amount

    @field_validator("awarded")
    @classmethod
    def believe(cls, amount: Money, info: ValidationInfo) -> Money | None:
        """Refuse an amount above what the handbook takes for possible."""
        return credible(asked_by(info), amount)


class LostBid(Form):
    """A bid that was not won, to be recorded."""

    loss_reason: str
    note: str = Field(default="", max_length=2000)


def credible(turn: Turn, amount: Money | None) -> Money | None:
    """Return the amount unless it is beyond what the handbook takes for possible."""
    if amount is not None and amount.amount > turn.handbook.bids.amount_limit:
        raise Refusal(N_("That amount is too large to be true."), field="amount")
    return amount


def new(turn: Turn, shelves: Shelves) -> Answer:
    """Enter a bid as typed, or open the form when nothing was."""
    require("bids.new", turn.roles)
    if not turn.text.strip():
        return Open(views.new_form(turn._, turn.handbook.company.currency))
    company = turn.handbook.company
    own, speaks = ZoneInfo(turn.person.zone), turn.person.speaks
    read = read_customer_amount_due(turn.text, now=turn.now, zone=own, default_currency=company.currency, language=speaks)
    typed = {"customer": read.customer, "amount": read.amount, "deadline": read.due.instant if read.due else None}
    form = NewBid.model_validate(typed, context=turn)
    return enter(turn, shelves, form, zone=read.due.zone if read.due else "")


def enter(turn: Turn, shelves: Shelves, form: NewBid, zone: str = "") -> Answer:
    """Enter a bid in the books; its deadline is shown in `zone`, else in the zone of the one who enters it."""
    require("bids.new", turn.roles)
    draft = Bid(
        customer=form.customer,
        customer_key=fold(form.customer),
        owner=turn.person.id,
        amount=form.amount.amount if form.amount else None,
        currency=form.amount.currency if form.amount else turn.handbook.company.currency,
        deadline=form.deadline,
        zone=zone or turn.person.zone,
        registered_at=turn.now,
    )
    bid = shelves.bids.add(policy.check_new(draft, turn.now))
    return receipt(turn, shelves, policy.registered(bid, turn.now), views.registered)


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of one bid."""
    return sheet(turn, shelves, find_bid(turn, shelves, views.SHOW).bid)


def show_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of the bid in a list."""
    return sheet(turn, shelves, bid_by_value(turn, shelves))


def sheet(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Answer with everything about a bid and the steps that this person may take."""
    return Say(views.sheet(turn._, bid, policy.steps_open(bid, roles(turn, shelves, bid))))


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


def submit(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the bid was handed in."""
    return hand_in(turn, shelves, find_bid(turn, shelves, views.SUBMIT).bid)


def submit_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the bid of this button was handed in."""
    return hand_in(turn, shelves, bid_by_value(turn, shelves))


def hand_in(turn: Turn, shelves: Shelves, bid: Bid) -> Answer:
    """Record the submission; it settles the reminders."""
    allow(turn, shelves, bid)
    return receipt(turn, shelves, policy.submit(bid, turn.person.id, turn.now), views.submitted)


def won(turn: Turn, shelves: Shelves) -> Answer:
    """Record a win as typed."""
    found = find_bid(turn, shelves, views.WON)
    return award(turn, shelves, found.bid, " ".join(word.typed for word in found.rest))


def won_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Record a win at the amount asked, or at the one that was typed before the bid was picked."""
    return award(turn, shelves, bid_by_value(turn, shelves), turn.value.partition(":")[2])


def award(turn: Turn, shelves: Shelves, bid: Bid, typed: str) -> Answer:
    """Record a win; ask for the amount when none is known, and offer to fill the gap when the submission is missing."""
    allow(turn, shelves, bid)
    amount = credible(turn, read_amount(typed, bid.currency, language=turn.person.speaks)) if typed.strip() else None
    try:
        return take_award(turn, shelves, policy.win(bid, amount, turn.person.id, turn.now))
    except policy.NotYet:
        return Say(views.gap(turn._, bid, Action.WIN, typed))
    except policy.AmountNeeded:
        return Open(views.won_form(turn._, bid))


def take_award(turn: Turn, shelves: Shelves, step: Step) -> Answer:
    """Record a win and announce it in the channel that the handbook names."""
    answer = receipt(turn, shelves, step, views.won)
    channel = turn.handbook.channels.wins
    if channel:
        company = translator(turn.handbook.company.language)
        shelves.outbox.say(
            f"{views.ANNOUNCED}:{step.bid.id}", channel, views.announcement(company, step.bid, turn.person.id), subject=step.bid.subject
        )
    return answer


def won_filled(turn: Turn, shelves: Shelves, form: WonBid) -> Answer:
    """Record a win from the form."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    return take_award(turn, shelves, policy.win(bid, form.awarded, turn.person.id, turn.now))


def lost(turn: Turn, shelves: Shelves) -> Answer:
    """Record as typed that a bid was not won, or ask for the reason."""
    found = find_bid(turn, shelves, views.LOST)
    return give_up(turn, shelves, found.bid, " ".join(word.typed for word in found.rest))


def lost_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask for the reason, unless it was typed before the bid was picked."""
    return give_up(turn, shelves, bid_by_value(turn, shelves), turn.value.partition(":")[2])


def give_up(turn: Turn, shelves: Shelves, bid: Bid, typed: str) -> Answer:
    """Record that a bid was not won if the typed reason begins with one of the handbook's; otherwise ask by form."""
    allow(turn, shelves, bid)
    try:
        reason, note = reason_in(turn, typed)
        return receipt(turn, shelves, policy.lose(bid, reason, note, turn.person.id, turn.now), say_lost(turn, reason))
    except policy.NotYet:
        return Say(views.gap(turn._, bid, Action.LOSE, typed))
    except policy.ReasonNeeded:
        return Open(views.lost_form(turn._, bid, reasons(turn), typed))


def lost_filled(turn: Turn, shelves: Shelves, form: LostBid) -> Answer:
    """Record from the form that a bid was not won."""
    bid = bid_by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, bid)
    if form.loss_reason not in {reason.id for reason in turn.handbook.bids.loss_reasons}:
        raise Refusal(N_("Please choose one of the list."), field="loss_reason")
    return receipt(
        turn, shelves, policy.lose(bid, form.loss_reason, clean(form.note), turn.person.id, turn.now), say_lost(turn, form.loss_reason)
    )


def fill_gap(turn: Turn, shelves: Shelves) -> Answer:
    """Record the missing submission, and with it the outcome that was told."""
    bid = bid_by_value(turn, shelves)
    allow(turn, shelves, bid)
    _number, outcome, typed = [*turn.value.split(":", 2), "", ""][:3]
    step = policy.fill_gap(bid, turn.person.id, turn.now)
    keep(turn, shelves, step)
    return (award if outcome == Action.WIN else give_up)(turn, shelves, step.bid, typed)


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change of the bid."""
    return take_back(turn, shelves, find_bid(turn, shelves, views.UNDO).bid, None)


def undo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the very change that the button belongs to."""
    change = turn.value.partition(":")[2]
    return take_back(turn, shelves, bid_by_value(turn, shelves), int(change) if change.isdigit() else None)


def take_back(turn: Turn, shelves: Shelves, bid: Bid, change: int | None) -> Answer:
    """Take back the last change, which must be the one meant if one is, with everything that it caused."""
    history = shelves.audit.of(bid.subject)
    step = policy.undo(bid, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    keep(turn, shelves, step)
    sentence = views.retracted if step.bid.state is State.RETRACTED else views.undone
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(views.receipt(turn._, step.bid, sentence(turn._, step.bid), steps, None))


def snooze(turn: Turn, shelves: Shelves) -> Answer:
    """Ask again later: this reminder says when, and a new one is said then unless the matter is settled."""
    bid = bid_by_value(turn, shelves)
    minutes = int(turn.value.partition(":")[2] or 0)
    until = turn.now + timedelta(minutes=min(max(minutes, 1), 24 * 60))
    for said in shelves.outbox.about(bid.subject):
        if said.target == turn.person.id and said.key.startswith(views.DUE) and not shelves.outbox.find(said.key + AGAIN):
            shelves.outbox.amend(said.key, views.snoozed(turn._, bid, turn._.moment(until, turn.person.zone)))
            again = views.reminder(turn._, bid)
            shelves.outbox.say(said.key + AGAIN, turn.person.id, again, not_before=until, subject=bid.subject)
    return Done()


def allow(turn: Turn, shelves: Shelves, bid: Bid) -> None:
    """Raise Forbidden unless this person may change this bid."""
    require("bids.change", roles(turn, shelves, bid))


def roles(turn: Turn, shelves: Shelves, bid: Bid) -> frozenset[Role]:
    """Return what this person is to this bid."""
    return turn.roles_for(shelves, bid.owner, bid.team)


def keep(turn: Turn, shelves: Shelves, step: Step) -> int:
    """Remember a step and bring every message about its bid up to date; return the id of the event."""
    shelves.bids.save(step.bid)
    event = shelves.audit.note(step.event.amended(request=turn.request))
    company = translator(turn.handbook.company.language)

    def render(kind: str, person: Person | None) -> Message | None:
        return views.current(translator(person.speaks) if person else company, kind, step.bid, step.event.actor)

    retell(shelves, step.bid.subject, render)
    return event.id or 0


def receipt(turn: Turn, shelves: Shelves, step: Step, sentence: views.Says) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    change = keep(turn, shelves, step)
    steps = policy.steps_open(step.bid, roles(turn, shelves, step.bid))
    return Say(views.receipt(turn._, step.bid, sentence(turn._, step.bid), steps, change))


def reasons(turn: Turn) -> list[Choice]:
    """Return the handbook's loss reasons in the person's language."""
    return [Choice(reason.id, reason.name[turn.person.speaks]) for reason in turn.handbook.bids.loss_reasons]


def say_lost(turn: Turn, reason: str) -> views.Says:
    """Return the sentence about a loss that names its reason in the person's language."""
    names = {choice.value: choice.text for choice in reasons(turn)}
    return partial(views.lost, reason=names.get(reason, reason))


def reason_in(turn: Turn, typed: str) -> tuple[str, str]:
    """Return the loss reason that the typed text begins with, by its id or its name in any language, and the rest as a note."""
    text = fold(typed)
    for reason in turn.handbook.bids.loss_reasons:
        for name in (fold(reason.id), *map(fold, reason.name.values())):
            if re.match(rf"{re.escape(name)}(?!\w)", text):
                return reason.id, clean(typed)[len(name) :].lstrip(" ,:;，：；")
    return "", ""
