"""What ordinary channel messages cost, which are no feedback: the desk beside a bare Bolt listener, on one thread, in turns."""

import json
import tempfile
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from benchmarks.bid_won import SECRET, environment, slack
from benchmarks.bid_won_split import desk
from benchmarks.effort import Effort
from benchmarks.table import figure, table
from bot.clock import Clock
from handlers.web import Headers, dispatch

MESSAGES = 10_000
FEW = 500
TEXTS = (
    "Morning all, the printer on the third floor is back.",
    "Can somebody review slide 12 before the customer calls?",
    "明天上午的会改到十点。",
    "The demo environment was slow again, I have told the platform team.",
)
NUMBERS = count(1)

Placed = Mapping[str, str]
PLACES: Mapping[str, Placed] = {"channel": {}, "thread": {"thread_ts": "1795000000.000100"}}


def run(effort: Effort) -> str:
    """Measure; return the table."""
    amount = MESSAGES if effort.thorough else FEW
    with tempfile.TemporaryDirectory(prefix="bidwell-bench-") as name, slack() as sandbox:
        told = environment(sandbox)
        with desk({**told, "DATABASE_URL": f"sqlite:///{Path(name) / 'bidwell.db'}"}) as ours:
            contenders: Mapping[str, App] = {"bare Bolt": bare(told), "desk": ours}
            rounds = [measured(contenders, amount) for _ in range(effort.rounds)]
    return shown(rounds, amount)


def bare(told: Mapping[str, str]) -> App:
    """Return an app with one listener, which is told of every message and does nothing."""
    app = App(
        client=WebClient(told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"]),
        signing_secret=told["SLACK_SIGNING_SECRET"],
        process_before_response=True,
    )
    app.event("message")(lambda: None)
    return app


def measured(contenders: Mapping[str, App], amount: int) -> dict[tuple[str, str], float]:
    """Return the processor's milliseconds for a message, by place and contender, who take turns."""
    return {(place, name): cost(app, where, amount) for place, where in PLACES.items() for name, app in contenders.items()}


def cost(app: App, where: Placed, amount: int) -> float:
    """Return the processor's milliseconds that one message takes, over so many."""
    bodies = [signed(message(where)) for _ in range(amount)]
    began = process_time()
    for body, headers in bodies:
        if dispatch(app, body, headers).status_code != 200:
            raise RuntimeError("a message was not taken")
    return (process_time() - began) / amount * 1000


def message(where: Placed) -> dict[str, Any]:
    """Return the delivery of a message that is nobody's feedback."""
    number = next(NUMBERS)
    said = {"type": "message", "user": "U0WEICHEN1", "channel": "C0GENERAL1", "channel_type": "channel", "text": TEXTS[number % len(TEXTS)]}
    return {"type": "event_callback", "event_id": f"Ev{number:09}", "event": {**said, "ts": f"1795{number:06}.000200", **where}}


def signed(delivery: Mapping[str, Any]) -> tuple[bytes, Headers]:
    """Return a delivery as Slack sends it."""
    body, stamp = json.dumps(delivery), str(int(Clock().now().timestamp()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
    known: Headers = {"x-slack-signature": [signature], "x-slack-request-timestamp": [stamp]}
    return body.encode(), {**known, "content-type": ["application/json"]}


def shown(rounds: list[dict[tuple[str, str], float]], amount: int) -> str:
    """Return the medians as a table."""
    found = {key: median(one[key] for one in rounds) for key in rounds[0]}
    rows = [
        [f"{name}, {place}", figure(found[place, name]), figure(found[place, name] / found[place, "bare Bolt"])] for place, name in found
    ]
    return f"{amount:,} messages each, median of {len(rounds)}\n\n{table(['who is told', 'CPU ms a message', 'times Bolt'], rows)}"
