"""Entering an opportunity and changing its facts: `/opportunity new` and `/opportunity edit`, typed or by form."""

from typing import Any

from pydantic import Field, ValidationInfo, field_validator

from bot.language import N_
from bot.policy import opportunities as policy
from bot.policy.money import Money
from bot.policy.opportunities import LIVE, Opportunity
from bot.policy.people import require
from bot.views.opportunities import forms as forms_views
from bot.views.opportunities import said as said_views
from bot.views.opportunities import sheet as sheet_views
from bot.words.amounts import take_amount
from bot.words.text import clean, fold, words
from handlers.amounts import Amount, asked_by, credible
from handlers.colleagues import colleague
from handlers.context import Answer, Open, Say, Turn
from handlers.finding import known, named_customer, near_customers
from handlers.forms import Form
from handlers.opportunities.keeping import FIND, allow, meant_by_form, receipt, steps
from handlers.routes import Routes, Word
from storage.deals import deals_with, enter_customer, open_opportunity
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and forms."""
    routes.command(
        "/opportunity",
        "new",
        Word("new", new, N_("new CUSTOMER [amount]"), N_("enter an opportunity"), ("新建", "新增", "登记", "登記")),
        Word("edit", edit, N_("edit X"), N_("change title, amount, owners or class"), ("修改", "更改")),
    )
    routes.button(sheet_views.NEW, new)
    routes.button(sheet_views.ANOTHER, another)
    routes.button(sheet_views.EDIT, edit_pressed)
    routes.form(sheet_views.NEW, Facts, entered)
    routes.form(sheet_views.EDIT, Facts, edited)


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
        texts = {"title": clean(self.title), "source": clean(self.source), "confidential": sheet_views.CONFIDENTIAL in self.secrecy}
        return {"sales_owner": "", "owner": turn.person.id} | people | worth | texts


def new(turn: Turn, shelves: Shelves) -> Answer:
    """Enter an opportunity as typed, or open the form when nothing was."""
    require("opportunities.new", turn.roles)
    if not turn.text.strip():
        return Open(forms_views.form(turn._, turn.handbook.company.currency))
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
    alike = near_customers(turn, shelves, name) if unknown else []
    customer = enter_customer(shelves, name, turn.person.id, turn.now, turn.request)
    live = [deal for deal in deals_with(shelves, customer, LIVE) if known(turn, shelves, deal)]
    if live and not again:
        return Say(said_views.exists(turn._, live, typed or f'"{name}"'))
    deal = open_opportunity(shelves, customer, turn.person.id, turn.now, turn.handbook, turn.request, **form.facts(turn, shelves))
    last = shelves.audit.last(deal.subject)
    sentence = said_views.entered(turn._, deal, alike)
    return Say(sheet_views.receipt(turn._, deal, sentence, steps(turn, shelves, deal), last.id if last else None))


def edit(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form with the facts of an opportunity."""
    return open_facts(turn, shelves, FIND.find(turn, shelves, sheet_views.EDIT).record)


def edit_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form with the facts of this button's opportunity."""
    return open_facts(turn, shelves, FIND.by_value(turn, shelves))


def open_facts(turn: Turn, shelves: Shelves, deal: Opportunity) -> Answer:
    """Open the form with the facts of an opportunity, for one who may change them."""
    allow(turn, shelves, deal)
    policy.check_live(deal)
    return Open(forms_views.form(turn._, turn.handbook.company.currency, deal))


def edited(turn: Turn, shelves: Shelves, form: Facts) -> Answer:
    """Change the facts of an opportunity as the form says."""
    deal = meant_by_form(turn, shelves)
    facts = form.facts(turn, shelves) | ({"owner": deal.owner} if not form.owner else {})
    if facts["confidential"] != deal.confidential:
        allow(turn, shelves, deal, "bids.seclude")  # its bids go with it
    return receipt(turn, shelves, policy.edit(deal, turn.person.id, turn.now, **facts), said_views.changed)
