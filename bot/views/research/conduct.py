"""Conducting research (§4.1.2): the form of a contact, and what is asked about those planned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.language import Translator
from bot.policy.research import Contact, Research
from bot.views.blocks import (
    Block,
    Choice,
    Message,
    Sentence,
    Span,
    actions,
    button,
    emoji,
    field_of,
    moment_input,
    prose,
    says,
    select,
    text_input,
)
from bot.views.research.prepare import form
from bot.views.research.sheet import contact_line, name
from bot.views.research.steps import CONTACT, SNOOZE, WAY_NAMES

SNOOZED = "snoozed"  # the block_id by which a question that was put off is known
NEAR, NOTES = "research.near", "research.notes"  # the kinds of message that ask about a contact


def contact_form(_: Translator, research: Research, contact: Contact | None, now: datetime) -> Block:
    """Return the form of a contact, held or to come."""
    was = {} if contact is None else contact.snapshot()
    ways = [Choice(way, _(words)) for way, words in WAY_NAMES.items()]
    hint = _("Leave empty to plan a contact that is still to come.")
    fields = [
        field_of(_("How"), select("way", ways, was.get("way", ""))),
        field_of(_("When"), moment_input("at", contact.at if contact else now)),
        field_of(_("With whom at the customer"), text_input("who", was.get("who", ""), limit=200)),
        field_of(_("What was said"), text_input("notes", was.get("notes", ""), lines=True), optional=True, hint=hint),
        field_of(_("Pains"), text_input("pains", was.get("pains", ""), lines=True, limit=2000), optional=True),
        field_of(_("Latent needs"), text_input("latent", was.get("latent", ""), lines=True, limit=2000), optional=True),
    ]
    made = form(_, CONTACT, _("Contact"), research, fields)
    return made | {"private_metadata": f"{research.id}:{contact.id}" if contact else str(research.id)}


def logged(_: Translator, research: Research, contact: Contact) -> Sentence:
    """Say back in full which contact was kept."""
    template = _.template("Kept for {customer}: {contact}") if contact.held else _.template("Planned for {customer}: {contact}")
    line = "".join(span.text for span in contact_line(_, research, contact))
    return prose(template, customer=name(research), contact=line)


def near(_: Translator, research: Research, contact: Contact) -> Message:
    """Remind of a contact that is near."""
    template = _.template("The contact with {who} for {customer} ({number}) is on {when}.")
    return says((emoji("calendar"), Span(" "), *prose(template, **named(_, research, contact))), also=log_row(_, research, contact))


def notes_wanted(_: Translator, research: Research, contact: Contact) -> Message:
    """Ask for the notes of a contact that should have taken place."""
    template = _.template("The contact with {who} for {customer} ({number}) was planned for {when}. What was said?")
    return says((emoji("memo"), Span(" "), *prose(template, **named(_, research, contact))), also=log_row(_, research, contact))


def named(_: Translator, research: Research, contact: Contact) -> dict[str, str | Span]:
    """Return what names a contact in a sentence."""
    when = _.moment(contact.at, research.zone)
    return {"who": contact.who, "customer": name(research), "number": research.number, "when": when}


def log_row(_: Translator, research: Research, contact: Contact) -> list[Block]:
    """Return the buttons that log a contact, or put the question off."""
    value = f"{research.id}:{contact.id}"
    return [actions(button(_("Log it"), CONTACT, value, "primary"), button(_("Remind me tomorrow"), SNOOZE, str(research.id)))]


def contact_settled(_: Translator, research: Research) -> Message:
    """Say that nothing is asked about a contact any more."""
    return says(prose(_.template("The contact for {customer} ({number}) is dealt with."), customer=name(research), number=research.number))


def snoozed(_: Translator, research: Research, until: str) -> Message:
    """Say when a question that was put off will come back."""
    template = _.template("{customer} ({number}): I shall ask again on {time}.")
    said = says(prose(template, customer=name(research), number=research.number, time=until))
    return Message(said.text, tuple(block | {"block_id": SNOOZED} for block in said.blocks))


def is_put_off(message: Mapping[str, Any]) -> bool:
    """Say whether a message, as it is kept, is a question that was put off."""
    return any(block.get("block_id") == SNOOZED for block in message["blocks"])
