"""The load: signed commands over kept connections, from a process of its own, a given number of callers at a time."""

import asyncio
import json
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode
from uuid import uuid4

from slack_sdk.signature import SignatureVerifier

from benchmarks.processes import children, cpu_seconds
from bot.clock import Clock

SECRET = "benchmark"  # noqa: S105
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Order:
    """What is to be sent: commands whose text ends in numbers from `first`, until `requests` or `seconds` are over."""

    port: int
    command: str
    text: str
    first: int
    callers: int
    requests: int
    seconds: float
    server: int  # the process whose time is taken
    database: int = 0  # the process whose children's time is taken beside it


@dataclass(frozen=True)
class Outcome:
    """What came of a load: times in seconds, those of the processors over all requests."""

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    server_cpu: float
    database_cpu: float

    @property
    def rate(self) -> float:
        """Return the requests answered in a second."""
        return self.requests / self.seconds


class Load:
    """One load while it runs."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.requests = [request(order, number) for number in range(order.first, order.first + order.requests)]
        self.taken = 0
        self.ends = 0.0
        self.latencies: list[float] = []
        self.wrong: list[bytes] = []
        self.over = asyncio.Event()

    def take(self) -> tuple[bytes, bytes] | None:
        """Return the next request and what its answer must contain, or None when the load is over."""
        if self.wrong or self.taken >= len(self.requests) or perf_counter() > self.ends:
            return None
        self.taken += 1
        return self.requests[self.taken - 1]

    def answered(self, answer: bytes, expected: bytes, seconds: float) -> None:
        """Note an answer."""
        self.latencies.append(seconds)
        if not answer.startswith(b"HTTP/1.1 200") or expected not in answer:
            self.wrong.append(answer)

    async def run(self) -> Outcome:
        """Send it; raise RuntimeError with the first answer that is wrong."""
        order, loop = self.order, asyncio.get_running_loop()
        before = used(order)
        began = perf_counter()
        self.ends = began + order.seconds
        callers = [(await loop.create_connection(lambda: Caller(self), "127.0.0.1", order.port))[1] for _ in range(order.callers)]
        async with asyncio.timeout(order.seconds + 20):
            await asyncio.gather(*(caller.done for caller in callers))
        took, after = perf_counter() - began, used(order)
        if self.wrong or len(self.latencies) != self.taken:
            raise RuntimeError(f"{len(self.latencies)} of {self.taken} were answered; wrong: {self.wrong[:1]}")
        hundredths = quantiles(self.latencies, n=100)
        return Outcome(self.taken, took, hundredths[49], hundredths[94], hundredths[98], after[0] - before[0], after[1] - before[1])


class Caller(asyncio.Protocol):
    """One connection, on which the next request follows each answer."""

    transport: asyncio.Transport

    def __init__(self, load: Load) -> None:
        self.load = load
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer, self.expected, self.began = b"", b"", 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def send(self) -> None:
        """Send the next request, or leave."""
        taken = self.load.take()
        if taken is None:
            self.transport.close()
            return
        content, self.expected = taken
        self.buffer, self.began = b"", perf_counter()
        self.transport.write(content)

    def data_received(self, data: bytes) -> None:
        """Take in an answer, and go on when it is whole."""
        self.buffer += data
        if is_whole(self.buffer):
            self.load.answered(self.buffer, self.expected, perf_counter() - self.began)
            self.send()

    def connection_lost(self, _error: Exception | None) -> None:
        """End."""
        self.done.set_result(None)


def is_whole(answer: bytes) -> bool:
    """Tell whether all of an answer has come."""
    head, end, body = answer.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    return bool(end) and length is not None and len(body) >= int(length[1])


def request(order: Order, number: int) -> tuple[bytes, bytes]:
    """Return a slash command as Slack sends it, and the words that its answer must contain."""
    text = f"{order.text}{number:06}"
    body = urlencode(fields(order.command, text))
    stamp = str(int(Clock().now().timestamp()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{order.port}\r\nUser-Agent: Slackbot 1.0\r\nAccept: application/json,*/*\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        f"X-Slack-Signature: {signature}\r\nX-Slack-Request-Timestamp: {stamp}\r\n\r\n"
    )
    return (head + body).encode(), text.rsplit(maxsplit=1)[-1].encode()


def fields(command: str, text: str) -> dict[str, str]:
    """Return the fields of a slash command."""
    team = {"token": "verification", "team_id": "T0SANDBOX1", "team_domain": "sandbox", "is_enterprise_install": "false"}
    place = {"channel_id": "C0GENERAL", "channel_name": "general", "user_id": "U0ANN0001", "user_name": "ann", "api_app_id": "A0SANDBOX1"}
    once = uuid4().hex
    answer = {"response_url": f"http://127.0.0.1:1/commands/T0SANDBOX1/{once}", "trigger_id": f"13345224609.738474920.{once}"}
    return {**team, **place, "command": command, "text": text, **answer}


def used(order: Order) -> tuple[float, float]:
    """Return the processor time that the server and the database have used so far."""
    database = children(order.database) if order.database else []
    return cpu_seconds(order.server), sum(map(cpu_seconds, database))


def put_on(order: Order) -> Outcome:
    """Put a load on a server from another process."""
    command = [sys.executable, "-m", "benchmarks.load"]
    ended = subprocess.run(command, input=json.dumps(asdict(order)), capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    return Outcome(**json.loads(ended.stdout))


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(Load(Order(**json.load(sys.stdin))).run()))))
