"""Cycles begin at the end of a quarter or year (§5.2), and everybody who worked in it gets an appraisal."""

from scheduler.job import Job

JOBS: tuple[Job, ...] = ()
