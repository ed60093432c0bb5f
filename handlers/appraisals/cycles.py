"""What the HR department does with a cycle (§5.2): `/review cycle`."""

from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
