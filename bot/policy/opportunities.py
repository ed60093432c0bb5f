"""Opportunities (§2.1.1, §4.1.1): the deal on which all work hangs; what came of it is kept apart from where the work is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.handbook import Company
from bot.language import N_
from bot.policy.calendar import Calendar
from bot.policy.machine import Machine, Step, event
from bot.policy.money import Money
from bot.policy.people import Role
from bot.policy.record import Event, Record
from bot.policy.refusal import Refusal
from bot.policy.shares import Share, equal, proposed
from bot.policy.undoing import undoable


class Outcome(StrEnum):
    """What came of an opportunity."""

    OPEN = "open"
    ON_HOLD = "on_hold"
    WON = "won"
    LOST = "lost"
    ABANDONED = "abandoned"
    RETRACTED = "retracted"


class Phase(StrEnum):
    """Where the work on an opportunity is; derived from what hangs on it, never typed in."""

    NEED = "need"
    RESEARCH = "research"
    SOLUTION = "solution"
    DEMO = "demo"
    BID = "bid"
    AWARD = "award"


class Action(StrEnum):
    """A step that is taken with an opportunity."""

    OPEN = "open"
    CHANGE = "change"
    SHARE = "share"
    HOLD = "hold"
    RESUME = "resume"
    WIN = "win"
    LOSE = "lose"
    ABANDON = "abandon"
    REOPEN = "reopen"
    UNDO = "undo"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.OPEN: N_("open"),
    Outcome.ON_HOLD: N_("on hold"),
    Outcome.WON: N_("won"),
    Outcome.LOST: N_("not won"),
    Outcome.ABANDONED: N_("abandoned"),
    Outcome.RETRACTED: N_("taken back"),
}
PHASE_NAMES: Mapping[Phase, str] = {
    Phase.NEED: N_("first contact"),
    Phase.RESEARCH: N_("requirement research"),
    Phase.SOLUTION: N_("solution"),
    Phase.DEMO: N_("demo"),
    Phase.BID: N_("bid"),
    Phase.AWARD: N_("award"),
}
LIVE = frozenset({Outcome.OPEN, Outcome.ON_HOLD})
CONCERNED = frozenset({Role.OWNER, Role.TEAM, Role.MANAGER})

TRANSITIONS: Mapping[tuple[Outcome, Action], Outcome] = {
    (Outcome.OPEN, Action.HOLD): Outcome.ON_HOLD,
    (Outcome.ON_HOLD, Action.RESUME): Outcome.OPEN,
    **{(outcome, Action.WIN): Outcome.WON for outcome in LIVE},
    **{(outcome, Action.LOSE): Outcome.LOST for outcome in LIVE},
    **{(outcome, Action.ABANDON): Outcome.ABANDONED for outcome in LIVE},
    **{(outcome, Action.REOPEN): Outcome.OPEN for outcome in (Outcome.WON, Outcome.LOST, Outcome.ABANDONED)},
}
ALLOWED: Mapping[Action, frozenset[Role]] = {
    **dict.fromkeys((Action.HOLD, Action.RESUME, Action.WIN, Action.LOSE, Action.ABANDON), CONCERNED),
    Action.REOPEN: frozenset({Role.MANAGER}),
}


class Opportunity(Record):
    """One deal with one customer; `sales_owner` is the colleague in sales, `owner` the one in pre-sales."""

    id: int = 0
    customer: int
    customer_name: str
    customer_key: str
    title: str = ""
    source: str = ""
    amount: Decimal | None = None
    awarded: Decimal | None = None
    currency: str
    sales_owner: str = ""
    owner: str
    members: tuple[str, ...] = ()
    confidential: bool = False
    shares: tuple[Share, ...] = ()
    state: Outcome = Outcome.OPEN
    opened_at: datetime
    touched_at: datetime
    closed_at: datetime | None = None
    note: str = ""

    @property
    def number(self) -> str:
        """Return the number by which people call the opportunity."""
        return f"O-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the opportunity."""
        return f"opportunity:{self.id}"

    @property
    def called(self) -> str:
        """Return the words by which people know the opportunity."""
        return " · ".join(filter(None, (self.customer_name, self.title)))

    @property
    def team(self) -> tuple[str, ...]:
        """Return the ids of those who work on it besides the owner, or have a share of the credit."""
        held = (share.person for share in self.shares)
        return tuple(dict.fromkeys(person for person in (*self.members, self.sales_owner, *held) if person))

    @property
    def worth(self) -> Money | None:
        """Return what the deal may be worth, or what it came to."""
        amount = self.amount if self.awarded is None else self.awarded
        return None if amount is None else Money(amount=amount, currency=self.currency)


MACHINE: Machine[Opportunity] = Machine(TRANSITIONS, ALLOWED, OUTCOME_NAMES)


def opened(opportunity: Opportunity, actor: str, now: datetime) -> Step[Opportunity]:
    """Return the first step in a numbered opportunity's history."""
    return Step(opportunity, event(opportunity, None, Action.OPEN, actor, now))


class FollowsItsBid(Refusal):
    """Refuse to settle by hand what its bid settles."""

    def __init__(self, opportunity: Opportunity, bid: str) -> None:
        super().__init__(N_("{number} follows its bid {bid}: record there what came of it."), number=opportunity.number, bid=bid)


