"""Time: moved on by a while, to an instant, to a mark in the calendar, or back to the start."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import MovableClock
from bot.policy.appraisals.opening import begins
from bot.policy.tallies import before, current
from sandbox.api.scheduled import post_due
from sandbox.control.actor import Actor
from sandbox.department.rules import calendar
from sandbox.refusal import JSON, Refused

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ENDS = {"month-end": 1, "year-end": 12}
AFTER_QUARTER = "after-quarter"  # the first working morning after a quarter, at the head office: then its appraisals begin
SUGGESTED = ("tomorrow-09:00", "monday-09:00", "friday-16:00", "month-end", AFTER_QUARTER, "year-end")
_MARK = re.compile(rf"(?P<day>tomorrow|{'|'.join(WEEKDAYS)}|{'|'.join(ENDS)})(-(?P<hour>\d\d):(?P<minute>\d\d))?")


def instant_of(mark: str, now: datetime, tz: str) -> datetime:
    """Return the next instant of a mark such as `friday-16:00` or `month-end`, by that zone's clock; raise Refused."""
    if mark == AFTER_QUARTER:
        return _after_quarter(now)
    match = _MARK.fullmatch(mark)
    if match is None:
        known = ", ".join((AFTER_QUARTER, *ENDS))
        raise Refused("invalid_arguments", f"{mark} is no mark: use tomorrow, a weekday, {known}, and -HH:MM if you like")
    local = now.astimezone(ZoneInfo(tz))
    at = local.replace(hour=int(match["hour"] or 9), minute=int(match["minute"] or 0), second=0, microsecond=0)
    day = match["day"]
    if day == "tomorrow":
        return at + timedelta(days=1)
    if day in WEEKDAYS:
        at += timedelta(days=(WEEKDAYS.index(day) - at.weekday()) % 7)
        return at if at > now else at + timedelta(days=7)
    return _end(at, ENDS[day], now)


def _end(at: datetime, months: int, now: datetime) -> datetime:
    """Return the last day of the month or year, the next one's when that has passed."""
    first = at.replace(day=1)
    while True:
        first = (first + timedelta(days=32)).replace(day=1)
        last = first - timedelta(days=1)
        if last.month % months == 0 and last > now:
            return last


def _after_quarter(now: datetime) -> datetime:
    """Return when work begins after the quarter that ended last, or after the one that is running when that has passed."""
    running = current(now, calendar())
    mornings = (begins(of, calendar()) for of in (before(running, calendar()), running))
    return next(morning for morning in mornings if morning > now)


class Passing(Actor):
    """Move the workspace's clock."""

    def clock(
        self, *, by: float | None = None, to: str | datetime | None = None, mark: str | None = None, reset: bool = False, tz: str = "UTC"
    ) -> JSON:
        """Move the clock by seconds, to an ISO instant or to a mark, or start anew; return what it shows. Raise Refused."""
        now = self.workspace.clock.now()
        if reset:
            self.reset()
        elif by is not None:
            self._move(now + timedelta(seconds=by))
        elif to is not None:
            self._move(_instant(to))
        elif mark is not None:
            self._move(instant_of(mark, now, tz))
        self.workspace.stream.publish({"type": "clock", "clock": self.clock_now()})
        return self.clock_now()

    def clock_now(self) -> JSON:
        """Return what the clock shows."""
        now = self.workspace.clock.now().isoformat()
        return {"now": now, "movable": isinstance(self.workspace.clock, MovableClock), "marks": list(SUGGESTED)}

    def _move(self, to: datetime) -> None:
        """Go to an instant, stopping where a scheduled message is due."""
        while (due := self._next_due()) is not None and due <= to:
            self._step(due)
            post_due(self.workspace)
        self._step(to)

    def _next_due(self) -> datetime | None:
        with self.workspace.lock:
            waiting = [s.post_at for s in self.workspace.contents.scheduled.values()]
        return datetime.fromtimestamp(min(waiting), self.workspace.clock.now().tzinfo) if waiting else None

    def _step(self, to: datetime) -> None:
        clock = self.workspace.clock
        if not isinstance(clock, MovableClock):
            raise Refused("clock_not_movable")
        if to < clock.now():
            raise Refused("time_in_past", "time only moves forward; reset returns to the start")
        (self.pass_time or clock.move_to)(to)

    def reset(self) -> None:
        """Return to the start: the clock, the department, no faults, no traffic."""
        clock = self.workspace.clock
        if isinstance(clock, MovableClock):
            clock.reset()
        self.faults.clear()
        self.limits.clear()
        self.deliveries.forget()
        self.workspace.reset()
        if self.on_reset is not None:
            self.on_reset()
        self.traffic_log.clear()
        self.workspace.stream.publish({"type": "reset"})


def _instant(to: str | datetime) -> datetime:
    try:
        instant = datetime.fromisoformat(to) if isinstance(to, str) else to
    except ValueError as error:
        raise Refused("invalid_arguments", f"{to} is no instant") from error
    if instant.tzinfo is None:
        raise Refused("invalid_arguments", f"{to} says no zone")
    return instant
