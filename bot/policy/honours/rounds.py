"""The rounds of honours by the calendar (§5.4.4): for which periods there is one, and until when nominations are taken."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.handbook import Handbook, HonourType, as_written
from bot.language import N_
from bot.policy.calendar import Calendar
from bot.policy.honours.record import Nomination, Phase, Round, State
from bot.policy.honours.steps import ROUNDS, Move
from bot.policy.machine import Step, event
from bot.policy.people import Role
from bot.policy.refusal import Refusal
from bot.policy.tallies import Period, before, current


class Chance(NamedTuple):
    """A honour and a period for which nominations are taken, and until when; there is no day yet while the period runs."""

    honour: HonourType
    period: Period
    closes: date | None


def honour_of(handbook: Handbook, id: str) -> HonourType | None:
    """Return the honour of an id, if the handbook has it."""
    return next((honour for honour in handbook.honours.types if honour.id == id), None)


def today(now: datetime, calendar: Calendar) -> date:
    """Return the day it is at the head office."""
    return now.astimezone(ZoneInfo(calendar.company.time_zone)).date()


def running(honour: HonourType, now: datetime, calendar: Calendar) -> Period:
    """Return the period of an honour that is now."""
    return current(now, calendar, year=honour.period == "year")


def ended(honour: HonourType, now: datetime, calendar: Calendar) -> Period:
    """Return the last period of an honour that has ended."""
    return before(running(honour, now, calendar), calendar)


def opens(honour: HonourType, now: datetime, within: int, calendar: Calendar) -> Period | None:
    """Return the period for which the calendar begins a round now: the last one, while nominations for it are taken."""
    period = ended(honour, now, calendar)
    return period if today(now, calendar) <= calendar.add_working_days(period.end, within) else None


def opened(honour: HonourType, period: Period, actor: str, now: datetime, within: int, calendar: Calendar) -> Round:
    """Return a round for a period that has ended; one that begins late takes nominations as many days from then on."""
    here = today(now, calendar)
    if period.end >= here:
        raise Refusal(N_("{period} has not ended yet. Nominations made now wait until it has."), field="period", period=period.name)
    by_rule = calendar.add_working_days(period.end, within)
    closes = by_rule if here <= by_rule else calendar.add_working_days(here, within)
    facts = {"type": honour.id, "period": period.name, "start": period.start, "end": period.end, "rules": as_written(honour)}
    return Round(**facts, closes=closes, opened_by=actor, opened_at=now)


def entered(round: Round) -> Step[Round]:
    """Return the step with which a round begins."""
    return Step(round, event(round, None, Move.OPEN, round.opened_by, round.opened_at))


def is_over(round: Round, now: datetime, calendar: Calendar) -> bool:
    """Say whether the last day for nominations has passed."""
    return round.state is Phase.OPEN and today(now, calendar) > round.closes


def close(round: Round, actor: str, now: datetime) -> Step[Round]:
    """Take no more nominations."""
    return ROUNDS.advance(round, Move.CLOSE, actor, now)


def cancel(round: Round, nominations: Sequence[Nomination], why: str, actor: str, now: datetime) -> Step[Round]:
    """Call a round off, for a reason; what was awarded in it has to be reconsidered first."""
    ROUNDS.check(round, Move.CANCEL)
    if not why:
        raise Refusal(N_("Please say why, in a few words."), field="why")
    if any(one.state is State.AWARDED for one in nominations):
        raise Refusal(N_("Something is awarded in this round. Reconsider that first."), field="why")
    return ROUNDS.advance(round, Move.CANCEL, actor, now, why, why=why)


def moves_open(round: Round, roles: frozenset[Role], concerned: bool) -> list[Move]:
    """Return the steps that a person may take with a round; whoever stands in it takes none."""
    return [] if concerned else ROUNDS.steps_open(round, roles)


def chances(handbook: Handbook, rounds: Sequence[Round], now: datetime, calendar: Calendar) -> list[Chance]:
    """Return for what somebody may be nominated now: in the rounds that are open, and for the periods that run."""
    open_now = [one for one in rounds if one.state is Phase.OPEN and today(now, calendar) <= one.closes]
    past = [Chance(one.honour, period_of(one, calendar), one.closes) for one in open_now]
    return [*past, *(Chance(honour, running(honour, now, calendar), None) for honour in handbook.honours.types)]


def period_of(round: Round, calendar: Calendar) -> Period:
    """Return the period of a round."""
    first = calendar.fiscal_quarter(round.start)
    last = calendar.fiscal_quarter(round.end)
    return Period(tuple(calendar.quarter(first.year, number) for number in range(first.number, last.number + 1)))
