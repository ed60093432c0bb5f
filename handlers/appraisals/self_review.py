"""The self-review (§5.3.1): `/review start`, its form in steps, its drafts."""

from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
