"""Is on time: the jobs, the clock that asks for them, and the outbox."""

from scheduler import appraisals, bids, customers, demos, honours, inbox, opportunities, outbox, research, solutions, tallies
from scheduler.scheduler import Scheduler

JOBS = (
    *outbox.JOBS,
    *inbox.JOBS,
    *bids.JOBS,
    *opportunities.JOBS,
    *customers.JOBS,
    *research.JOBS,
    *solutions.JOBS,
    *demos.JOBS,
    *appraisals.JOBS,
    *honours.JOBS,
    *tallies.JOBS,
)

__all__ = ["JOBS", "Scheduler"]
