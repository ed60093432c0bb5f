"""What people say to the bot: one file per capability, each listing its routes first."""

from handlers import (
    appraisals,
    bids,
    comparing,
    customers,
    demos,
    directory,
    doctor,
    exports,
    home,
    honours,
    messages,
    opportunities,
    people,
    reports,
    research,
    solutions,
    surveys,
)
from handlers.routes import Routes

CAPABILITIES = (
    opportunities,
    customers,
    research,
    solutions,
    demos,
    surveys,
    bids,
    appraisals,
    honours,
    reports,
    people,
    home,
    comparing,
    doctor,
    exports,
    messages,
    directory,
)


def register_all() -> Routes:
    """Return the routes of every capability."""
    routes = Routes()
    for capability in CAPABILITIES:
        capability.register(routes)
    return routes
