"""Bids (§4.4, §5.1.1): states, who may take which step, and what each step makes of the bid."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from bot.language import N_
from bot.policy.calendar import Calendar
from bot.policy.money import Money
from bot.policy.people import Role
from bot.policy.record import Event, Record
from bot.policy.refusal import Refusal


class State(StrEnum):
    """Where a bid stands."""

    REGISTERED = "registered"
    SUBMITTED = "submitted"
    WON = "won"
    LOST = "lost"
    RETRACTED = "retracted"


class Action(StrEnum):
    """A step that a person takes with a bid."""

    REGISTER = "register"
    SUBMIT = "submit"
    WIN = "win"
    LOSE = "lose"
    UNDO = "undo"


UNSUBMITTED = frozenset({State.REGISTERED})
OPEN = UNSUBMITTED | {State.SUBMITTED}
DECIDED = frozenset({State.WON, State.LOST})

LAST_HOURS = timedelta(hours=4)  # before a deadline, in which people are reminded whatever the hour

TRANSITIONS: Mapping[tuple[State, Action], State] = {
    (State.REGISTERED, Action.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Action.WIN): State.WON,
    (State.SUBMITTED, Action.LOSE): State.LOST,
}

STATE_NAMES: Mapping[State, str] = {
    State.REGISTERED: N_("registered"),
    State.SUBMITTED: N_("submitted"),
    State.WON: N_("won"),
    State.LOST: N_("not won"),
    State.RETRACTED: N_("taken back"),
}


class Bid(Record):
    """Our offer to one buyer; `amount` is what we ask, `awarded` what was agreed."""

    id: int = 0
    customer: str
    customer_key: str
    owner: str
    state: State = State.REGISTERED
    amount: Decimal | None = None
    awarded: Decimal | None = None
    currency: str
    deadline: datetime | None = None
    zone: str = "UTC"
    registered_at: datetime
    submitted_at: datetime | None = None
    late: bool = False
    decided_at: datetime | None = None
    loss_reason: str = ""
    note: str = ""
    gaps: tuple[str, ...] = ()
    team: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """Return the number by which people call the bid."""
        return f"B-{self.id}"

    @property
    def subject(self) -> str:
        """Return the name under which the audit log and the outbox keep what concerns the bid."""
        return f"bid:{self.id}"

    @property
    def asked(self) -> Money | None:
        """Return what we ask, with its currency."""
        return None if self.amount is None else Money(amount=self.amount, currency=self.currency)

    @property
    def award(self) -> Money | None:
        """Return what was awarded, with its currency."""
        return None if self.awarded is None else Money(amount=self.awarded, currency=self.currency)


class NotYet(Refusal):
    """Refuse an outcome whose earlier step is not recorded; recording it can be offered in one press."""

    def __init__(self, bid: Bid, missing: Action) -> None:
        super().__init__(N_("{customer} ({number}) has not been submitted yet."), customer=bid.customer, number=bid.number)
        self.bid = bid
        self.missing = missing


class AmountNeeded(Refusal):
    """Refuse a win without an amount."""

    def __init__(self) -> None:
        super().__init__(N_("How much was awarded? The amount is needed for the sales figures."), field="awarded")


class ReasonNeeded(Refusal):
    """Refuse a loss without a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Why was it not won? Please choose the main reason."), field="loss_reason")


class Step(NamedTuple):
    """What a step makes of a bid, and the event that it leaves."""

    bid: Bid
    event: Event


def steps_open(bid: Bid, roles: frozenset[Role]) -> list[Action]:
    """Return the steps that a person in these roles may take next, in their natural order."""
    if not roles & {Role.OWNER, Role.TEAM, Role.MANAGER}:
        return []
    return [action for action in Action if (bid.state, action) in TRANSITIONS]


def check_new(bid: Bid, now: datetime) -> Bid:
    """Return a bid fit to be entered in the books; a deadline that has passed is refused."""
    if bid.deadline is not None and bid.deadline <= now:
        raise Refusal(N_("That deadline has already passed."), field="deadline")
    return bid


def registered(bid: Bid, now: datetime) -> Step:
    """Return the first step in a numbered bid's history."""
    return Step(bid, event(bid, None, Action.REGISTER, bid.owner, now))


