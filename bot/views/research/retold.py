"""What a message about research says now that the research has changed."""

from bot.language import Translator
from bot.policy.research import LIVE, Contact, Research
from bot.views.blocks import Message
from bot.views.research import conduct, review
from bot.views.research.prepare import TASK, task


def key_of(kind: str, research: Research, person: str, slot: str = "") -> str:
    """Return the key of a message to somebody; another slot makes it another message."""
    return f"{kind}:{research.id}:{person}:{slot}"


def retold(_: Translator, key: str, person: str, research: Research) -> Message | None:
    """Return what the message with this key, told to this person, says for the research as it is; None to leave it."""
    kind, slot = key.partition(":")[0], [*key.split(":", 4), "", "", "", ""][3]
    if kind == TASK:
        return task(_, research, person)
    if kind in (review.ASKED, review.AGAIN):
        return review.asked(_, research, person, kind == review.AGAIN)
    if kind == review.TOLD:
        return review.told(_, research, slot)
    return about_contact(_, kind, slot, research) if kind in (conduct.NEAR, conduct.NOTES) else None


def about_contact(_: Translator, kind: str, slot: str, research: Research) -> Message:
    """Return what is asked about a contact, or that it is dealt with."""
    contact = planned(research, slot)
    if contact is None or research.state not in LIVE:
        return conduct.contact_settled(_, research)
    return conduct.near(_, research, contact) if kind == conduct.NEAR else conduct.notes_wanted(_, research, contact)


def planned(research: Research, slot: str) -> Contact | None:
    """Return the contact that a slot names, while it is still to be logged for that time."""
    slots = {f"{contact.id}@{int(contact.at.timestamp())}": contact for contact in research.contacts if not contact.held}
    return slots.get(slot)
