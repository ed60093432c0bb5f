"""The sheet of a customer, the list, and the forms of people, names and duplicates."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.customers import STANCE_NAMES, WEIGHT_NAMES, Contact, Customer, Enquiry, Opinion, Standing
from bot.policy.opportunities import OUTCOME_NAMES, Opportunity
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    actions,
    bold,
    button,
    clip,
    code,
    field_of,
    modal,
    overflow,
    paragraph,
    prose,
    says,
    section,
    select,
    text_input,
    user,
)

LIST, SHOW, CONTACT, UNDO = "customers.list", "customers.show", "customers.contact", "customers.undo"
ENQUIRY, OPINION = "customers.enquiry", "customers.opinion"
DEAL, SURVEY = "opportunities.show", "surveys.ask"
MENU = "menu"
PAGE, MOST, LONG = 10, 8, 200


def name(customer: Customer) -> Sentence:
    """Return the customer's name and number, as a headline."""
    return prose("{name} · {number}", name=bold(customer.name), number=customer.number)


def person(_: Translator, contact: Contact) -> Sentence:
    """Return somebody at the customer, and what they are to the deal."""
    known = " · ".join(filter(None, (contact.title, contact.reach)))
    more = f" · {known}" if known else ""
    return prose("{name} ({stance}){more}", name=contact.name, stance=_(STANCE_NAMES[contact.stance]), more=more)


def asked(_: Translator, enquiry: Enquiry, zone: str) -> Sentence:
    """Return an enquiry in one line: open with its owner and time, or answered."""
    text = clip(enquiry.text, LONG)
    if enquiry.answered_at:
        return prose(_.template("Answered by {person}: “{text}”"), person=user(enquiry.answered_by), text=text)
    when = _.moment(enquiry.due, zone)
    return prose(_.template("{person} answers “{text}” by {when}"), person=user(enquiry.owner), text=text, when=bold(when))


def thought(_: Translator, opinion: Opinion) -> Sentence:
    """Return an opinion in one line, with what became of it."""
    weight = _(WEIGHT_NAMES[opinion.weight])
    head = prose("{product} ({weight}): “{text}”", product=bold(opinion.product), weight=weight, text=clip(opinion.text, LONG))
    if not opinion.answered_at:
        return head
    return (*head, *prose(" → “{answer}”", answer=clip(opinion.answer, LONG)))


def sheet(_: Translator, customer: Customer, deals: Sequence[Opportunity], zone: str) -> Message:
    """Return everything about one customer: names, people, deals, open enquiries and opinions."""
    names = [prose(_.template("Also called {names}"), names=_.list(list(customer.aliases)))] if customer.aliases else []
    people = [person(_, contact) for contact in customer.contacts[:MOST]]
    enquiries = sorted(customer.enquiries, key=lambda one: (one.answered_at is not None, one.due))
    asks = [asked(_, enquiry, zone) for enquiry in enquiries[:MOST]]
    thinks = [thought(_, opinion) for opinion in reversed(customer.opinions[-MOST:])]
    parts = [(_("People"), people), (_("Enquiries"), asks), (_("Opinions"), thinks)]
    told = [paragraph((bold(title),), *lines) for title, lines in parts if lines]
    rows = [deal_row(_, deal) for deal in deals[:MOST]]
    return says(name(customer), *names, also=[*rows, *told, *next_steps(_, customer, None)])


def deal_row(_: Translator, deal: Opportunity) -> Block:
    """Return one of the customer's deals, with the button that opens it."""
    amount = "–" if deal.worth is None else _.short_amount(deal.worth.amount, deal.worth.currency)
    text = " · ".join(filter(None, (deal.number, deal.title, _(OUTCOME_NAMES[deal.state]), amount)))
    return section(text, button(_("Open"), DEAL, str(deal.id)))


def next_steps(_: Translator, customer: Customer, undo: int | None) -> list[Block]:
    """Return what can be done next: an enquiry first, undo, and the rest in a menu."""
    if customer.state is not Standing.KNOWN:
        return []
    back = [] if undo is None else [button(_("Undo"), UNDO, f"{customer.id}:{undo}")]
    rest = [Choice(f"{OPINION} {customer.id}", _("Note an opinion")), Choice(f"{CONTACT} {customer.id}", _("Add a person"))]
    rest.append(Choice(f"{SURVEY} {customer.id}", _("Send a survey")))
    return [actions(button(_("Enter an enquiry"), ENQUIRY, str(customer.id), "primary"), *back, overflow(MENU, rest))]


def receipt(_: Translator, customer: Customer, said: Sequence[Sentence], undo: int | None) -> Message:
    """Return what a change is answered with: what was understood, the next step, and the way back."""
    return says(*said, also=next_steps(_, customer, undo))


def row(_: Translator, customer: Customer) -> Block:
    """Return one line of a list, with the button that opens the customer."""
    waiting = sum(enquiry.answered_at is None for enquiry in customer.enquiries)
    asks = _.plural("{n} open enquiry", "{n} open enquiries", waiting) if waiting else ""
    thinks = _.plural("{n} opinion to answer", "{n} opinions to answer", customer.unanswered) if customer.unanswered else ""
    facts = " · ".join(filter(None, (customer.number, asks, thinks)))
    return section(f"{customer.name}\n{facts}", button(_("Open"), SHOW, str(customer.id)))


def listing(_: Translator, customers: Sequence[Customer], page: int, more: bool) -> Message:
    """Return a page of customers, `page` counted from 0, with the way to the next one."""
    if not customers:
        return says(prose(_.template("Nothing here. {command} enters one."), command=code("/opportunity new ACME 1.2m")))
    way = [actions(button(_("More"), LIST, str(page + 1)))] if more else []
    return says((bold(_("Customers")),), also=[*(row(_, customer) for customer in customers), *way])


def contact_noted(_: Translator, customer: Customer) -> list[Sentence]:
    """Say who was noted."""
    return [prose(_.template("Noted at {customer}:"), customer=bold(customer.name)), person(_, customer.contacts[-1])]


def named_so(_: Translator, customer: Customer, alias: str) -> list[Sentence]:
    """Say that one more name means the customer."""
    return [prose(_.template("{alias} means {customer} from now on."), alias=bold(alias), customer=bold(customer.name))]


def merged(_: Translator, kept: Customer, duplicate: Customer) -> list[Sentence]:
    """Say that a duplicate was merged."""
    template = _.template("{duplicate} is merged into {customer}: its name, people, deals and all that hangs on them go there.")
    return [prose(template, duplicate=bold(duplicate.name), customer=bold(kept.name))]


def undone(_: Translator, customer: Customer) -> list[Sentence]:
    """Say what an undo left behind."""
    if customer.state is Standing.RETRACTED:
        return [
            prose(_.template("Undone. {customer} ({number}) is out of the books."), customer=bold(customer.name), number=customer.number)
        ]
    return [prose(_.template("Undone. {customer} is as it was before."), customer=bold(customer.name))]


def contact_form(_: Translator, customer: Customer) -> Block:
    """Return the form that notes somebody at the customer."""
    stances = [Choice(stance, _(label)) for stance, label in STANCE_NAMES.items()]
    fields = [
        paragraph(name(customer)),
        field_of(_("Name"), text_input("name", limit=100)),
        field_of(_("Position"), text_input("title", limit=100), optional=True),
        field_of(_("Stance"), select("stance", stances, "neutral")),
        field_of(_("Phone or e-mail"), text_input("reach", limit=200), optional=True),
    ]
    return modal(CONTACT, _("Somebody there"), fields, submit=_("Save"), close=_("Cancel"), metadata=str(customer.id))
