"""What people say about solutions (§2.1.2, §4.2): `/solution`, its buttons and its forms."""

from handlers.help import help_word
from handlers.routes import Routes
from handlers.solutions import consulting, customer, entry, review, sections, writing

STAGES = (entry, writing, sections, consulting, review, customer)


def register(routes: Routes) -> None:
    """Register the stages of a solution, in their order."""
    for stage in STAGES:
        stage.register(routes)
    routes.command("/solution", "new", help_word(routes, "/solution"))
