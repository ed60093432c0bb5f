"""One bid that fails never stops the rest."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger("bidwell.scheduler")


@contextmanager
def alone(subject: str) -> Iterator[None]:
    """Log what goes wrong with one subject, and go on with the next."""
    try:
        yield
    except Exception:
        log.exception("a job failed for one subject", extra={"subject": subject})
