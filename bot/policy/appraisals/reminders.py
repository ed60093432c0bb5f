"""When who is reminded in a cycle (§5.3): at its beginning, some working days before a phase ends, and when it is over."""

from collections.abc import Collection
from datetime import date

from bot.policy.calendar import Calendar


def slot(due: date, since: date, today: date, before: Collection[int], calendar: Calendar) -> str:
    """Return under which name a reminder is due on a day, or nothing: the latest that has come, so that downtime gives one, not three.

    `since` is the day on which the phase began: who was told then is not reminded on the same day. A phase that is over has its own
    reminder, and one that was postponed all of them anew, because the name holds the day that they are about.
    """
    if today > due:
        return name(0, due)
    days = [(days, calendar.add_working_days(due, -days)) for days in sorted(before)]
    return next((name(ahead, due) for ahead, day in days if since < day <= today), "")


def last_call(due: date, since: date, today: date, before: Collection[int], calendar: Calendar) -> str:
    """Return the name of the one reminder that colleagues get before a phase ends, when it is due."""
    day = calendar.add_working_days(due, -min(before, default=1))
    return name(min(before, default=1), due) if since < day <= today <= due else ""


def name(days: int, due: date) -> str:
    """Return the name of the reminder that comes some working days before a day; 0 for the one that it has passed."""
    return f"{days}-{due:%Y%m%d}"


def is_overdue(slot: str) -> bool:
    """Tell whether a reminder says that the time is over."""
    return slot.startswith("0-")
