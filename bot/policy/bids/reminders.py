"""When people are reminded of a submission deadline (§4.4.3)."""

from datetime import datetime, timedelta

from bot.policy.bids.record import Bid
from bot.policy.calendar import Calendar

LAST_HOURS = timedelta(hours=4)  # before a deadline, in which people are reminded whatever the hour


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
