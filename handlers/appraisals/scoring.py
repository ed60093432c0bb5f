"""What managers do (§5.3.1): `/review team`, and the form in which they score."""

from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
