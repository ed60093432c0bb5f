"""What the calendar says about opportunities (§2.1.5): the owner is asked what is next when nothing has happened for too long."""

import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.language import translator
from bot.policy.calendar import Calendar
from bot.policy.opportunities import Opportunity, Outcome, stale_before
from bot.policy.people import Person, is_outsider
from bot.views.opportunities import told as views
from scheduler.job import Job, Occasion
from storage.store import Shelves

log = logging.getLogger("bidwell.scheduler")


def nudge_owners(occasion: Occasion) -> None:
    """Ask the owners of stale opportunities what is next, within their working hours; one that fails never stops the rest."""
    days = occasion.handbook.opportunities.stale_after
    before = stale_before(Calendar(occasion.handbook.company), occasion.now, days, occasion.handbook.company.time_zone)
    with occasion.store.look() as shelves:
        stale = [deal.id for deal in shelves.opportunities.untouched_since(before) if unsaid(occasion, shelves, deal)]
    for number in stale:
        try:
            nudge(occasion, number)
        except Exception:
            log.exception("a job failed for one subject", extra={"subject": f"opportunity:{number}"})


def unsaid(occasion: Occasion, shelves: Shelves, deal: Opportunity) -> list[Person]:
    """Return the people who are to be asked about an opportunity now: the owner, and the second time their manager too."""
    people = []
    for one in told(occasion, shelves, deal):
        person = shelves.people.get(one)
        if person is None or is_outsider(person) or not Calendar(occasion.handbook.company).within_hours(occasion.now, person.zone):
            continue
        if shelves.outbox.find(views.nudge_key(deal, times(occasion, deal), one)) is None:
            people.append(person)
    return people


def told(occasion: Occasion, shelves: Shelves, deal: Opportunity) -> list[str]:
    """Return whom a nudge concerns."""
    owner = shelves.people.get(deal.owner)
    away = owner is None or is_outsider(owner)
    managers = [owner.manager] if owner and owner.manager and (away or times(occasion, deal) > 1) else []
    return [deal.owner, *managers]


def times(occasion: Occasion, deal: Opportunity) -> int:
    """Return how many times as long as it may be nothing has happened, two at most."""
    return min(quiet_days(occasion, deal) // occasion.handbook.opportunities.stale_after, 2)


def quiet_days(occasion: Occasion, deal: Opportunity) -> int:
    """Return for how many working days nothing has happened."""
    here = ZoneInfo(occasion.handbook.company.time_zone)
    days = (deal.touched_at.astimezone(here).date(), occasion.now.astimezone(here).date())
    return Calendar(occasion.handbook.company).working_days_between(*days)


def nudge(occasion: Occasion, number: int) -> None:
    """Ask about an opportunity as it stands now: it may have changed since we looked."""
    with occasion.store.change() as shelves:
        deal = shelves.opportunities.get(number, lock=True)
        if deal is None or deal.state is not Outcome.OPEN or not times(occasion, deal):
            return
        for person in unsaid(occasion, shelves, deal):
            message = views.nudge(translator(person.speaks), deal, quiet_days(occasion, deal), person.zone)
            shelves.outbox.say(views.nudge_key(deal, times(occasion, deal), person.id), person.id, message, subject=deal.subject)


JOBS = (Job("opportunities.nudge", nudge_owners, every=timedelta(minutes=15), stride=timedelta(hours=1)),)
