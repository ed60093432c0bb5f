"""A row of bids.csv (§4.4): a bid of the past, or one that is under way, as other books have it."""

from datetime import datetime
from itertools import pairwise
from typing import Annotated, ClassVar, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.handbook import Company
from bot.imports.cells import (
    currency_from,
    customer_from,
    moment_from,
    money_from,
    past_from,
    person_from,
    reason_from,
    state_from,
    text_from,
)
from bot.imports.line import Line
from bot.language import N_
from bot.policy.bids import DECIDED, Bid, State
from bot.policy.money import Money
from bot.policy.people import Person
from bot.policy.refusal import Refusal
from bot.words.text import fold

HANDED_IN = frozenset({State.WON, State.LOST, State.DISQUALIFIED})  # outcomes that only a bid that was handed in can have
Sum = Annotated[Money, BeforeValidator(money_from)]
Past = Annotated[datetime, BeforeValidator(past_from)]


class BidLine(Line):
    """A bid: who offered what to whom, when, and how it ended."""

    needed: ClassVar[tuple[str, ...]] = ("customer", "owner", "registered")
    passed_over: ClassVar[frozenset[str]] = frozenset({"number", "owner_name", "state", "late", "gaps", "team"})

    customer: Annotated[str, Field(max_length=200), AfterValidator(customer_from)]
    owner: Annotated[Person, BeforeValidator(person_from)]
    currency: Annotated[str, BeforeValidator(currency_from)] | None = None  # before the amounts, which are read in it
    amount: Sum | None = None
    awarded: Sum | None = None
    registered: Past
    deadline: Annotated[datetime, BeforeValidator(moment_from)] | None = None
    submitted: Past | None = None
    outcome: Annotated[State, BeforeValidator(state_from)] | None = None
    outcome_date: Past | None = None
    reason: Annotated[str, BeforeValidator(reason_from)] | None = None
    note: Annotated[str, Field(max_length=2000), AfterValidator(text_from)] = ""

    @model_validator(mode="after")
    def _outcome_is_whole(self) -> Self:
        if self.outcome in DECIDED and self.outcome_date is None:
            raise Refusal(N_("When was it decided? Fill in outcome_date."), field="outcome_date")
        if self.outcome is State.WON and self.award is None:
            raise Refusal(N_("How much was awarded? The amount is needed for the sales figures."), field="amount")
        if self.outcome is State.LOST and self.reason is None:
            raise Refusal(N_("Why was it not won? Fill in reason."), field="reason")
        if self.outcome is None and self.outcome_date is not None:
            raise Refusal(N_("There is a date but no outcome. Write won or lost, or empty outcome_date."), field="outcome")
        return self

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        if self.amount and self.awarded and self.amount.currency != self.awarded.currency:
            raise Refusal(N_("What was asked and what was awarded must be in one currency."), field="awarded")
        return self

    @property
    def award(self) -> Money | None:
        """Return what was awarded: what was asked, unless the row says otherwise."""
        return self.awarded or self.amount

    def bid(self, company: Company) -> Bid:
        """Return the bid of the row; a submission that only its outcome tells of is a gap on the record."""
        told = self.submitted or (self.outcome_date if self.outcome in HANDED_IN else None)
        money = self.amount or self.awarded
        return Bid(
            customer=self.customer,
            customer_key=fold(self.customer),
            owner=self.owner.id,
            state=self.outcome or (State.SUBMITTED if self.submitted else State.REGISTERED),
            amount=self.amount.amount if self.amount else None,
            awarded=self.award.amount if self.award and self.outcome is State.WON else None,
            currency=money.currency if money else self.currency or company.currency,
            deadline=self.deadline,
            zone=company.time_zone,
            registered_at=self.registered,
            submitted_at=told,
            late=bool(self.submitted and self.deadline and self.submitted > self.deadline),
            decided_at=self.outcome_date,
            loss_reason=(self.reason or "") if self.outcome is State.LOST else "",
            note=self.note,
            gaps=("submitted",) if told and not self.submitted else (),
        )


def check_order(bid: Bid, company: Company) -> None:
    """Refuse a bid whose steps are not in order; by days, for old books know no hours."""
    steps = (("registered", bid.registered_at), ("submitted", bid.submitted_at), ("outcome_date", bid.decided_at))
    taken = [(name, moment.astimezone(ZoneInfo(company.time_zone)).date()) for name, moment in steps if moment]
    for (before, earlier), (after, later) in pairwise(taken):
        if later < earlier:
            raise Refusal(N_("{after} lies before {before}; correct one of the two dates."), field=after, after=after, before=before)
