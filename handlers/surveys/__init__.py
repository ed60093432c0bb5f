"""Asking customers what they think (§2.1.5, §5.1.3): the words of surveys on `/customer`, their buttons and forms."""

from handlers.routes import Routes
from handlers.surveys import asking, reporting


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of surveys."""
    for matter in (asking, reporting):
        matter.register(routes)
