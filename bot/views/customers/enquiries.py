"""Enquiries of customers (§2.1.5): the forms, and what their owners and those who reported them are told."""

from collections.abc import Sequence

from bot.language import Translator
from bot.policy.customers import Customer, Enquiry
from bot.views.blocks import (
    Block,
    Message,
    Sentence,
    actions,
    bold,
    button,
    clip,
    field_of,
    modal,
    moment_input,
    paragraph,
    person_input,
    prose,
    quote,
    says,
    section,
    text_input,
    user,
)
from bot.views.customers.sheet import ENQUIRY, LONG

ANSWER, ANSWER_ONE, HAND_OVER = "customers.answer", "customers.answer_one", "customers.hand_over"
ASKED, CHASED, ANSWERED = "customers.asked", "customers.chased", "customers.answered"


def entered(_: Translator, customer: Customer, enquiry: Enquiry, zone: str) -> list[Sentence]:
    """Say what was understood of an enquiry: who answers it, and by when."""
    template = _.template("{owner} answers {customer} by {when}: “{text}”")
    when = bold(_.moment(enquiry.due, zone))
    return [prose(template, owner=user(enquiry.owner), customer=bold(customer.name), when=when, text=clip(enquiry.text, LONG))]


def answered_now(_: Translator, customer: Customer, enquiry: Enquiry) -> list[Sentence]:
    """Say that an answer is recorded."""
    return [
        prose(_.template("The enquiry of {customer} is answered: “{text}”"), customer=bold(customer.name), text=clip(enquiry.answer, LONG))
    ]


def handed_over(_: Translator, customer: Customer, enquiry: Enquiry) -> list[Sentence]:
    """Say to whom an enquiry was given."""
    return [prose(_.template("{person} answers this enquiry of {customer} now."), person=user(enquiry.owner), customer=bold(customer.name))]


def buttons(_: Translator, customer: Customer, enquiry: Enquiry) -> Block:
    """Return what an owner can do."""
    value = f"{customer.id}:{enquiry.id}"
    return actions(button(_("Answer"), ANSWER, value, "primary"), button(_("Hand over"), HAND_OVER, value))


def asked(_: Translator, customer: Customer, enquiry: Enquiry, zone: str) -> Message:
    """Tell the owner of an enquiry that it is theirs."""
    template = _.template("{person} asks you to answer {customer} by {when}.")
    when = bold(_.moment(enquiry.due, zone))
    said = prose(template, person=user(enquiry.reported_by), customer=bold(customer.name), when=when)
    whom = [prose(_.template("For {contact}"), contact=enquiry.contact)] if enquiry.contact else []
    return says(said, *whom, also=[quote(enquiry.text), buttons(_, customer, enquiry)])


def chased(_: Translator, customer: Customer, enquiry: Enquiry, zone: str, late: bool) -> Message:
    """Remind of an enquiry that is due soon, or late."""
    template = _.template("{customer} is to be answered by {when}.")
    if late:
        template = _.template("{customer} waits for an answer, which was due {when}. {owner} answers.")
    when = bold(_.moment(enquiry.due, zone))
    said = prose(template, customer=bold(customer.name), when=when, owner=user(enquiry.owner))
    return says(said, also=[quote(enquiry.text), buttons(_, customer, enquiry)])


def told(_: Translator, customer: Customer, enquiry: Enquiry) -> Message:
    """Tell the one who reported an enquiry what the customer was answered."""
    said = prose(_.template("{person} answered {customer}."), person=user(enquiry.answered_by), customer=bold(customer.name))
    return says(said, also=[quote(clip(enquiry.text, LONG)), quote(enquiry.answer)])


def retold(_: Translator, kind: str, number: int, to: str, customer: Customer, zone: str) -> Message | None:
    """Return what a message about an enquiry says now; None to leave it."""
    enquiry = next((one for one in customer.enquiries if one.id == number), None)
    if enquiry is None:
        return says(prose(_.template("The enquiry of {customer} was taken back or moved."), customer=bold(customer.name)))
    if kind == ANSWERED:
        return told(_, customer, enquiry) if enquiry.answered_at else says(prose(_.template("The answer was taken back.")))
    if enquiry.answered_at:
        done = prose(
            _.template("{customer}: answered by {person} on {when}."),
            customer=bold(customer.name),
            person=user(enquiry.answered_by),
            when=_.moment(enquiry.answered_at, zone),
        )
        return says(done, also=[quote(enquiry.text), quote(enquiry.answer)])
    if kind == ASKED and enquiry.owner != to:
        return says(*handed_over(_, customer, enquiry), also=[quote(enquiry.text)])
    return asked(_, customer, enquiry, zone) if kind == ASKED else None


def which(_: Translator, customer: Customer, enquiries: Sequence[Enquiry], typed: str) -> Message:
    """Ask which of several enquiries is answered."""
    rows = [
        section(clip(one.text, LONG), button(_("This one"), ANSWER, f"{customer.id}:{one.id}:{typed}"[:2000])) for one in enquiries[:10]
    ]
    return says(prose(_.template("Which one do you mean?")), also=rows)


def form(_: Translator, customer: str, owner: str, text: str, days: int) -> Block:
    """Return the form that enters an enquiry."""
    hint = _.plural("Otherwise within {n} working day.", "Otherwise within {n} working days.", days)
    fields = [
        field_of(_("Customer"), text_input("customer", customer, limit=200, placeholder="ACME")),
        field_of(_("What do they want to know?"), text_input("text", text, lines=True, limit=2000)),
        field_of(_("Who asks"), text_input("contact", limit=100), optional=True),
        field_of(_("Who answers"), person_input("owner", owner)),
        field_of(_("Until"), moment_input("due"), optional=True, hint=hint),
    ]
    return modal(ENQUIRY, _("Enquiry"), fields, submit=_("Enter"), close=_("Cancel"))


def answer_form(_: Translator, customer: Customer, enquiry: Enquiry) -> Block:
    """Return the form for the answer to an enquiry."""
    head = paragraph(prose(_.template("{customer} asks:"), customer=bold(customer.name)))
    fields = [head, quote(enquiry.text), field_of(_("What were they answered?"), text_input("answer", lines=True, limit=2000))]
    return modal(ANSWER, _("Answer an enquiry"), fields, submit=_("Save"), close=_("Cancel"), metadata=f"{customer.id}:{enquiry.id}")


def hand_over_form(_: Translator, customer: Customer, enquiry: Enquiry) -> Block:
    """Return the form that gives an enquiry to somebody else."""
    fields = [quote(enquiry.text), field_of(_("Who answers"), person_input("owner", enquiry.owner))]
    return modal(HAND_OVER, _("Hand over"), fields, submit=_("Hand over"), close=_("Cancel"), metadata=f"{customer.id}:{enquiry.id}")
