"""Bidwell, the pre-sales desk in Slack: read the settings, build the parts, start them."""

import argparse
import json
import logging
import os
import signal
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from slack_bolt import App

from bot import logs
from bot.clock import Clock, MovableClock
from bot.handbook import Handbook, HandbookError, load_handbook
from bot.policy.calendar import Calendar
from bot.settings import Settings, SettingsError, read_settings, secret
from handlers import register_all, terminal
from handlers.connection import Identity, Refused, Socket, bolt_app, identify, web_client
from handlers.context import Desk
from handlers.listeners import Listeners
from handlers.survey_page import survey_routes
from handlers.web import PortTaken, Server, web_app
from sandbox import department
from sandbox.server import Sandbox
from scheduler import JOBS, Scheduler, directory
from scheduler.outbox import Sender
from storage.store import Store, Unusable

log = logging.getLogger("bidwell")
MANIFEST = Path(__file__).with_name("manifest.json")


class Bot:
    """The bot of one process: its parts, built together, started and stopped in order."""

    def __init__(self, settings: Settings, handbook: Handbook, clock: Clock) -> None:
        self.settings = settings
        self.stopping = threading.Event()
        self.store = Store(settings.database_url, clock)
        token = secret(settings.slack_bot_token)
        # People wait three seconds for an answer: within a request nothing is waited for and tried again.
        self.client = web_client(token, settings.slack_api_url, timeout=2, retries=False)
        self.sender = Sender(self.store, web_client(token, settings.slack_api_url, timeout=10, retries=False), clock)
        self.scheduler = Scheduler(
            self.store, clock, handbook, self.sender, (*JOBS, *directory.jobs(web_client(token, settings.slack_api_url)))
        )
        self.desk = Desk(self.store, handbook, clock, frozenset(admin.casefold() for admin in settings.admins))
        self.bolt: App | None = None
        self.socket: Socket | None = None
        self.refused: Refused | None = None
        self.servers: list[Server] = []

    def start(self) -> None:
        """Begin to listen, and then to speak; raise Refused when Slack does not know us."""
        self.listen()
        if self.bolt is not None:
            self.sender.start()
            self.scheduler.start()

    def listen(self) -> None:
        """Bring the database up to date and open the ways in."""
        self.store.migrate()
        self.serve_web()
        identity = self.identity()
        if identity is None:
            return
        listeners = Listeners(register_all(), replace(self.desk, team_id=identity.team_id, url=identity.url))
        self.bolt = bolt_app(self.client, identity, secret(self.settings.slack_signing_secret), listeners)
        if self.settings.socket_mode:
            self.socket = Socket(self.bolt, secret(self.settings.slack_app_token), self.refuse)
            self.socket.start()
        log.info("serving", extra={"by": "Socket Mode" if self.socket else "HTTP", "team": identity.team_id})

    def serve_web(self) -> None:
        """Serve deliveries on PORT unless they come by socket, and health and metrics there and on METRICS_PORT."""
        pages = survey_routes(self.desk)
        if not self.settings.socket_mode:
            self.servers.append(Server(web_app(lambda: self.bolt, self.troubles, pages), "0.0.0.0", self.settings.port))  # noqa: S104
        if self.settings.metrics_port:
            self.servers.append(Server(web_app(None, self.troubles, pages), "0.0.0.0", self.settings.metrics_port))  # noqa: S104
        if self.desk.handbook.surveys.base_url and not self.servers:
            log.warning("customers cannot reach their surveys: in Socket Mode they are served on METRICS_PORT, which is not set")
        for server in self.servers:
            server.start()

    def identity(self) -> Identity | None:
        """Ask Slack who we are until it answers, with longer and longer pauses; return None when we are stopped meanwhile."""
        pause = 0.5
        while not self.stopping.is_set():
            try:
                return identify(self.client)
            except OSError as error:
                log.warning("Slack cannot be reached yet", extra={"error": str(error)})
                self.stopping.wait(pause)
                pause = min(pause * 2, 30)
        return None

    def refuse(self, refused: Refused) -> None:
        """End the process, because it can never work with this token."""
        self.refused = refused
        self.stopping.set()

    def troubles(self) -> dict[str, str]:
        """Return what keeps the bot from working, by part; nothing when all is well."""
        parts = {
            "slack": "" if self.bolt else "not connected yet",
            "socket": self.socket.trouble if self.socket else "",
            "sender": self.sender.trouble,
            "database": self.store.trouble(),
        }
        return {part: trouble for part, trouble in parts.items() if trouble}

    def stop(self) -> None:
        """Take no more work, finish what is in hand, and close."""
        self.stopping.set()
        if self.socket:
            self.socket.stop()
        for server in self.servers:
            server.stop()
        with ThreadPoolExecutor() as both:
            both.submit(self.scheduler.stop)
            both.submit(self.sender.stop)
        self.store.close()
        log.info("stopped")


