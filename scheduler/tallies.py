"""The tallies are counted anew once a day (§5.1): a difference is put right, logged, and noted in the audit log."""

import logging
from datetime import timedelta

from bot.policy.record import Event
from scheduler.job import Job, Occasion
from storage.counting import recount

SUBJECT = "tallies"
TOLD = 20  # differences that are named
log = logging.getLogger("bidwell.scheduler")


def recount_all(occasion: Occasion) -> None:
    """Count all bids anew; what was not counted right comes from a new handbook, a new team, an import, or a fault."""
    found = recount(occasion.store, occasion.handbook)
    if not (found.wrong or found.sums):
        return
    facts = {"bids": found.bids, "wrong": len(found.wrong), "numbers": found.wrong[:TOLD], "sums": found.sums[:TOLD]}
    log.warning("tallies were put right", extra=facts)
    with occasion.store.change() as shelves:
        reason = f"handbook {occasion.handbook.version}"
        shelves.audit.note(Event(at=occasion.now, actor="", subject=SUBJECT, action="recount", reason=reason, became=facts))


JOBS = (Job("tallies.recount", recount_all, every=timedelta(days=1), stride=timedelta(days=1)),)
