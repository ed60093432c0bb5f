"""What the calendar says about customers (§2.1.5): the owner of an enquiry is reminded before it is due, and chased when it is late."""

import logging
from datetime import timedelta
from typing import NamedTuple

from bot.language import translator
from bot.policy.calendar import Calendar
from bot.policy.customers import Customer, Enquiry
from bot.policy.people import Person, is_outsider
from bot.views.customers import enquiries as views
from scheduler.job import Job, Occasion
from storage.store import Shelves

LONGEST_REST = timedelta(days=14)  # how far holidays can move a reminder
log = logging.getLogger("bidwell.scheduler")


class Chase(NamedTuple):
    """A reminder of an enquiry that one person is to get now, and whether it is late."""

    key: str
    person: Person
    enquiry: Enquiry
    late: bool


def chase_owners(occasion: Occasion) -> None:
    """Remind of every enquiry that is due soon or late; one that fails never stops the rest."""
    with occasion.store.look() as shelves:
        until = occasion.now + occasion.handbook.customers.remind_before + LONGEST_REST
        waiting = [customer.id for customer in shelves.customers.to_chase(until) if chases(occasion, shelves, customer)]
    for number in waiting:
        try:
            chase(occasion, number)
        except Exception:
            log.exception("a job failed for one subject", extra={"subject": f"customer:{number}"})


def chase(occasion: Occasion, number: int) -> None:
    """Remind of a customer's enquiries as they stand now: they may have changed since we looked."""
    with occasion.store.change() as shelves:
        customer = shelves.customers.get(number, lock=True)
        for one in chases(occasion, shelves, customer) if customer else ():
            assert customer
            message = views.chased(translator(one.person.speaks), customer, one.enquiry, one.person.zone, one.late)
            shelves.outbox.say(one.key, one.person.id, message, subject=customer.subject)


def chases(occasion: Occasion, shelves: Shelves, customer: Customer) -> list[Chase]:
    """Return the reminders of a customer's enquiries whose hour has come and that were not given yet."""
    waiting = [enquiry for enquiry in customer.enquiries if enquiry.answered_at is None]
    found = [one for enquiry in waiting for one in of_enquiry(occasion, shelves, customer, enquiry)]
    return [one for one in found if shelves.outbox.find(one.key) is None]


def of_enquiry(occasion: Occasion, shelves: Shelves, customer: Customer, enquiry: Enquiry) -> list[Chase]:
    """Return the reminders of an enquiry for those at work now: a late one goes to who reported it and the owner's manager too."""
    calendar, late = Calendar(occasion.handbook.company), enquiry.due <= occasion.now
    owner = shelves.people.get(enquiry.owner)
    zone = owner.zone if owner else occasion.handbook.company.time_zone
    early = calendar.last_working_moment(enquiry.due - occasion.handbook.customers.remind_before, zone)
    if not late and not enquiry.at < early <= occasion.now:
        return []
    ids = [enquiry.owner, *([enquiry.reported_by, owner.manager if owner else ""] if late else [])]
    people = [person for one in dict.fromkeys(ids) if (person := shelves.people.get(one)) and not is_outsider(person)]
    key = f"{views.CHASED}:{customer.id}:{enquiry.id}:{'late' if late else 'due'}:{int(enquiry.due.timestamp())}"
    awake = [person for person in people if calendar.within_hours(occasion.now, person.zone)]
    return [Chase(f"{key}:{person.id}", person, enquiry, late) for person in awake]


JOBS = (Job("customers.chase", chase_owners, every=timedelta(minutes=5), stride=timedelta(hours=1)),)
