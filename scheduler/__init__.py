"""Is on time: the jobs, the clock that asks for them, and the outbox."""

from scheduler import bids, customers, inbox, opportunities, outbox, research, tallies
from scheduler.scheduler import Scheduler

JOBS = (*outbox.JOBS, *inbox.JOBS, *bids.JOBS, *opportunities.JOBS, *customers.JOBS, *research.JOBS, *tallies.JOBS)

__all__ = ["JOBS", "Scheduler"]
