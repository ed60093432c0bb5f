"""What people say about opportunities (§2.1.1, §2.1.5): `/opportunity`, its buttons and its forms."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from bot.language import N_, translator
from bot.policy import opportunities as policy
from bot.policy.bids import OPEN as OPEN_BIDS
from bot.policy.bids import Bid
from bot.policy.machine import Step
from bot.policy.money import Money
from bot.policy.opportunities import LIVE, MACHINE, Action, Opportunity, Outcome
from bot.policy.people import Role, require
from bot.policy.refusal import Refusal
from bot.policy.shares import PERCENT
from bot.views import opportunities as views
from bot.words.amounts import read_amount, take_amount
from bot.words.text import Word as Typed
from bot.words.text import clean, fold, near, words
from handlers.amounts import Amount, asked_by, credible
from handlers.colleagues import colleague
from handlers.context import Answer, Open, Say, Turn
from handlers.finding import Kind, known, named_customer
from handlers.forms import Form
from handlers.help import help_word
from handlers.percents import percent, typed_percents
from handlers.routes import Routes, Word
from storage.deals import deals_with, enter_customer, open_opportunity
from storage.following import keep_deal
from storage.phases import Moment, parts_of, phase_of, timeline
from storage.store import Shelves

FIND: Kind[Opportunity] = Kind("O", lambda shelves: shelves.opportunities, LIVE, "opportunities.see", "/opportunity new ACME 1.2m")
SETTLING = frozenset({Action.WIN, Action.LOSE, Action.ABANDON})
REASONED: dict[str, Callable[[Opportunity, str, str, Any], Step[Opportunity]]] = {
    views.LOST: policy.lose,
    views.ABANDON: policy.abandon,
    views.HOLD: policy.hold,
    views.REOPEN: policy.reopen,
}


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of opportunities."""
    routes.command(
        "/opportunity",
        "new",
        Word("new", new, N_("new CUSTOMER [amount]"), N_("enter an opportunity"), ("新建", "新增", "登记", "登記")),
        Word("list", listing, N_("list [mine|team|open|all]"), N_("see opportunities"), ("列表", "清单", "清單", "商机", "商機", "機會")),
        Word("show", show, N_("show X"), N_("see one opportunity with its timeline"), ("查看", "显示", "顯示")),
        Word("edit", edit, N_("edit X"), N_("change title, amount, owners or class"), ("修改", "更改")),
        Word("share", share, N_("share X [@a 60 @b 40]"), N_("share the credit"), ("shares", "份额", "份額")),
        Word(
            "close", close, N_("close X [won AMOUNT|lost WHY|abandoned WHY]"), N_("say what came of it"), ("关闭", "關閉", "结案", "結案")
        ),
        Word("hold", hold, N_("hold X [why]"), N_("put it on hold"), ("暂停", "暫停", "搁置", "擱置")),
        Word("resume", resume, N_("resume X [why]"), N_("take it up again"), ("恢复", "恢復", "重启", "重啟")),
        Word("undo", undo, N_("undo X"), N_("take your last change back"), ("撤销", "撤銷", "取消")),
        help_word(routes, "/opportunity"),
    )
    pressed = {views.NEW: new, views.ANOTHER: another, views.LIST: more, views.SHOW: show_pressed, views.TIMELINE: timeline_pressed}
    settled = {views.EDIT: edit_pressed, views.SHARE: share_pressed, views.AGREE: agree, views.CLOSE: close_pressed, views.WON: won_pressed}
    moved = {views.RESUME: resume_pressed, views.STILL_ON: still_on, views.UNDO: undo_pressed}
    reasoned = {name: partial(ask_why, name) for name in REASONED}
    for name, handler in (pressed | settled | moved | reasoned).items():
        routes.button(name, handler)
    routes.form(views.NEW, Facts, entered)
    routes.form(views.EDIT, Facts, edited)
    routes.form(views.WON, Agreed, won)
    routes.form(views.SHARE, Percents, shared)
    for name in REASONED:
        routes.form(name, Reason, partial(because, name))


