"""What people say about demos (§2.1.3, §4.3): `/demo`, its buttons and forms, and messages that are feedback."""

from handlers.demos import entry, feedback, reactions, steps, summing
from handlers.help import help_word
from handlers.routes import Routes

STAGES = (entry, steps, summing, feedback, reactions)


def register(routes: Routes) -> None:
    """Register every stage, and `help` over all their words."""
    for stage in STAGES:
        stage.register(routes)
    routes.command("/demo", "new", help_word(routes, "/demo"))
