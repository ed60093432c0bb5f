"""How a cycle begins (§5.2): which is due, until when its phases last, and who is in it.

A cycle is due from the first working day after its quarter; only the quarter that ended last is asked about, so that weeks of downtime
open one cycle and not many. The desk must have been at work before that quarter ended: its audit log has an event of then.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.handbook import Appraisals, Company, Handbook, Phases
from bot.language import N_
from bot.policy.appraisals.cycle import Cycle, Kind, Phase, kept_rules
from bot.policy.appraisals.record import Appraisal
from bot.policy.calendar import Calendar
from bot.policy.people import Person, Role, is_outsider, standing
from bot.policy.refusal import Refusal
from bot.policy.tallies import Period, before, current, period

LAST = 4  # the quarter with which the year ends


class Span(NamedTuple):
    """The part of a period in which somebody served, in days, and how many the period has."""

    served: int
    days: int


def today(now: datetime, company: Company) -> date:
    """Return the day that it is at the head office."""
    return now.astimezone(ZoneInfo(company.time_zone)).date()


def ended(now: datetime, handbook: Handbook) -> tuple[Period, ...]:
    """Return the quarter that ended last, and the year if it was its last one, as far as the handbook has them appraised."""
    calendar = Calendar(handbook.company)
    quarter = before(current(now, calendar), calendar)
    last = quarter.quarters[0]
    year = (period(last.year, None, calendar),) if last.number == LAST and handbook.appraisals.annual else ()
    return (*((quarter,) if handbook.appraisals.quarterly else ()), *year)


def due(now: datetime, handbook: Handbook) -> tuple[Period, ...]:
    """Return the periods for which there should be a cycle by now: when the first working day after them has begun."""
    calendar = Calendar(handbook.company)
    return tuple(one for one in ended(now, handbook) if now >= begins(one, calendar))


def begins(ended: Period, calendar: Calendar) -> datetime:
    """Return when work begins at the head office on the first working day after a period."""
    zone = calendar.company.time_zone
    return calendar.next_working_moment(ended.instants(zone)[1], zone)


def next_beginning(now: datetime, handbook: Handbook) -> date | None:
    """Return the day on which the next cycle begins; None where the handbook has nothing appraised."""
    calendar, rules = Calendar(handbook.company), handbook.appraisals
    running = [current(now, calendar, year=year) for year, wanted in ((False, rules.quarterly), (True, rules.annual)) if wanted]
    mornings = [begins(one, calendar) for of in running for one in (before(of, calendar), of)]
    return min((today(morning, handbook.company) for morning in mornings if morning > now), default=None)


def is_year(of: Period) -> bool:
    """Tell a year from a quarter."""
    return len(of.quarters) == LAST


def check_ended(of: Period, now: datetime, company: Company) -> None:
    """Refuse a cycle for a period that is not over."""
    if today(now, company) <= of.end:
        raise Refusal(N_("{period} is not over yet."), field="period", period=of.name)


def drafted(of: Period, handbook: Handbook, opened_by: str, now: datetime, after: date | None = None) -> Cycle:
    """Return the cycle of a period as it begins: with the rules of now, and its phases one after the other.

    A year is judged from its quarters, so its phases are counted from the day `after` which that of the last quarter is calibrated.
    """
    first = max(today(now, handbook.company), after or date.min)
    return Cycle(
        period=of.name,
        slot=of.name,
        kind=Kind.YEAR if is_year(of) else Kind.QUARTER,
        state=Phase.DRAFT,
        start=of.start,
        end=of.end,
        handbook=handbook.version,
        rules=kept_rules(handbook),
        opened_by=opened_by,
        opened_at=now,
        **due_days(first, handbook.appraisals.phases, Calendar(handbook.company)),
    )


def due_days(first: date, phases: Phases, calendar: Calendar) -> dict[str, Any]:
    """Return the last working day of each phase, counted from the day after `first`."""
    self_due = calendar.add_working_days(first, phases.self_review)
    manager_due = calendar.add_working_days(self_due, phases.manager)
    return {"self_due": self_due, "manager_due": manager_due, "calibration_due": calendar.add_working_days(manager_due, phases.calibration)}


def span(person: Person, start: date, end: date, rules: Appraisals, newcomers: Role) -> Span | None:
    """Return how long somebody served in a period, or None for whoever is not appraised in it.

    In it are the pre-sales staff of the posts that the handbook names who served long enough; without a first day known, all of it.
    """
    if Role.STAFF not in standing(person, newcomers) or person.post not in rules.posts:
        return None
    first = max(start, person.started or start)
    served = (end - first).days + 1
    return Span(served, (end - start).days + 1) if served >= min(rules.least_days, (end - start).days + 1) else None


def manager_of(person: Person, people: Mapping[str, Person]) -> str:
    """Return the nearest manager who still works here, or nothing: then the HR department names who scores."""
    seen, above = {person.id}, person.manager
    while above and above not in seen:
        found = people.get(above)
        if found and not is_outsider(found):
            return above
        seen.add(above)
        above = found.manager if found else ""
    return ""


def appraisal_of(cycle: Cycle, person: Person, manager: str, span: Span, quarters: Mapping[str, Any], now: datetime) -> Appraisal:
    """Return the appraisal of one person in a cycle; `quarters` are, for a year, the scores and grades of its quarters."""
    return Appraisal(
        cycle=cycle.id,
        period=cycle.period,
        person=person.id,
        manager=manager,
        team=person.team,
        post=person.post,
        served=span.served,
        days=span.days,
        opened_at=now,
        quarters=dict(quarters),
    )
