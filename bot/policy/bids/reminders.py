"""When people are reminded of a submission deadline and of a defence (§4.4.3), whom, and how they may put it off."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.handbook import Reminders
from bot.language import N_
from bot.policy.bids.questions import sees_bid
from bot.policy.bids.record import UNSUBMITTED, Bid, Part, State
from bot.policy.calendar import Calendar
from bot.policy.refusal import Refusal

LAST_HOURS = timedelta(hours=4)  # before a deadline, in which people are reminded whatever the hour
AT_ONCE = timedelta(days=1)  # how long before a deadline reminders begin to come one by one; earlier ones wait for the digest
BEFORE_DEFENCE = (timedelta(days=1), timedelta(hours=1))
DAY = 1440  # minutes


class Matter(StrEnum):
    """What somebody is reminded of: their own deadline, that of the one they manage, or a defence in which they speak."""

    DUE = "due"
    ESCALATED = "escalated"
    DEFENCE = "defence"


class Reminder(NamedTuple):
    """One reminder: of what, whom, how long before its `end`, and when exactly."""

    matter: Matter
    person: str
    before: timedelta
    end: datetime
    at: datetime


def reminders(bid: Bid, manager: str, zones: Mapping[str, str], rules: Reminders, calendar: Calendar) -> list[Reminder]:
    """Return every reminder about a bid as it stands, past and to come; only people whose zone is given are reminded.

    `manager` is the owner's, or nothing; every reminder of an owner who is gone escalates.
    """
    found = []
    escalate = rules.escalate if bid.owner in zones else rules.before
    for matter, person, before, end in [*of_deadline(bid, manager, rules.before, escalate), *of_defence(bid)]:
        at = moment(bid, end, before, calendar, zones[person], rules.last_hours) if person in zones else None
        if at is not None:
            found.append(Reminder(matter, person, before, end, at))
    return found


def of_deadline(
    bid: Bid, manager: str, offsets: Collection[timedelta], escalate: Collection[timedelta]
) -> list[tuple[Matter, str, timedelta, datetime]]:
    """Return who is reminded of the deadline how long before: the owner, who has an open part, and the manager where it escalates."""
    if bid.deadline is None or bid.state not in UNSUBMITTED:
        return []
    found = []
    for before in offsets:
        concerned = dict.fromkeys([bid.owner, *(part.owner for part in open_parts(bid))], Matter.DUE)
        if manager and manager != bid.owner and before in escalate:
            concerned[manager] = Matter.ESCALATED
        found += [(matter, person, before, bid.deadline) for person, matter in concerned.items()]
    return found


def of_defence(bid: Bid) -> list[tuple[Matter, str, timedelta, datetime]]:
    """Return who is reminded of the defence how long before: its speakers, or else the owner."""
    if bid.defence is None or bid.state is not State.DEFENCE_SCHEDULED:
        return []
    return [(Matter.DEFENCE, person, before, bid.defence.at) for before in BEFORE_DEFENCE for person in speakers(bid)]


def speakers(bid: Bid) -> list[str]:
    """Return who is told of the defence: its speakers, of whom a confidential bid is told only to its team, or else the owner."""
    named = bid.defence.speakers if bid.defence else ()
    return [person for person in named if sees_bid(bid, person)] or [bid.owner]


def open_parts(bid: Bid, person: str | None = None) -> list[Part]:
    """Return the parts that are not written yet, of everybody or of one person."""
    return [part for part in bid.parts if part.done_at is None and person in (None, part.owner)]


def moment(bid: Bid, end: datetime, before: timedelta, calendar: Calendar, zone: str, last_hours: timedelta) -> datetime | None:
    """Return when a person in the zone is reminded of `end` that far ahead; None when the bid was entered later than that."""
    if end - before < bid.registered_at:
        return None
    if before > AT_ONCE:
        return digest_at(bid, end, before, calendar, zone)
    return at_work(end - before, end, bid.registered_at, calendar, zone, last_hours)


def remind_at(bid: Bid, before: timedelta, calendar: Calendar, zone: str, last_hours: timedelta = LAST_HOURS) -> datetime | None:
    """Return when to remind of the deadline that far ahead, or None when the bid was entered later than that."""
    if bid.deadline is None or bid.deadline - before < bid.registered_at:
        return None
    return at_work(bid.deadline - before, bid.deadline, bid.registered_at, calendar, zone, last_hours)


def at_work(wanted: datetime, end: datetime, entered: datetime, calendar: Calendar, zone: str, last_hours: timedelta) -> datetime:
    """Return when to speak of `end`: as wanted within the last hours before it, else at work.

    A moment outside working hours moves to the next one inside them, or, when that would leave less than the last hours, to
    the one before, or else to where the last hours begin.
    """
    latest = end - last_hours
    if wanted >= latest:
        return wanted
    later = calendar.next_working_moment(wanted, zone)
    earlier = calendar.last_working_moment(wanted, zone)
    return later if later <= latest else earlier if earlier >= entered else latest


def digest_at(bid: Bid, end: datetime, before: timedelta, calendar: Calendar, zone: str) -> datetime | None:
    """Return the start of the working day whose digest tells of `end`: the first after the moment, or the last before it.

    The latter when the reminders that come at once would be first; None when the bid was entered later than that.
    """
    wanted = end - before
    day = wanted.astimezone(ZoneInfo(zone)).date()
    today = start_of_work(calendar, day, zone)
    after = today if wanted <= today and calendar.is_working_day(day) else start_of_work(calendar, calendar.add_working_days(day, 1), zone)
    if after <= end - AT_ONCE:
        return after
    first = today if calendar.is_working_day(day) and today <= wanted else start_of_work(calendar, calendar.add_working_days(day, -1), zone)
    return first if first >= bid.registered_at else None


def start_of_work(calendar: Calendar, day: date, zone: str) -> datetime:
    """Return when the working hours of a day begin by the clock of a zone, in UTC."""
    return datetime.combine(day, calendar.company.working_hours.start, ZoneInfo(zone)).astimezone(UTC)


def due(planned: Iterable[Reminder], now: datetime) -> list[Reminder]:
    """Return the reminders to be given by now: for each person and matter the most urgent one only."""
    come = [reminder for reminder in planned if reminder.at <= now < reminder.end]
    most_urgent = {(reminder.matter, reminder.person): reminder for reminder in sorted(come, key=lambda one: one.before, reverse=True)}
    return list(most_urgent.values())


def opens(reminder: Reminder, now: datetime, calendar: Calendar, zone: str, last_hours: timedelta) -> datetime:
    """Return from when a reminder may be given: at its moment; one that is late, at work or when the last hours begin."""
    if reminder.at > now:
        return reminder.at
    return min(calendar.next_working_moment(now, zone), max(reminder.end - last_hours, now))


def may_snooze(deadline: datetime | None, now: datetime, rules: Reminders) -> tuple[int, ...]:
    """Return by how many minutes a reminder may be put off now: not into the last hours before the deadline."""
    if deadline is None:
        return ()
    return tuple(minutes for minutes in rules.snoozes if now + timedelta(minutes=minutes) <= deadline - rules.last_hours)


def snoozed_until(deadline: datetime, minutes: int, now: datetime, calendar: Calendar, zone: str, last_hours: timedelta) -> datetime:
    """Return when a reminder that is put off comes back: at work, and no later than the last hours begin; in them, refuse.

    Whole days end when work begins.
    """
    latest = deadline - last_hours
    if now >= latest:
        raise Refusal(N_("This close to the deadline reminders cannot be put off."))
    wanted = now + timedelta(minutes=minutes)
    if minutes % DAY == 0:
        wanted = datetime.combine(wanted.astimezone(ZoneInfo(zone)).date(), time.min, ZoneInfo(zone)).astimezone(UTC)
    return min(calendar.next_working_moment(wanted, zone), latest)
