"""A job: something the bot does by itself, again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.handbook import Handbook
from storage import Store


@dataclass(frozen=True)
class Occasion:
    """One run of a job: when it is, and what the job may use."""

    now: datetime
    store: Store
    handbook: Handbook


@dataclass(frozen=True)
class Job:
    """What to do and how often; it asks what is due by now, so a run too late or too many does no harm.

    `stride` is how often it runs when months are made to pass at once, as in the sandbox.
    """

    name: str
    run: Callable[[Occasion], None]
    every: timedelta
    stride: timedelta = timedelta(minutes=15)
