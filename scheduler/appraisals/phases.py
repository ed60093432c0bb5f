"""Phases of a cycle end on their day (§5.3): self-reviews lapse, results are told, appeals run out."""

from scheduler.job import Job

JOBS: tuple[Job, ...] = ()
