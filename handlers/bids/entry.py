"""Entering a bid (§4.4.1): `/bid new`, typed or by form."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import Bid, State
from bot.policy.money import Money
from bot.policy.opportunities import LIVE, Opportunity
from bot.policy.people import require
from bot.views.bids import entry as views
from bot.words.bids import read_customer_amount_due
from bot.words.text import fold
from handlers.amounts import Amount, asked_by, credible
from handlers.bids.keeping import receipt
from handlers.context import Answer, Open, Say, Turn
from handlers.finding import Kind, named_customer
from handlers.finding import deal as find_deal
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves

DEALS: Kind[Opportunity] = Kind("O", lambda shelves: shelves.opportunities, LIVE, "bids.see", "/opportunity new ACME 1.2m")


def register(routes: Routes) -> None:
    """Register the word, the button and the form that enter a bid."""
    routes.command(
        "/bid", "new", Word("new", new, N_("new CUSTOMER [amount] [due WHEN]"), N_("enter a bid"), ("新建", "新增", "登记", "登記"))
    )
    routes.button(views.NEW, new)
    routes.button(views.NEW_FOR, new_for)
    routes.button(views.ANOTHER, another)
    routes.form(views.NEW, NewBid, enter)


class NewBid(Form):
    """A bid to be entered."""

    customer: str = Field(min_length=1, max_length=200)
    amount: Amount | None = None
    deadline: datetime | None = None

    @field_validator("customer")
    @classmethod
    def name_it(cls, typed: str) -> str:
        """Return the customer's name as it is kept; one without a letter or digit is refused."""
        return named_customer(typed)

    @field_validator("amount")
    @classmethod
    def believe(cls, amount: Money | None, info: ValidationInfo) -> Money | None:
        """Refuse an amount above what the handbook takes for possible."""
        return credible(asked_by(info), amount)


def new(turn: Turn, shelves: Shelves) -> Answer:
    """Enter a bid as typed, or open the form when nothing was."""
    require("bids.new", turn.roles)
    if not turn.text.strip():
        return Open(views.new_form(turn._, turn.handbook.company.currency))
    return enter_typed(turn, shelves, turn.text)


def new_for(turn: Turn, shelves: Shelves) -> Answer:
    """Enter a bid as typed before, for the opportunity that was picked; open its form when nothing was."""
    require("bids.new", turn.roles)
    deal, typed = DEALS.by_value(turn, shelves), turn.value.partition(":")[2]
    if not typed:
        return Open(views.new_form(turn._, turn.handbook.company.currency, deal.customer_name))
    return enter_typed(turn, shelves, typed, deal)


def another(turn: Turn, shelves: Shelves) -> Answer:
    """Enter a bid that was entered a moment ago once more, because it is meant so."""
    require("bids.new", turn.roles)
    return enter_typed(turn, shelves, turn.value, sure=True)


def enter_typed(turn: Turn, shelves: Shelves, text: str, deal: Opportunity | None = None, *, sure: bool = False) -> Answer:
    """Enter the bid that a text tells of; `sure` when it may well be in the books already."""
    own, speaks, currency = ZoneInfo(turn.person.zone), turn.person.speaks, turn.handbook.company.currency
    read = read_customer_amount_due(text, now=turn.now, zone=own, default_currency=currency, language=speaks)
    typed = {"customer": read.customer, "amount": read.amount, "deadline": read.due.instant if read.due else None}
    form = NewBid.model_validate(typed, context=turn)
    zone = read.due.zone if read.due else ""
    return enter(turn, shelves, form, zone=zone, text=text, deal=deal, sure=sure)


def enter(
    turn: Turn, shelves: Shelves, form: NewBid, zone: str = "", text: str = "", deal: Opportunity | None = None, *, sure: bool = False
) -> Answer:
    """Enter a bid in the books; its deadline is shown in `zone`, else in the zone of the one who enters it.

    It hangs on its customer's opportunity, which is entered with it if there is none; `text` is how it was typed.
    """
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
    policy.check_new(draft, turn.now)
    if not sure and (same := just_entered(turn, shelves, draft)):
        return Say(views.already(turn._, same, text or as_typed(turn, form)))
    worth = {"amount": draft.amount, "currency": draft.currency}
    found = deal or find_deal(turn, shelves, form.customer, views.NEW_FOR, text or as_typed(turn, form), **worth)
    bid = shelves.bids.add(draft.amended(opportunity=found.id, confidential=found.confidential))
    return receipt(turn, shelves, policy.registered(bid, turn.now), views.registered)


def just_entered(turn: Turn, shelves: Shelves, draft: Bid) -> Bid | None:
    """Return the same bid if this person entered it a moment ago: the answer may have been lost on its way."""
    since = turn.now - timedelta(minutes=turn.handbook.bids.undo_minutes)
    own = shelves.bids.listed(owners=[turn.person.id], states={State.REGISTERED})
    same = ("customer_key", "amount", "currency", "deadline")
    return next((bid for bid in own if bid.registered_at >= since and all(getattr(bid, x) == getattr(draft, x) for x in same)), None)


def as_typed(turn: Turn, form: NewBid) -> str:
    """Return the words after `/bid new` that say what a form says."""
    amount = f" {form.amount.currency} {form.amount.amount:f}" if form.amount else ""
    due = f" due {form.deadline.astimezone(ZoneInfo(turn.person.zone)):%Y-%m-%d %H:%M}" if form.deadline else ""
    return f'"{form.customer}"{amount}{due}'
