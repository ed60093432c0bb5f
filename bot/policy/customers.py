"""Customers (§2.1.5): whom we work for and the names they go by, the people there, what they ask, and what they think."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.language import N_
from bot.policy.calendar import Calendar
from bot.policy.machine import Step, event
from bot.policy.record import Event, Record
from bot.policy.refusal import Refusal
from bot.policy.undoing import undoable


class Stance(StrEnum):
    """What a person at the customer is to the deal."""

    CHAMPION = "champion"
    DECISION_MAKER = "decision_maker"
    EVALUATOR = "evaluator"
    NEUTRAL = "neutral"
    OPPONENT = "opponent"


class Weight(StrEnum):
    """How much an opinion weighs in the deal."""

    DEAL_BREAKER = "deal_breaker"
    CHALLENGE = "challenge"
    NICE_TO_HAVE = "nice_to_have"


class Standing(StrEnum):
    """Where a customer stands in the books."""

    KNOWN = "known"
    MERGED = "merged"
    RETRACTED = "retracted"


class Action(StrEnum):
    """A step that is taken with a customer."""

    ENTER = "enter"
    CONTACT = "contact"
    ALIAS = "alias"
    MERGE = "merge"
    ENQUIRE = "enquire"
    HAND_OVER = "hand_over"
    ANSWER = "answer"
    OPINE = "opine"
    REPLY = "reply"
    UNDO = "undo"


STANCE_NAMES: Mapping[Stance, str] = {
    Stance.CHAMPION: N_("champion"),
    Stance.DECISION_MAKER: N_("decision maker"),
    Stance.EVALUATOR: N_("evaluator"),
    Stance.NEUTRAL: N_("neutral"),
    Stance.OPPONENT: N_("opponent"),
}
WEIGHT_NAMES: Mapping[Weight, str] = {
    Weight.DEAL_BREAKER: N_("deal breaker"),
    Weight.CHALLENGE: N_("challenge to the deal"),
    Weight.NICE_TO_HAVE: N_("nice to have"),
}
STANDING_NAMES: Mapping[Standing, str] = {
    Standing.KNOWN: N_("known"),
    Standing.MERGED: N_("merged into another"),
    Standing.RETRACTED: N_("taken back"),
}


class Contact(Record):
    """Somebody at the customer."""

    name: str
    title: str = ""
    stance: Stance = Stance.NEUTRAL
    reach: str = ""


class Enquiry(Record):
    """A question of the customer's (§2.1.5): who answers it, and by when."""

    id: int
    text: str
    contact: str = ""
    reported_by: str
    at: datetime
    owner: str
    due: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


class Opinion(Record):
    """What the customer thinks of a product or service (§2.1.5), and what became of it."""

    id: int
    text: str
    product: str
    weight: Weight
    reported_by: str
    at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