def until_told(start: Callable[[], None], stop: Callable[[], None], told: threading.Event | None = None) -> int:
    """Run until a signal says to stop, which it does by setting `told`; return the exit code."""
    told = told or threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: told.set())
    start()
    told.wait()
    stop()
    return 0


def serve(environ: Mapping[str, str]) -> int:
    """Serve the workspace whose tokens the environment holds."""
    settings = read_settings(environ)
    logs.set_up(settings.log_level)
    bot = Bot(settings, load_handbook(settings.handbook), Clock())
    code = until_told(bot.start, bot.stop, bot.stopping)
    if bot.refused:
        raise bot.refused
    return code


def main(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Do what the command line says; return the exit code: 2 for what the person has to mend first."""
    said = terminal.words().parse_args(arguments)
    try:
        return run(said, environ)
    except (SettingsError, HandbookError, Refused, Unusable, PortTaken) as error:
        print(error, file=sys.stderr)
        return 2


def run(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Do what the command line says."""
    if said.sandbox:
        return sandbox(said, environ)
    return terminal.run(said, environ) if said.word else serve(environ)


class Trial:
    """A workspace on this machine with the bot in it; `reset` brings the bot back to the start with the workspace."""

    def __init__(self, port: int, environ: Mapping[str, str]) -> None:
        self.clock, self.environ = MovableClock(working_morning(load_handbook(None))), environ
        self.folder = tempfile.TemporaryDirectory(prefix="bidwell-")
        self.started = self.clock.now()
        self.bot: Bot | None = None
        self.sandbox = Sandbox(
            self.clock,
            port,
            manifest=json.loads(MANIFEST.read_text(encoding="utf-8")),
            people=department.people(),
            channels=department.channels(self.started),
            pass_time=self.pass_time,
            on_reset=self.reset,
        )

    def start(self) -> None:
        """Start the workspace, then the bot in it."""
        opened(self.sandbox)
        self.hire()

    def hire(self) -> None:
        """Start a bot that knows the department's last year."""
        told = {
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_APP_TOKEN": "xapp-sandbox",
            "SLACK_API_URL": f"{self.sandbox.url}/api/",
            "DATABASE_URL": f"sqlite:///{self.folder.name}/{uuid.uuid4().hex}.db",
        }
        settings = read_settings({**self.environ, **told})
        self.bot = Bot(settings, load_handbook(settings.handbook), self.clock)
        self.bot.store.migrate()
        department.furnish(self.bot.store, self.started)
        self.bot.start()

    def pass_time(self, to: datetime) -> None:
        """Let time pass, and with it whatever the bot does in it."""
        assert self.bot is not None
        self.bot.scheduler.pass_time(to)

    def reset(self) -> None:
        """Replace the bot by one that remembers nothing of what was tried."""
        assert self.bot is not None
        self.bot.stop()
        self.hire()

    def stop(self) -> None:
        """Stop the bot, then the workspace."""
        if self.bot is not None:
            self.bot.stop()
        self.sandbox.stop()
        self.folder.cleanup()


def working_morning(handbook: Handbook) -> datetime:
    """Return when the sandbox's day begins: the next working morning at half past nine, at which people are at their desks."""
    zone = ZoneInfo(handbook.company.time_zone)
    today = Clock().now().astimezone(zone).date()
    day = Calendar(handbook.company).add_working_days(today, 0)
    return datetime.combine(day, time(9, 30), zone).astimezone(UTC)


def sandbox(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Serve a workspace on this machine, with the bot or without."""
    logs.set_up(environ.get("LOG_LEVEL") or "WARNING")
    if said.no_bot:
        clock = MovableClock(working_morning(load_handbook(None)))
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        alone = Sandbox(clock, said.port, manifest=manifest, people=department.people(), channels=department.channels(clock.now()))
        return until_told(lambda: announce(opened(alone).url), alone.stop)
    trial = Trial(said.port, environ)

    def start() -> None:
        trial.start()
        announce(trial.sandbox.url)

    return until_told(start, trial.stop)


def opened(workspace: Sandbox) -> Sandbox:
    """Start a workspace; raise PortTaken when its port cannot be served."""
    try:
        return workspace.start()
    except OSError as error:
        raise PortTaken(f"The sandbox's port cannot be used: {error.strerror}. Another is taken with --port.") from error


def announce(url: str) -> None:
    """Print where the workspace is, and how a bot of one's own reaches it."""
    print(f"A workspace with Bidwell in it: {url}/")
    print(f"Its Web API: {url}/api/ (xoxb-sandbox, xapp-sandbox, sandbox-secret). Ctrl+C ends it.", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
