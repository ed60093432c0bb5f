"""What people say to the bot: one file per capability, each listing its routes first."""

from handlers import bids, customers, directory, doctor, exports, home, opportunities, people, reports, research, todo
from handlers.routes import Routes

CAPABILITIES = (opportunities, customers, research, bids, reports, people, home, doctor, exports, todo, directory)


def register_all() -> Routes:
    """Return the routes of every capability."""
    routes = Routes()
    for capability in CAPABILITIES:
        capability.register(routes)
    return routes