class Facts(Form):
    """An opportunity to be entered, or its facts as they are to be."""

    customer: str = Field(default="", max_length=200)
    title: str = Field(default="", max_length=200)
    amount: Amount | None = None
    source: str = Field(default="", max_length=200)
    sales_owner: str = ""
    owner: str = ""
    secrecy: tuple[str, ...] = ()

    @field_validator("amount")
    @classmethod
    def believe(cls, amount: Money | None, info: ValidationInfo) -> Money | None:
        """Refuse an amount above what the handbook takes for possible."""
        return credible(asked_by(info), amount)

    def facts(self, turn: Turn, shelves: Shelves) -> dict[str, Any]:
        """Return the fields of the opportunity; whoever is named must be a member of the company."""
        named = {"sales_owner": self.sales_owner, "owner": self.owner}
        people = {name: colleague(shelves, one, name).id for name, one in named.items() if one}
        worth = {"amount": self.amount.amount, "currency": self.amount.currency} if self.amount else {"amount": None}
        texts = {"title": clean(self.title), "source": clean(self.source), "confidential": views.CONFIDENTIAL in self.secrecy}
        return {"sales_owner": "", "owner": turn.person.id} | people | worth | texts


class Agreed(Form):
    """What was agreed in a deal without a tender."""

    amount: Amount


class Reason(Form):
    """Why a step is taken."""

    reason: str = Field(min_length=1, max_length=1000)


class Percents(Form):
    """Everybody's share as entered, by person."""

    percents: dict[str, str]

    @model_validator(mode="before")
    @classmethod
    def gather(cls, entered: dict[str, Any]) -> dict[str, Any]:
        """Put the fields, which are named after people, together."""
        return {"percents": {name.removeprefix(PERCENT): value for name, value in entered.items() if name.startswith(PERCENT)}}


def new(turn: Turn, shelves: Shelves) -> Answer:
    """Enter an opportunity as typed, or open the form when nothing was."""
    require("opportunities.new", turn.roles)
    if not turn.text.strip():
        return Open(views.form(turn._, turn.handbook.company.currency))
    return enter(turn, shelves, as_typed(turn, turn.text), turn.text)


def as_typed(turn: Turn, text: str) -> Facts:
    """Return the customer and the amount that were typed."""
    amount, rest = take_amount(words(text), turn.handbook.company.currency, language=turn.person.speaks)
    return Facts.model_validate({"customer": " ".join(word.typed for word in rest), "amount": amount}, context=turn)


def another(turn: Turn, shelves: Shelves) -> Answer:
    """Enter another opportunity with a customer, as was typed before."""
    require("opportunities.new", turn.roles)
    return enter(turn, shelves, as_typed(turn, turn.value), turn.value, again=True)


def entered(turn: Turn, shelves: Shelves, form: Facts) -> Answer:
    """Enter the opportunity of the form."""
    require("opportunities.new", turn.roles)
    return enter(turn, shelves, form, "", again=bool(form.title))


def enter(turn: Turn, shelves: Shelves, form: Facts, typed: str, again: bool = False) -> Answer:
    """Enter an opportunity, unless there is a live one with this customer and nobody said that this is `again` another."""
    name = named_customer(form.customer)
    unknown = shelves.customers.called(fold(name)) is None
    alike = near(name, shelves.customers.names()) if unknown else []
    customer = enter_customer(shelves, name, turn.person.id, turn.now, turn.request)
    live = [deal for deal in deals_with(shelves, customer, LIVE) if known(turn, shelves, deal)]
    if live and not again:
        return Say(views.exists(turn._, live, typed or f'"{name}"'))
    deal = open_opportunity(shelves, customer, turn.person.id, turn.now, turn.handbook, turn.request, **form.facts(turn, shelves))
    last = shelves.audit.last(deal.subject)
    sentence = views.entered(turn._, deal, alike)
    return Say(views.receipt(turn._, deal, sentence, steps(turn, shelves, deal), last.id if last else None))


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of one opportunity."""
    return sheet(turn, shelves, FIND.find(turn, shelves, views.SHOW).record)


def show_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of the opportunity in a list."""
    return sheet(turn, shelves, FIND.by_value(turn, shelves))


def sheet(turn: Turn, shelves: Shelves, deal: Opportunity) -> Answer:
    """Answer with everything about an opportunity and the steps that this person may take."""
    parts, moments, bid = parts_of(shelves, deal), timeline(shelves, deal), live_bid(shelves, deal)
    hung = [views.Hung(part.record.number, part.state) for part in parts]
    told, more = told_of(moments, 0)
    with_it = views.Sheet(phase_of(deal, parts), hung, told, more, steps(turn, shelves, deal), bid.id if bid else 0, turn.person.zone)
    return Say(views.sheet(turn._, deal, with_it))


