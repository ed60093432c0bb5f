"""Calibration (§5.3): the grid, and each change of a grade."""

from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
