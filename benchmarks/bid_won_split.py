"""Where the processor's time of `/bid won` goes: the same request without web server, network and sender, sampled as it runs."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from cProfile import Profile
from itertools import count, islice
from pathlib import Path
from time import process_time
from types import FrameType
from typing import NamedTuple
from urllib.parse import urlencode

from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

import app
from benchmarks.bid_won import BOLT, WARMING, environment, slack
from benchmarks.databases import CUSTOMER, prepared
from benchmarks.effort import Effort
from benchmarks.load import SECRET, fields
from benchmarks.sampling import outwards, sampled
from benchmarks.servers import echo
from benchmarks.table import figure, table
from bot import logs
from bot.clock import Clock
from bot.handbook import load_handbook
from bot.settings import read_settings
from handlers.web import Headers, dispatch

# The first of these that names what runs, or else what called it, is where the time goes.
PLACES = {
    "the driver and the database": ("/sqlite3/", "/psycopg", "/sqlalchemy/engine/default.py:do_"),
    "SQLAlchemy": ("/sqlalchemy/",),
    "our storage": ("/storage/",),
    "logs and metrics": ("/logging/", "/bot/logs.py", "/prometheus_client/", "/handlers/observed.py"),
    "the signature": ("/slack_sdk/signature/", "/slack_bolt/middleware/request_verification/"),
    "Bolt": ("/slack_bolt/", "/slack_sdk/"),
    "payload validation": ("/handlers/listeners.py:read",),
    "words typed": ("/bot/words/",),
    "policy and records": ("/bot/policy/",),
    "views and languages": ("/bot/",),
    "handlers": ("/handlers/",),
}
OTHER = "anything else"
COUNTED = 50  # requests of which the calls are counted: the same whatever else the machine does


class Split(NamedTuple):
    """Processor time of a request in milliseconds, its calls of functions, and the samples of each place."""

    milliseconds: float
    calls: float
    samples: Mapping[str, int]


def run(effort: Effort) -> str:
    """Sample; return the table."""
    bids = WARMING + COUNTED + effort.requests
    with tempfile.TemporaryDirectory(prefix="bidwell-bench-") as name, slack() as sandbox, prepared(Path(name), bids, effort) as databases:
        told = environment(sandbox)
        splits = {BOLT: split(echo.bolt(1, told), "/echo", effort)}
        for kind in databases:
            with desk({**told, "DATABASE_URL": kind.fresh()}) as bolt:
                splits[f"desk, {kind.name}"] = split(bolt, "/bid", effort)
    return shown(splits)


@contextmanager
def desk(told: Mapping[str, str]) -> Iterator[App]:
    """Return the desk's Bolt app, reached by no network, its log going nowhere."""
    settings = read_settings(told)
    with Path(os.devnull).open("w") as nowhere:
        with redirect_stderr(nowhere):
            logs.set_up(settings.log_level)
        bot = Unserved(settings, load_handbook(settings.handbook), Clock())
        bot.listen()
        assert bot.bolt is not None
        yield bot.bolt
        bot.stop()


class Unserved(app.Bot):
    """The bot without its web server."""

    def serve_web(self) -> None:
        """Serve nothing."""


def split(bolt: App, command: str, effort: Effort) -> Split:
    """Have commands answered on this thread: some to warm up, some to count the calls, and the others sampled."""
    bodies = (urlencode(fields(command, f"won {CUSTOMER}{number:06}")) for number in count(1))
    for body in islice(bodies, WARMING):
        answer(bolt, body)
    with Profile() as counted:
        for body in islice(bodies, COUNTED):
            answer(bolt, body)
    began = process_time()
    with sampled(place) as samples:
        for body in islice(bodies, effort.requests):
            answer(bolt, body)
    calls = sum(called.callcount for called in counted.getstats())
    return Split((process_time() - began) / effort.requests * 1000, calls / COUNTED, samples)


def answer(bolt: App, body: str) -> None:
    """Sign a command and have it answered; raise RuntimeError when that goes wrong."""
    stamp = str(int(Clock().now().timestamp()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
    headers: Headers = {"x-slack-signature": [signature], "x-slack-request-timestamp": [stamp]}
    answered = dispatch(bolt, body.encode(), {**headers, "content-type": ["application/x-www-form-urlencoded"]})
    if answered.status_code != 200 or CUSTOMER.encode() not in bytes(answered.body):
        raise RuntimeError(f"{answered.status_code}: {bytes(answered.body)!r}")


def place(frame: FrameType | None) -> str:
    """Return in which of the places the time goes."""
    for at in outwards(frame):
        for name, patterns in PLACES.items():
            if any(pattern in at for pattern in patterns):
                return name
    return OTHER


def shown(splits: Mapping[str, Split]) -> str:
    """Return milliseconds of processor time a request, by place."""
    rows = [[name, *(figure(share(split, name)) for split in splits.values())] for name in (*PLACES, OTHER)]
    rows.append(["together", *(figure(split.milliseconds) for split in splits.values())])
    rows.append(["(calls of functions)", *(figure(split.calls) for split in splits.values())])
    return table(["CPU ms of a request", *splits], rows)


def share(split: Split, name: str) -> float:
    """Return the milliseconds of one place."""
    return split.milliseconds * split.samples.get(name, 0) / max(sum(split.samples.values()), 1)
