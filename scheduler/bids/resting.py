"""A job that asks much and seldom finds anything: it rests until something can have come due."""

from collections.abc import Callable
from datetime import datetime
from weakref import ref

from bot.clock import Clock
from scheduler.job import Occasion
from storage import Store

LONGEST = 30.0  # of the computer's seconds: other processes change things too, of which this one does not hear


class Resting:
    """Runs a job that returns when there is something to do next; until then, and while nothing changes, it rests.

    In a process that serves, jobs run less often than it may rest, so that it rests only where months are made to pass.
    """

    def __init__(self, job: Callable[[Occasion], datetime | None]) -> None:
        self.job = job
        self.clock = Clock()
        self.store: ref[Store] | None = None
        self.changes = -1
        self.until: datetime | None = None
        self.ran = 0.0

    def __call__(self, occasion: Occasion) -> None:
        """Run the job unless it may rest."""
        if self.may_rest(occasion):
            return
        self.store, self.changes, self.ran = ref(occasion.store), occasion.store.changes, self.clock.elapsed()
        self.until = self.job(occasion)

    def may_rest(self, occasion: Occasion) -> bool:
        """Say whether nothing was changed since the last run and nothing has come due."""
        same = self.store is not None and self.store() is occasion.store and self.changes == occasion.store.changes
        return same and self.clock.elapsed() - self.ran < LONGEST and (self.until is None or occasion.now < self.until)
