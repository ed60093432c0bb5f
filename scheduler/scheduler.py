"""The scheduler: asks each job at its times, and in the sandbox lets months pass in seconds."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Lock
from uuid import uuid4

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import Clock, MovableClock
from bot.handbook import Handbook
from scheduler.job import Job, Occasion
from scheduler.outbox import Sender
from storage import Store

log = logging.getLogger("bidwell.scheduler")
FORGIVEN = timedelta(hours=6)  # how late a job may run; it asks what is due by now, so later is better than never
THREADS = 4
LONGEST_LEASE = timedelta(seconds=90)  # after which another process takes over from one that died
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scheduler:
    """Runs the jobs, each by one process at a time."""

    def __init__(self, store: Store, clock: Clock, handbook: Handbook, sender: Sender, jobs: Sequence[Job]) -> None:
        self.store = store
        self.clock = clock
        self.handbook = handbook
        self.sender = sender
        self.jobs = jobs
        self._holder = uuid4().hex
        self._passing = Lock()
        self._turns = {job.name: Lock() for job in jobs}
        self._failures: dict[str, str] = {}
        self._background = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(THREADS)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(FORGIVEN.total_seconds())},
        )

    def start(self) -> None:
        """Run every job now, for what came due while we were away, and then at its times."""
        now = Clock().now()
        for job in self.jobs:
            every = job.every.total_seconds()
            self._background.add_job(self.run_alone, "interval", (job,), seconds=every, next_run_time=now, name=job.name)
        self._background.start()

    def stop(self) -> None:
        """Begin no more jobs, wait for those running, and leave them to other processes."""
        if not self._background.running:
            return
        self._background.shutdown(wait=True)
        for job in self.jobs:
            with self._guarded(job), self.store.change() as shelves:
                shelves.leases.give_back(job.name, self._holder)

    def run(self, job: Job) -> None:
        """Run a job once, now; what goes wrong is logged, with its traceback the first time."""
        with self._turns[job.name], self._guarded(job):
            job.run(Occasion(self.clock.now(), self.store, self.handbook))
            self._failures.pop(job.name, None)

    def pass_time(self, to: datetime) -> None:
        """Move the clock to an instant, running every job at its strides and sending what comes due on the way."""
        if not isinstance(self.clock, MovableClock):
            raise TypeError("time can only be made to pass on a clock that can be moved")
        with self._passing, self._still():
            coming = {job.name: next_multiple(self.clock.now(), job.stride) for job in self.jobs}
            while (instant := self._next_stop(coming, to)) <= to:
                self._move(self.clock, instant)
                for job in self.jobs:
                    if coming[job.name] <= instant:
                        coming[job.name] = instant + job.stride
                        self.run(job)
                self.sender.deliver_due()
            self._move(self.clock, to)
            self.sender.deliver_due()

    def _next_stop(self, coming: dict[str, datetime], to: datetime) -> datetime:
        """Return when there is something to do next, which may be after `to`."""
        planned = self.sender.next_due()
        ahead = [planned] if planned and planned > self.clock.now() else []
        return min([*coming.values(), *ahead], default=to + timedelta.resolution)

    def _move(self, clock: MovableClock, instant: datetime) -> None:
        if instant > clock.now():
            clock.move_to(instant)

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Keep the jobs from running by themselves meanwhile."""
        running = self._background.running
        if running:
            self._background.pause()
        try:
            yield
        finally:
            if running:
                self._background.resume()

    def run_alone(self, job: Job) -> None:
        """Run a job unless another process does."""
        lease = min(job.every * 1.5, LONGEST_LEASE)
        mine = False
        with self._guarded(job), self.store.change() as shelves:
            mine = shelves.leases.take(job.name, self._holder, lease.total_seconds())
        if mine:
            self.run(job)
        elif job.every > lease:
            # Whoever holds it may have died with it, and a day is too long to wait for the next turn.
            again = Clock().now() + lease + timedelta(seconds=1)
            self._background.add_job(self.run_alone, "date", (job,), run_date=again, id=f"again {job.name}", replace_existing=True)

    @contextmanager
    def _guarded(self, job: Job) -> Iterator[None]:
        """Log what goes wrong, so that one job which fails does not stop the others."""
        try:
            yield
        except Exception as error:
            kind = f"{type(error).__name__}: {error}"
            known = self._failures.get(job.name) == kind
            self._failures[job.name] = kind
            log.error("a job failed", extra={"job": job.name, "error": kind}, exc_info=None if known else error)  # noqa: TRY400


def next_multiple(now: datetime, stride: timedelta) -> datetime:
    """Return the next full multiple of a stride: full quarters of an hour, full days."""
    return EPOCH + ((now - EPOCH) // stride + 1) * stride
