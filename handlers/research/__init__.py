"""What people say about requirement research (§2.1.1, §4.1): `/research`, its buttons and its forms; a file for each stage."""

from handlers.help import help_word
from handlers.research import analysis, conduct, entry, preparation, review, versions
from handlers.routes import Routes

STAGES = (entry, preparation, conduct, analysis, review, versions)


def register(routes: Routes) -> None:
    """Register every stage, and `help` over all their words."""
    for stage in STAGES:
        stage.register(routes)
    routes.command("/research", "new", help_word(routes, "/research"))
