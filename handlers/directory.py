"""The directory follows Slack: people who join or change."""

from bot.policy.people import from_slack
from handlers.context import Happening
from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register the events that keep the directory fresh."""
    routes.event("team_join", refresh)
    routes.event("user_change", refresh)


def refresh(happening: Happening) -> None:
    """Bring one person up to date, keeping what the company said of them."""
    user = happening.event["user"]
    with happening.remember() as shelves:
        shelves.people.put(from_slack(user, shelves.people.get(user["id"])))
