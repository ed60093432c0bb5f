"""The inbox does not grow for ever."""

from datetime import timedelta

from scheduler.job import Job, Occasion

KEPT = timedelta(days=7)  # longer than Slack ever repeats a delivery


def forget(occasion: Occasion) -> None:
    """Forget deliveries that will not come again."""
    with occasion.store.change() as shelves:
        shelves.inbox.forget(occasion.now - KEPT)


JOBS = (Job("inbox.forget", forget, every=timedelta(days=1), stride=timedelta(days=1)),)
