"""What became of an appraisal (§5.3): `/review result`, seen, and appealed against."""

from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
