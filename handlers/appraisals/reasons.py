"""Why a measure is what it is (§5.1): `/review why`, and the quarter so far."""

from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
