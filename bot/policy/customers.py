"""Customers (§2.1.5): whom we work for and the names they go by, the people there, what they ask, and what they think."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from bot.language import N_
from bot.policy.machine import Step, event
from bot.policy.record import Record


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
