"""The bot in a process of its own, which a test can kill, stop and start again."""

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from typing import Any, Protocol

import app
from bot import logs
from bot.clock import Clock, MovableClock
from bot.handbook import load_handbook
from bot.settings import read_settings
from scheduler import Scheduler
from scheduler.outbox import Pace, Sender

OFTEN = timedelta(seconds=0.3)
LEASE = 3.0
# Forked from a server that has the modules loaded, a process starts in a moment.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.process"])


class Met(Protocol):
    """Something that is so or not yet."""

    def __call__(self) -> object:
        """Say whether it is so."""


def until(met: Met, seconds: float = 10.0) -> None:
    """Return as soon as this is so; fail when it is not within that many seconds."""
    ends, pause = Clock().elapsed() + seconds, Event()
    while not met():
        assert Clock().elapsed() < ends, "that did not come about"
        pause.wait(0.01)


class Assassin(logging.Handler):
    """Kills its own process once a request of that kind and name is done and remembered, and before it is acknowledged."""

    def __init__(self, victim: str) -> None:
        super().__init__()
        self.victim = victim

    def emit(self, record: logging.LogRecord) -> None:
        if self.victim == f"{getattr(record, 'kind', '')} {getattr(record, 'route', '')}":
            os.kill(os.getpid(), signal.SIGKILL)


def serve(environ: Mapping[str, str], now: datetime, dies_after: str, log: Path) -> None:
    """Serve as `python app.py` does, but on a moved clock, and with jobs, leases and pace that let a test be short."""
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    settings = read_settings(environ)
    logs.set_up(settings.log_level)
    if dies_after:
        logging.getLogger("bidwell.requests").addHandler(Assassin(dies_after))
    bot = hurried(app.Bot(settings, load_handbook(settings.handbook), MovableClock(now)))
    signal.signal(signal.SIGTERM, lambda *_: bot.stopping.set())
    bot.start()
    bot.stopping.wait()
    bot.stop()


def hurried(bot: app.Bot) -> app.Bot:
    """Return the bot with a sender and a scheduler that wait less."""
    client = app.web_client(bot.client.token or "", bot.client.base_url, retries=False)
    bot.sender = Sender(bot.store, client, bot.store.clock, lease=LEASE, pace=Pace(per_channel=0.01, posts_a_minute=60_000))
    jobs = [replace(job, every=min(job.every, OFTEN)) if job.every <= timedelta(minutes=1) else job for job in bot.scheduler.jobs]
    bot.scheduler = Scheduler(bot.store, bot.store.clock, bot.desk.handbook, bot.sender, jobs)
    return bot


class Process:
    """A bot that runs, ran or will run; it tells on `port` how it is."""

    def __init__(self, environ: Mapping[str, str], port: int, log: Path) -> None:
        self.environ, self.port, self.log = environ, port, log
        self.running: Any = None

    def start(self, now: datetime, dies_after: str = "") -> None:
        """Start at an instant; the process kills itself before it acknowledges what it is to die after."""
        self.running = FORKS.Process(target=serve, args=(dict(self.environ), now, dies_after, self.log))
        self.running.start()

    def kill(self) -> None:
        """Kill it, without a word."""
        self.running.kill()

    def killed(self) -> bool:
        """Wait until it is dead; say whether it was killed."""
        self.running.join(10)
        return bool(self.running.exitcode == -signal.SIGKILL)

    def stop(self) -> int | None:
        """Ask it to stop; return its exit code, None when it has not stopped within ten seconds."""
        self.running.terminate()
        self.running.join(10)
        code: int | None = self.running.exitcode
        if code is None:
            self.kill()
            self.running.join()
        return code

    def get(self, path: str) -> tuple[int, str]:
        """Return status and body of one of its pages; no status while nobody listens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, HTTPException):
            return 0, ""
        finally:
            connection.close()

    def ready(self) -> bool:
        """Say whether it works; fail when it ended instead."""
        assert self.running.is_alive(), self.log.read_text()
        return self.get("/readyz")[0] == 200


class Program(Process):
    """The program as it is started from the command line."""

    running: subprocess.Popen[bytes]

    def start(self, *_: object) -> None:
        """Start `python app.py`."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen([sys.executable, "app.py"], env=dict(self.environ), stdout=log, stderr=log)

    def ready(self) -> bool:
        """Say whether it works; fail when it ended instead."""
        assert self.running.poll() is None, self.log.read_text()
        return self.get("/readyz")[0] == 200

    def stop(self) -> int | None:
        """Ask it to stop; return its exit code, None when it has not stopped within ten seconds."""
        self.running.terminate()
        try:
            return self.running.wait(10)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
            return None
