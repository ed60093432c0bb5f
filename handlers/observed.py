"""What is measured and logged of each request: its name, how long it took and how it ended; never its words."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import Counter, Histogram

REQUESTS = Counter("bidwell_requests_total", "Deliveries handled, by kind, name and how they ended.", ["kind", "name", "outcome"])
SECONDS = Histogram(
    "bidwell_request_seconds",
    "Time from a delivery's arrival to its answer.",
    ["kind"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
log = logging.getLogger("bidwell.requests")


class Outcome:
    """How a request ended, as far as is known."""

    def __init__(self) -> None:
        self.word = "done"


@contextmanager
def observed(kind: str, name: str, request: str, person: str) -> Iterator[Outcome]:
    """Measure and log one request."""
    outcome, began = Outcome(), perf_counter()
    try:
        yield outcome
    except BaseException:
        outcome.word = "failed"
        raise
    finally:
        took = perf_counter() - began
        REQUESTS.labels(kind, name, outcome.word).inc()
        SECONDS.labels(kind).observe(took)
        facts = {"request": request, "kind": kind, "route": name, "person": person, "ms": round(took * 1000, 1), "outcome": outcome.word}
        log.info("handled", extra=facts)
