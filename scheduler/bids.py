"""What the calendar says about bids (§4.4.3): reminders of submission deadlines."""

import logging
from datetime import datetime, timedelta

from bot.language import translator
from bot.policy import bids as policy
from bot.policy.bids import UNSUBMITTED, Bid
from bot.policy.calendar import Calendar
from bot.views.bids import reminders as views
from scheduler.job import Job, Occasion

log = logging.getLogger("bidwell.scheduler")
LONGEST_WAIT = timedelta(days=14)  # how far working hours and holidays can move a reminder


def remind_owners(occasion: Occasion) -> None:
    """Remind owners of deadlines; what is asked is who should know by now, so a restart loses nothing."""
    reminders = occasion.handbook.bids.reminders.before
    horizon = occasion.now + max(reminders, default=timedelta()) + LONGEST_WAIT
    with occasion.store.look() as shelves:
        coming = shelves.bids.due_between(occasion.now, horizon, UNSUBMITTED)
    for bid in coming:
        try:
            remind(occasion, bid)
        except Exception:
            log.exception("a reminder failed", extra={"subject": bid.subject})


JOBS = (Job("bids.remind_owners", remind_owners, every=timedelta(minutes=1)),)


def remind(occasion: Occasion, bid: Bid) -> None:
    """Say the most urgent reminder that is due on a bid, once; those it overtook are not said any more."""
    calendar = Calendar(occasion.handbook.company)
    with occasion.store.look() as shelves:
        owner = shelves.people.get(bid.owner)
    if owner is None or bid.deadline is None:
        return
    moments = {before: policy.remind_at(bid, before, calendar, owner.zone) for before in occasion.handbook.bids.reminders.before}
    due = [before for before, moment in moments.items() if moment is not None and moment <= occasion.now]
    if due:
        key = reminder_key(bid, min(due), bid.deadline)
        with occasion.store.change() as shelves:
            message = views.reminder(translator(owner.speaks), bid)
            shelves.outbox.say(key, owner.id, message, subject=bid.subject, expires=bid.deadline)


def reminder_key(bid: Bid, before: timedelta, deadline: datetime) -> str:
    """Return the key of a reminder: a deadline that moves makes it another one."""
    return f"{views.DUE}:{bid.id}:{before // timedelta(minutes=1)}:{bid.owner}:{deadline:%Y%m%dT%H%M}"