def timeline_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of the timeline."""
    deal = FIND.by_value(turn, shelves)
    page = turn.value.partition(":")[2]
    number = int(page) if page.isascii() and page.isdigit() else 0
    told, more = told_of(timeline(shelves, deal), number)
    return Say(views.timeline(turn._, deal, told, turn.person.zone, number, more))


def told_of(moments: Sequence[Moment], page: int) -> tuple[list[views.Told], bool]:
    """Return a page of the timeline, and whether there is more."""
    start = page * views.MOMENTS
    shown = moments[start : start + views.MOMENTS]
    told = [views.Told(one.event.at, one.number, one.event.actor, one.became, one.link) for one in shown]
    return told, len(moments) > start + views.MOMENTS


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List opportunities: the person's own open ones unless another word is typed."""
    return page(turn, shelves, views.scope(turn.text), 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of a list; the button carries which list and which page."""
    which, _colon, number = turn.value.partition(":")
    return page(turn, shelves, views.scope(which), int(number) if number.isascii() and number.isdigit() else 0)


def page(turn: Turn, shelves: Shelves, which: views.Scope, number: int) -> Answer:
    """Answer with one page of a list, of which this person sees what they may know of."""
    require("opportunities.see", turn.roles)
    states = set(Outcome) - {Outcome.RETRACTED} if which is views.Scope.ALL else LIVE
    owners = {views.Scope.MINE: [turn.person.id], views.Scope.TEAM: shelves.people.team_of(turn.person)}.get(which)
    found = shelves.opportunities.listed(states, owners, views.PAGE + 1, number * views.PAGE)
    seen = [deal for deal in found[: views.PAGE] if known(turn, shelves, deal)]
    rows = [views.Row(deal, phase_of(deal, parts_of(shelves, deal))) for deal in seen]
    return Say(views.listing(turn._, which, rows, number, len(found) > views.PAGE))


def edit(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form with the facts of an opportunity."""
    return open_facts(turn, shelves, FIND.find(turn, shelves, views.EDIT).record)


def edit_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form with the facts of this button's opportunity."""
    return open_facts(turn, shelves, FIND.by_value(turn, shelves))


def open_facts(turn: Turn, shelves: Shelves, deal: Opportunity) -> Answer:
    """Open the form with the facts of an opportunity, for one who may change them."""
    allow(turn, shelves, deal)
    policy.check_live(deal)
    return Open(views.form(turn._, turn.handbook.company.currency, deal))


def edited(turn: Turn, shelves: Shelves, form: Facts) -> Answer:
    """Change the facts of an opportunity as the form says."""
    deal = meant_by_form(turn, shelves)
    facts = form.facts(turn, shelves) | ({"owner": deal.owner} if not form.owner else {})
    return receipt(turn, shelves, policy.edit(deal, turn.person.id, turn.now, **facts), views.changed)


def close(turn: Turn, shelves: Shelves) -> Answer:
    """Say what came of an opportunity, as typed, or ask."""
    found = FIND.find(turn, shelves, views.CLOSE)
    return settle(turn, shelves, found.record, found.rest)


def close_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Say what came of the opportunity that was picked."""
    return settle(turn, shelves, FIND.by_value(turn, shelves), words(turn.value.partition(":")[2]))


ENDS = {
    views.WON: ("won", "赢", "贏", "赢单", "贏單", "成交"),
    views.LOST: ("lost", "输", "輸", "丢单", "丟單", "未成交"),
    views.ABANDON: ("abandoned", "abandon", "放弃", "放棄"),
}


def settle(turn: Turn, shelves: Shelves, deal: Opportunity, typed: list[Typed]) -> Answer:
    """Settle an opportunity by the word typed first and the amount or reason behind it; ask for what is missing."""
    allow(turn, shelves, deal)
    policy.check_live(deal)
    end = next((name for name, spelled in ENDS.items() if typed and fold(typed[0].text) in map(fold, spelled)), "")
    more = " ".join(word.typed for word in typed[1:])
    if not end:
        return Say(views.choose_end(turn._, deal))
    if end != views.WON:
        return reason_given(turn, shelves, deal, end, more)
    if not more:
        return ask_amount(turn, shelves, deal)
    return settle_won(turn, shelves, deal, read_amount(more, deal.currency, language=turn.person.speaks))


def won_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask what was agreed in the deal of this button."""
    return ask_amount(turn, shelves, FIND.by_value(turn, shelves))


def ask_amount(turn: Turn, shelves: Shelves, deal: Opportunity) -> Answer:
    """Open the form for the amount, unless the deal follows its bid."""
    allow(turn, shelves, deal)
    check_direct(shelves, deal)
    MACHINE.check(deal, Action.WIN)
    return Open(views.amount_form(turn._, deal))


def won(turn: Turn, shelves: Shelves, form: Agreed) -> Answer:
    """Settle a deal as won, for the amount of the form."""
    return settle_won(turn, shelves, meant_by_form(turn, shelves), form.amount)


def settle_won(turn: Turn, shelves: Shelves, deal: Opportunity, awarded: Money) -> Answer:
    """Settle a deal without a tender as won."""
    check_direct(shelves, deal)
    amount = credible(turn, awarded) or awarded
    return receipt(turn, shelves, policy.win(deal, amount, turn.person.id, turn.now), views.stepped)


def hold(turn: Turn, shelves: Shelves) -> Answer:
    """Put an opportunity on hold."""
    found = FIND.find(turn, shelves, views.HOLD)
    return reason_given(turn, shelves, found.record, views.HOLD, found.more)


def resume(turn: Turn, shelves: Shelves) -> Answer:
    """Take an opportunity up again that was on hold; one that is settled, as a manager with a reason."""
    found = FIND.find(turn, shelves, views.RESUME)
    return take_up(turn, shelves, found.record, found.more)


def resume_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take this button's opportunity up again."""
    return take_up(turn, shelves, FIND.by_value(turn, shelves), turn.value.partition(":")[2])


def take_up(turn: Turn, shelves: Shelves, deal: Opportunity, why: str) -> Answer:
    """Take up again what is on hold, or open again what is settled."""
    if deal.state not in LIVE:
        return reason_given(turn, shelves, deal, views.REOPEN, why)
    allow(turn, shelves, deal)
    return receipt(turn, shelves, policy.resume(deal, turn.person.id, turn.now), views.stepped)


def ask_why(name: str, turn: Turn, shelves: Shelves) -> Answer:
    """Ask for the reason of a step, or take the one that was typed before the opportunity was picked."""
    return reason_given(turn, shelves, FIND.by_value(turn, shelves), name, turn.value.partition(":")[2])


def because(name: str, turn: Turn, shelves: Shelves, form: Reason) -> Answer:
    """Take a step for the reason of the form."""
    return reason_given(turn, shelves, meant_by_form(turn, shelves), name, form.reason)


def reason_given(turn: Turn, shelves: Shelves, deal: Opportunity, name: str, why: str) -> Answer:
    """Take the step of this name for a reason; without one, ask for it."""
    allow(turn, shelves, deal, "opportunities.reopen" if name == views.REOPEN else "opportunities.change")
    action = next(action for action, (button, _label) in views.BUTTONS.items() if button == name)
    if action in SETTLING:
        check_direct(shelves, deal)
    MACHINE.check(deal, action)
    if not clean(why):
        return Open(views.reason_form(turn._, deal, name))
    return receipt(turn, shelves, REASONED[name](deal, clean(why), turn.person.id, turn.now), views.stepped)


def still_on(turn: Turn, shelves: Shelves) -> Answer:
    """Note that the opportunity is alive although nothing happened; the question comes again after as long a time."""
    deal = FIND.by_value(turn, shelves)
    allow(turn, shelves, deal)
    step = MACHINE.change(deal, Action.CHANGE, turn.person.id, turn.now, touched_at=turn.now)
    return receipt(turn, shelves, step, views.changed)


def share(turn: Turn, shelves: Shelves) -> Answer:
    """Propose shares of the credit as typed, or open the form."""
    found = FIND.find(turn, shelves, views.SHARE)
    return divide(turn, shelves, found.record, found.rest)


def share_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of the shares, or propose those typed before the opportunity was picked."""
    return divide(turn, shelves, FIND.by_value(turn, shelves), words(turn.value.partition(":")[2]))


def divide(turn: Turn, shelves: Shelves, deal: Opportunity, typed: list[Typed]) -> Answer:
    """Share the credit for a deal: on its bid if there is one, else here."""
    allow(turn, shelves, deal)
    bid = next(iter(shelves.bids.of_opportunity(deal.id)), None)
    if bid:
        return Say(views.shares_of_bid(turn._, deal, bid.id))
    policy.check_live(deal)
    if typed:
        return propose(turn, shelves, deal, typed_percents(shelves, typed))
    people = dict.fromkeys((deal.owner, *deal.members, *(held.person for held in deal.shares)))
    known_as = {one: shelves.people.get(one) for one in people}
    return Open(views.share_form(turn._, deal, {one: person.name if person else one for one, person in known_as.items()}))


def shared(turn: Turn, shelves: Shelves, form: Percents) -> Answer:
    """Propose the shares of the form."""
    percents = {person: percent(typed, PERCENT + person) for person, typed in form.percents.items()}
    return propose(turn, shelves, meant_by_form(turn, shelves), percents)


def propose(turn: Turn, shelves: Shelves, deal: Opportunity, percents: dict[str, Decimal]) -> Answer:
    """Change the shares and ask everybody to agree; older requests make way for these."""
    for key in percents:
        colleague(shelves, key, PERCENT + key)
    step = policy.share(deal, percents, turn.person.id, turn.now)
    answer = receipt(turn, shelves, step, views.proposed)
    for said in shelves.outbox.about(deal.subject):
        if said.key.startswith(f"{views.ASKED}:"):
            shelves.outbox.withdraw(said.key)
    for held in step.record.shares:
        person = None if held.agreed else shelves.people.get(held.person)
        if person:
            message = views.asked(translator(person.speaks), step.record, person.id)
            shelves.outbox.say(f"{views.ASKED}:{deal.id}:{person.id}:{turn.request}", person.id, message, subject=deal.subject)
    return answer


def agree(turn: Turn, shelves: Shelves) -> Answer:
    """Record that the person agrees to their share."""
    deal = FIND.by_value(turn, shelves)
    return receipt(turn, shelves, policy.agree(deal, turn.person.id, turn.now), views.agreed)


def undo(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the person's last change of the opportunity."""
    return take_back(turn, shelves, FIND.find(turn, shelves, views.UNDO).record, None)


def undo_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Take back the very change that the button belongs to."""
    change = turn.value.partition(":")[2]
    return take_back(turn, shelves, FIND.by_value(turn, shelves), int(change) if change.isascii() and change.isdigit() else None)


def take_back(turn: Turn, shelves: Shelves, deal: Opportunity, change: int | None) -> Answer:
    """Take back the last change, which must be the one meant if one is."""
    history = shelves.audit.of(deal.subject)
    parts = parts_of(shelves, deal) if len(history) == 1 else []
    if parts:
        raise Refusal(N_("{other} hangs on {number}: take that back first."), other=parts[0].record.number, number=deal.number)
    step = policy.undo(deal, history, change, turn.person.id, turn.now, turn.handbook.bids.undo_minutes)
    keep_deal(shelves, step, turn.request)
    return Say(views.receipt(turn._, step.record, views.undone(turn._, step.record), steps(turn, shelves, step.record), None))


def receipt(turn: Turn, shelves: Shelves, step: Step[Opportunity], sentence: Callable[..., Any]) -> Answer:
    """Remember a step; answer with what was understood, what comes next, and the way back."""
    change = keep_deal(shelves, step, turn.request)
    said = sentence(turn._, step.record)
    return Say(views.receipt(turn._, step.record, said, steps(turn, shelves, step.record), change))


def allow(turn: Turn, shelves: Shelves, deal: Opportunity, action: str = "opportunities.change") -> None:
    """Raise Forbidden unless this person may take this kind of step."""
    require(action, roles(turn, shelves, deal))


def roles(turn: Turn, shelves: Shelves, deal: Opportunity) -> frozenset[Role]:
    """Return what this person is to this opportunity."""
    return turn.roles_for(shelves, deal.owner, deal.team)


def meant_by_form(turn: Turn, shelves: Shelves) -> Opportunity:
    """Return the opportunity of a form, for one who may change it."""
    deal = FIND.by_id(turn, shelves, turn.metadata)
    allow(turn, shelves, deal)
    return deal


def live_bid(shelves: Shelves, deal: Opportunity) -> Bid | None:
    """Return the open bid that the deal follows, if there is one."""
    return next((bid for bid in shelves.bids.of_opportunity(deal.id) if bid.state in OPEN_BIDS), None)


def check_direct(shelves: Shelves, deal: Opportunity) -> None:
    """Refuse to settle by hand a deal that follows its bid."""
    bid = live_bid(shelves, deal)
    if bid:
        raise policy.FollowsItsBid(deal, bid.number)


def steps(turn: Turn, shelves: Shelves, deal: Opportunity) -> list[Action]:
    """Return the steps that this person may take, without those that the bid takes."""
    held = roles(turn, shelves, deal)
    free = [step for step in MACHINE.steps_open(deal, held) if step not in SETTLING or live_bid(shelves, deal) is None]
    facts = [Action.CHANGE, Action.SHARE] if deal.state in LIVE and held & policy.CONCERNED else []
    return [*facts, *free]
