"""The directory is read anew from Slack, at the start and once a day: events may have been missed."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient

from bot.policy.people import from_slack, is_older
from scheduler.job import Job, Occasion

PAGE = 200
log = logging.getLogger("bidwell.scheduler")


def jobs(client: WebClient) -> tuple[Job, ...]:
    """Return the job that reads the directory."""
    return (Job("directory.refresh", lambda occasion: refresh(occasion, client), every=timedelta(days=1), stride=timedelta(days=30)),)


def refresh(occasion: Occasion, client: WebClient) -> None:
    """Bring everybody up to date, a page of Slack's directory at a time, keeping what the company said of them."""
    for members in pages(client):
        with occasion.store.change() as shelves:
            for user in members:
                known = shelves.people.get(user["id"])
                fresh = from_slack(user, known)
                if fresh != known and not is_older(fresh, known):
                    shelves.people.put(fresh)


def pages(client: WebClient) -> Iterator[list[dict[str, Any]]]:
    """Yield Slack's directory a page at a time."""
    cursor: str | None = None
    while cursor != "":
        page = client.users_list(limit=PAGE, include_locale=True, cursor=cursor)
        yield page["members"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
