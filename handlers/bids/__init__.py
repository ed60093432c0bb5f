"""What people say about bids (§4.4): `/bid`, its buttons and its forms; a file for each stage."""

from handlers.bids import (
    assessment,
    conditions,
    decision,
    document_review,
    ending,
    entry,
    lists,
    outcome,
    preparation,
    questions,
    reminders,
    secrecy,
    shares,
    submission,
    undoing,
)
from handlers.help import help_word
from handlers.routes import Routes

STAGES = (
    assessment,
    decision,
    conditions,
    shares,
    entry,
    lists,
    outcome,
    ending,
    reminders,
    preparation,
    document_review,
    questions,
    submission,
    secrecy,
    undoing,
)


def register(routes: Routes) -> None:
    """Register every stage, and `help` over all their words."""
    for stage in STAGES:
        stage.register(routes)
    routes.command("/bid", "new", help_word(routes, "/bid"))
