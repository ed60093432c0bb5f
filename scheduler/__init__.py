"""Is on time: the jobs, the clock that asks for them, and the outbox."""

from scheduler import bids, inbox, outbox, tallies
from scheduler.scheduler import Scheduler

JOBS = (*outbox.JOBS, *inbox.JOBS, *bids.JOBS, *tallies.JOBS)

__all__ = ["JOBS", "Scheduler"]