def edit(opportunity: Opportunity, actor: str, now: datetime, **facts: Any) -> Step[Opportunity]:
    """Change facts about an opportunity; one that is settled is reopened first."""
    check_live(opportunity)
    if all(getattr(opportunity, name) == value for name, value in facts.items()):
        raise Refusal(N_("Nothing was changed."))
    return MACHINE.change(opportunity, Action.CHANGE, actor, now, **facts)


def hold(opportunity: Opportunity, reason: str, actor: str, now: datetime) -> Step[Opportunity]:
    """Put an opportunity on hold; nobody is nudged about it until it is resumed."""
    return MACHINE.advance(opportunity, Action.HOLD, actor, now, reason, note=reason)


def resume(opportunity: Opportunity, actor: str, now: datetime) -> Step[Opportunity]:
    """Take an opportunity up again that was on hold."""
    return MACHINE.advance(opportunity, Action.RESUME, actor, now, note="")


def win(opportunity: Opportunity, awarded: Money, actor: str, now: datetime) -> Step[Opportunity]:
    """Settle a deal without a tender as won; who has a share by then keeps it."""
    MACHINE.check(opportunity, Action.WIN)
    if not awarded.amount:
        raise Refusal(N_("Write the amount that was agreed."), field="amount")
    shares = opportunity.shares or equal((opportunity.owner, *(one for one in opportunity.members if one != opportunity.owner)))
    facts: dict[str, Any] = {"awarded": awarded.amount, "currency": awarded.currency, "shares": shares, "closed_at": now, "note": ""}
    return MACHINE.advance(opportunity, Action.WIN, actor, now, **facts)


def lose(opportunity: Opportunity, reason: str, actor: str, now: datetime) -> Step[Opportunity]:
    """Settle a deal without a tender as not won, with the reason."""
    return MACHINE.advance(opportunity, Action.LOSE, actor, now, reason, closed_at=now, note=reasoned(reason))


def abandon(opportunity: Opportunity, reason: str, actor: str, now: datetime) -> Step[Opportunity]:
    """Give an opportunity up, with the reason."""
    return MACHINE.advance(opportunity, Action.ABANDON, actor, now, reason, closed_at=now, note=reasoned(reason))


def reopen(opportunity: Opportunity, reason: str, actor: str, now: datetime) -> Step[Opportunity]:
    """Correct an outcome: the deal is open again, and its shares can be changed."""
    return MACHINE.advance(opportunity, Action.REOPEN, actor, now, reasoned(reason), awarded=None, closed_at=None, note="")


def reasoned(reason: str) -> str:
    """Return the reason; refuse to do without."""
    if not reason:
        raise Refusal(N_("Please say why, in a few words."), field="reason")
    return reason


def share(opportunity: Opportunity, percents: Mapping[str, Decimal], actor: str, now: datetime) -> Step[Opportunity]:
    """Propose shares of the credit for a deal without a bid; everybody else has to agree (§5.1.1)."""
    check_live(opportunity)
    return MACHINE.change(opportunity, Action.SHARE, actor, now, shares=proposed(percents, opportunity.shares, actor))


def agree(opportunity: Opportunity, person: str, now: datetime) -> Step[Opportunity]:
    """Record that a person agrees to the shares as they are."""
    check_live(opportunity)
    own = next((share for share in opportunity.shares if share.person == person), None)
    if own is None:
        raise Refusal(N_("You have no share of {customer} ({number})."), customer=opportunity.called, number=opportunity.number)
    if own.agreed:
        raise Refusal(N_("You have agreed already."))
    shares = tuple(share.amended(agreed=True) if share is own else share for share in opportunity.shares)
    return MACHINE.change(opportunity, Action.SHARE, person, now, shares=shares)


def check_live(opportunity: Opportunity) -> None:
    """Refuse to change what is settled."""
    if opportunity.state not in LIVE:
        reason = N_("{called} ({number}) is {state}, so this is fixed. A manager can open it again, with a reason.")
        state = OUTCOME_NAMES[opportunity.state]
        raise Refusal(reason, called=opportunity.called, number=opportunity.number, state=state)


def undo(
    opportunity: Opportunity, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int
) -> Step[Opportunity]:
    """Take back the last change; entering the opportunity is taken back by taking it out of the books."""
    first = undoable(history, change, actor, now, minutes, opportunity.number)
    was = opportunity.amended(state=Outcome.RETRACTED) if first.was is None else Opportunity.model_validate(first.was)
    before = was.amended(touched_at=now)
    return Step(before, event(before, opportunity, Action.UNDO, actor, now))


def phase(reached: Iterable[Phase]) -> Phase:
    """Return the furthest phase that something on the deal has reached."""
    order = list(Phase)
    return max(reached, key=order.index, default=Phase.NEED)


def stale_before(calendar: Calendar, now: datetime, days: int, zone: str) -> datetime:
    """Return the moment since which nothing may have happened, for an opportunity to be stale by `days` working days."""
    here = now.astimezone(ZoneInfo(zone))
    return now - timedelta(days=(here.date() - calendar.add_working_days(here.date(), -days)).days)


def value_of(deals: Iterable[Opportunity], company: Company) -> Money:
    """Return what deals may be worth together, in the company's currency; those of unknown worth or rate add nothing."""
    total = Decimal()
    for deal in deals:
        rate = Decimal(1) if deal.currency == company.currency else company.exchange_rates.get(deal.currency)
        total += deal.worth.amount * rate if deal.worth and rate else Decimal()
    return Money(amount=total.quantize(Decimal(1)), currency=company.currency)