def submit(bid: Bid, actor: str, now: datetime) -> Step:
    """Record that the bid was handed in (§4.4.3); after the deadline it is recorded as late."""
    if bid.state is State.SUBMITTED:
        raise Refusal(N_("{customer} ({number}) is submitted already."), customer=bid.customer, number=bid.number)
    return advance(bid, Action.SUBMIT, actor, now, submitted_at=now, late=bid.deadline is not None and now > bid.deadline)


def win(bid: Bid, awarded: Money | None, actor: str, now: datetime) -> Step:
    """Record the award; the amount is the one given or else the one asked, and there must be one."""
    money = awarded or bid.asked
    if money is None:
        check(bid, Action.WIN)
        raise AmountNeeded
    return advance(bid, Action.WIN, actor, now, decided_at=now, awarded=money.amount, currency=money.currency)


def lose(bid: Bid, reason: str, note: str, actor: str, now: datetime) -> Step:
    """Record that the bid was not won; a reason from the handbook's list is needed, or nothing can be learned."""
    if not reason:
        check(bid, Action.LOSE)
        raise ReasonNeeded
    return advance(bid, Action.LOSE, actor, now, decided_at=now, loss_reason=reason, note=note)


def fill_gap(bid: Bid, actor: str, now: datetime) -> Step:
    """Record afterwards that the bid was submitted, when only its outcome is being told; the gap stays on the record."""
    return advance(bid, Action.SUBMIT, actor, now, submitted_at=now, gaps=(*bid.gaps, "submitted"))


def undo(bid: Bid, history: Sequence[Event], change: int | None, actor: str, now: datetime, minutes: int) -> Step:
    """Take back the last change, by the person who made it, within `minutes`; afterwards it is a correction by a manager.

    `history` is the bid's events, oldest first; `change` the id of the one that is meant, if it must be just that.
    """
    last = history[-1]
    if last.action == Action.UNDO or change not in (None, last.id):
        raise Refusal(N_("That was changed since; there is nothing to undo on {number}."), number=bid.number)
    if last.actor != actor:
        raise Refusal(N_("Only the person who made the change can undo it."))
    if now - last.at > timedelta(minutes=minutes):
        raise Refusal(N_("The {minutes} minutes for undoing have passed. A manager can correct it, with a reason."), minutes=minutes)
    first = next(event for event in history if event.request == last.request and event.subject == last.subject)
    before = bid.amended(state=State.RETRACTED) if first.was is None else Bid.model_validate(first.was)
    return Step(before, event(before, bid, Action.UNDO, actor, now))


def check(bid: Bid, action: Action) -> State:
    """Return the state to which the action leads, or raise the Refusal that says why it cannot be taken."""
    target = TRANSITIONS.get((bid.state, action))
    if target is not None:
        return target
    if bid.state in UNSUBMITTED and action in (Action.WIN, Action.LOSE):
        raise NotYet(bid, Action.SUBMIT)
    raise Refusal(N_("{customer} ({number}) is {state} already."), customer=bid.customer, number=bid.number, state=STATE_NAMES[bid.state])


def advance(bid: Bid, action: Action, actor: str, now: datetime, **changes: object) -> Step:
    """Take one step by the table, with the changes that it brings."""
    after = bid.amended(state=check(bid, action), **changes)
    return Step(after, event(after, bid, action, actor, now))


def event(after: Bid, before: Bid | None, action: Action, actor: str, now: datetime) -> Event:
    """Return the audit event of a step from `before` to `after`."""
    return Event(
        at=now,
        actor=actor,
        subject=after.subject,
        action=action,
        before=before.state if before else "",
        after=after.state,
        was=before.snapshot() if before else None,
        became=after.snapshot(),
    )


def remind_at(bid: Bid, before: timedelta, calendar: Calendar, zone: str) -> datetime | None:
    """Return when to remind of a deadline that far ahead, or None when the bid was entered later than that.

    A moment outside working hours moves to the next one inside them, or, when that would leave less than the last hours, to
    the one before; in the last hours themselves it stays where it is.
    """
    if bid.deadline is None or bid.deadline - before < bid.registered_at:
        return None
    moment, latest = bid.deadline - before, bid.deadline - LAST_HOURS
    if before <= LAST_HOURS:
        return moment
    later = calendar.next_working_moment(moment, zone)
    earlier = calendar.last_working_moment(moment, zone)
    return later if later <= latest else earlier if earlier >= bid.registered_at else latest
