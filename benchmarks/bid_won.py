"""`/bid won`, from a signed request to the answer with the win in the database, beside a bare Bolt that only echoes."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import median

from benchmarks.databases import BOSS, CUSTOMER, OWNER, Databases, prepared, won
from benchmarks.effort import Effort
from benchmarks.load import SECRET, Order, Outcome, put_on
from benchmarks.processes import Served
from benchmarks.table import figure, table
from bot.clock import Clock
from sandbox.server import Sandbox
from sandbox.workspace.channels import ChannelData
from sandbox.workspace.people import PersonData

CALLERS = (1, 8, 32)
NAMES = (1, 150)
WARMING = 50  # requests before those that count
BOLT = "bare Bolt"


@dataclass(frozen=True)
class Contender:
    """One server under test; without databases it is bare Bolt."""

    names: int
    databases: Databases | None = None

    @property
    def title(self) -> str:
        """Return what the tables call it."""
        return f"desk, {self.databases.name}" if self.databases else BOLT

    def order(self, server: Served, first: int, callers: int, effort: Effort) -> Order:
        """Return a load for it that begins with the bid `first`."""
        said = ("/bid", f"won {CUSTOMER}") if self.databases else ("/echo", f"won {CUSTOMER}")
        spent = self.databases.process if self.databases else 0
        return Order(server.port, *said, first, callers, effort.requests, effort.seconds, server.process.pid, spent)


@dataclass(frozen=True)
class Round:
    """What one round showed of a contender: its loads by callers, its start-up, and its memory when ready and at the end."""

    loads: Mapping[int, Outcome]
    start_seconds: float
    ready_megabytes: float
    final_megabytes: float


def run(effort: Effort) -> str:
    """Measure; return the tables."""
    bids = WARMING + len(CALLERS) * effort.requests
    with tempfile.TemporaryDirectory(prefix="bidwell-bench-") as name, slack() as sandbox, prepared(Path(name), bids, effort) as databases:
        contenders = [Contender(names, kind) for names, kind in product(NAMES if effort.thorough else NAMES[:1], (None, *databases))]
        rounds: dict[Contender, list[Round]] = {contender: [] for contender in contenders}
        for number in range(effort.rounds):
            for contender in contenders if number % 2 == 0 else contenders[::-1]:
                rounds[contender].append(measured(contender, effort, Path(name), sandbox))
    return f"{speeds(rounds)}\n\n{footprints(rounds)}"


@contextmanager
def slack() -> Iterator[Sandbox]:
    """Open a workspace for the desk to know its people by and to announce in."""
    manifest = json.loads(Path("manifest.json").read_text(encoding="utf-8"))
    wins: ChannelData = {"id": "C0WINS001", "name": "wins", "members": [OWNER, BOSS], "bot": True}
    people: list[PersonData] = [{"id": person, "name": person, "tz": "Asia/Shanghai", "locale": "en-US"} for person in (OWNER, BOSS)]
    with Sandbox(Clock(), manifest=manifest, people=people, channels=[wins], real_pace=False) as sandbox:
        yield sandbox


def environment(sandbox: Sandbox) -> dict[str, str]:
    """Return what every server is told."""
    api = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_API_URL": f"{sandbox.url}/api/"}
    return {**api, "SLACK_SIGNING_SECRET": SECRET, "SLACK_APP_TOKEN": "", "LOG_LEVEL": "INFO"}


def measured(contender: Contender, effort: Effort, folder: Path, sandbox: Sandbox) -> Round:
    """Start a contender, put each load on it, and stop it."""
    told = environment(sandbox)
    if contender.databases is None:
        server = Served("benchmarks.servers.echo", ["--names", str(contender.names)], told, folder / "log")
        return loaded(contender, server, effort)
    url = contender.databases.fresh()
    more = [] if contender.names == 1 else ["--names", str(contender.names)]
    server = Served("benchmarks.servers.desk", more, {**told, "DATABASE_URL": url}, folder / "log")
    result = loaded(contender, server, effort)
    expected = WARMING + sum(load.requests for load in result.loads.values())
    if won(url) != expected:
        raise RuntimeError(f"{expected} wins were reported and {won(url)} remembered")
    contender.databases.drop(url)
    return result


def loaded(contender: Contender, server: Served, effort: Effort) -> Round:
    """Put each load on a server, and stop it."""
    try:
        ready = server.megabytes
        put_on(contender.order(server, 1, 2, Effort(rounds=1, requests=WARMING, seconds=10)))
        loads, first = {}, 1 + WARMING
        for callers in CALLERS:
            loads[callers] = put_on(contender.order(server, first, callers, effort))
            first += loads[callers].requests
        return Round(loads, server.start_seconds, ready, server.megabytes)
    finally:
        server.stop()


def speeds(rounds: Mapping[Contender, list[Round]]) -> str:
    """Return what the loads showed, each beside bare Bolt with as many names."""
    head = ["server", "names", "callers", "requests/s", "of Bolt's", "p50 ms", "p99 ms", "CPU ms", "times Bolt's", "database's CPU ms"]
    rows = [speed(rounds, contender, callers) for contender, callers in product(rounds, CALLERS)]
    return table(head, rows)


def speed(rounds: Mapping[Contender, list[Round]], contender: Contender, callers: int) -> list[str]:
    """Return one row: rates and times are medians over the rounds, processor time that of a request."""
    loads = [one.loads[callers] for one in rounds[contender]]
    bolt = [one.loads[callers] for one in rounds[Contender(contender.names)]]
    rate, cpu = median(load.rate for load in loads), median(load.server_cpu / load.requests for load in loads)
    rate_of_bolt, cpu_of_bolt = median(load.rate for load in bolt), median(load.server_cpu / load.requests for load in bolt)
    p50, p99 = median(load.p50 for load in loads), median(load.p99 for load in loads)
    beside = median(load.database_cpu / load.requests for load in loads)
    shown = [rate, rate / rate_of_bolt, p50 * 1000, p99 * 1000, cpu * 1000, cpu / cpu_of_bolt if cpu_of_bolt else 0, beside * 1000]
    return [contender.title, str(contender.names), str(callers), *map(figure, shown)]


def footprints(rounds: Mapping[Contender, list[Round]]) -> str:
    """Return start-up and memory."""
    head = ["server", "names", "start-up s", "MB when ready", "MB after the loads"]
    rows = []
    for contender, seen in rounds.items():
        start = median(one.start_seconds for one in seen)
        ready, final = median(one.ready_megabytes for one in seen), median(one.final_megabytes for one in seen)
        rows.append([contender.title, str(contender.names), *map(figure, (start, ready, final))])
    return table(head, rows)
