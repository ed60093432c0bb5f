"""What happens with a bid in the department: acts, each at its moment, and the frame in which the moments lie."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from bot.handbook import Handbook
from bot.policy.bids import Bid, Step
from bot.policy.calendar import Calendar
from sandbox.department.dates import moment
from sandbox.department.deals import Deal
from sandbox.department.people import ZONES

CLOSING = (time(17), time(14), time(16, 30), time(12), time(17))
Take = Callable[[Bid, datetime], Step]


class Act(NamedTuple):
    """One thing that is done with a bid at a moment of a working day, counted from the start."""

    day: int
    at: datetime
    take: Take


class Setting(NamedTuple):
    """One deal of the table, when the sandbox starts, and the handbook by which the department works."""

    deal: Deal
    place: int
    start: datetime
    handbook: Handbook
    calendar: Calendar

    def act(self, day: int, who: str, take: Take, hour: int | None = None) -> Act:
        """Return what somebody does on a day, between nine and five by their own clock; the minute follows from the deal."""
        hour = 9 + (self.place + 3 * abs(day)) % 7 if hour is None else hour
        clock_time = time(hour, (17 * self.place + 11 * abs(day) + 7 * len(who) + sum(map(ord, who))) % 60)
        return Act(day, moment(self.start, day or 1, clock_time, ZONES[who]), take)

    @property
    def handed_in(self) -> int | None:
        """Return the day on which the bid was handed in, or is planned to be; one that nobody recorded was in time."""
        due = self.deal.due if isinstance(self.deal.due, int) else None
        return self.deal.submitted if self.deal.submitted is not None or due is None else due - 1

    @property
    def deadline(self) -> datetime | None:
        """Return when the bid has to be handed in; buyers close at different hours."""
        match self.deal.due:
            case None:
                return None
            case timedelta():
                return (self.start + self.deal.due).replace(minute=0, second=0, microsecond=0)
            case day:
                return moment(self.start, day, CLOSING[self.place % len(CLOSING)], ZONES[self.deal.owner])
