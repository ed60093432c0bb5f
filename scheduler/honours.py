"""What the calendar says about honours (§5.4.4): a round begins when its period has ended, and nominations close. People decide."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from bot.handbook import HonourType
from bot.policy.calendar import Calendar
from bot.policy.honours.record import Phase
from bot.policy.honours.rounds import close, ended, is_over, opens
from bot.policy.tallies import Period
from bot.views.honours.told import CLOSED
from scheduler.job import Job, Occasion
from storage.honouring import begin_round, keep_round, tell_hr
from storage.store import Shelves

log = logging.getLogger("bidwell.scheduler")


def begin(occasion: Occasion) -> None:
    """Begin the rounds of periods that have ended; one that fails never stops the rest."""
    with occasion.store.look() as shelves:
        due = list(to_begin(occasion, shelves))
    for honour, period in due:
        try:
            with occasion.store.change() as shelves:
                begin_round(shelves, honour, period, "", occasion.now, occasion.handbook)
        except Exception:
            log.exception("a job failed for one subject", extra={"subject": f"honours {honour.id} {period.name}"})


def to_begin(occasion: Occasion, shelves: Shelves) -> Iterator[tuple[HonourType, Period]]:
    """Yield the honours whose last period has no round yet, while nominations are taken or when some wait."""
    calendar, within = Calendar(occasion.handbook.company), occasion.handbook.honours.nominate_within
    waiting = {(one.type, one.period) for one in shelves.nominations.waiting()}
    for honour in occasion.handbook.honours.types:
        last = ended(honour, occasion.now, calendar)
        wanted = opens(honour, occasion.now, within, calendar) or (honour.id, last.name) in waiting
        if wanted and shelves.rounds.of(honour.id, last.name) is None:
            yield honour, last


def close_nominations(occasion: Occasion) -> None:
    """Close the rounds whose last day for nominations has passed, and tell the HR department that it decides next."""
    calendar = Calendar(occasion.handbook.company)
    with occasion.store.look() as shelves:
        due = [one.id for one in shelves.rounds.in_phases([Phase.OPEN]) if is_over(one, occasion.now, calendar)]
    for number in due:
        try:
            end(occasion, number, calendar)
        except Exception:
            log.exception("a job failed for one subject", extra={"subject": f"honours:{number}"})


def end(occasion: Occasion, number: int, calendar: Calendar) -> None:
    """Close a round, as it stands now."""
    with occasion.store.change() as shelves:
        found = shelves.rounds.get(number, lock=True)
        if found and is_over(found, occasion.now, calendar):
            step = close(found, "", occasion.now)
            keep_round(shelves, step, occasion.handbook)
            tell_hr(shelves, step.record, CLOSED, "", occasion.handbook)


JOBS = (
    Job("honours.begin", begin, every=timedelta(minutes=30), stride=timedelta(hours=3)),
    Job("honours.close", close_nominations, every=timedelta(minutes=30), stride=timedelta(hours=3)),
)