class Customer(Record):
    """A customer; `key` is the folded name, `aliases` further folded names that mean the same.

    `chase_at` is when the first of the open enquiries is due, and `unanswered` counts the open opinions: both follow from the
    rest, and are kept so that they can be asked for.
    """

    id: int = 0
    name: str
    key: str
    aliases: tuple[str, ...] = ()
    industry: str = ""
    contacts: tuple[Contact, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    chase_at: datetime | None = None
    unanswered: int = 0
    state: Standing = Standing.KNOWN
    entered_by: str
    entered_at: datetime
    merged_into: int = 0

    @property
    def number(self) -> str:
        """Return the number by which people call the customer."""
        return f"C-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the customer."""
        return f"customer:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the customer."""
        return self.name


def entered(customer: Customer) -> Step[Customer]:
    """Return the first step in a numbered customer's history."""
    return Step(customer, event(customer, None, Action.ENTER, customer.entered_by, customer.entered_at))


def changed(customer: Customer, action: Action, actor: str, now: datetime, reason: str = "", **facts: Any) -> Step[Customer]:
    """Change facts about a customer, and what follows from them; one merged into another is changed there."""
    if customer.state is not Standing.KNOWN:
        raise Refusal(
            N_("{called} ({number}) is {state}."), called=customer.name, number=customer.number, state=STANDING_NAMES[customer.state]
        )
    after = recounted(customer.amended(**facts))
    return Step(after, event(after, customer, action, actor, now, reason))


def recounted(customer: Customer) -> Customer:
    """Return the customer with what is asked for as it follows from the rest."""
    due = [enquiry.due for enquiry in customer.enquiries if enquiry.answered_at is None]
    unanswered = sum(opinion.answered_at is None for opinion in customer.opinions)
    return customer.amended(chase_at=min(due, default=None), unanswered=unanswered)


def put_contact(customer: Customer, contact: Contact, actor: str, now: datetime) -> Step[Customer]:
    """Note somebody at the customer; the one of the same name is replaced."""
    others = tuple(other for other in customer.contacts if other.name.casefold() != contact.name.casefold())
    if contact in customer.contacts:
        raise Refusal(N_("Nothing was changed."))
    return changed(customer, Action.CONTACT, actor, now, contacts=(*others, contact))


def also_called(customer: Customer, key: str, actor: str, now: datetime) -> Step[Customer]:
    """Let one more folded name mean the customer."""
    if key in (customer.key, *customer.aliases):
        raise Refusal(N_("{customer} goes by that name already."), customer=customer.name)
    return changed(customer, Action.ALIAS, actor, now, aliases=(*customer.aliases, key))


def merge(kept: Customer, duplicate: Customer, actor: str, now: datetime) -> tuple[Step[Customer], Step[Customer]]:
    """Merge a duplicate into the customer that is kept, who takes over its names, people, enquiries and opinions."""
    if kept.id == duplicate.id:
        raise Refusal(N_("{one} and {other} are the same customer already."), one=kept.name, other=duplicate.name)
    names = tuple(dict.fromkeys([*kept.aliases, duplicate.key, *duplicate.aliases]))
    known = {contact.name.casefold() for contact in kept.contacts}
    people = (*kept.contacts, *(contact for contact in duplicate.contacts if contact.name.casefold() not in known))
    asked = renumbered(kept.enquiries, duplicate.enquiries)
    thought = renumbered(kept.opinions, duplicate.opinions)
    taken = changed(kept, Action.MERGE, actor, now, duplicate.name, aliases=names, contacts=people, enquiries=asked, opinions=thought)
    gone = {"state": Standing.MERGED, "merged_into": kept.id, "enquiries": (), "opinions": ()}
    return taken, changed(duplicate, Action.MERGE, actor, now, kept.name, **gone)


def renumbered(kept: Sequence[Any], more: Sequence[Any]) -> tuple[Any, ...]:
    """Return both lists as one, the second numbered on from the first."""
    last = max((one.id for one in kept), default=0)
    return (*kept, *(one.amended(id=last + place) for place, one in enumerate(more, start=1)))


def answer_by(calendar: Calendar, zone: str, now: datetime, days: int) -> datetime:
    """Return when an enquiry is to be answered: so many working days from now, at a moment within working hours."""
    asked = calendar.next_working_moment(now, zone).astimezone(ZoneInfo(zone))
    day = calendar.add_working_days(asked.date(), days)
    return datetime.combine(day, asked.time(), ZoneInfo(zone)).astimezone(UTC)


def enquire(customer: Customer, enquiry: Enquiry, now: datetime) -> Step[Customer]:
    """Enter a question of the customer's, under its own number."""
    if enquiry.due <= now:
        raise Refusal(N_("That time has already passed."), field="due")
    number = max((other.id for other in customer.enquiries), default=0) + 1
    return changed(customer, Action.ENQUIRE, enquiry.reported_by, now, enquiries=(*customer.enquiries, enquiry.amended(id=number)))


def enquiry_of(customer: Customer, number: int) -> Enquiry:
    """Return the enquiry of this number; refuse one that was taken back."""
    found = next((enquiry for enquiry in customer.enquiries if enquiry.id == number), None)
    if found is None:
        raise Refusal(N_("That was taken back."))
    return found


def answer(customer: Customer, number: int, text: str, actor: str, now: datetime) -> Step[Customer]:
    """Record what the customer was answered; it is answered once."""
    enquiry = enquiry_of(customer, number)
    if enquiry.answered_at:
        raise Refusal(N_("That has been answered already."))
    told = enquiry.amended(answer=text, answered_by=actor, answered_at=now)
    return changed(customer, Action.ANSWER, actor, now, enquiries=swapped(customer.enquiries, told))


def hand_over(customer: Customer, number: int, owner: str, actor: str, now: datetime) -> Step[Customer]:
    """Give an open enquiry to somebody else."""
    enquiry = enquiry_of(customer, number)
    if enquiry.answered_at:
        raise Refusal(N_("That has been answered already."))
    if enquiry.owner == owner:
        raise Refusal(N_("Nothing was changed."), field="owner")
    return changed(customer, Action.HAND_OVER, actor, now, enquiries=swapped(customer.enquiries, enquiry.amended(owner=owner)))


def opine(customer: Customer, opinion: Opinion, now: datetime) -> Step[Customer]:
    """Note what the customer thinks of a product or service, under its own number."""
    number = max((other.id for other in customer.opinions), default=0) + 1
    return changed(customer, Action.OPINE, opinion.reported_by, now, opinions=(*customer.opinions, opinion.amended(id=number)))


def opinion_of(customer: Customer, number: int) -> Opinion:
    """Return the opinion of this number; refuse one that was taken back."""
    found = next((opinion for opinion in customer.opinions if opinion.id == number), None)
    if found is None:
        raise Refusal(N_("That was taken back."))
    return found


def reply(customer: Customer, number: int, text: str, actor: str, now: datetime) -> Step[Customer]:
    """Record what becomes of an opinion; a better answer takes the place of the first."""
    told = opinion_of(customer, number).amended(answer=text, answered_by=actor, answered_at=now)
    return changed(customer, Action.REPLY, actor, now, opinions=swapped(customer.opinions, told))


def swapped(all: Sequence[Any], one: Any) -> tuple[Any, ...]:
    """Return the list with one in place of the one of the same number."""
    return tuple(one if other.id == one.id else other for other in all)


def undo(customer: Customer, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int) -> Step[Customer]:
    """Take back the last change; entering the customer is taken back by taking it out of the books."""
    first = undoable(history, change, actor, now, minutes, customer.number)
    before = customer.amended(state=Standing.RETRACTED) if first.was is None else Customer.model_validate(first.was)
    return Step(before, event(before, customer, Action.UNDO, actor, now))
