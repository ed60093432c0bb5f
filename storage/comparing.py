"""The past as two handbooks see it: the last ended quarters of everybody who is appraised by one of them."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.handbook import Handbook
from bot.policy.appraisals.comparing import NO_MARKS, Past
from bot.policy.appraisals.cycle import rules_now
from bot.policy.appraisals.marks import own_review
from bot.policy.appraisals.record import Appraisal, Part
from bot.policy.appraisals.results import is_told
from bot.policy.calendar import Calendar
from bot.policy.people import Person, Role, standing
from bot.policy.tallies import Period, before, current
from storage.measuring import measures_now
from storage.store import Shelves

QUARTERS = 4


def pasts(shelves: Shelves, now: Handbook, then: Handbook, at: datetime) -> list[Past]:
    """Return the last four ended quarters of everybody, by name and oldest first, as far as anything was counted in them."""
    found = []
    periods = list(ended(at, Calendar(now.company)))
    people = [person for person in shelves.people.active() if is_appraised(person, now, then)]
    known = {
        (one.person, one.period): one for one in shelves.appraisals.of_people([one.id for one in people], [one.name for one in periods])
    }
    for person in people:
        found += [past_of(shelves, person, period, known.get((person.id, period.name)), now, then) for period in periods]
    return found


def ended(at: datetime, calendar: Calendar) -> Iterator[Period]:
    """Yield the last four quarters that have ended, the oldest first."""
    quarters = [before(current(at, calendar), calendar)]
    while len(quarters) < QUARTERS:
        quarters.append(before(quarters[-1], calendar))
    yield from reversed(quarters)


def is_appraised(person: Person, now: Handbook, then: Handbook) -> bool:
    """Say whether one of the two handbooks has the person appraised."""
    posts = {*now.appraisals.posts, *then.appraisals.posts}
    return person.post in posts and Role.STAFF in standing(person, Role(now.people.newcomers))


def past_of(shelves: Shelves, person: Person, period: Period, appraisal: Appraisal | None, now: Handbook, then: Handbook) -> Past:
    """Return one quarter of a person by both handbooks; who was not appraised then is taken to have served all of it."""
    served, days, cycle = (appraisal.served, appraisal.days, appraisal.cycle) if appraisal else (1, 1, None)
    by_now, by_then = (
        measures_now(shelves, person, period, rules_now(handbook), served=served, days=days, cycle=cycle) for handbook in (now, then)
    )
    return Past(person.id, period.name, by_now, by_then, *marks_of(appraisal))


def marks_of(appraisal: Appraisal | None) -> tuple[Mapping[Part, int], Mapping[Part, int]]:
    """Return the marks that the manager and the person gave; none before the result is told, so that nobody can work them out."""
    if appraisal is None or not is_told(appraisal):
        return NO_MARKS, NO_MARKS
    given, own = appraisal.scoring, own_review(appraisal)
    return given.marks if given else NO_MARKS, own.marks if own else NO_MARKS
