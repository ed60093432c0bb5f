"""The directory follows Slack: people who join or change."""

from bot.policy.people import from_slack, is_older
from handlers.context import Happening
from handlers.payloads import Who
from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register the events that keep the directory fresh."""
    routes.event("team_join", refresh)
    routes.event("user_change", refresh)


def refresh(happening: Happening) -> None:
    """Bring one person up to date, keeping what the company said of them; news that others overtook is no news."""
    user = happening.event["user"]
    with happening.remember() as shelves:
        known = shelves.people.get(Who.model_validate(user).id)
        fresh = from_slack(user, known)
        if not is_older(fresh, known):
            shelves.people.put(fresh)
