"""The outbox's way to Slack: messages leave on time, once, in order and at a pace that Slack allows."""

from datetime import timedelta

from scheduler.job import Job, Occasion
from scheduler.outbox.pace import Pace
from scheduler.outbox.sender import Sender

__all__ = ["JOBS", "Pace", "Sender"]


def expire(occasion: Occasion) -> None:
    """Give up on messages whose time has passed."""
    with occasion.store.change() as shelves:
        shelves.sending.expire()


JOBS = (Job("outbox.expire", expire, every=timedelta(minutes=1), stride=timedelta(days=1)),)
