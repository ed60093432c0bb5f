"""Entering a bid (§4.4.1): `/bid new`, typed or by form."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator

from bot.language import N_
from bot.policy import bids as policy
from bot.policy.bids import Bid
from bot.policy.money import Money
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.views.bids import entry as views
from bot.words.bids import read_customer_amount_due
from bot.words.text import clean, fold
from handlers.amounts import Amount, asked_by, credible
from handlers.bids.keeping import receipt
from handlers.context import Answer, Open, Turn
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the word, the button and the form that enter a bid."""
    routes.command(
        "/bid", "new", Word("new", new, N_("new CUSTOMER [amount] [due WHEN]"), N_("enter a bid"), ("新建", "新增", "登记", "登記"))
    )
    routes.button(views.NEW, new)
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
        name = " ".join(clean(typed).split())
        if not any(character.isalnum() for character in name):
            raise Refusal(N_("A customer's name needs a letter or a digit."), field="customer")
        return name

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
