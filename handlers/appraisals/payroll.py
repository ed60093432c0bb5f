"""The list of bonuses for payroll (§5.4.1), and the year's lists (§5.3.2)."""

from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
