"""Those who still owe something are reminded (§5.3); the HR department sees how far a cycle is."""

from scheduler.job import Job

JOBS: tuple[Job, ...] = ()
