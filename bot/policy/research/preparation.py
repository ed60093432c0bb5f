"""Preparing and conducting research (§4.1.1, §4.1.2): facts from sales, the team, what is asked by, and the contacts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.language import N_
from bot.policy.machine import Step
from bot.policy.refusal import Refusal
from bot.policy.research.record import Contact, Facts, Member, Outline, Research, State
from bot.policy.research.steps import Action, advance, check, check_ready


def take_facts(research: Research, facts: Facts) -> Step[Research]:
    """Keep what sales knows, in place of what was known before."""
    return advance(research, Action.FACTS, facts.by, facts.at, facts=facts)


def name_team(research: Research, named: Sequence[Member], actor: str, now: datetime, leaving: Iterable[str] = ()) -> Step[Research]:
    """Name members of the team and what they do; those named before stay unless they are `leaving`, and one leads."""
    check(research, Action.TEAM)
    if sum(member.lead for member in named) > 1:
        raise Refusal(N_("A team has one lead. Name one person as lead."), field="lead")
    gone = set(leaving) | {member.person for member in named}
    led = any(member.lead for member in named)
    stay = [member.amended(lead=member.lead and not led) for member in research.members if member.person not in gone]
    return advance(research, Action.TEAM, actor, now, members=(*stay, *named))


def write_outline(research: Research, outline: Outline) -> Step[Research]:
    """Keep a questionnaire or an interview outline, in place of the one of its kind before."""
    others = (known for known in research.outlines if known.kind is not outline.kind)
    return advance(research, Action.OUTLINE, outline.by, outline.at, outlines=(*others, outline))


def start(research: Research, actor: str, now: datetime) -> Step[Research]:
    """Begin to talk with the customer, once there are a lead, a duty, and something to ask by."""
    check_prepared(research)
    return advance(research, Action.START, actor, now)


def check_prepared(research: Research) -> None:
    """Refuse to begin while something is missing; of what was only planned, all that is."""
    planned = research.state is State.PLANNED
    check_ready(research.amended(state=State.PREPARING) if planned else research, Action.START)


def log_contact(research: Research, contact: Contact, actor: str, now: datetime) -> Step[Research]:
    """Keep a contact that was held, or plan one; one with a known id takes the place of that, and the first held begins the conduct."""
    check_contact(contact, now)
    contacts = placed(research.contacts, contact)
    if not contact.held:
        return advance(research, Action.PLAN, actor, now, contacts=contacts)
    if research.state in (State.PLANNED, State.PREPARING):
        check_prepared(research)
        return advance(research, Action.START, actor, now, contacts=contacts)
    return advance(research, Action.CONTACT, actor, now, contacts=contacts)


def check_contact(contact: Contact, now: datetime) -> None:
    """Refuse notes of a talk that is still to come, and a past one without notes."""
    if contact.held and contact.at > now:
        raise Refusal(N_("That time is still to come; leave the notes empty to plan it."), field="at")
    if not contact.held and contact.at <= now:
        raise Refusal(N_("Write what was said; to plan a contact, choose a time that is still to come."), field="notes")


def placed(contacts: Sequence[Contact], contact: Contact) -> tuple[Contact, ...]:
    """Return the contacts with this one among them; one without an id gets the next."""
    if not contact.id:
        return (*contacts, contact.amended(id=max((one.id for one in contacts), default=0) + 1))
    if all(one.id != contact.id for one in contacts):
        raise Refusal(N_("That contact was taken back."))
    return tuple(contact if one.id == contact.id else one for one in contacts)
