"""Opinions of products and services (§2.1.5): the form, what the product channel sees, and the list by product."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.language import Translator
from bot.policy.customers import WEIGHT_NAMES, Customer, Opinion
from bot.policy.money import Money
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
    paragraph,
    prose,
    quote,
    says,
    section,
    select,
    text_input,
    user,
)
from bot.views.customers.sheet import LONG, OPINION

REPLY, LIST = "customers.reply", "customers.opinions"
POSTED, REPLIED = "customers.posted", "customers.replied"
MOST = 4  # opinions of each product in the list


class Behind(NamedTuple):
    """What stands behind an opinion: how many live deals, what they may be worth, and whether the customer must not be named."""

    deals: int
    value: Money
    secret: bool


class Row(NamedTuple):
    """An opinion in the list, whose it is, and what stands behind it."""

    customer: Customer
    opinion: Opinion
    secret: bool


class Product(NamedTuple):
    """The open opinions of one product, and what the deals behind all of them may be worth."""

    name: str
    rows: Sequence[Row]
    value: Money


def who(_: Translator, customer: Customer, secret: bool) -> str:
    """Return the customer's name, unless everything about them is confidential."""
    return _("a customer") if secret else customer.name


def noted(_: Translator, opinion: Opinion, channel: str | None) -> list[Sentence]:
    """Say what was noted of an opinion, and where it went."""
    weight = _(WEIGHT_NAMES[opinion.weight])
    said = prose(_.template("Noted on {product} ({weight}): “{text}”"), product=bold(opinion.product), weight=weight, text=opinion.text)
    if channel:
        return [said, prose(_.template("It is in {channel}; you are told when it is answered."), channel=bold(channel))]
    return [said, prose(_.template("The handbook names no product channel; {command} lists it."), command=code("/customer opinions"))]


def posted(_: Translator, customer: Customer, opinion: Opinion, behind: Behind) -> Message:
    """Tell the product channel of an opinion, in few lines, with the button to answer it; once answered, with the answer."""
    weight = _(WEIGHT_NAMES[opinion.weight])
    head = prose(
        _.template("{product}: {weight} for {customer}, reported by {person}"),
        product=bold(opinion.product),
        weight=weight,
        customer=who(_, customer, behind.secret),
        person=user(opinion.reported_by),
    )
    deals = [] if behind.secret or not behind.deals else [worth(_, behind)]
    done = prose(_.template("{person} answered: “{text}”"), person=user(opinion.answered_by), text=clip(opinion.answer, LONG))
    answer = [done] if opinion.answered_at else []
    label = _("Change the answer") if opinion.answered_at else _("Answer")
    row = actions(button(label, REPLY, f"{customer.id}:{opinion.id}", None if opinion.answered_at else "primary"))
    return says(head, *deals, *answer, also=[quote(clip(opinion.text, LONG)), row])


def worth(_: Translator, behind: Behind) -> Sentence:
    """Return what stands behind an opinion."""
    deals = _.plural("{n} deal", "{n} deals", behind.deals)
    amount = _.short_amount(behind.value.amount, behind.value.currency)
    return prose(_.template("Behind it: {deals}, {amount}"), deals=deals, amount=bold(amount))


def replied(_: Translator, customer: Customer, opinion: Opinion) -> Message:
    """Tell the one who reported an opinion what became of it."""
    template = _.template("{person} answered what {customer} thinks of {product}.")
    said = prose(template, person=user(opinion.answered_by), customer=bold(customer.name), product=bold(opinion.product))
    return says(said, also=[quote(clip(opinion.text, LONG)), quote(opinion.answer)])


def reply_noted(_: Translator, opinion: Opinion) -> list[Sentence]:
    """Say that the answer to an opinion is kept, and who hears of it."""
    return [prose(_.template("Your answer is kept, and {person} is told."), person=user(opinion.reported_by))]


def retold(_: Translator, kind: str, number: int, customer: Customer, behind: Behind) -> Message:
    """Return what a message about an opinion says now."""
    opinion = next((one for one in customer.opinions if one.id == number), None)
    if opinion is None:
        return says(prose(_.template("The opinion was taken back or moved.")))
    if kind == POSTED:
        return posted(_, customer, opinion, behind)
    return replied(_, customer, opinion) if opinion.answered_at else says(prose(_.template("The answer was taken back.")))


def listing(_: Translator, products: Sequence[Product]) -> Message:
    """Return the opinions that wait for an answer, by product, those with the most at stake first."""
    if not products:
        return says(prose(_.template("No opinion waits for an answer. {command} notes one."), command=code("/customer opinion ACME")))
    blocks = [block for product in products[:9] for block in rows_of(_, product)]
    return says((bold(_("Opinions that wait for an answer")),), also=blocks)


def rows_of(_: Translator, product: Product) -> list[Block]:
    """Return a product with what is at stake, and its opinions, the gravest first."""
    amount = _.short_amount(product.value.amount, product.value.currency)
    count = _.plural("{n} opinion", "{n} opinions", len(product.rows))
    head = prose("{product} · {count} · {amount}", product=bold(product.name), count=count, amount=bold(amount))
    return [paragraph(head), *(line(_, row) for row in product.rows[:MOST])]


def line(_: Translator, row: Row) -> Block:
    """Return one opinion of the list."""
    head = f"{_(WEIGHT_NAMES[row.opinion.weight])} · {who(_, row.customer, row.secret)}"
    value = f"{row.customer.id}:{row.opinion.id}"
    return section(f"{head}\n{clip(row.opinion.text, LONG)}", button(_("Answer"), REPLY, value))


def form(_: Translator, customer: str, product: str = "", text: str = "", weight: str = "challenge") -> Block:
    """Return the form that notes an opinion."""
    weights = [Choice(one, _(label)) for one, label in WEIGHT_NAMES.items()]
    fields = [
        field_of(_("Customer"), text_input("customer", customer, limit=200, placeholder="ACME")),
        field_of(_("Product or service"), text_input("product", product, limit=100)),
        field_of(_("How much does it weigh?"), select("weight", weights, weight)),
        field_of(_("What do they think?"), text_input("text", text, lines=True, limit=2000)),
    ]
    return modal(OPINION, _("Opinion"), fields, submit=_("Save"), close=_("Cancel"))


def reply_form(_: Translator, customer: Customer, opinion: Opinion, secret: bool) -> Block:
    """Return the form for the answer to an opinion."""
    head = paragraph(prose("{product} · {customer}", product=bold(opinion.product), customer=who(_, customer, secret)))
    fields = [head, quote(opinion.text), field_of(_("What becomes of it?"), text_input("answer", opinion.answer, lines=True, limit=2000))]
    return modal(REPLY, _("Answer an opinion"), fields, submit=_("Save"), close=_("Cancel"), metadata=f"{customer.id}:{opinion.id}")
