"""What colleagues say of the cooperation (§5.1.4): the form that they are asked with."""

from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register what this stage answers to."""
