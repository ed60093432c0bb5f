"""What people say to the bot: one file per capability, each listing its routes first."""

from handlers import bids, directory, home, people
from handlers.routes import Routes

CAPABILITIES = (bids, people, home, directory)


def register_all() -> Routes:
    """Return the routes of every capability."""
    routes = Routes()
    for capability in CAPABILITIES:
        capability.register(routes)
    return routes
