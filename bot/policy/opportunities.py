"""Opportunities (§2.1.1, §4.1.1): the deal on which all work hangs; what came of it is kept apart from where the work is."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.language import N_
from bot.policy.machine import Machine, Step, event
from bot.policy.money import Money
from bot.policy.people import Role
from bot.policy.record import Record
from bot.policy.shares import Share


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
        return self.customer_name

    @property
    def team(self) -> tuple[str, ...]:
        """Return the ids of those who work on it besides the owner."""
        return tuple(dict.fromkeys(person for person in (*self.members, self.sales_owner) if person))

    @property
    def worth(self) -> Money | None:
        """Return what the deal may be worth."""
        return None if self.amount is None else Money(amount=self.amount, currency=self.currency)


MACHINE: Machine[Opportunity] = Machine(TRANSITIONS, ALLOWED, OUTCOME_NAMES)


def opened(opportunity: Opportunity, actor: str, now: datetime) -> Step[Opportunity]:
    """Return the first step in a numbered opportunity's history."""
    return Step(opportunity, event(opportunity, None, Action.OPEN, actor, now))
