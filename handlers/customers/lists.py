"""Looking at customers, and noting the people there: `/customer list`, `/customer show`, `/customer contact`."""

from pydantic import Field

from bot.language import N_
from bot.policy import customers as policy
from bot.policy.customers import Contact, Customer, Stance
from bot.policy.opportunities import Outcome
from bot.policy.people import require
from bot.views.customers import sheet as views
from bot.words.numbers import number_in
from bot.words.text import clean
from handlers.context import Answer, Open, Say, Turn
from handlers.customers.finding import by_value, find_customer, receipt, seen
from handlers.finding import known
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.deals import deals_with
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the words, buttons and the form."""
    routes.command(
        "/customer",
        "list",
        Word("list", listing, N_("list"), N_("see customers"), ("列表", "清单", "清單", "客户", "客戶"), reads=True),
        Word("show", show, N_("show X"), N_("see one customer"), ("查看", "显示", "顯示")),
        Word("contact", contact, N_("contact X"), N_("note somebody there, and their stance"), ("联系人", "聯絡人", "联络人")),
    )
    routes.button(views.LIST, more)
    routes.button(views.SHOW, show_pressed)
    routes.button(views.CONTACT, contact_pressed)
    routes.form(views.CONTACT, SomebodyThere, noted)


class SomebodyThere(Form):
    """Somebody at the customer."""

    name: str = Field(min_length=1, max_length=100)
    title: str = Field(default="", max_length=100)
    stance: Stance = Stance.NEUTRAL
    reach: str = Field(default="", max_length=200)


def listing(turn: Turn, shelves: Shelves) -> Answer:
    """List the customers, the latest first."""
    return page(turn, shelves, 0)


def more(turn: Turn, shelves: Shelves) -> Answer:
    """Show a page of the list."""
    return page(turn, shelves, number_in(turn.value))


def page(turn: Turn, shelves: Shelves, number: int) -> Answer:
    """Answer with one page of customers, of whom this person sees those they may know of."""
    require("customers.see", turn.roles)
    found = shelves.customers.listed(views.PAGE + 1, number * views.PAGE)
    shown = [customer for customer in found[: views.PAGE] if seen(turn, shelves, customer)]
    return Say(views.listing(turn._, shown, number, len(found) > views.PAGE))


def show(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of one customer."""
    return sheet(turn, shelves, find_customer(turn, shelves, "customers.see", views.SHOW).customer)


def show_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Show the sheet of the customer in a list."""
    return sheet(turn, shelves, by_value(turn, shelves, turn.value, "customers.see"))


def sheet(turn: Turn, shelves: Shelves, customer: Customer) -> Answer:
    """Answer with everything about a customer that this person may know of."""
    deals = deals_with(shelves, customer, set(Outcome) - {Outcome.RETRACTED})
    return Say(views.sheet(turn._, customer, [deal for deal in deals if known(turn, shelves, deal)], turn.person.zone))


def contact(turn: Turn, shelves: Shelves) -> Answer:
    """Ask who is there."""
    return Open(views.contact_form(turn._, find_customer(turn, shelves, "customers.change", views.CONTACT).customer))


def contact_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask who is there, at the customer of this button."""
    return Open(views.contact_form(turn._, by_value(turn, shelves, turn.value)))


def noted(turn: Turn, shelves: Shelves, form: SomebodyThere) -> Answer:
    """Note somebody at the customer."""
    customer = by_value(turn, shelves, turn.metadata)
    somebody = Contact(name=clean(form.name), title=clean(form.title), stance=form.stance, reach=clean(form.reach))
    step = policy.put_contact(customer, somebody, turn.person.id, turn.now)
    return receipt(turn, shelves, step, views.contact_noted(turn._, step.record))
